#include "fusion.h"

#include <map>
#include <mutex>

#include "MNN_generated.h"

namespace {

// Sessions look their operators up while they are made, in several threads.
std::map<const MNN::Op*, int> functions;
std::mutex functions_lock;

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

bool is_function(const MNN::Op& op) {
    return op.type() == MNN::OpType_UnaryOp && op.main_as_UnaryOp() && is_fusible(op.main_as_UnaryOp()->opType()) &&
           !op.main_as_UnaryOp()->tableInt8() && op.inputIndexes() && op.inputIndexes()->size() == 1 &&
           op.outputIndexes()->size() == 1;
}

using Ops = flatbuffers::Vector<flatbuffers::Offset<MNN::Op>>;

// Takes operators out of a list in place: what follows moves to the front, and offsets count from where they are.
void remove(Ops& ops, const std::vector<bool>& is_removed) {
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

// How many operators read each tensor.
std::vector<size_t> readers(const MNN::Net& net) {
    std::vector<size_t> count(net.tensorName()->size());
    for (const auto* op : *net.oplists()) {
        if (!op->inputIndexes()) continue;
        for (const int index : *op->inputIndexes()) ++count[index];
    }
    return count;
}

}  // namespace

namespace edgeconv {

bool is_plain_convolution(const MNN::Op& op) {
    if (op.type() != MNN::OpType_Convolution && op.type() != MNN::OpType_ConvolutionDepthwise) return false;
    const auto* convolution = op.main_as_Convolution2D();
    const bool is_stored = convolution && convolution->weight() && convolution->weight()->size() > 0 && convolution->bias();
    return is_stored && !convolution->quanParameter() && !convolution->symmetricQuan() && !convolution->sparseParameter() &&
           op.inputIndexes() && op.inputIndexes()->size() == 1 && op.outputIndexes()->size() == 1;
}

void Fusion::apply(void* model, const std::function<bool(const std::string&)>& is_needed) {
    auto* net = flatbuffers::GetMutableRoot<MNN::Net>(model);
    // Quantised tensors have other kernels.
    if (net->extraTensorDescribe() && net->extraTensorDescribe()->size() > 0) return;
    auto& ops = *const_cast<Ops*>(net->oplists());
    const auto count = readers(*net);
    std::map<int, const MNN::Op*> computed_by;
    std::vector<bool> is_removed(ops.size());
    const std::lock_guard<std::mutex> guard(functions_lock);
    for (flatbuffers::uoffset_t i = 0; i < ops.size(); ++i) {
        const auto* op = ops.Get(i);
        if (is_plain_convolution(*op)) {
            computed_by[op->outputIndexes()->Get(0)] = op;
        } else if (is_function(*op)) {
            const int between = op->inputIndexes()->Get(0);
            const auto found = computed_by.find(between);
            if (found == computed_by.end() || count[between] != 1) continue;
            if (is_needed(net->tensorName()->Get(between)->str())) continue;
            using Indexes = flatbuffers::Vector<int32_t>;
            const_cast<Indexes*>(found->second->outputIndexes())->Mutate(0, op->outputIndexes()->Get(0));
            functions[found->second] = op->main_as_UnaryOp()->opType();
            fused.push_back(found->second);
            is_removed[i] = true;
        }
    }
    remove(ops, is_removed);
}

Fusion::~Fusion() {
    const std::lock_guard<std::mutex> guard(functions_lock);
    for (const auto* op : fused) functions.erase(op);
}

int function_of(const MNN::Op* convolution) {
    const std::lock_guard<std::mutex> guard(functions_lock);
    const auto found = functions.find(convolution);
    return found == functions.end() ? -1 : found->second;
}

}  // namespace edgeconv
