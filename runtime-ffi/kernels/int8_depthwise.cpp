#include <cstring>

#include "core/Concurrency.h"
#include "int8_parts.h"

using namespace MNN;

namespace edgeconv {
namespace {

// Results of so many bytes are in the first-level cache when the function is applied to them.
constexpr int RESULTS_IN_CACHE = 4 << 10;

// Each channel by itself, row by row.
class DepthwiseRows : public Execution {
public:
    DepthwiseRows(Backend* backend, const Int8Parts& parts)
        : Execution(backend), geometry(parts.geometry), to(parts.to(0)), zero(parts.operands.zero), function(parts.function), channels(parts.channels) {
        const int taps = geometry.taps();
        const auto& source = parts.weights;
        weights.resize(ROUND_UP(source.channels(), QUAD) * taps);
        for (size_t channel = 0; channel < source.channels(); ++channel) {
            auto* group = &weights[channel / QUAD * QUAD * taps + channel % QUAD];
            for (int tap = 0; tap < taps; ++tap) group[QUAD * tap] = source.of(channel)[tap];
        }
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!channels.fit(*in[0], *out[0])) return INPUT_DATA_ERROR;
        geometry.resize(*in[0], *out[0]);
        kept_rows = static_cast<int>(std::min<int64_t>(extent(), geometry.height));
        // Results come in fours, of which the kernel may read one position more than it needs.
        const int64_t last = int64_t(ROUND_UP(geometry.result_width, QUAD) - 1) * geometry.step_x + int64_t(geometry.kernel_width - 1) * geometry.dilation_x;
        const int64_t row = QUAD * (std::max<int64_t>(last, geometry.pad_left + geometry.width - 1) + 2);
        row_size = static_cast<size_t>(row);
        threads = threads_for(backend(), planes());
        const auto bytes = geometry.kernel_height * sizeof(int16_t*) + (kept_rows + 1) * row * sizeof(int16_t) + whole_row();
        return reserve_scratch(backend(), scratch, threads, bytes);
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const size_t source = static_cast<size_t>(QUAD) * geometry.height * geometry.width;
        const size_t result = static_cast<size_t>(QUAD) * geometry.result_height * geometry.result_width;
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(planes(), thread, threads);
            const auto rows = rows_in(of_thread(scratch, thread));
            // Also around the rows.
            std::memset(rows.zeros, 0, (kept_rows + 1) * row_size * sizeof(int16_t));
            for (int plane = part.begin; plane < part.end; ++plane) {
                run_plane(out[0]->host<int8_t>() + result * plane, in[0]->host<int8_t>() + source * plane, plane / geometry.batch, rows);
            }
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    Geometry geometry;
    const Requantisation to;
    const int zero;
    const Behind function;
    const Channels channels;
    std::vector<int16_t> weights;
    int kept_rows, threads = 1;
    size_t row_size;
    Memory scratch;

    // What a thread has for itself.
    struct OwnRows {
        const int16_t** of_kernel;
        int16_t *zeros, *kept;  // the latter are a ring: row y of the map is at y % kept_rows
        int8_t* whole;          // a row of the result
    };

    OwnRows rows_in(uint8_t* memory) const {
        auto** of_kernel = reinterpret_cast<const int16_t**>(memory);
        auto* zeros = reinterpret_cast<int16_t*>(of_kernel + geometry.kernel_height);
        auto* kept = zeros + row_size;
        return {of_kernel, zeros, kept, reinterpret_cast<int8_t*>(kept + row_size * kept_rows)};
    }

    // Rows from the first one that a result needs to the last.
    int64_t extent() const { return int64_t(geometry.kernel_height - 1) * geometry.dilation_y + 1; }
    int planes() const { return geometry.batch * geometry.groups; }
    size_t row_bytes() const { return static_cast<size_t>(QUAD) * geometry.result_width; }
    size_t whole_row() const { return static_cast<size_t>(QUAD) * ROUND_UP(geometry.result_width, QUAD); }

    // A slot of the ring and a step. Only longer steps than the ring need a division, which is slow on ARMv7.
    uint32_t wrapped(uint32_t slot) const {
        const auto count = static_cast<uint32_t>(kept_rows);
        if (slot >= count) slot -= count;
        return slot < count ? slot : slot % count;
    }

    void run_plane(int8_t* results, const int8_t* from, int group, const OwnRows& own) const {
        const edgeconv_int8_depthwise convolution = {&weights[static_cast<size_t>(QUAD) * geometry.taps() * group],
                                                     static_cast<size_t>(geometry.kernel_height),
                                                     static_cast<size_t>(geometry.kernel_width),
                                                     static_cast<size_t>(geometry.step_x),
                                                     static_cast<size_t>(geometry.dilation_x),
                                                     static_cast<size_t>(geometry.pad_left),
                                                     static_cast<size_t>(geometry.pad_left + geometry.width),
                                                     to.from(static_cast<size_t>(QUAD) * group)};
        // Kernels of 3x3 are computed as a whole; of others, rows of zeros are left out.
        const bool needs_all_rows = geometry.kernel_height == 3 && geometry.kernel_width == 3;
        const int band = std::max<int>(1, RESULTS_IN_CACHE / static_cast<int>(row_bytes()));
        int widened = 0, undone = 0;
        uint32_t next_slot = 0, first_slot = wrapped(kept_rows - geometry.pad_top % kept_rows);
        for (int y = 0; y < geometry.result_height; ++y, first_slot = wrapped(first_slot + geometry.step_y)) {
            const int first = y * geometry.step_y - geometry.pad_top;
            const auto end = std::min<int64_t>(first + extent(), geometry.height);
            for (; widened < end; ++widened, next_slot = wrapped(next_slot + 1)) {
                edgeconv_int8_widen(own.kept + row_size * next_slot + QUAD * geometry.pad_left, from + QUAD * geometry.width * widened, geometry.width,
                                    zero);
            }
            auto here = convolution;
            here.rows = 0;
            int64_t place = first;
            auto slot = first_slot;
            for (int row = 0; row < geometry.kernel_height; ++row) {
                const bool is_inside = place >= 0 && place < geometry.height;
                if (is_inside || needs_all_rows) {
                    if (here.rows == 0) here.weights = convolution.weights + static_cast<size_t>(QUAD) * geometry.kernel_width * row;
                    own.of_kernel[here.rows++] = is_inside ? own.kept + row_size * slot : own.zeros;
                }
                place += geometry.dilation_y;
                slot = wrapped(slot + geometry.dilation_y);
            }
            auto* result = results + row_bytes() * y;
            const bool is_whole = row_bytes() == whole_row();
            edgeconv_int8_depthwise_row(is_whole ? result : own.whole, own.of_kernel, geometry.result_width, &here);
            if (!is_whole) std::memcpy(result, own.whole, row_bytes());
            if (++undone == band || y + 1 == geometry.result_height) {
                function(result + row_bytes() - row_bytes() * undone, row_bytes() * undone);
                undone = 0;
            }
        }
    }
};

}  // namespace

Execution* int8_depthwise_execution(Backend* backend, const Int8Parts& parts) { return new DepthwiseRows(backend, parts); }

}  // namespace edgeconv
