#include "convolution.h"
#include "fusion.h"
#include "int8_sum.h"

using namespace MNN;

namespace edgeconv {
namespace {

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
        in_parts(backend(), static_cast<int>(packed.size()), [&](const Part& part, int) {
            edgeconv_int8_add(out[0]->host<int8_t>() + part.begin, in[0]->host<int8_t>() + part.begin, packed.data() + part.begin, part.size(), &sum);
        });
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

}  // namespace edgeconv
