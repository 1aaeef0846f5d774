#include "row_operators.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include "convolution.h"
#include "core/Concurrency.h"
#include "core/TensorUtils.hpp"

using namespace MNN;

namespace {

using edgeconv::cpu;

// Of one row.
using Kernel = std::function<void(float* dst, const float* src, size_t count)>;

struct Rows {
    int count;
    int length;
};

// Each row is the elements of all axes from `axis` on; a negative axis counts from the end.
Rows rows(const Tensor& tensor, int axis) {
    if (axis < 0) axis += tensor.dimensions();
    Rows rows = {1, 1};
    for (int i = 0; i < tensor.dimensions(); ++i) (i < axis ? rows.count : rows.length) *= tensor.length(i);
    return rows;
}

bool is_row_major(const Tensor& tensor) {
    return tensor.getType() == halide_type_of<float>() && CPUBackend::getDataType(&tensor) == DataType_DT_FLOAT &&
           TensorUtils::getDescribe(&tensor)->dimensionFormat != MNN_DATA_FORMAT_NC4HW4;
}

class RowOperator : public Execution {
public:
    // The rows of a tensor; of length 0 where our kernel does not fit.
    using Layout = std::function<Rows(const Tensor&)>;

    RowOperator(Backend* backend, Execution* other, Layout layout, Kernel kernel)
        : Execution(backend), other(other), layout(std::move(layout)), kernel(std::move(kernel)) {
        mValid = other && other->valid();
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const bool is_plain = in.size() == 1 && out.size() == 1 && is_row_major(*in[0]) && is_row_major(*out[0]) &&
                              cpu(backend())->functions()->bytes == sizeof(float);
        all = is_plain ? layout(*in[0]) : Rows{0, 0};
        return all.length > 0 ? NO_ERROR : other->onResize(in, out);
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (all.length == 0) return other->onExecute(in, out);
        const int threads = edgeconv::threads_for(backend(), all.count);
        const auto* src = in[0]->host<float>();
        auto* dst = out[0]->host<float>();
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const edgeconv::Part part(all.count, thread, threads);
            for (int64_t row = part.begin; row < part.end; ++row) kernel(dst + row * all.length, src + row * all.length, all.length);
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    const std::unique_ptr<Execution> other;
    const Layout layout;
    const Kernel kernel;
    Rows all = {0, 0};
};

Execution* softmax(const Axis& parameter, Backend* backend, Execution* other) {
    const int axis = parameter.axis();
    const auto layout = [axis](const Tensor& tensor) {
        const bool is_last = axis == -1 || axis == tensor.dimensions() - 1;
        return is_last ? rows(tensor, axis) : Rows{0, 0};
    };
    return new RowOperator(backend, other, layout, edgeconv_kernels()->softmax);
}

std::vector<float> copy(const flatbuffers::Vector<float>* numbers) {
    if (!numbers) return {};
    return {numbers->begin(), numbers->end()};
}

Execution* layer_norm(const LayerNorm& parameter, Backend* backend, Execution* other) {
    const int axes = parameter.axis() ? static_cast<int>(parameter.axis()->size()) : 0;
    if (parameter.useRMSNorm() || parameter.group() > 1 || axes == 0) return other;
    // MNN takes both or none.
    const bool is_affine = parameter.gamma() && parameter.beta();
    const auto gamma = copy(is_affine ? parameter.gamma() : nullptr), beta = copy(is_affine ? parameter.beta() : nullptr);
    const auto layout = [=](const Tensor& tensor) {
        if (axes > tensor.dimensions()) return Rows{0, 0};
        const Rows found = rows(tensor, -axes);
        return !is_affine || gamma.size() == static_cast<size_t>(found.length) ? found : Rows{0, 0};
    };
    const float epsilon = parameter.epsilon();
    const auto kernel = [=](float* dst, const float* src, size_t count) {
        const edgeconv_norm norm = {is_affine ? gamma.data() : nullptr, is_affine ? beta.data() : nullptr, epsilon};
        edgeconv_kernels()->layer_norm(dst, src, count, &norm);
    };
    return new RowOperator(backend, other, layout, kernel);
}

}  // namespace

namespace edgeconv {

Execution* row_operator(const Op& op, Backend* backend, Execution* other) {
    if (op.type() == OpType_Softmax && op.main_as_Axis()) return softmax(*op.main_as_Axis(), backend, other);
#ifdef __x86_64__
    // On ARMv7, MNN's takes two thirds of the instructions.
    if (op.type() == OpType_LayerNorm && op.main_as_LayerNorm()) return layer_norm(*op.main_as_LayerNorm(), backend, other);
#endif
    return other;
}

}  // namespace edgeconv
