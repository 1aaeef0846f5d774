#include "model.h"

#include <sys/stat.h>

#include <algorithm>
#include <climits>
#include <iterator>

#include "edgeconv.hpp"
#include "stored_weights.h"

namespace {

using edgeconv::Weights;
using edgeconv::refuse;

// Of what a convolution says of its kernel.
constexpr int MAX_KERNEL = 32768;

constexpr const char* SCALE_ELSEWHERE = "has its scale in another file, which is not supported";

void require(bool condition, const char* reason, const std::string& op) {
    if (!condition) refuse("operator `" + op + "` " + reason);
}

std::string name_of(const MNN::Op& op) { return op.name() ? op.name()->str() : MNN::EnumNameOpType(op.type()); }

template <typename T>
size_t length(const T* vector) {
    return vector ? vector->size() : 0;
}

// Bytes of an element; 0 if MNN has no such in other files.
uint64_t element_size(const MNN::Blob& blob) {
    switch (blob.dataType()) {
        case MNN::DataType_DT_FLOAT:
        case MNN::DataType_DT_INT32: return 4;
        case MNN::DataType_DT_INT8:
        case MNN::DataType_DT_UINT8:
        case MNN::DataType_DT_QUINT8: return 1;
        default: return 0;
    }
}

// Number of elements that the blob stores.
size_t stored(const MNN::Blob& blob) {
    switch (blob.dataType()) {
        case MNN::DataType_DT_FLOAT: return length(blob.float32s());
        case MNN::DataType_DT_INT32: return length(blob.int32s());
        case MNN::DataType_DT_INT8: return length(blob.int8s());
        case MNN::DataType_DT_UINT8:
        case MNN::DataType_DT_QUINT8: return length(blob.uint8s());
        case MNN::DataType_DT_HALF:
        case MNN::DataType_DT_BFLOAT16: return length(blob.uint8s()) / 2;
        default: return 0;
    }
}

void check_constant(const MNN::Op& op, const Weights& weights, const std::string& name) {
    const auto* blob = op.main_as_Blob();
    require(blob != nullptr, "has no value", name);
    require(length(blob->dims()) <= EDGECONV_MAX_RANK, "has too many dimensions", name);
    uint64_t count = 1;
    for (size_t axis = 0; axis < length(blob->dims()); ++axis) {
        const int dim = blob->dims()->Get(axis);
        count = dim > 0 ? count * static_cast<uint64_t>(dim) : 0;
        require(count <= INT_MAX, "is too large", name);
    }
    if (weights.hold(blob->external(), 1, name)) {
        // MNN reads as many bytes as are told into a tensor of the shape's size.
        const bool fits = static_cast<uint64_t>(blob->external()->Get(1)) == count * element_size(*blob);
        require(fits, "has another number of elements than its shape says", name);
    } else {
        require(count <= stored(*blob), "has fewer elements than its shape says", name);
    }
}

bool is_convolution(const MNN::Op& op) { return op.type() == MNN::OpType_Convolution || op.type() == MNN::OpType_ConvolutionDepthwise; }

// MNN divides by steps, takes four pads where there are some, and adds up sizes in 32 bits.
void check_geometry(const MNN::Convolution2DCommon& common, const std::string& name) {
    const auto is_size = [](int number) { return number >= 1 && number <= MAX_KERNEL; };
    const bool are_sizes = is_size(common.kernelX()) && is_size(common.kernelY()) && is_size(common.strideX()) && is_size(common.strideY()) &&
                           is_size(common.dilateX()) && is_size(common.dilateY());
    require(are_sizes, "has a kernel, a step or a dilation that is not from 1 to 32768", name);
    require(!common.pads() || common.pads()->size() >= 4, "has fewer than four pads", name);
    const auto is_pad = [](int pad) { return pad >= -MAX_KERNEL && pad <= MAX_KERNEL; };
    bool are_pads = is_pad(common.padX()) && is_pad(common.padY());
    for (size_t i = 0; i < length(common.pads()); ++i) are_pads = are_pads && is_pad(common.pads()->Get(i));
    require(are_pads, "has a pad that is larger than 32768", name);
}

// That weights stored in the model are as many as its kernel and its channels take.
void check_weights(const MNN::Convolution2D& convolution, bool is_depthwise, const std::string& name) {
    const auto& common = *convolution.common();
    const auto of_output = static_cast<size_t>(common.kernelX()) * common.kernelY(), outputs = length(convolution.bias());
    require(outputs > 0 && static_cast<int64_t>(outputs) == common.outputCount(), "has another number of biases than outputs", name);
    const size_t weights = edgeconv::weight_count(convolution), depth = weights / outputs / of_output;
    const auto inputs = static_cast<size_t>(std::max(common.inputCount(), 0));
    const bool is_whole = depth * outputs * of_output == weights && depth > 0;
    // Models count the inputs of all groups, or of one.
    const bool fits = is_depthwise ? depth == 1 : inputs == 0 || depth == inputs || depth * std::max(common.group(), 1) == inputs;
    require(is_whole && fits, "has another number of weights than its kernel says", name);
}

// Weights in another file: the kernel, its scales if it has some, and the biases.
void check_external(const MNN::Convolution2D& convolution, const std::string& name) {
    const auto* stored = convolution.quanParameter();
    const bool are_halves = stored && stored->type() == edgeconv::HALVES, are_bytes = stored && stored->type() == edgeconv::BYTES;
    const bool is_plain = stored && !edgeconv::is_for_mnn_alone(*stored) && stored->scaleStorage() == MNN::ScaleStorageType_FP32;
    const bool is_supported = !stored || ((are_halves || are_bytes) && is_plain && convolution.external()->size() == 4);
    require(is_supported, "has quantised weights in another file, of a kind that is not supported", name);
    const auto& common = *convolution.common();
    const auto size = [](int number) { return static_cast<uint64_t>(std::max(number, 0)); };
    const auto bytes = [&](int index) { return static_cast<uint64_t>(convolution.external()->Get(index)); };
    const uint64_t per_output = size(common.inputCount()) / std::max(common.group(), 1) * size(common.kernelX()) * size(common.kernelY());
    const uint64_t count = size(common.outputCount()) * per_output;
    require(bytes(1) == count * (are_halves ? 2 : are_bytes ? 1 : 4), "has another number of weights than its kernel says", name);
    const uint64_t scales = are_bytes ? bytes(2) / (stored->readType() != 0 ? 8 : 4) : 1;
    require(scales > 0 && count % scales == 0, "has another number of scales than its weights take", name);
    require(bytes(stored ? 3 : 2) == 4 * size(common.outputCount()), "has another number of biases than outputs", name);
}

// MNN takes the biases of integers if there are some, with their scales, else those that all kinds of weights have.
void check_biases(const MNN::Convolution2D& convolution, const std::string& name) {
    const auto outputs = static_cast<size_t>(std::max(convolution.common()->outputCount(), 0));
    const auto* integers = convolution.symmetricQuan();
    const bool has_own = integers && integers->bias(), takes_others = !has_own || !integers->scale();
    const bool are_enough = !has_own || (length(integers->bias()) >= outputs && (!integers->scale() || length(integers->scale()) >= outputs));
    require(are_enough && (!takes_others || length(convolution.bias()) >= outputs), "has too few biases", name);
    if (!integers) return;
    require(length(convolution.bias()) == 0 || length(convolution.bias()) == outputs, "has another number of biases than outputs", name);
    require(!takes_others || convolution.quanParameter(), "has integers without scales", name);
}

void check_convolution(const MNN::Op& op, const Weights& file, const std::string& name) {
    const auto* convolution = op.main_as_Convolution2D();
    if (!convolution) return;
    const auto* common = convolution->common();
    require(common != nullptr, "has no parameters", name);
    const bool has_kernel = length(op.inputIndexes()) == 1;
    if (is_convolution(op) && has_kernel) check_geometry(*common, name);
    if (file.hold(convolution->external(), 2, name)) {
        check_external(*convolution, name);
        return;
    }
    if (!has_kernel) return;  // weights and bias are inputs
    const bool weights = length(convolution->weight()) > 0 || convolution->quanParameter() || convolution->symmetricQuan();
    require(weights, "has no weights", name);
    check_biases(*convolution, name);
    const auto* stored = convolution->quanParameter();
    const bool are_decoded = !convolution->symmetricQuan() && !convolution->sparseParameter() && !(stored && edgeconv::is_for_mnn_alone(*stored));
    if (is_convolution(op) && are_decoded) check_weights(*convolution, op.type() == MNN::OpType_ConvolutionDepthwise, name);
}

struct Expected {
    MNN::OpType type;
    MNN::OpParameter parameters;
    size_t operands = 1;  // at least
};

// Operators whose parameters and operands MNN reads without a look at whether they are there, and are these.
constexpr Expected PARAMETERS[] = {
    {MNN::OpType_ArgMax, MNN::OpParameter_ArgMax},
    {MNN::OpType_ArgMin, MNN::OpParameter_ArgMax},
    {MNN::OpType_BinaryOp, MNN::OpParameter_BinaryOp, 2},
    {MNN::OpType_Cast, MNN::OpParameter_CastParam},
    {MNN::OpType_Concat, MNN::OpParameter_Axis},
    {MNN::OpType_ConvertTensor, MNN::OpParameter_TensorConvertInfo},
    {MNN::OpType_Convolution, MNN::OpParameter_Convolution2D},
    {MNN::OpType_ConvolutionDepthwise, MNN::OpParameter_Convolution2D},
    {MNN::OpType_CumSum, MNN::OpParameter_CumSum, 2},
    {MNN::OpType_Deconvolution, MNN::OpParameter_Convolution2D},
    {MNN::OpType_DeconvolutionDepthwise, MNN::OpParameter_Convolution2D},
    {MNN::OpType_DepthToSpace, MNN::OpParameter_DepthSpaceParam},
    {MNN::OpType_ELU, MNN::OpParameter_ELU},
    {MNN::OpType_GridSample, MNN::OpParameter_GridSample, 2},
    {MNN::OpType_Interp, MNN::OpParameter_Interp},
    {MNN::OpType_LayerNorm, MNN::OpParameter_LayerNorm},
    {MNN::OpType_MatMul, MNN::OpParameter_MatMul, 2},
    {MNN::OpType_OneHot, MNN::OpParameter_OneHotParam},
    {MNN::OpType_Pack, MNN::OpParameter_PackParam},
    {MNN::OpType_Permute, MNN::OpParameter_Permute},
    {MNN::OpType_Pooling, MNN::OpParameter_Pool},
    {MNN::OpType_PReLU, MNN::OpParameter_PRelu},
    {MNN::OpType_Reduction, MNN::OpParameter_ReductionParam},
    {MNN::OpType_Reshape, MNN::OpParameter_Reshape},
    {MNN::OpType_Scale, MNN::OpParameter_Scale},
    {MNN::OpType_Slice, MNN::OpParameter_Slice},
    {MNN::OpType_Softmax, MNN::OpParameter_Axis},
    {MNN::OpType_SpaceToDepth, MNN::OpParameter_DepthSpaceParam},
    {MNN::OpType_StridedSlice, MNN::OpParameter_StridedSliceParam},
    {MNN::OpType_UnaryOp, MNN::OpParameter_UnaryOp},
};

void check_kind(const MNN::Op& op, const std::string& name) {
    const auto is_it = [&](const Expected& expected) { return expected.type == op.type(); };
    const auto* expected = std::find_if(std::begin(PARAMETERS), std::end(PARAMETERS), is_it);
    if (expected == std::end(PARAMETERS)) return;
    const bool is_there = op.main() && op.main_type() == expected->parameters;
    require(is_there, "lacks its parameters, or has those of another kind of operator", name);
    require(length(op.inputIndexes()) >= expected->operands, "has too few operands", name);
}

void check_parameters(const MNN::Op& op, const Weights& weights, const std::string& name) {
    check_kind(op, name);
    switch (op.type()) {
        case MNN::OpType_Input:
            require(op.main_as_Input() != nullptr, "has no type and shape", name);
            require(length(op.main_as_Input()->dims()) <= EDGECONV_MAX_RANK, "has too many dimensions", name);
            require(op.outputIndexes()->size() == 1, "must have one result", name);
            break;
        case MNN::OpType_Const:
        case MNN::OpType_TrainableParam:
            require(op.outputIndexes()->size() == 1, "must have one result", name);
            check_constant(op, weights, name);
            break;
        default:
            check_convolution(op, weights, name);
            require(!op.main_as_Scale() || length(op.main_as_Scale()->external()) == 0, SCALE_ELSEWHERE, name);
            require(!op.main_as_LayerNorm() || length(op.main_as_LayerNorm()->external()) == 0, SCALE_ELSEWHERE, name);
    }
}

}  // namespace

namespace edgeconv {

void refuse(const std::string& reason) { throw Error(EDGECONV_BAD_MODEL, reason); }

Weights::Weights(const std::string& path) : path(path) {
    struct stat status;
    exist = ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
    if (exist) size = static_cast<uint64_t>(status.st_size);
}

bool Weights::hold(const flatbuffers::Vector<int64_t>* place, size_t count, const std::string& op) const {
    if (length(place) <= 1) return false;  // as MNN sees it
    require(!path.empty(), "has its weights in a file beside the model, and that was given without files", op);
    const auto file = "has its weights in `" + path + "`, ";
    require(exist, (file + "which is not there or no file: it belongs to the model").c_str(), op);
    require(place->size() > count, "does not say where all of its weights are", op);
    uint64_t end = 0;
    for (size_t i = 0; i < place->size(); ++i) {
        const int64_t number = place->Get(i);
        const bool inside = number >= 0 && static_cast<uint64_t>(number) <= size - end;
        require(inside, (file + "which is too short: it is cut off, or that of another model").c_str(), op);
        end += static_cast<uint64_t>(number);
    }
    return true;
}

// MNN finds outputs by name: of several tensors the last one. An input may have the name of an output behind it.
void check_unique(const MNN::Net& net, const std::string& name) {
    const auto& names = *net.tensorName();
    std::vector<bool> given(names.size());
    for (const auto* op : *net.oplists()) {
        if (op->type() == MNN::OpType_Input) given[op->outputIndexes()->Get(0)] = true;
    }
    size_t inputs = 0, computed = 0;
    for (size_t index = 0; index < names.size(); ++index) {
        if (names.Get(index)->str() != name) continue;
        ++(given[index] && computed == 0 ? inputs : computed);
    }
    if (inputs + computed == 0) refuse("its output `" + name + "` is none of its tensors");
    if (inputs > 1 || computed > 1) refuse("several of its tensors are called `" + name + "`");
}

const MNN::Net& checked(const void* data, size_t size, const Weights& weights) {
    if (size > INT_MAX) refuse("it is larger than 2 GiB");
    flatbuffers::Verifier verifier(static_cast<const uint8_t*>(data), size);
    if (!MNN::VerifyNetBuffer(verifier)) refuse("it is not an MNN model, or damaged");
    const auto* net = MNN::GetNet(data);
    if (!net->oplists() || !net->tensorName()) refuse("it is not an MNN model, or damaged: it has no operators or no tensors");
    if (net->usage() == MNN::Usage_INFERENCE_STATIC) refuse("it was saved as a static model, which is not supported");
    std::vector<bool> computed(net->tensorName()->size());
    const auto in_range = [&](int index) { return index >= 0 && static_cast<size_t>(index) < computed.size(); };
    for (const auto* op : *net->oplists()) {
        const std::string name = name_of(*op);
        require(op->outputIndexes() != nullptr, "has no results", name);
        for (size_t i = 0; i < length(op->inputIndexes()); ++i) {
            const int index = op->inputIndexes()->Get(i);
            require(index != -1, "leaves an optional input out, which MNN sessions can't", name);
            require(in_range(index), "refers to a tensor that does not exist", name);
            require(computed[index], "uses a tensor before it is computed", name);
        }
        for (const int index : *op->outputIndexes()) {
            require(in_range(index), "refers to a tensor that does not exist", name);
            computed[index] = true;
        }
        check_parameters(*op, weights, name);
    }
    for (size_t i = 0; i < length(net->extraTensorDescribe()); ++i) {
        if (!in_range(net->extraTensorDescribe()->Get(i)->index())) refuse("it describes a tensor that does not exist");
    }
    return *net;
}

std::vector<std::string> output_names(const MNN::Net& net) {
    std::vector<std::string> names;
    for (size_t i = 0; i < length(net.outputName()); ++i) names.push_back(net.outputName()->Get(i)->str());
    if (!names.empty()) return names;
    std::vector<bool> used(net.tensorName()->size());
    for (const auto* op : *net.oplists()) {
        for (size_t i = 0; i < length(op->inputIndexes()); ++i) used[op->inputIndexes()->Get(i)] = true;
    }
    for (const auto* op : *net.oplists()) {
        for (const int index : *op->outputIndexes()) {
            if (!used[index]) names.push_back(net.tensorName()->Get(index)->str());
        }
    }
    return names;
}

std::vector<Computed> computed_values(const MNN::Net& net) {
    std::vector<Computed> values;
    for (const auto* op : *net.oplists()) {
        if (op->type() == MNN::OpType_Input || op->type() == MNN::OpType_Const) continue;
        for (const int index : *op->outputIndexes()) values.push_back({net.tensorName()->Get(index)->str(), name_of(*op)});
    }
    return values;
}

std::vector<Computed> computed_values(const MNN::Net& net, const std::vector<std::string>& names) {
    const auto all = computed_values(net);
    std::vector<Computed> values;
    for (const auto& name : names) {
        const auto is_it = [&](const Computed& value) { return value.name == name; };
        const auto found = std::find_if(all.begin(), all.end(), is_it);
        if (found == all.end()) refuse("it computes no tensor `" + name + "`");
        values.push_back(*found);
    }
    return values;
}

}  // namespace edgeconv
