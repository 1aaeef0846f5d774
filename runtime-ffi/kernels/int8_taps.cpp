#include <algorithm>
#include <cstring>

#include "core/Concurrency.h"
#include "int8_parts.h"

using namespace MNN;

namespace edgeconv {
namespace {

constexpr int TAPS = EDGECONV_INT8_TAPS, TILE = EDGECONV_INT8_TAP_RESULTS;
// Bytes of a position beside another one.
constexpr int PACKED = 2 * QUAD;
// With fewer taps, packing takes more than the products save.
constexpr int LEAST_TAPS = 8;
// With larger dilations, most of what is packed may be margin.
constexpr int MOST_DILATION = 16;

// The taps of a kernel along one axis that see a map.
struct Window {
    int begin, end;
    // Of taps at `first`, `first` + `dilation` and so on, beside a map from 0 to `size`.
    Window(int first, int dilation, int taps, int size)
        : begin(std::min(taps, first < 0 ? UP_DIV(-first, dilation) : 0)), end(first < size ? std::min(taps, UP_DIV(size - first, dilation)) : 0) {}
    // Of taps that hold these.
    int fours() const { return begin < end ? UP_DIV(end - begin, TAPS) : 0; }
};

// Each channel by itself, by a kernel of one row or one column.
class DepthwiseTaps : public Execution {
public:
    DepthwiseTaps(Backend* backend, const Int8Parts& parts)
        : Execution(backend), geometry(parts.geometry), zero(parts.operands.zero), function(parts.function), channels(parts.channels) {
        const auto to = parts.to(0);
        for (size_t channel = 0; channel < parts.weights.channels(); channel += QUAD) groups.emplace_back(parts.weights, channel, to.from(channel));
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!channels.fit(*in[0], *out[0])) return INPUT_DATA_ERROR;
        geometry.resize(*in[0], *out[0]);
        whole_width = ROUND_UP(geometry.result_width, TILE);
        // Of a last four, some taps may see rows behind the map.
        margin = (TAPS - 1) * geometry.dilation_y;
        windows.clear();
        for (int x = 0; is_row() && x < whole_width; x += TILE) {
            // What the last result of a tile and the first one see.
            const int first = x - geometry.pad_left, dilation = geometry.dilation_x;
            const Window of_first(first, dilation, geometry.kernel_width, geometry.width);
            Window window(first + TILE - 1, dilation, geometry.kernel_width, geometry.width);
            window.end = of_first.end;
            windows.push_back(window);
        }
        threads = threads_for(backend(), planes());
        return reserve_scratch(backend(), scratch, threads,
                               PACKED * packed_positions() + QUAD * (padded_positions() + whole_width) + sizeof(edgeconv_int8_taps) * windows.size());
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const size_t source = static_cast<size_t>(QUAD) * geometry.height * geometry.width;
        const size_t result = static_cast<size_t>(QUAD) * geometry.result_height * geometry.result_width;
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            auto* packed = reinterpret_cast<int8_t*>(of_thread(scratch, thread));
            auto* padded = packed + PACKED * packed_positions();
            std::memset(padded, zero, QUAD * padded_positions());
            const Part part(planes(), thread, threads);
            for (int plane = part.begin; plane < part.end; ++plane) {
                const auto& group = groups[plane / geometry.batch];
                auto* to = out[0]->host<int8_t>() + result * plane;
                const auto* from = in[0]->host<int8_t>() + source * plane;
                is_row() ? run_along_rows(to, from, group, packed, padded) : run_along_columns(to, from, group, packed, padded);
            }
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    // Four channels.
    struct Group {
        std::vector<int8_t> weights[TAPS];  // with so many zeros before them
        std::vector<int32_t> sums;          // of the weights before each tap, [taps + 1][4]
        edgeconv_int8_results results;

        Group(const Int8Weights& from, size_t channel, const edgeconv_int8_results& results) : results(results) {
            const size_t taps = from.depth(), count = std::min<size_t>(QUAD, from.channels() - channel);
            sums.resize(QUAD * (taps + 1));
            for (size_t before = 0; before < TAPS; ++before) {
                weights[before].resize(QUAD * ROUND_UP(before + taps + TAPS, TAPS));
                for (size_t tap = 0; tap < taps; ++tap) {
                    const size_t place = before + tap;
                    for (size_t i = 0; i < count; ++i) weights[before][PACKED * (place / 2) + 2 * i + place % 2] = from.of(channel + i)[tap];
                }
            }
            for (size_t tap = 0; tap < taps; ++tap) {
                for (size_t i = 0; i < QUAD; ++i) sums[QUAD * (tap + 1) + i] = sums[QUAD * tap + i] + (i < count ? from.of(channel + i)[tap] : 0);
            }
        }
    };

    Geometry geometry;
    const int zero;
    const Behind function;
    const Channels channels;
    std::vector<Group> groups;
    std::vector<Window> windows;  // of tiles of a row
    int whole_width, margin, threads = 1;
    Memory scratch;

    int planes() const { return geometry.batch * geometry.groups; }
    bool is_row() const { return geometry.kernel_height == 1; }
    size_t result_bytes() const { return static_cast<size_t>(QUAD) * geometry.result_width; }
    // Of a padded row, as far as taps reach.
    int line() const {
        return std::max(whole_width + (geometry.kernel_width + TAPS) * geometry.dilation_x, geometry.pad_left + geometry.width);
    }
    size_t packed_positions() const { return is_row() ? line() : static_cast<size_t>(whole_width) * (geometry.height + margin); }
    // The row that is being packed, or one of zeros, and one to pack.
    size_t padded_positions() const { return is_row() ? line() : whole_width * 3; }

    edgeconv_int8_taps taps_of(const Group& group, const Window& window, size_t stride) const {
        const int fours = window.fours(), before = (TAPS - window.begin % TAPS) % TAPS;
        const int end = std::min(window.begin + TAPS * fours, geometry.taps());
        edgeconv_int8_taps taps = {group.weights[before].data() + QUAD * (before + window.begin), static_cast<size_t>(fours), stride, {}, &group.results};
        for (int i = 0; i < QUAD; ++i) taps.excess[i] = zero * (group.sums[QUAD * end + i] - group.sums[QUAD * window.begin + i]);
        return taps;
    }

    void run_along_rows(int8_t* to, const int8_t* from, const Group& group, int8_t* packed, int8_t* padded) const {
        const int dilation = geometry.dilation_x;
        auto* whole = padded + QUAD * padded_positions();
        auto* tiles = reinterpret_cast<edgeconv_int8_taps*>(whole + QUAD * whole_width);
        for (size_t i = 0; i < windows.size(); ++i) tiles[i] = taps_of(group, windows[i], PACKED * 2 * dilation);
        for (int y = 0; y < geometry.result_height; ++y, to += result_bytes()) {
            const int row = y * geometry.step_y - geometry.pad_top;
            // Rows beside the map are zeros.
            if (row >= 0 && row < geometry.height) {
                std::memcpy(padded + QUAD * geometry.pad_left, from + static_cast<ptrdiff_t>(QUAD) * geometry.width * row, QUAD * geometry.width);
                edgeconv_int8_pack_taps(packed, padded, padded + QUAD * dilation, line() - dilation);
            } else {
                std::memset(packed, zero, PACKED * packed_positions());
            }
            for (size_t i = 0; i < windows.size(); ++i) {
                const auto begin = TILE * i + dilation * windows[i].begin;
                edgeconv_int8_taps_row(whole + QUAD * TILE * i, packed + PACKED * begin, 1, &tiles[i]);
            }
            finish(to, whole);
        }
    }

    void run_along_columns(int8_t* to, const int8_t* from, const Group& group, int8_t* packed, int8_t* padded) const {
        auto *zeros = padded, *whole = padded + QUAD * padded_positions();
        const int dilation = geometry.dilation_y;
        const size_t row_bytes = static_cast<size_t>(PACKED) * whole_width;
        // Of a row that begins at a position of the map.
        const auto at = [&](int row, int8_t* own) -> const int8_t* {
            if (row >= geometry.height) return zeros;
            const int count = std::min(geometry.width, whole_width - geometry.pad_left);
            std::memcpy(own + QUAD * geometry.pad_left, from + static_cast<ptrdiff_t>(QUAD) * geometry.width * row, QUAD * count);
            return own;
        };
        for (int row = 0; row < geometry.height + margin; ++row) {
            edgeconv_int8_pack_taps(packed + row_bytes * row, at(row, padded + QUAD * whole_width), at(row + dilation, padded + 2 * QUAD * whole_width),
                                    whole_width);
        }
        for (int y = 0; y < geometry.result_height; ++y, to += result_bytes()) {
            const int first = y * geometry.step_y - geometry.pad_top;
            const Window window(first, dilation, geometry.kernel_height, geometry.height);
            const auto taps = taps_of(group, window, row_bytes * 2 * dilation);
            const int begin = taps.fours ? first + dilation * window.begin : 0;
            edgeconv_int8_taps_row(whole, packed + row_bytes * begin, whole_width / TILE, &taps);
            finish(to, whole);
        }
    }

    void finish(int8_t* to, const int8_t* whole) const {
        std::memcpy(to, whole, result_bytes());
        function(to, result_bytes());
    }
};

// Whether two products of a weight with a byte always fit into 16 bits.
bool are_small(const Int8Weights& weights) {
    return std::all_of(weights.values.begin(), weights.values.end(), [](int8_t weight) { return weight > -128; });
}

}  // namespace

Execution* int8_taps_execution(Backend* backend, const Int8Parts& parts) {
    const auto& geometry = parts.geometry;
    const bool has_one_axis = geometry.kernel_height == 1 || geometry.kernel_width == 1;
    const bool is_compact = geometry.taps() >= LEAST_TAPS && std::max(geometry.dilation_x, geometry.dilation_y) <= MOST_DILATION;
    const bool fits = has_one_axis && is_compact && geometry.step_x == 1 && are_small(parts.weights);
    return fits ? new DepthwiseTaps(backend, parts) : nullptr;
}

}  // namespace edgeconv
