#include "int8_sum.h"

#include <functional>

#include "bytes.h"
#include "convolution.h"

using namespace MNN;

namespace edgeconv {
namespace {

// Adds `count` pairs.
using Add = std::function<void(uint8_t* to, const uint8_t* first, const uint8_t* second, size_t count)>;

// Nearest integers to first_scale * first + second_scale * second + bias, between bounds, as bytes count.
struct Numbers {
    float first_scale, second_scale, bias;
    int low, high;

    Numbers(const Grid& first, const Grid& second, const Grid& to) : low(to.low + EXCESS), high(to.high + EXCESS) {
        const double of_first = static_cast<double>(first.scale) / to.scale, of_second = static_cast<double>(second.scale) / to.scale;
        first_scale = static_cast<float>(of_first);
        second_scale = static_cast<float>(of_second);
        bias = static_cast<float>(to.zero + EXCESS - of_first * (first.zero + EXCESS) - of_second * (second.zero + EXCESS));
    }
};

class Sum : public Execution {
public:
    Sum(Backend* backend, Execution* other, Add add) : Execution(backend), other(other), add(std::move(add)) {}

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto size = [&](const Tensor* tensor) { return static_cast<int>(cpu(backend())->getTensorSize(tensor)); };
        count = size(out[0]);
        const auto is_alike = [&](const Tensor* tensor) { return tensor->shape() == out[0]->shape() && size(tensor) == count; };
        has_equal_shapes = is_alike(in[0]) && is_alike(in[1]);
        return other->onResize(in, out);
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!has_equal_shapes) return other->onExecute(in, out);
        in_parts(backend(), count, [&](const Part& part, int) {
            add(out[0]->host<uint8_t>() + part.begin, in[0]->host<uint8_t>() + part.begin, in[1]->host<uint8_t>() + part.begin, part.size());
        });
        return NO_ERROR;
    }

private:
    const std::unique_ptr<Execution> other;
    const Add add;
    bool has_equal_shapes = false;
    int count = 0;
};

#ifdef __arm__

// Null if there is no such kernel.
Add add_of(const Grid& first, const Grid& second, const Grid& to, Backend*) {
    if (!edgeconv_kernels_for(EDGECONV_NEON)) return nullptr;
    const auto sum = int8_sum_of(first, second, to);
    return [sum](uint8_t* to, const uint8_t* first, const uint8_t* second, size_t count) {
        edgeconv_int8_add(reinterpret_cast<int8_t*>(to), reinterpret_cast<const int8_t*>(first), reinterpret_cast<const int8_t*>(second), count, &sum);
    };
}

#else

// Null if there is no such kernel.
Add add_of(const Grid& first, const Grid& second, const Grid& to, Backend* backend) {
    const auto* bytes = edgeconv_byte_kernels_of_lanes(cpu(backend)->functions()->pack);
    if (!bytes) return nullptr;
    const Numbers numbers(first, second, to);
    const edgeconv_byte_sum sum = {numbers.first_scale, numbers.second_scale, numbers.bias, static_cast<float>(numbers.low),
                                   static_cast<float>(numbers.high)};
    return [bytes, sum](uint8_t* to, const uint8_t* first, const uint8_t* second, size_t count) { bytes->add(to, first, second, count, &sum); };
}

#endif

bool is_quantised(const Tensor& tensor) { return CPUBackend::getDataType(&tensor) == DataType_DT_INT8; }

}  // namespace

#ifdef __arm__
edgeconv_int8_sum int8_sum_of(const Grid& first, const Grid& second, const Grid& to) {
    const Numbers numbers(first, second, to);
    return {numbers.first_scale, numbers.second_scale, numbers.bias, static_cast<int8_t>(numbers.low), static_cast<int8_t>(numbers.high)};
}
#endif

Execution* int8_sum(const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs, const Op& op, Backend* backend, Execution* other) {
    const auto& binary = *op.main_as_BinaryOp();
    const bool are_quantised = is_quantised(*outputs[0]) && is_quantised(*inputs[0]) && is_quantised(*inputs[1]);
    if (!are_quantised || binary.opType() != BinaryOpOperation_ADD || binary.activationType() != 0) return other;
    const auto to = grid_of(*outputs[0]);
    auto add = to.scale > 0 ? add_of(grid_of(*inputs[0]), grid_of(*inputs[1]), to, backend) : nullptr;
    return add ? new Sum(backend, other, std::move(add)) : other;
}

}  // namespace edgeconv
