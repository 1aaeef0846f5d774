#include "channel_attention.h"

#include "convolution.h"

using namespace MNN;

namespace edgeconv {
namespace {

// A map times its gate is computed in parts of so many bytes, which are still in the first-level cache when a summand is added.
constexpr size_t PART_BYTES = 4096;

class ChannelAttentionExecution : public Execution {
public:
    ChannelAttentionExecution(const ChannelAttention& attention, Backend* backend)
        : Execution(backend),
          core(*cpu(backend)->functions()),
          gate(attention.gate, backend),
          channels(attention.channels),
          map(attention.map),
          summand(attention.summand),
          zeros(core.pack),
          add(core.MNNSelectBinaryFunctionForFloat(BinaryOpOperation_ADD)) {
        mValid = gate.valid();
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto& result = *out[0];
        if (!is_map(result) || result.channel() != channels || !has_size_of(*in[map], result)) return INPUT_DATA_ERROR;
        pictures = result.batch();
        groups = UP_DIV(result.channel(), core.pack);
        height = result.height();
        width = result.width();
        values = scratch_memory(backend(), 2, unit_bytes(core) * pictures * gate.groups(groups));
        scratch = scratch_memory(backend(), cpu(backend())->threadNumber(), std::max(gate.scratch_bytes(), PART_BYTES));
        if (!values || !scratch) return OUT_OF_MEMORY;
        release(backend(), values);
        release(backend(), scratch);
        return NO_ERROR;
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto* source = in[map]->host<uint8_t>();
        const auto* other = summand < 0 ? nullptr : in[summand]->host<uint8_t>();
        const bool is_single = other && !has_size_of(*in[summand], *out[0]);
        auto* means = of_thread(values, 0);
        for_each_unit(backend(), units(), [&](int unit, int) { mean(means + unit_bytes(core) * unit, source + plane_bytes() * unit); });
        const auto* gates = gate.run(means, of_thread(values, 1), groups, pictures, of_thread(scratch, 0));
        for_each_unit(backend(), units(), [&](int unit, int thread) {
            const auto first = plane_bytes() * unit;
            const auto* factors = gates + unit_bytes(core) * unit;
            auto* to = out[0]->host<uint8_t>() + first;
            if (!other) return multiply(to, source + first, factors, height * width);
            multiply_add(to, source + first, factors, is_single ? other : other + first, is_single, of_thread(scratch, thread));
        });
        return NO_ERROR;
    }

private:
    const CoreFunctions& core;
    const Gate gate;
    const int channels, map, summand;
    const std::vector<float> zeros;
    const MNNBinaryExecute add;
    int pictures = 0, groups = 0, height = 0, width = 0;
    Memory values, scratch;  // means and gates, [2]; of each thread

    // Groups of channels of each picture.
    int units() const { return groups * pictures; }
    size_t plane_bytes() const { return unit_bytes(core) * height * width; }

    void mean(uint8_t* to, const uint8_t* plane) const {
        const auto pad = PoolPadType_CAFFE;
        core.MNNPoolingAvg(plane, width, height, to, 1, 1, width, height, width, height, 0, 0, pad, AvgPoolCountType_DEFAULT);
    }

    // Of a group's positions.
    void multiply(uint8_t* to, const uint8_t* from, const uint8_t* factors, int count) const {
        const auto* alpha = reinterpret_cast<const float*>(factors);
        core.MNNScaleAndAddBias(reinterpret_cast<float*>(to), reinterpret_cast<const float*>(from), zeros.data(), alpha, count, 1);
    }

    void multiply_add(uint8_t* to, const uint8_t* from, const uint8_t* factors, const uint8_t* other, bool is_single,
                      uint8_t* own) const {
        const int most = static_cast<int>(PART_BYTES / unit_bytes(core));
        for (int begin = 0, count; begin < height * width; begin += count) {
            count = std::min(most, height * width - begin);
            const auto bytes = unit_bytes(core) * begin;
            multiply(own, from + bytes, factors, count);
            add(to + bytes, own, is_single ? other : other + bytes, count * core.pack, is_single ? 1 : -1);
        }
    }
};

}  // namespace

Execution* channel_attention_execution(const ChannelAttention& attention, Backend* backend) {
    return new ChannelAttentionExecution(attention, backend);
}

}  // namespace edgeconv
