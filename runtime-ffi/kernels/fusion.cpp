#include "fusion.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "MNN_generated.h"
#include "chain.h"
#include "channel_attention.h"
#include "convolution.h"
#include "edgeconv.hpp"
#include "element_functions.h"
#include "fusible_model.h"
#include "patterns.h"
#include "pointwise.h"

namespace {

// What an operator computes besides, or instead of, what it says.
struct Fused {
    int function = -1;
    std::unique_ptr<const edgeconv::ChannelAttention> attention;
    std::unique_ptr<const edgeconv::Chain> chain;
};

// Sessions look their operators up while they are made, in several threads.
std::map<const MNN::Op*, Fused> operators;
std::mutex operators_lock;

using edgeconv::channels_of;
using edgeconv::depth_of;
using edgeconv::has_operands;
using edgeconv::input_of;
using edgeconv::Model;
using edgeconv::NONE;
using edgeconv::output_of;

int known_function(const MNN::Op& op) {
    const auto found = operators.find(&op);
    return found == operators.end() ? -1 : found->second.function;
}

// Operators are known by where they are in memory.
void expect_unfused(const Model& model) {
    for (size_t place = 0; place < model.size(); ++place) {
        if (!operators.count(&model.at(place))) continue;
        throw edgeconv::Error(EDGECONV_NOT_READY, "the kernels of this model, or of one that was in its memory, still exist");
    }
}

// The `MNN::UnaryOpOperation` that an operator is to compute; -1 if it computes something else.
int unary_function(const MNN::Op& op) {
    const auto* parameter = op.type() == MNN::OpType_UnaryOp ? op.main_as_UnaryOp() : nullptr;
    if (!parameter || parameter->tableInt8() || !has_operands(op, 1)) return -1;
    const int known = known_function(op);
    return known >= 0 ? known : parameter->opType();
}

bool is_binary(const MNN::Op& op, MNN::BinaryOpOperation operation) {
    const auto* binary = op.type() == MNN::OpType_BinaryOp ? op.main_as_BinaryOp() : nullptr;
    return binary && binary->opType() == operation && binary->activationType() == 0 && has_operands(op, 2);
}

// And nothing else: it may stand for several operators.
bool is_sum(const MNN::Op& op) { return is_binary(op, MNN::BinaryOpOperation_ADD) && !operators.count(&op); }

bool is_global_mean(const MNN::Op& op) {
    const auto* pool = op.type() == MNN::OpType_Pooling ? op.main_as_Pool() : nullptr;
    return pool && pool->isGlobal() && pool->type() == MNN::PoolType_AVEPOOL && has_operands(op, 1);
}

// Whether maps of any size keep it.
bool keeps_size(const MNN::Op& convolution) {
    const auto& common = *convolution.main_as_Convolution2D()->common();
    if (common.strideX() != 1 || common.strideY() != 1) return false;
    if (common.padMode() == MNN::PadMode_SAME) return true;
    if (common.padMode() != MNN::PadMode_CAFFE) return false;
    const auto* pads = common.pads();
    const bool has_each = pads && pads->size() >= 4;  // top, left, bottom, right
    const int of_height = has_each ? pads->Get(0) + pads->Get(2) : 2 * common.padY();
    const int of_width = has_each ? pads->Get(1) + pads->Get(3) : 2 * common.padX();
    return of_height == (common.kernelY() - 1) * common.dilateY() && of_width == (common.kernelX() - 1) * common.dilateX();
}

// Whether one takes what the other gives.
bool fit(const MNN::Op& first, const MNN::Op& second) { return channels_of(first) == depth_of(second); }

bool is_convolution(const Model& model, size_t place) { return place != NONE && edgeconv::is_plain_convolution(model.at(place)); }

bool is_pointwise(const Model& model, size_t place) { return is_convolution(model, place) && edgeconv::is_pointwise(model.at(place)); }

// Whether a map is cut at its borders rather than padded: MNN's SAME does so where steps are longer than the kernel.
bool is_cut(const MNN::Convolution2DCommon& common) {
    if (common.padMode() == MNN::PadMode_SAME) {
        return common.strideX() > (common.kernelX() - 1) * common.dilateX() + 1 || common.strideY() > (common.kernelY() - 1) * common.dilateY() + 1;
    }
    const auto* pads = common.pads();
    return common.padX() < 0 || common.padY() < 0 || (pads && std::any_of(pads->begin(), pads->end(), [](int pad) { return pad < 0; }));
}

// Calls with each operator that is left of several which compute a function.
template <class Fuse>
void fuse_patterns(Model& model, Fuse fuse) {
    for (const auto& pattern : edgeconv::find_patterns(model)) {
        fuse(model.at(pattern.unary), pattern.function);
        for (const auto place : pattern.others) model.remove(place);
        model.set_ends(pattern.unary, pattern.input, pattern.output);
    }
}

// Calls with each convolution that a function follows.
template <class Fuse>
void fuse_functions(Model& model, Fuse fuse) {
    for (size_t place = 0; place < model.size(); ++place) {
        const int function = unary_function(model.at(place));
        if (model.went(place) || !edgeconv::element_function(function)) continue;
        const auto convolution = model.only_before(input_of(model.at(place)));
        if (!is_convolution(model, convolution) || !model.is_own(model.at(convolution).outputIndexes())) continue;
        if (fuse(model.at(convolution), function)) model.take_output(convolution, place);
    }
}

// A sum of what a chain of convolutions gives with what it reads, both of the same shape; or NONE.
size_t sum_behind(const Model& model, const MNN::Op& first, const MNN::Op& last) {
    if (depth_of(first) != channels_of(last)) return NONE;
    const auto behind = model.only_behind(output_of(last));
    if (behind == NONE || !is_sum(model.at(behind))) return NONE;
    const auto& operands = *model.at(behind).inputIndexes();
    const bool is_of_input = std::find(operands.begin(), operands.end(), input_of(first)) != operands.end();
    return is_of_input ? behind : NONE;
}

// What an operator does to one value for each channel; false if something else.
bool is_gate_step(const Model& model, size_t place, edgeconv::GateStep& step) {
    const auto& op = model.at(place);
    const bool has_bounds = op.type() == MNN::OpType_ReLU || op.type() == MNN::OpType_ReLU6;
    if (is_pointwise(model, place)) {
        step.convolution = &op;
        step.function = known_function(op);
    } else if (has_bounds && has_operands(op, 1)) {
        const auto* relu = op.main_as_Relu();
        const auto* relu6 = op.main_as_Relu6();
        step.low = relu6 ? relu6->minValue() : 0;
        if (op.type() == MNN::OpType_ReLU6) step.high = relu6 ? relu6->maxValue() : 6;
        return !relu || relu->slope() == 0;
    } else {
        step.function = unary_function(op);
    }
    return step.convolution || step.function >= 0;
}

// What computes a gate of the map, of which nobody else reads anything; false if something else does.
bool find_gate(const Model& model, int gate, int map, std::vector<edgeconv::GateStep>& steps, std::vector<size_t>& places) {
    for (int tensor = gate;;) {
        const auto place = model.only_before(tensor);
        if (place == NONE || model.at(place).outputIndexes()->size() != 1) return false;
        places.push_back(place);
        edgeconv::GateStep step;
        if (is_global_mean(model.at(place))) return input_of(model.at(place)) == map;
        if (!is_gate_step(model, place, step)) return false;
        steps.insert(steps.begin(), step);
        tensor = input_of(model.at(place));
    }
}

// The channels of a map with such a gate, more than one; 0 if a convolution of the gate reads or gives others.
int channels_of_gate(const std::vector<edgeconv::GateStep>& steps) {
    size_t first = 0, last = 0;
    for (const auto& step : steps) {
        if (!step.convolution) continue;
        if (first == 0) first = depth_of(*step.convolution);
        if (last != 0 && last != depth_of(*step.convolution)) return 0;
        last = channels_of(*step.convolution);
    }
    return first == last && first > 1 ? static_cast<int>(first) : 0;
}

// The gate of a product with a map, what computes it, and which operand is the map; false if neither operand is such a gate.
bool find_attention(const Model& model, const MNN::Op& product, edgeconv::ChannelAttention& found, std::vector<size_t>& places) {
    for (const int map : {0, 1}) {
        const auto& operands = *product.inputIndexes();
        std::vector<edgeconv::GateStep> steps;
        places.clear();
        if (!find_gate(model, operands.Get(1 - map), operands.Get(map), steps, places)) continue;
        found = {steps, channels_of_gate(steps), map, -1};
        return found.channels > 0;
    }
    return false;
}

// Calls with each channel attention and what stands for it: the product of map and gate, or the sum behind that.
template <class Fuse>
void fuse_attention(Model& model, Fuse fuse) {
    for (size_t place = 0; place < model.size(); ++place) {
        edgeconv::ChannelAttention found;
        std::vector<size_t> places;
        const auto& product = model.at(place);
        if (model.went(place) || !is_binary(product, MNN::BinaryOpOperation_MUL) || !find_attention(model, product, found, places)) continue;
        const int map = product.inputIndexes()->Get(found.map);
        const auto behind = model.only_behind(output_of(product));
        const bool has_sum = behind != NONE && is_sum(model.at(behind)) && model.is_own(model.at(behind).inputIndexes());
        if (!has_sum && !model.is_own(product.inputIndexes())) continue;
        if (has_sum) {
            const auto& operands = *model.at(behind).inputIndexes();
            found.summand = operands.Get(0) == output_of(product) ? 1 : 0;
            found.map = 1 - found.summand;
            const int summand = operands.Get(found.summand);
            model.remove(place);
            model.set_operands(behind, found.map == 0 ? map : summand, found.map == 0 ? summand : map);
        } else {
            model.set_operands(place, map, map);
        }
        for (const auto each : places) model.remove(each);
        fuse(found, model.at(has_sum ? behind : place));
    }
}

// Sets a number of channels that a convolution says it has: MNN makes and checks tensors accordingly. False if it can't be changed.
bool set_channels(const Model& model, const MNN::Op& convolution, flatbuffers::voffset_t field, size_t channels) {
    const auto* common = convolution.main_as_Convolution2D()->common();
    auto* table = const_cast<flatbuffers::Table*>(reinterpret_cast<const flatbuffers::Table*>(common));
    return model.is_own(common) && table->SetField<int32_t>(field, static_cast<int32_t>(channels), 0);
}

// The places of fields in MNN's schema of `Convolution2DCommon`.
constexpr flatbuffers::voffset_t OUTPUT_COUNT = 24, INPUT_COUNT = 26;

bool is_own(const Model& model, const MNN::Op& op) { return model.is_own(op.inputIndexes()) && model.is_own(op.outputIndexes()); }

// Calls with each chain that has a depthwise convolution, and that one's place: it stands for the chain.
template <class Fuse>
void fuse_depthwise(Model& model, Fuse fuse) {
    for (size_t place = 0; place < model.size(); ++place) {
        const auto& depthwise = model.at(place);
        if (depthwise.type() != MNN::OpType_ConvolutionDepthwise || !is_convolution(model, place) || !is_own(model, depthwise)) continue;
        const auto before = model.only_before(input_of(depthwise)), behind = model.only_behind(output_of(depthwise));
        const auto* expand = is_pointwise(model, before) && fit(model.at(before), depthwise) ? &model.at(before) : nullptr;
        const auto* project = is_pointwise(model, behind) && fit(depthwise, model.at(behind)) ? &model.at(behind) : nullptr;
        if (!expand && !project) continue;
        if (project && !set_channels(model, depthwise, OUTPUT_COUNT, channels_of(*project))) continue;
        const auto sum = project && keeps_size(depthwise) ? sum_behind(model, expand ? *expand : depthwise, *project) : NONE;
        fuse(edgeconv::Chain{expand, &depthwise, project, sum != NONE}, depthwise);
        if (expand) model.take_input(place, before);
        if (project) model.take_output(place, behind);
        if (sum != NONE) model.take_output(place, sum);
    }
}

// Calls with each chain of two convolutions of 1x1, and the second, which stands for the chain.
template <class Fuse>
void fuse_pairs(Model& model, Fuse fuse) {
    std::set<size_t> seconds;
    for (size_t place = 0; place < model.size(); ++place) {
        if (model.went(place) || !is_pointwise(model, place) || !is_own(model, model.at(place))) continue;
        const auto& project = model.at(place);
        const auto before = model.only_before(input_of(project));
        if (!is_pointwise(model, before) || seconds.count(before) || !fit(model.at(before), project)) continue;
        const auto& expand = model.at(before);
        const bool says_inputs = project.main_as_Convolution2D()->common()->inputCount() != 0;
        if (says_inputs && !set_channels(model, project, INPUT_COUNT, depth_of(expand))) continue;
        const auto sum = sum_behind(model, expand, project);
        fuse(edgeconv::Chain{&expand, nullptr, &project, sum != NONE}, project);
        seconds.insert(place);
        model.take_input(place, before);
        if (sum != NONE) model.take_output(place, sum);
    }
}

}  // namespace

namespace edgeconv {

bool is_plain_convolution(const MNN::Op& op) {
    if (op.type() != MNN::OpType_Convolution && op.type() != MNN::OpType_ConvolutionDepthwise) return false;
    const auto* convolution = op.main_as_Convolution2D();
    const bool is_stored = convolution && convolution->weight() && convolution->weight()->size() > 0 && convolution->bias();
    return is_stored && !is_cut(*convolution->common()) && !convolution->quanParameter() && !convolution->symmetricQuan() && !convolution->sparseParameter() &&
           has_operands(op, 1);
}

void Fusion::apply(void* memory, const std::function<bool(const std::string&)>& is_needed) {
    Model model(memory, is_needed);
    // Quantised tensors have other kernels.
    if (model.is_quantised() || !model.computes_once()) return;
    const std::lock_guard<std::mutex> guard(operators_lock);
    expect_unfused(model);
    const auto add = [&](const MNN::Op& op) -> Fused& {
        fused.push_back(&op);
        return operators[&op];
    };
    fuse_patterns(model, [&](const MNN::Op& unary, int function) { add(unary).function = function; });
    fuse_functions(model, [&](const MNN::Op& convolution, int function) {
        if (operators.count(&convolution)) return false;
        add(convolution).function = function;
        return true;
    });
    fuse_attention(model, [&](const ChannelAttention& attention, const MNN::Op& op) { add(op).attention.reset(new ChannelAttention(attention)); });
    const auto add_chain = [&](const Chain& chain, const MNN::Op& op) { add(op).chain.reset(new Chain(chain)); };
    fuse_depthwise(model, add_chain);
    fuse_pairs(model, add_chain);
    model.finish();
}

Fusion::~Fusion() {
    const std::lock_guard<std::mutex> guard(operators_lock);
    for (const auto* op : fused) operators.erase(op);
}

int function_of(const MNN::Op* op) {
    const std::lock_guard<std::mutex> guard(operators_lock);
    return known_function(*op);
}

const ChannelAttention* attention_of(const MNN::Op* binary) {
    const std::lock_guard<std::mutex> guard(operators_lock);
    const auto found = operators.find(binary);
    return found == operators.end() ? nullptr : found->second.attention.get();
}

const Chain* chain_of(const MNN::Op* convolution) {
    const std::lock_guard<std::mutex> guard(operators_lock);
    const auto found = operators.find(convolution);
    return found == operators.end() ? nullptr : found->second.chain.get();
}

}  // namespace edgeconv
