// The same by MNN's own API, in a session with our kernels: two lines are not as they would be with MNN alone.

#include <cstring>
#include <memory>

#include <MNN/Interpreter.hpp>
#include <MNN/Tensor.hpp>
#include <edgeconv_mnn.hpp>

#include "classify.hpp"

std::vector<float> run(const Arguments& arguments) {
    const std::unique_ptr<MNN::Interpreter> net(MNN::Interpreter::createFromFile(arguments.model.c_str()));
    if (!net) throw std::runtime_error("MNN can't read `" + arguments.model + "`");
    MNN::ScheduleConfig config;
    config.numThread = 1;
    edgeconv::Kernels kernels(*net);                         // one
    MNN::Session* session = kernels.create_session(config);  // two: instead of net->createSession(config)

    MNN::Tensor* input = net->getSessionInput(session, nullptr);
    const auto shape = input->shape();
    const auto values = load_input(arguments.input, {shape.begin(), shape.end()});
    if (values.size() != static_cast<size_t>(input->elementSize())) throw std::runtime_error("the input has another number of elements");
    MNN::Tensor host(input, MNN::Tensor::CAFFE);
    std::memcpy(host.host<float>(), values.data(), host.usize());
    input->copyFromHostTensor(&host);
    if (net->runSession(session) != MNN::NO_ERROR) throw std::runtime_error("MNN can't run the model");

    const MNN::Tensor* output = net->getSessionOutput(session, nullptr);
    MNN::Tensor result(output, MNN::Tensor::CAFFE);
    output->copyToHostTensor(&result);
    return {result.host<float>(), result.host<float>() + result.elementSize()};
}

int main(int count, char** values) { return classify(count, values, run); }
