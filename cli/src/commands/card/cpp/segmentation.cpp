// The classes of pixels, and their parts of the picture.
void show(const std::vector<Output>& outputs, const Picture&) {
    const auto& logits = find(outputs, @OUTPUT@);
    const size_t classes = logits.shape.at(1), pixels = logits.shape.at(2) * logits.shape.at(3);
    std::vector<size_t> counts(classes);
    for (size_t pixel = 0; pixel < pixels; ++pixel) {
        size_t best = 0;
        for (size_t index = 1; index < classes; ++index) {
            if (logits.values[index * pixels + pixel] > logits.values[best * pixels + pixel]) best = index;
        }
        ++counts[best];
    }
    for (size_t index = 0; index < classes; ++index) {
        if (counts[index] > 0) std::printf("%zu %s %.2f %%\n", index, class_name(index).c_str(), 100.0 * counts[index] / pixels);
    }
}
