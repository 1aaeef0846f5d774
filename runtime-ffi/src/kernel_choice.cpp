#include "kernel_choice.h"

#include <MNN/Interpreter.hpp>
#include <MNN/MNNDefine.h>
#include <MNN/Tensor.hpp>

#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "MNN_generated.h"
#include "fusion.h"

namespace {

constexpr int CHANNELS = 4;
constexpr int SIDE = 5;
constexpr float WEIGHT = 0.5F;
constexpr float BIAS = -0.25F;

// With parameters that it owns.
template <class Parameters>
std::unique_ptr<MNN::OpT> operation(MNN::OpType type, std::vector<int> inputs, int output, MNN::OpParameter kind, Parameters* parameters) {
    std::unique_ptr<MNN::OpT> op(new MNN::OpT);
    op->type = type;
    op->inputIndexes = std::move(inputs);
    op->outputIndexes = {output};
    op->main.type = kind;
    op->main.value = parameters;
    return op;
}

std::unique_ptr<MNN::OpT> input() {
    auto* parameters = new MNN::InputT;
    parameters->dims = {1, CHANNELS, SIDE, SIDE};
    parameters->dformat = MNN::MNN_DATA_FORMAT_NC4HW4;
    return operation(MNN::OpType_Input, {}, 0, MNN::OpParameter_Input, parameters);
}

// To the sum of all channels.
std::unique_ptr<MNN::OpT> convolution() {
    auto* parameters = new MNN::Convolution2DT;
    parameters->common.reset(new MNN::Convolution2DCommonT);
    parameters->common->inputCount = CHANNELS;
    parameters->common->outputCount = 1;
    parameters->weight.assign(CHANNELS, WEIGHT);
    parameters->bias = {BIAS};
    return operation(MNN::OpType_Convolution, {0}, 1, MNN::OpParameter_Convolution2D, parameters);
}

std::unique_ptr<MNN::OpT> silu() {
    auto* parameters = new MNN::UnaryOpT;
    parameters->opType = MNN::UnaryOpOperation_SILU;
    parameters->T = MNN::DataType_DT_FLOAT;
    return operation(MNN::OpType_UnaryOp, {1}, 2, MNN::OpParameter_UnaryOp, parameters);
}

std::unique_ptr<MNN::Interpreter> small_network() {
    MNN::NetT net;
    net.tensorName = {"x", "between", "y"};
    net.outputName = {"y"};
    net.oplists.push_back(input());
    net.oplists.push_back(convolution());
    net.oplists.push_back(silu());
    flatbuffers::FlatBufferBuilder builder;
    builder.Finish(MNN::CreateNet(builder, &net));
    return std::unique_ptr<MNN::Interpreter>(MNN::Interpreter::createFromBuffer(builder.GetBufferPointer(), builder.GetSize()));
}

float expected(int position) {
    float sum = BIAS;
    for (int channel = 0; channel < CHANNELS; ++channel) sum += WEIGHT * static_cast<float>(channel + position - SIDE);
    return sum / (1 + std::exp(-sum));
}

// Fuses a small network and runs it. With another MNN than ours, or parts of two, the function of the fused operator would be left out.
bool computes_fused_operators() {
    const auto net = small_network();
    if (!net) return false;
    edgeconv::Fusion fusion;
    fusion.apply(const_cast<void*>(net->getModelBuffer().first), [](const std::string& name) { return name == "y"; });
    auto* session = net->createSession({});
    if (!session) return false;
    auto* x = net->getSessionInput(session, "x");
    MNN::Tensor host_x(x, MNN::Tensor::CAFFE);
    for (int i = 0; i < CHANNELS * SIDE * SIDE; ++i) {
        host_x.host<float>()[i] = static_cast<float>(i / (SIDE * SIDE) + i % (SIDE * SIDE) - SIDE);
    }
    if (!x->copyFromHostTensor(&host_x) || net->runSession(session) != MNN::NO_ERROR) return false;
    const auto* y = net->getSessionOutput(session, "y");
    if (!y || y->elementSize() < SIDE * SIDE) return false;
    MNN::Tensor host_y(y, MNN::Tensor::CAFFE);
    if (!y->copyToHostTensor(&host_y)) return false;
    for (int i = 0; i < SIDE * SIDE; ++i) {
        if (!(std::fabs(host_y.host<float>()[i] - expected(i)) <= 1e-4F)) return false;
    }
    return true;
}

bool works() {
    if (std::strcmp(MNN::getVersion(), MNN_VERSION) != 0) return false;
    const edgeconv::KernelChoice choice(true);
    return choice.is_installed() && computes_fused_operators();
}

}  // namespace

namespace edgeconv {

bool KernelChoice::is_possible() {
    static const bool is_possible = works();
    return is_possible;
}

}  // namespace edgeconv
