#include "bytes.h"
#include "convolution.h"
#include "core/Concurrency.h"
#include "grid.h"
#include "int8_sum.h"

using namespace MNN;

namespace edgeconv {
namespace {

// What MNN's maps on x86 count in excess.
constexpr int EXCESS = 128;

class ByteSum : public Execution {
public:
    ByteSum(Backend* backend, Execution* other, const edgeconv_byte_kernels& bytes, const edgeconv_byte_sum& sum)
        : Execution(backend), other(other), bytes(bytes), sum(sum) {}

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto size = [&](const Tensor* tensor) { return static_cast<int>(cpu(backend())->getTensorSize(tensor)); };
        count = size(out[0]);
        has_equal_shapes = in[0]->shape() == out[0]->shape() && in[1]->shape() == out[0]->shape() && size(in[0]) == count && size(in[1]) == count;
        return other->onResize(in, out);
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!has_equal_shapes) return other->onExecute(in, out);
        const int threads = threads_for(backend(), count);
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(count, thread, threads);
            bytes.add(out[0]->host<uint8_t>() + part.begin, in[0]->host<uint8_t>() + part.begin, in[1]->host<uint8_t>() + part.begin, part.size(), &sum);
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    const std::unique_ptr<Execution> other;
    const edgeconv_byte_kernels& bytes;
    const edgeconv_byte_sum sum;
    bool has_equal_shapes = false;
    int count = 0;
};

}  // namespace

Execution* int8_sum(const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs, const Op& op, Backend* backend, Execution* other) {
    const auto& binary = *op.main_as_BinaryOp();
    const auto* bytes = edgeconv_byte_kernels_of_lanes(cpu(backend)->functions()->pack);
    const bool is_quantised = CPUBackend::getDataType(outputs[0]) == DataType_DT_INT8 && CPUBackend::getDataType(inputs[0]) == DataType_DT_INT8 &&
                              CPUBackend::getDataType(inputs[1]) == DataType_DT_INT8;
    if (!bytes || !is_quantised || binary.opType() != BinaryOpOperation_ADD || binary.activationType() != 0) return other;
    const auto first = grid_of(*inputs[0]), second = grid_of(*inputs[1]), to = grid_of(*outputs[0]);
    if (!(to.scale > 0)) return other;
    const double first_scale = static_cast<double>(first.scale) / to.scale, second_scale = static_cast<double>(second.scale) / to.scale;
    const double bias = to.zero + EXCESS - first_scale * (first.zero + EXCESS) - second_scale * (second.zero + EXCESS);
    return new ByteSum(backend, other, *bytes, {static_cast<float>(first_scale), static_cast<float>(second_scale), static_cast<float>(bias),
                                                static_cast<float>(to.low + EXCESS), static_cast<float>(to.high + EXCESS)});
}

}  // namespace edgeconv
