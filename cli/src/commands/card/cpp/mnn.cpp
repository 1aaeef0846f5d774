
std::vector<Output> run(const std::string& model, const std::vector<float>& input) {
    const std::unique_ptr<MNN::Interpreter> net(MNN::Interpreter::createFromFile(model.c_str()));
    if (!net) throw std::runtime_error("MNN can't read `" + model + "`");
    net->setSessionHint(MNN::Interpreter::WINOGRAD_MEMORY_LEVEL, 1);  // as the model was checked
    MNN::BackendConfig backend;
    backend.precision = MNN::BackendConfig::Precision_High;
    MNN::ScheduleConfig config;
    config.numThread = 1;
    config.backendConfig = &backend;
    MNN::Session* session = net->createSession(config);
    MNN::Tensor* tensor = session ? net->getSessionInput(session, INPUT.c_str()) : nullptr;
    if (!tensor) throw std::runtime_error("MNN can't run the model, or it has no input `" + INPUT + "`");
    net->resizeTensor(tensor, {1, 3, static_cast<int>(HEIGHT), static_cast<int>(WIDTH)});
    net->resizeSession(session);
    MNN::Tensor host(tensor, MNN::Tensor::CAFFE);
    std::memcpy(host.host<float>(), input.data(), input.size() * sizeof(float));
    tensor->copyFromHostTensor(&host);
    if (net->runSession(session) != MNN::NO_ERROR) throw std::runtime_error("MNN can't run the model");
    std::vector<Output> outputs;
    for (const auto& output : net->getSessionOutputAll(session)) {
        if (output.second->getType().code != halide_type_float) continue;
        MNN::Tensor result(output.second, MNN::Tensor::CAFFE);
        output.second->copyToHostTensor(&result);
        const auto shape = result.shape();
        outputs.push_back({output.first, {shape.begin(), shape.end()}, {result.host<float>(), result.host<float>() + result.elementSize()}});
    }
    return outputs;
}
