#include "fusion.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "MNN_generated.h"
#include "chain.h"
#include "channel_attention.h"
#include "convolution.h"
#include "edgeconv.hpp"
#include "element_functions.h"
#include "fusible_model.h"
#include "int8_attention.h"
#include "int8_convolution.h"
#include "int8_sum.h"
#include "int8_table.h"
#include "patterns.h"
#include "picture_convolution.h"
#include "pointwise.h"

namespace {

// Sessions look their operators up while they are made, in several threads.
std::map<const MNN::Op*, edgeconv::Fused> operators;
std::mutex operators_lock;

using edgeconv::channels_of;
using edgeconv::depth_of;
using edgeconv::has_operands;
using edgeconv::input_of;
using edgeconv::Model;
using edgeconv::NONE;
using edgeconv::output_of;

const edgeconv::Fused& known(const MNN::Op& op) {
    static const edgeconv::Fused nothing;
    const auto found = operators.find(&op);
    return found == operators.end() ? nothing : found->second;
}

// Operators are known by where they are in memory.
void expect_unfused(const Model& model) {
    for (size_t place = 0; place < model.size(); ++place) {
        if (!operators.count(&model.at(place))) continue;
        throw edgeconv::Error(EDGECONV_NOT_READY, "the kernels of this model, or of one that was in its memory, still exist");
    }
}

bool is_chain(const MNN::Op& op) { return known(op).chain != nullptr; }

// The `MNN::UnaryOpOperation` that an operator is to compute; -1 if it computes something else.
int unary_function(const MNN::Op& op) {
    const auto* parameter = op.type() == MNN::OpType_UnaryOp ? op.main_as_UnaryOp() : nullptr;
    if (!parameter || parameter->tableInt8() || !has_operands(op, 1)) return -1;
    const int function = known(op).function;
    return function >= 0 ? function : parameter->opType();
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
    const auto padding = edgeconv::padding_of(common), extent = edgeconv::extent_of(common);
    return padding.height == extent.height - 1 && padding.width == extent.width - 1;
}

// Whether one takes what the other gives.
bool fit(const MNN::Op& first, const MNN::Op& second) { return channels_of(first) == depth_of(second); }

// One that computes floats.
bool is_convolution(const Model& model, size_t place) {
    return place != NONE && edgeconv::is_plain_convolution(model.at(place)) && model.is_float(input_of(model.at(place)));
}

bool is_pointwise(const Model& model, size_t place) { return is_convolution(model, place) && edgeconv::is_pointwise(model.at(place)); }

// Whether a map is cut at its borders rather than padded: MNN's SAME does so where steps are longer than the kernel.
bool is_cut(const MNN::Convolution2DCommon& common) {
    if (common.padMode() == MNN::PadMode_SAME) {
        const auto extent = edgeconv::extent_of(common);
        return common.strideX() > extent.width || common.strideY() > extent.height;
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

// Calls with each quantised convolution that a function of integers follows, and the grid of its results.
template <class Fuse>
void fuse_tables(Model& model, Fuse fuse) {
    for (size_t place = 0; place < model.size(); ++place) {
        const auto& op = model.at(place);
        if (model.went(place) || !edgeconv::has_table(op) || !has_operands(op, 1)) continue;
        const int tensor = input_of(op);
        const auto convolution = model.only_before_integers(tensor);
        if (convolution == NONE || !edgeconv::is_int8_convolution(model.at(convolution)) || !model.is_own(model.at(convolution).outputIndexes())) continue;
        edgeconv::Grid before, between, behind;
        const bool is_quantised = model.find_grid(input_of(model.at(convolution)), before) && model.find_grid(tensor, between) && model.find_grid(output_of(op), behind);
        if (!is_quantised) continue;
        fuse(model.at(convolution), op, between);
        model.take_output(convolution, place);
    }
}

// Whether an operator packs channels.
bool packs(const Model& model, size_t place) {
    const auto* parameter = place == NONE ? nullptr : model.at(place).main_as_TensorConvertInfo();
    return parameter && model.at(place).type() == MNN::OpType_ConvertTensor && has_operands(model.at(place), 1) &&
           parameter->source() == MNN::MNN_DATA_FORMAT_NCHW && parameter->dest() == MNN::MNN_DATA_FORMAT_NC4HW4;
}

// Calls with each sum of a quantised map and a constant of the same size that is packed for it alone, and which operand that is.
template <class Fuse>
void fuse_known_summands(Model& model, Fuse fuse) {
    for (size_t place = 0; place < model.size(); ++place) {
        const auto& sum = model.at(place);
        if (model.went(place) || !is_sum(sum) || !model.is_own(sum.inputIndexes()) || !model.has_grid(output_of(sum))) continue;
        for (const int known : {0, 1}) {
            const int summand = sum.inputIndexes()->Get(known), map = sum.inputIndexes()->Get(1 - known);
            edgeconv::Grid grid;
            const auto before = model.only_before_integers(summand);
            if (!packs(model, before) || !model.has_grid(map) || !model.find_grid(summand, grid)) continue;
            const auto constant = model.before(input_of(model.at(before)));
            if (constant == NONE || !edgeconv::is_map_of_floats(model.at(constant))) continue;
            fuse(sum, model.at(constant), grid);
            model.set_operand(place, known, map);
            model.remove(before);
            break;
        }
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

// Which operand of a sum is not this tensor.
int other_operand(const MNN::Op& sum, int tensor) { return sum.inputIndexes()->Get(0) == tensor ? 1 : 0; }

// Whether MNN packs what an operator gives as what it reads first.
bool keeps_packing(const MNN::Op& op) {
    switch (op.type()) {
        case MNN::OpType_BinaryOp:
        case MNN::OpType_Concat:
        case MNN::OpType_Convolution:
        case MNN::OpType_ConvolutionDepthwise:
        case MNN::OpType_Interp:
        case MNN::OpType_Pooling:
        case MNN::OpType_PReLU:
        case MNN::OpType_ReLU:
        case MNN::OpType_ReLU6:
        case MNN::OpType_Scale:
        case MNN::OpType_UnaryOp: return op.inputIndexes() && op.inputIndexes()->size() > 0;
        default: return false;
    }
}

// Whether a tensor is surely a map that is packed by groups of channels: convolutions read others, too.
bool is_packed(const Model& model, int tensor) {
    auto place = model.before(tensor);
    while (place != NONE && keeps_packing(model.at(place))) place = model.before(input_of(model.at(place)));
    const auto* parameter = place == NONE ? nullptr : model.at(place).main_as_TensorConvertInfo();
    return parameter && parameter->dest() == MNN::MNN_DATA_FORMAT_NC4HW4;
}

// Whether a sum may stand for what computes one of its operands, and read `source` in its place: both operands must be packed if they
// come first, since the result is packed as the first one.
bool can_stand_for_more(const Model& model, size_t place, int operand, int source) {
    const auto& sum = model.at(place);
    return is_sum(sum) && model.is_own(sum.inputIndexes()) && is_packed(model, source) &&
           (input_of(sum) == operand || is_packed(model, input_of(sum)));
}

// What an operator does to one value for each channel; false if something else.
bool is_gate_step(const Model& model, size_t place, edgeconv::GateStep& step) {
    const auto& op = model.at(place);
    const bool has_bounds = op.type() == MNN::OpType_ReLU || op.type() == MNN::OpType_ReLU6;
    if (is_pointwise(model, place)) {
        step.convolution = &op;
        step.function = known(op).function;
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

// Whether a map and its product with a gate are integers, whose grid is noted. A sum behind that must be one of integers, too: MNN does
// not round what a sum of floats reads.
bool find_grids(const Model& model, int map, int product, edgeconv::ChannelAttention& found) {
    found.is_quantised = edgeconv::has_int8_attention() && model.has_grid(map) && model.find_grid(product, found.product);
    if (!found.is_quantised) return false;
    const auto behind = model.only_behind_integers(product);
    if (behind == NONE || model.at(behind).type() != MNN::OpType_BinaryOp) return true;
    const auto& operands = *model.at(behind).inputIndexes();
    const bool are_integers = std::all_of(operands.begin(), operands.end(), [&](int operand) { return model.has_grid(operand); });
    return are_integers && model.has_grid(output_of(model.at(behind)));
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
        if (!model.is_float(map) && !find_grids(model, map, output_of(product), found)) continue;
        const auto sum = found.is_quantised ? model.only_behind_integers(output_of(product)) : model.only_behind(output_of(product));
        const bool has_sum = sum != NONE && can_stand_for_more(model, sum, output_of(product), map);
        if (!has_sum && (!model.is_own(product.inputIndexes()) || !is_packed(model, map))) continue;
        if (has_sum) {
            found.summand = other_operand(model.at(sum), output_of(product));
            found.map = 1 - found.summand;
        }
        const auto whole = has_sum ? sum : place;
        model.set_operand(whole, has_sum ? found.map : 1 - found.map, map);
        if (has_sum) model.remove(place);
        for (const auto each : places) model.remove(each);
        fuse(found, model.at(whole));
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
        fuse({expand, &depthwise, project, 0, sum == NONE ? -1 : 0}, depthwise);
        if (expand) model.take_input(place, before);
        if (project) model.take_output(place, behind);
        if (sum != NONE) model.take_output(place, sum);
    }
}

// A convolution of 1x1 in front of another that can be one operator with it, or NONE.
size_t pointwise_in_front(const Model& model, const MNN::Op& project) {
    const auto before = model.only_before(input_of(project));
    const bool is_it = is_pointwise(model, before) && !is_chain(model.at(before)) && fit(model.at(before), project);
    return is_it ? before : NONE;
}

// Calls with each chain of two convolutions of 1x1, and the second, which stands for the chain.
template <class Fuse>
void fuse_pairs(Model& model, Fuse fuse) {
    for (size_t place = 0; place < model.size(); ++place) {
        if (model.went(place) || !is_pointwise(model, place) || !is_own(model, model.at(place))) continue;
        const auto& project = model.at(place);
        const auto before = pointwise_in_front(model, project);
        if (before == NONE) continue;
        const auto& expand = model.at(before);
        const bool says_inputs = project.main_as_Convolution2D()->common()->inputCount() != 0;
        if (says_inputs && !set_channels(model, project, INPUT_COUNT, depth_of(expand))) continue;
        const auto sum = sum_behind(model, expand, project);
        fuse({&expand, nullptr, &project, 0, sum == NONE ? -1 : 0}, project);
        model.take_input(place, before);
        if (sum != NONE) model.take_output(place, sum);
    }
}

// Calls with each convolution of 1x1, or two in a row, and the sum of what they give with another map than theirs. The sum stands for
// the chain, and reads their map instead: as large as the result.
template <class Fuse>
void fuse_sums(Model& model, Fuse fuse) {
    for (size_t place = 0; place < model.size(); ++place) {
        if (model.went(place) || !is_pointwise(model, place) || is_chain(model.at(place))) continue;
        const auto& project = model.at(place);
        const auto before = pointwise_in_front(model, project);
        const bool is_pair = before != NONE;
        const auto& first = is_pair ? model.at(before) : project;
        if (depth_of(first) != channels_of(project) || depth_of(first) == 1) continue;
        const int source = input_of(first);
        const auto sum = model.only_behind(output_of(project));
        if (sum == NONE || !can_stand_for_more(model, sum, output_of(project), source)) continue;
        const int summand = other_operand(model.at(sum), output_of(project));
        // The last of two convolutions can stand for the sum with their own map.
        if (is_pair && model.at(sum).inputIndexes()->Get(summand) == source) continue;
        fuse({is_pair ? &first : nullptr, nullptr, &project, 1 - summand, summand}, model.at(sum));
        model.set_operand(sum, 1 - summand, source);
        model.remove(place);
        if (is_pair) model.remove(before);
    }
}

// Whether an operator packs what an input of the model holds as files and cameras give it.
bool packs_picture(const Model& model, size_t place) {
    if (!packs(model, place)) return false;
    const auto source = model.before(input_of(model.at(place)));
    const auto* input = source == NONE ? nullptr : model.at(source).main_as_Input();
    return input && input->dformat() == MNN::MNN_DATA_FORMAT_NCHW && input->dtype() == MNN::DataType_DT_FLOAT;
}

// Calls with each convolution of a picture that is packed for it alone.
template <class Fuse>
void fuse_pictures(Model& model, Fuse fuse) {
    for (size_t place = 0; place < model.size(); ++place) {
        if (model.went(place) || !is_convolution(model, place) || is_chain(model.at(place)) || !model.is_own(model.at(place).inputIndexes())) continue;
        const auto before = model.only_before(input_of(model.at(place)));
        if (!packs_picture(model, before) || !model.is_float(input_of(model.at(before))) || !edgeconv::can_read_pictures(model.at(place))) continue;
        fuse(model.at(place));
        model.take_input(place, before);
    }
}

}  // namespace

namespace edgeconv {

bool is_plain_convolution(const MNN::Op& op) {
    if (op.type() != MNN::OpType_Convolution && op.type() != MNN::OpType_ConvolutionDepthwise) return false;
    const auto* convolution = op.main_as_Convolution2D();
    const bool is_stored = convolution && convolution->bias() && edgeconv::weight_count(*convolution) > 0;
    return is_stored && !is_cut(*convolution->common()) && !convolution->symmetricQuan() && !convolution->sparseParameter() && has_operands(op, 1);
}

void Fusion::apply(void* memory, const std::function<bool(const std::string&)>& is_needed) {
    Model model(memory, is_needed);
    if (!model.computes_once()) return;
    const std::lock_guard<std::mutex> guard(operators_lock);
    expect_unfused(model);
    const auto add = [&](const MNN::Op& op) -> Fused& {
        fused.push_back(&op);
        return operators[&op];
    };
    if (model.is_quantised()) {
        fuse_tables(model, [&](const MNN::Op& convolution, const MNN::Op& table, const Grid& between) {
            add(convolution).table.reset(new FusedTable{&table, between});
        });
        fuse_known_summands(model, [&](const MNN::Op& sum, const MNN::Op& constant, const Grid& grid) {
            add(sum).summand.reset(new KnownSummand{&constant, grid});
        });
    }
    fuse_patterns(model, [&](const MNN::Op& unary, int function) { add(unary).function = function; });
    fuse_functions(model, [&](const MNN::Op& convolution, int function) {
        if (operators.count(&convolution)) return false;
        add(convolution).function = function;
        return true;
    });
    fuse_attention(model, [&](const ChannelAttention& attention, const MNN::Op& op) { add(op).attention.reset(new ChannelAttention(attention)); });
    const auto add_chain = [&](const Chain& chain, const MNN::Op& op) { add(op).chain.reset(new Chain(chain)); };
    fuse_depthwise(model, add_chain);
    fuse_sums(model, add_chain);
    fuse_pairs(model, add_chain);
    fuse_pictures(model, [&](const MNN::Op& convolution) { add(convolution).reads_picture = true; });
    model.finish();
}

Fusion::~Fusion() {
    const std::lock_guard<std::mutex> guard(operators_lock);
    for (const auto* op : fused) operators.erase(op);
}

const Fused& fused_of(const MNN::Op* op) {
    const std::lock_guard<std::mutex> guard(operators_lock);
    return known(*op);
}

}  // namespace edgeconv
