#include <cstring>

#include "convolution.h"
#include "fusion.h"
#include "int8_sum.h"

using namespace MNN;

namespace edgeconv {
namespace {

bool has_integers(const Tensor& tensor) { return CPUBackend::getDataType(&tensor) == DataType_DT_INT8; }

// The index of an element of a map that is as large as another one or repeated along an axis.
int repeated(int index, int size) { return size == 1 ? 0 : index; }

class KnownSum : public Execution {
public:
    KnownSum(Backend* backend, const KnownSummand& summand)
        : Execution(backend), constant(*summand.constant->main_as_Blob()), grid(summand.grid) {}

    // Where the constant is rounded: not in each run.
    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        // Maps that MNN repeats along several axes are floats by then.
        is_quantised = has_integers(*in[0]) && has_integers(*out[0]);
        if (is_quantised) sum = int8_sum_of(grid_of(*in[0]), grid, grid_of(*out[0]));
        // MNN repeats maps, except for a single element.
        is_single = in[0]->shape() != out[0]->shape();
        if (!is_map(*in[0]) || !is_map(*out[0]) || (is_single && TensorUtils::getRawSize(in[0]) != 1)) return INPUT_DATA_ERROR;
        pack(out[0]->shape());
        return is_single ? reserve_scratch(backend(), repeated_element, 1, packed.size()) : NO_ERROR;
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!is_quantised) return add_floats(out[0]->host<float>(), in[0]->host<float>());
        const auto* from = in[0]->host<int8_t>();
        if (is_single) {
            std::memset(of_thread(repeated_element, 0), *from, packed.size());
            from = reinterpret_cast<const int8_t*>(of_thread(repeated_element, 0));
        }
        in_parts(backend(), static_cast<int>(packed.size()), [&](const Part& part, int) {
            edgeconv_int8_add(out[0]->host<int8_t>() + part.begin, from + part.begin, packed.data() + part.begin, part.size(), &sum);
        });
        return NO_ERROR;
    }

private:
    static constexpr int QUAD = 4;
    const Blob& constant;
    const Grid grid;
    edgeconv_int8_sum sum = {};
    std::vector<int8_t> packed;
    bool is_quantised = false, is_single = false;
    Memory repeated_element;

    ErrorCode add_floats(float* to, const float* from) const {
        const size_t step = is_single ? 0 : 1;
        for (size_t i = 0; i < packed.size(); ++i) to[i] = from[step * i] + grid.value(packed[i]);
        return NO_ERROR;
    }

    // The constant, rounded and repeated to this shape, as MNN packs maps: [channels / 4][pictures][positions][4].
    void pack(const std::vector<int>& shape) {
        const int channels = shape[1], area = shape[2] * shape[3];
        packed.assign(static_cast<size_t>(QUAD) * UP_DIV(channels, QUAD) * shape[0] * area, 0);
        const auto& own = *constant.dims();
        for (int picture = 0; picture < shape[0]; ++picture) {
            for (int channel = 0; channel < channels; ++channel) {
                auto* to = &packed[QUAD * (static_cast<size_t>(channel / QUAD) * shape[0] + picture) * area + channel % QUAD];
                const int plane = repeated(picture, own[0]) * own[1] + repeated(channel, own[1]);
                for (int at = 0; at < area; ++at) {
                    const int row = repeated(at / shape[3], own[2]), column = repeated(at % shape[3], own[3]);
                    to[QUAD * at] = static_cast<int8_t>(grid.nearest(constant.float32s()->Get((plane * own[2] + row) * own[3] + column)));
                }
            }
        }
    }
};

}  // namespace

bool is_map_of_floats(const Op& constant) {
    const auto* blob = constant.type() == OpType_Const && edgeconv_kernels_for(EDGECONV_NEON) ? constant.main_as_Blob() : nullptr;
    if (!blob || blob->dataType() != DataType_DT_FLOAT || !blob->float32s() || !blob->dims() || blob->dims()->size() != 4) return false;
    size_t count = 1;
    for (const int size : *blob->dims()) count *= static_cast<size_t>(size);
    return blob->dataFormat() == MNN_DATA_FORMAT_NCHW && count == blob->float32s()->size() && count > 0;
}

bool broadcast(Tensor& map, const KnownSummand& summand) {
    const auto& sizes = *summand.constant->main_as_Blob()->dims();
    if (map.dimensions() != static_cast<int>(sizes.size())) return false;
    for (int axis = 0; axis < map.dimensions(); ++axis) {
        const int size = sizes.Get(axis);
        if (map.length(axis) == 1) map.setLength(axis, size);
        if (size != 1 && size != map.length(axis)) return false;
    }
    return true;
}

Execution* int8_sum_with(const KnownSummand& summand, Backend* backend) {
    return cpu(backend)->functions()->pack == 4 ? new KnownSum(backend, summand) : nullptr;
}

}  // namespace edgeconv
