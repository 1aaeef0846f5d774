#include <cstring>

#include "bytes.h"
#include "int8_parts.h"

using namespace MNN;

namespace edgeconv {
namespace {

// Each channel by itself, row by row, in floats, which hold the sums exactly.
class DepthwiseByFloats : public Execution {
public:
    DepthwiseByFloats(Backend* backend, const Int8Parts& parts, const edgeconv_kernel_table& kernels, const edgeconv_byte_kernels& bytes)
        : Execution(backend), geometry(parts.geometry), zero(static_cast<float>(parts.operands.zero + EXCESS)), channels(parts.channels),
          kernels(kernels), bytes(bytes), lanes(static_cast<int>(kernels.lanes)), without_bias(lanes) {
        const auto& source = parts.weights;
        const int taps = geometry.taps();
        weights.resize(static_cast<size_t>(ROUND_UP(source.channels(), lanes)) * taps);
        for (size_t channel = 0; channel < source.channels(); ++channel) {
            auto* group = &weights[channel / lanes * lanes * taps + channel % lanes];
            for (int tap = 0; tap < taps; ++tap) group[lanes * tap] = source.of(channel)[tap];
        }
        const auto to = parts.to(0);
        for (size_t channel = 0; channel < ROUND_UP(source.channels(), lanes); channel += EDGECONV_INT8_CHANNELS) {
            const auto results = to.from(channel);
            scale.insert(scale.end(), results.scale, results.scale + EDGECONV_INT8_CHANNELS);
            for (const float place : results.bias) bias.push_back(place + EXCESS);
            low = static_cast<float>(results.low[0] + EXCESS);
            high = static_cast<float>(results.high[0] + EXCESS);
        }
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!channels.fit(*in[0], *out[0])) return INPUT_DATA_ERROR;
        geometry.resize(*in[0], *out[0]);
        planes = geometry.batch * UP_DIV(in[0]->channel(), lanes);
        kept_rows = static_cast<int>(std::min<int64_t>(extent(), geometry.height));
        const int needed = (geometry.result_width - 1) * geometry.step_x + (geometry.kernel_width - 1) * geometry.dilation_x + 1;
        positions = std::max(needed, geometry.pad_left + geometry.width);
        return reserve_scratch(backend(), scratch, threads_for(backend(), planes), (row_size() * kept_rows + result_row()) * sizeof(float));
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const size_t source = static_cast<size_t>(lanes) * geometry.width * geometry.height, result = result_row() * geometry.result_height;
        in_parts(backend(), planes, [&](const Part& part, int thread) {
            auto* rows = reinterpret_cast<float*>(of_thread(scratch, thread));
            // Also around the rows.
            std::memset(rows, 0, row_size() * kept_rows * sizeof(float));
            for (int plane = part.begin; plane < part.end; ++plane) {
                run_plane(out[0]->host<uint8_t>() + result * plane, in[0]->host<uint8_t>() + source * plane, plane / geometry.batch, rows);
            }
        });
        return NO_ERROR;
    }

private:
    Geometry geometry;
    const float zero;
    const Channels channels;
    const edgeconv_kernel_table& kernels;
    const edgeconv_byte_kernels& bytes;
    const int lanes;
    const std::vector<float> without_bias;
    std::vector<float> weights;      // [groups][taps][lanes]
    std::vector<float> scale, bias;  // [groups][lanes]
    float low, high;
    int planes = 0, kept_rows = 1, positions = 0;
    Memory scratch;

    // Rows from the first one that a result needs to the last.
    int64_t extent() const { return int64_t(geometry.kernel_height - 1) * geometry.dilation_y + 1; }
    size_t row_size() const { return static_cast<size_t>(lanes) * positions; }
    size_t result_row() const { return static_cast<size_t>(lanes) * geometry.result_width; }

    // Row y of the map is at y % kept_rows.
    void run_plane(uint8_t* to, const uint8_t* from, int group, float* rows) const {
        const auto size = [](int number) { return static_cast<size_t>(number); };
        const edgeconv_depthwise convolution = {without_bias.data(), size(geometry.kernel_width), size(geometry.step_x), size(geometry.dilation_x),
                                                0, size(positions), size(geometry.result_width), 0, size(geometry.result_width), -FLT_MAX, FLT_MAX};
        const edgeconv_byte_results results = {&scale[size(lanes) * group], &bias[size(lanes) * group], low, high};
        auto* sums = rows + row_size() * kept_rows;
        std::vector<const float*> inside(geometry.kernel_height);
        for (int y = 0, widened = 0; y < geometry.result_height; ++y, to += result_row()) {
            const int64_t top = int64_t(y) * geometry.step_y - geometry.pad_top;
            const auto end = std::min<int64_t>(top + extent(), geometry.height);
            for (; widened < end; ++widened) {
                bytes.widen(rows + row_size() * (widened % kept_rows) + lanes * geometry.pad_left, from + size(lanes) * geometry.width * widened,
                            size(lanes) * geometry.width, zero);
            }
            const int first = top < 0 ? static_cast<int>(UP_DIV(-top, geometry.dilation_y)) : 0;
            size_t count = 0;
            int64_t place = top + int64_t(first) * geometry.dilation_y;
            for (int row = first; row < geometry.kernel_height && place < geometry.height; ++row, place += geometry.dilation_y) {
                inside[count++] = rows + row_size() * static_cast<size_t>(place % kept_rows);
            }
            const auto* kernel = &weights[size(lanes) * (size(geometry.taps()) * group + size(geometry.kernel_width) * std::min(first, geometry.kernel_height - 1))];
            kernels.depthwise_row(sums, inside.data(), count, kernel, &convolution);
            bytes.narrow(to, sums, geometry.result_width, &results);
        }
    }
};

// Sums of so many products of integers without their zero point with weights are exact in floats.
constexpr int MOST_TAPS = (1 << 24) / (255 * 128);

}  // namespace

Execution* byte_depthwise_execution(Backend* backend, const Int8Parts& parts) {
    const auto* kernels = kernels_for_maps(*cpu(backend)->functions());
    const auto* bytes = kernels ? edgeconv_byte_kernels_of_lanes(kernels->lanes) : nullptr;
    return bytes && parts.geometry.taps() <= MOST_TAPS ? new DepthwiseByFloats(backend, parts, *kernels, *bytes) : nullptr;
}

}  // namespace edgeconv
