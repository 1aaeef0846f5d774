// Nobody said what the outputs mean.
void show(const std::vector<Output>& outputs, const Picture&) {
    for (const auto& output : outputs) {
        std::printf("%s [", output.name.c_str());
        for (size_t axis = 0; axis < output.shape.size(); ++axis) std::printf(axis ? ", %zu" : "%zu", output.shape[axis]);
        std::printf("]\n");
    }
}
