
std::vector<Output> run(const std::string& model, const std::vector<float>& input) {
    auto config = edgeconv_defaults();
    config.precision = EDGECONV_HIGH;  // as the model was checked
    config.winograd_memory_level = 1;
    edgeconv::Session session(model, config);
    session.resize({{INPUT, {1, 3, HEIGHT, WIDTH}}});
    session.set_input(INPUT, input);
    session.run();
    std::vector<Output> outputs;
    for (const auto& output : session.outputs()) {
        if (output.element == EDGECONV_FLOAT32) outputs.push_back({output.name, output.shape, session.fetch(output.name)});
    }
    return outputs;
}
