#include "int8_sum.h"

#include "convolution.h"
#include "core/Concurrency.h"
#include "fusion.h"

using namespace MNN;

namespace edgeconv {
namespace {

class Sum : public Execution {
public:
    Sum(Backend* backend, Execution* other, const edgeconv_int8_sum& sum) : Execution(backend), other(other), sum(sum) {}

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto size = [&](const Tensor* tensor) { return static_cast<int>(cpu(backend())->getTensorSize(tensor)); };
        count = size(out[0]);
        has_equal_shapes = size(in[0]) == count && size(in[1]) == count;
        return other->onResize(in, out);
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!has_equal_shapes) return other->onExecute(in, out);
        const int threads = threads_for(backend(), count);
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(count, thread, threads);
            edgeconv_int8_add(out[0]->host<int8_t>() + part.begin, in[0]->host<int8_t>() + part.begin, in[1]->host<int8_t>() + part.begin,
                              part.size(), &sum);
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    const std::unique_ptr<Execution> other;
    const edgeconv_int8_sum sum;
    bool has_equal_shapes = false;
    int count = 0;
};

class KnownSum : public Execution {
public:
    KnownSum(Backend* backend, const Blob& constant, const Grid& grid, const edgeconv_int8_sum& sum)
        : Execution(backend), shape(constant.dims()->begin(), constant.dims()->end()), sum(sum) {
        const int channels = shape[1], area = shape[2] * shape[3], groups = UP_DIV(channels, QUAD);
        packed.resize(static_cast<size_t>(QUAD) * groups * shape[0] * area);
        for (flatbuffers::uoffset_t i = 0; i < constant.float32s()->size(); ++i) {
            const int at = i % area, channel = i / area % channels, picture = i / area / channels;
            const size_t unit = static_cast<size_t>(channel / QUAD) * shape[0] + picture;
            packed[QUAD * (unit * area + at) + channel % QUAD] = static_cast<int8_t>(grid.nearest(constant.float32s()->Get(i)));
        }
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        return is_map(*in[0]) && is_map(*out[0]) && out[0]->shape() == shape ? NO_ERROR : INPUT_DATA_ERROR;
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const int count = static_cast<int>(packed.size()), threads = threads_for(backend(), count);
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(count, thread, threads);
            edgeconv_int8_add(out[0]->host<int8_t>() + part.begin, in[0]->host<int8_t>() + part.begin, packed.data() + part.begin, part.size(), &sum);
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    static constexpr int QUAD = 4;
    const std::vector<int> shape;
    const edgeconv_int8_sum sum;
    std::vector<int8_t> packed;
};

}  // namespace

bool is_map_of_floats(const Op& constant) {
    const auto* blob = constant.type() == OpType_Const && edgeconv_kernels_for(EDGECONV_NEON) ? constant.main_as_Blob() : nullptr;
    if (!blob || blob->dataType() != DataType_DT_FLOAT || !blob->float32s() || !blob->dims() || blob->dims()->size() != 4) return false;
    size_t count = 1;
    for (const int size : *blob->dims()) count *= static_cast<size_t>(size);
    return blob->dataFormat() == MNN_DATA_FORMAT_NCHW && count == blob->float32s()->size() && count > 0;
}

Execution* int8_sum_with(const KnownSummand& summand, const Tensor& map, const Tensor& result, Backend* backend) {
    if (CPUBackend::getDataType(&result) != DataType_DT_INT8 || cpu(backend)->functions()->pack != 4) return nullptr;
    return new KnownSum(backend, *summand.constant->main_as_Blob(), summand.grid, int8_sum_of(grid_of(map), summand.grid, grid_of(result)));
}

edgeconv_int8_sum int8_sum_of(const Grid& first, const Grid& second, const Grid& to) {
    const double first_scale = static_cast<double>(first.scale) / to.scale, second_scale = static_cast<double>(second.scale) / to.scale;
    const double bias = to.zero - first_scale * first.zero - second_scale * second.zero;
    return {static_cast<float>(first_scale), static_cast<float>(second_scale), static_cast<float>(bias), static_cast<int8_t>(to.low),
            static_cast<int8_t>(to.high)};
}

Execution* int8_sum(const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs, const Op& op, Backend* backend, Execution* other) {
    const auto& binary = *op.main_as_BinaryOp();
    const bool is_quantised = CPUBackend::getDataType(outputs[0]) == DataType_DT_INT8 && edgeconv_kernels_for(EDGECONV_NEON);
    if (!is_quantised || binary.opType() != BinaryOpOperation_ADD || binary.activationType() != 0) return other;
    const auto to = grid_of(*outputs[0]);
    if (!(to.scale > 0)) return other;
    return new Sum(backend, other, int8_sum_of(grid_of(*inputs[0]), grid_of(*inputs[1]), to));
}

}  // namespace edgeconv
