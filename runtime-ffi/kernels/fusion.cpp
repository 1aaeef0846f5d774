#include "fusion.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "MNN_generated.h"
#include "chain.h"
#include "pointwise.h"

namespace {

// What is computed together with a convolution.
struct Fused {
    int function = -1;
    std::unique_ptr<const edgeconv::Chain> chain;
};

// Sessions look their operators up while they are made, in several threads.
std::map<const MNN::Op*, Fused> convolutions;
std::mutex convolutions_lock;

using Indexes = flatbuffers::Vector<int32_t>;
using Ops = flatbuffers::Vector<flatbuffers::Offset<MNN::Op>>;

bool is_fusible(MNN::UnaryOpOperation operation) {
    switch (operation) {
        case MNN::UnaryOpOperation_SILU:
        case MNN::UnaryOpOperation_SIGMOID:
        case MNN::UnaryOpOperation_HARDSWISH:
        case MNN::UnaryOpOperation_TANH:
        case MNN::UnaryOpOperation_GELU:
        case MNN::UnaryOpOperation_GELU_STANDARD: return true;
        default: return false;
    }
}

bool has_operands(const MNN::Op& op, size_t inputs) {
    return op.inputIndexes() && op.inputIndexes()->size() == inputs && op.outputIndexes() && op.outputIndexes()->size() == 1;
}

int input_of(const MNN::Op& op) { return op.inputIndexes()->Get(0); }
int output_of(const MNN::Op& op) { return op.outputIndexes()->Get(0); }

bool is_function(const MNN::Op& op) {
    return op.type() == MNN::OpType_UnaryOp && op.main_as_UnaryOp() && is_fusible(op.main_as_UnaryOp()->opType()) &&
           !op.main_as_UnaryOp()->tableInt8() && has_operands(op, 1);
}

bool is_sum(const MNN::Op& op) {
    const auto* binary = op.type() == MNN::OpType_BinaryOp ? op.main_as_BinaryOp() : nullptr;
    return binary && binary->opType() == MNN::BinaryOpOperation_ADD && binary->activationType() == 0 && has_operands(op, 2);
}

size_t channels_of(const MNN::Op& convolution) { return convolution.main_as_Convolution2D()->bias()->size(); }

// Channels that a convolution of one group, or of one group for each channel, reads.
size_t depth_of(const MNN::Op& convolution) {
    if (convolution.type() == MNN::OpType_ConvolutionDepthwise) return channels_of(convolution);
    return convolution.main_as_Convolution2D()->weight()->size() / channels_of(convolution);
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

// Takes operators out of a list in place: what follows moves to the front, and offsets count from where they are.
void remove_all(Ops& ops, const std::vector<bool>& is_removed) {
    auto* offsets = reinterpret_cast<flatbuffers::uoffset_t*>(ops.Data());
    flatbuffers::uoffset_t kept = 0;
    for (flatbuffers::uoffset_t i = 0; i < ops.size(); ++i) {
        if (is_removed[i]) continue;
        const auto distance = static_cast<flatbuffers::uoffset_t>((i - kept) * sizeof(*offsets));
        flatbuffers::WriteScalar(offsets + kept, flatbuffers::ReadScalar<flatbuffers::uoffset_t>(offsets + i) + distance);
        ++kept;
    }
    flatbuffers::WriteScalar(offsets - 1, kept);
}

constexpr size_t NONE = SIZE_MAX;

// A model whose operators, known by their places, are being fused.
class Model {
public:
    Model(const MNN::Net& net, const std::function<bool(const std::string&)>& is_needed)
        : net(net), ops(*const_cast<Ops*>(net.oplists())), is_needed(is_needed), is_removed(ops.size()) {
        for (size_t place = 0; place < size(); ++place) {
            const auto& op = at(place);
            for (const int tensor : *op.outputIndexes()) producer[tensor] = place;
            ++users[op.outputIndexes()];
            if (op.main_type() == MNN::OpParameter_Convolution2D) ++users[op.main_as_Convolution2D()->common()];
            if (!op.inputIndexes()) continue;
            for (const int tensor : *op.inputIndexes()) readers[tensor].push_back(place);
            ++users[op.inputIndexes()];
        }
    }

    size_t size() const { return ops.size(); }
    const MNN::Op& at(size_t place) const { return *ops.Get(static_cast<flatbuffers::uoffset_t>(place)); }

    // What computes `tensor`, if one operator wants it and nobody else; NONE otherwise.
    size_t only_before(int tensor) const { return is_between(tensor) && producer.count(tensor) ? producer.at(tensor) : NONE; }

    // What reads `tensor`, if nobody else wants it; NONE otherwise.
    size_t only_behind(int tensor) const { return is_between(tensor) ? readers.at(tensor)[0] : NONE; }

    // Whether a part of an operator may be changed: writers of models may store equal parts once.
    bool is_own(const void* part) const { return users.at(part) == 1; }

    // Makes an operator compute `tensor` instead of the operator at `other`, which goes.
    void take_output(size_t place, size_t other) {
        const int tensor = output_of(at(other));
        remove(other);
        const_cast<Indexes*>(at(place).outputIndexes())->Mutate(0, tensor);
        producer[tensor] = place;
    }

    // Makes an operator read what the operator at `other` reads, which goes.
    void take_input(size_t place, size_t other) {
        const int tensor = input_of(at(other));
        remove(other);
        const_cast<Indexes*>(at(place).inputIndexes())->Mutate(0, tensor);
        readers[tensor].push_back(place);
    }

    // Takes the operators that went out of the model.
    void finish() { remove_all(ops, is_removed); }

private:
    const MNN::Net& net;
    Ops& ops;
    const std::function<bool(const std::string&)>& is_needed;
    std::map<int, size_t> producer;
    std::map<int, std::vector<size_t>> readers;
    std::map<const void*, int> users;
    std::vector<bool> is_removed;

    bool is_between(int tensor) const {
        const auto found = readers.find(tensor);
        return found != readers.end() && found->second.size() == 1 && !is_needed(net.tensorName()->Get(tensor)->str());
    }

    void remove(size_t place) {
        is_removed[place] = true;
        for (const int tensor : *at(place).inputIndexes()) {
            auto& places = readers[tensor];
            places.erase(std::find(places.begin(), places.end(), place));
        }
    }
};

bool is_convolution(const Model& model, size_t place) { return place != NONE && edgeconv::is_plain_convolution(model.at(place)); }

bool is_pointwise(const Model& model, size_t place) { return is_convolution(model, place) && edgeconv::is_pointwise(model.at(place)); }

// Calls with each convolution that a function follows.
template <class Fuse>
void fuse_functions(Model& model, Fuse fuse) {
    for (size_t place = 0; place < model.size(); ++place) {
        if (!is_function(model.at(place))) continue;
        const auto convolution = model.only_before(input_of(model.at(place)));
        if (!is_convolution(model, convolution) || !model.is_own(model.at(convolution).outputIndexes())) continue;
        if (fuse(model.at(convolution), model.at(place).main_as_UnaryOp()->opType())) model.take_output(convolution, place);
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
        const auto *expand = is_pointwise(model, before) ? &model.at(before) : nullptr;
        const auto *project = is_pointwise(model, behind) ? &model.at(behind) : nullptr;
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
        if (!is_pointwise(model, place) || !is_own(model, model.at(place))) continue;
        const auto& project = model.at(place);
        const auto before = model.only_before(input_of(project));
        if (!is_pointwise(model, before) || seconds.count(before)) continue;
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
    return is_stored && !convolution->quanParameter() && !convolution->symmetricQuan() && !convolution->sparseParameter() &&
           has_operands(op, 1);
}

void Fusion::apply(void* model, const std::function<bool(const std::string&)>& is_needed) {
    const auto& net = *MNN::GetNet(model);
    // Quantised tensors have other kernels.
    if (net.extraTensorDescribe() && net.extraTensorDescribe()->size() > 0) return;
    Model ops(net, is_needed);
    const std::lock_guard<std::mutex> guard(convolutions_lock);
    const auto add = [&](const MNN::Op& op) -> Fused& {
        fused.push_back(&op);
        return convolutions[&op];
    };
    fuse_functions(ops, [&](const MNN::Op& convolution, int function) {
        if (convolutions.count(&convolution)) return false;
        add(convolution).function = function;
        return true;
    });
    const auto add_chain = [&](const Chain& chain, const MNN::Op& op) { add(op).chain.reset(new Chain(chain)); };
    fuse_depthwise(ops, add_chain);
    fuse_pairs(ops, add_chain);
    ops.finish();
}

Fusion::~Fusion() {
    const std::lock_guard<std::mutex> guard(convolutions_lock);
    for (const auto* op : fused) convolutions.erase(op);
}

int function_of(const MNN::Op* convolution) {
    const std::lock_guard<std::mutex> guard(convolutions_lock);
    const auto found = convolutions.find(convolution);
    return found == convolutions.end() ? -1 : found->second.function;
}

const Chain* chain_of(const MNN::Op* convolution) {
    const std::lock_guard<std::mutex> guard(convolutions_lock);
    const auto found = convolutions.find(convolution);
    return found == convolutions.end() ? nullptr : found->second.chain.get();
}

}  // namespace edgeconv
