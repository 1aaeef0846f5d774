// The five likeliest classes.
void show(const std::vector<Output>& outputs, const Picture&) {
    const auto& logits = find(outputs, @OUTPUT@).values;
    const auto likely = softmax(logits.data(), logits.size());
    std::vector<size_t> classes(likely.size());
    std::iota(classes.begin(), classes.end(), size_t{0});
    const size_t count = std::min<size_t>(5, classes.size());
    std::partial_sort(classes.begin(), classes.begin() + count, classes.end(), [&](size_t a, size_t b) { return likely[a] > likely[b] || (likely[a] == likely[b] && a < b); });
    for (size_t rank = 0; rank < count; ++rank) std::printf("%zu %s %.4f\n", classes[rank], class_name(classes[rank]).c_str(), likely[classes[rank]]);
}
