std::vector<float> softmax(const float* logits, size_t count) {
    std::vector<float> parts(logits, logits + count);
    const float most = *std::max_element(parts.begin(), parts.end());
    float sum = 0;
    for (auto& part : parts) sum += part = std::exp(part - most);
    for (auto& part : parts) part /= sum;
    return parts;
}

