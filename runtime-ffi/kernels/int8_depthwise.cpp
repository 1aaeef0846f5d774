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
        kept_rows = (geometry.kernel_height - 1) * geometry.dilation_y + 1;
        // Results come in fours, of which the kernel may read one position more than it needs.
        const int last = (ROUND_UP(geometry.result_width, QUAD) - 1) * geometry.step_x + (geometry.kernel_width - 1) * geometry.dilation_x;
        row_size = static_cast<size_t>(QUAD) * (std::max(last, geometry.pad_left + geometry.width - 1) + 2);
        threads = threads_for(backend(), planes());
        const size_t bytes = geometry.kernel_height * sizeof(int16_t*) + (kept_rows + 1) * row_size * sizeof(int16_t) + whole_row();
        return reserve_scratch(backend(), scratch, threads, bytes);
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const size_t source = static_cast<size_t>(QUAD) * geometry.height * geometry.width;
        const size_t result = static_cast<size_t>(QUAD) * geometry.result_height * geometry.result_width;
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(planes(), thread, threads);
            for (int plane = part.begin; plane < part.end; ++plane) {
                run_plane(out[0]->host<int8_t>() + result * plane, in[0]->host<int8_t>() + source * plane, plane / geometry.batch,
                          of_thread(scratch, thread));
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

    int planes() const { return geometry.batch * geometry.groups; }
    size_t row_bytes() const { return static_cast<size_t>(QUAD) * geometry.result_width; }
    size_t whole_row() const { return static_cast<size_t>(QUAD) * ROUND_UP(geometry.result_width, QUAD); }

    int wrapped(int slot) const {
        while (slot >= kept_rows) slot -= kept_rows;
        return slot;
    }

    void run_plane(int8_t* results, const int8_t* from, int group, uint8_t* scratch) const {
        auto** rows = reinterpret_cast<const int16_t**>(scratch);
        auto* zeros = reinterpret_cast<int16_t*>(rows + geometry.kernel_height);
        auto* kept = zeros + row_size;
        auto* whole = reinterpret_cast<int8_t*>(kept + row_size * kept_rows);
        std::memset(zeros, 0, (kept_rows + 1) * row_size * sizeof(int16_t));
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
        // Rows that are kept are a ring: a row's slot is its place, wrapped around.
        int widened = 0, next_slot = 0, first_slot = kept_rows - 1 - (geometry.pad_top + kept_rows - 1) % kept_rows, undone = 0;
        for (int y = 0; y < geometry.result_height; ++y, first_slot = wrapped(first_slot + geometry.step_y)) {
            const int first = y * geometry.step_y - geometry.pad_top;
            for (const int end = std::min(first + kept_rows, geometry.height); widened < end; ++widened, next_slot = wrapped(next_slot + 1)) {
                edgeconv_int8_widen(kept + row_size * next_slot + QUAD * geometry.pad_left, from + QUAD * geometry.width * widened, geometry.width,
                                    zero);
            }
            auto here = convolution;
            here.rows = 0;
            for (int row = 0, place = first, slot = first_slot; row < geometry.kernel_height; ++row) {
                const bool is_inside = place >= 0 && place < geometry.height;
                if (is_inside || needs_all_rows) {
                    if (here.rows == 0) here.weights = convolution.weights + static_cast<size_t>(QUAD) * geometry.kernel_width * row;
                    rows[here.rows++] = is_inside ? kept + row_size * slot : zeros;
                }
                place += geometry.dilation_y;
                slot = wrapped(slot + geometry.dilation_y);
            }
            auto* result = results + row_bytes() * y;
            const bool is_whole = row_bytes() == whole_row();
            edgeconv_int8_depthwise_row(is_whole ? result : whole, rows, geometry.result_width, &here);
            if (!is_whole) std::memcpy(result, whole, row_bytes());
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
