#include "int8_attention.h"

#include "convolution.h"
#include "int8_sum.h"

using namespace MNN;

namespace edgeconv {
namespace {

constexpr int QUAD = 4;

// Positions of a map times its gate that are still in the first-level cache when a summand is added.
constexpr int AT_ONCE = 1024;

class Int8Attention : public Execution {
public:
    Int8Attention(const ChannelAttention& attention, const std::vector<Tensor*>& in, const Tensor& out, Backend* backend)
        : Execution(backend),
          gate(attention.gate, backend),
          channels(attention.channels),
          map(attention.map),
          summand(attention.summand),
          operand(grid_of(*in[map])),
          product(attention.product),
          sum(int8_sum_of(product, grid_of(*in[std::max(summand, 0)]), grid_of(out))) {
        mValid = gate.valid();
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto& result = *out[0];
        const auto& core = *cpu(backend())->functions();
        const bool fits = core.pack == QUAD && core.bytes == sizeof(float) && is_map(result) && result.channel() == channels;
        if (!fits || !has_size_of(*in[map], result)) return INPUT_DATA_ERROR;
        pictures = result.batch();
        groups = UP_DIV(result.channel(), QUAD);
        positions = result.height() * result.width();
        values = scratch_memory(backend(), 2, unit_bytes(core) * pictures * gate.groups(groups));
        scratch = scratch_memory(backend(), cpu(backend())->threadNumber(), std::max<size_t>(gate.scratch_bytes(), 2 * QUAD * AT_ONCE));
        if (!values || !scratch) return OUT_OF_MEMORY;
        release(backend(), values);
        release(backend(), scratch);
        return NO_ERROR;
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto* source = in[map]->host<int8_t>();
        const auto* other = summand < 0 ? nullptr : in[summand]->host<int8_t>();
        const bool is_single = other && !has_size_of(*in[summand], *out[0]);
        auto* means = reinterpret_cast<float*>(of_thread(values, 0));
        for_each_unit(backend(), units(), [&](int unit, int) { mean(means + QUAD * unit, source + plane_size() * unit); });
        const auto* gates = reinterpret_cast<const float*>(
            gate.run(of_thread(values, 0), of_thread(values, 1), groups, pictures, of_thread(scratch, 0)));
        for_each_unit(backend(), units(), [&](int unit, int thread) {
            const auto first = plane_size() * unit;
            const auto scaling = scaling_by(gates + QUAD * unit);
            auto* to = out[0]->host<int8_t>() + first;
            if (!other) return edgeconv_int8_scale(to, source + first, positions, &scaling);
            scale_and_add(to, source + first, scaling, is_single ? other : other + first, is_single, reinterpret_cast<int8_t*>(of_thread(scratch, thread)));
        });
        return NO_ERROR;
    }

private:
    const Gate gate;
    const int channels, map, summand;
    const Grid operand, product;
    const edgeconv_int8_sum sum;
    int pictures = 0, groups = 0, positions = 0;
    Memory values, scratch;  // means and gates, [2]; of each thread

    // Groups of channels of each picture.
    int units() const { return groups * pictures; }
    size_t plane_size() const { return static_cast<size_t>(QUAD) * positions; }

    void mean(float* to, const int8_t* plane) const {
        int32_t sums[QUAD];
        edgeconv_int8_sums_of_positions(sums, plane, positions);
        for (int i = 0; i < QUAD; ++i) to[i] = static_cast<float>(operand.scale * (static_cast<double>(sums[i]) / positions - operand.zero));
    }

    // From the map's grid to the product's.
    edgeconv_int8_results scaling_by(const float* gates) const {
        edgeconv_int8_results scaling = {};
        for (int i = 0; i < QUAD; ++i) {
            const double factor = static_cast<double>(operand.scale) * gates[i] / product.scale;
            scaling.scale[i] = static_cast<float>(factor);
            scaling.bias[i] = static_cast<float>(product.zero - factor * operand.zero);
        }
        std::fill_n(scaling.low, sizeof(scaling.low), static_cast<int8_t>(product.low));
        std::fill_n(scaling.high, sizeof(scaling.high), static_cast<int8_t>(product.high));
        return scaling;
    }

    void scale_and_add(int8_t* to, const int8_t* from, const edgeconv_int8_results& scaling, const int8_t* other, bool is_single, int8_t* own) const {
        auto* single = own + QUAD * AT_ONCE;
        if (is_single) std::fill_n(single, QUAD * AT_ONCE, *other);
        for (int begin = 0, count; begin < positions; begin += count) {
            count = std::min(AT_ONCE, positions - begin);
            edgeconv_int8_scale(own, from + QUAD * begin, count, &scaling);
            edgeconv_int8_add(to + QUAD * begin, own, is_single ? single : other + QUAD * begin, QUAD * count, &sum);
        }
    }
};

}  // namespace

bool has_int8_attention() { return edgeconv_kernels_for(EDGECONV_NEON); }

Execution* int8_attention_execution(const ChannelAttention& attention, const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs,
                                    Backend* backend) {
    if (CPUBackend::getDataType(outputs[0]) != DataType_DT_INT8) return nullptr;
    return new Int8Attention(attention, inputs, *outputs[0], backend);
}

}  // namespace edgeconv
