#include <cstring>

#include "core/Concurrency.h"
#include "int8_parts.h"
#include "int8_product.h"

using namespace MNN;

namespace edgeconv {
namespace {

constexpr int PAIR = EDGECONV_INT8_PAIR;

// Pairs of positions whose packed operands stay in a first-level cache of 32 KB beside the weights of a block.
constexpr size_t PACKED_IN_CACHE = 16 << 10;
// Positions after which the function is applied.
constexpr int BAND = 64;

// By products of matrices: the positions of a kernel's taps are a result's operands.
class Product : public Execution {
public:
    Product(Backend* backend, const Int8Parts& parts)
        : Execution(backend), geometry(parts.geometry), product(parts.weights, parts.to(parts.operands.zero)), function(parts.function), channels(parts.channels) {
        std::memset(padding, parts.operands.zero, sizeof(padding));
        at_once = std::max<int>(1, std::min<int>(BAND / PAIR, static_cast<int>(PACKED_IN_CACHE / product.pair_bytes())));
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!channels.fit(*in[0], *out[0])) return INPUT_DATA_ERROR;
        geometry.resize(*in[0], *out[0]);
        find_offsets();
        threads = threads_for(backend(), UP_DIV(geometry.positions(), PAIR));
        return reserve_scratch(backend(), scratch, threads, packed_bytes() + 2 * rest_bytes());
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto *from = in[0]->host<int8_t>();
        auto* to = out[0]->host<int8_t>();
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            auto* here = reinterpret_cast<int8_t*>(of_thread(scratch, thread));
            const Part pairs(UP_DIV(geometry.positions(), PAIR), thread, threads);
            const int end = std::min(PAIR * pairs.end, geometry.positions());
            for (int begin = PAIR * pairs.begin; begin < end; begin += BAND) run_band(to, from, begin, std::min(begin + BAND, end), here);
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    Geometry geometry;
    const Int8Product product;
    const Behind function;
    const Channels channels;
    int8_t padding[QUAD];
    std::vector<int32_t> offsets;  // from the first tap to each of the quads that a result needs
    int at_once, threads = 1;
    Memory scratch;

    size_t packed_bytes() const { return product.pair_bytes() * at_once; }
    // Of a group of channels of a last pair that has one position only, and those before it.
    size_t rest_bytes() const { return static_cast<size_t>(QUAD) * PAIR * at_once; }

    void run_band(int8_t* to, const int8_t* from, int begin, int end, int8_t* scratch) const {
        for (int first = begin, count; first < end; first += count) {
            count = std::min(PAIR * at_once, end - first);
            pack(scratch, from, first, count);
            multiply(to + QUAD * first, count, scratch);
        }
        for (int group = 0; group < geometry.result_groups; ++group) {
            function(to + geometry.result_stride() * group + QUAD * begin, static_cast<size_t>(QUAD) * (end - begin));
        }
    }

    void multiply(int8_t* to, int count, int8_t* scratch) const {
        const size_t stride = geometry.result_stride();
        auto* rest = scratch + packed_bytes();
        const bool is_whole = count % PAIR == 0;
        for (size_t block = 0; block < product.blocks(); ++block, to += 2 * stride) {
            const bool has_high = 2 * block + 1 < static_cast<size_t>(geometry.result_groups);
            auto* low = is_whole ? to : rest;
            auto* high = !has_high ? low : is_whole ? to + stride : rest + rest_bytes();
            product.run(block, low, high, scratch, UP_DIV(count, PAIR));
            if (is_whole) continue;
            std::memcpy(to, low, QUAD * count);
            if (has_high) std::memcpy(to + stride, high, QUAD * count);
        }
    }

    void pack(int8_t* packed, const int8_t* from, int first, int count) const {
        int i = 0;
        for (; geometry.is_pointwise() && i + 4 * PAIR <= count; i += 4 * PAIR, packed += 4 * product.pair_bytes()) {
            edgeconv_int8_pack_four_pairs(packed, product.pair_bytes(), from + QUAD * (first + i), geometry.stride(), geometry.groups);
        }
        for (; i < count; i += PAIR, packed += product.pair_bytes()) {
            const int one = first + i, other = std::min(one + 1, first + count - 1);
            if (geometry.is_pointwise()) {
                edgeconv_int8_pack_pair(packed, from + QUAD * one, geometry.stride(), from + QUAD * other, geometry.stride(), geometry.groups);
            } else {
                pack_taps(packed, from, Place(geometry, one), Place(geometry, other));
            }
        }
    }

    // Where the first tap of a result is.
    struct Place {
        int picture, y, x;
        Place(const Geometry& geometry, int result) {
            const int row = result / geometry.result_width;
            picture = row / geometry.result_height;
            y = row % geometry.result_height * geometry.step_y - geometry.pad_top;
            x = result % geometry.result_width * geometry.step_x - geometry.pad_left;
        }
    };

    // Whether all taps are inside of the map.
    bool is_inside(const Place& place) const {
        const int bottom = place.y + (geometry.kernel_height - 1) * geometry.dilation_y, right = place.x + (geometry.kernel_width - 1) * geometry.dilation_x;
        return place.y >= 0 && place.x >= 0 && bottom < geometry.height && right < geometry.width;
    }

    void pack_taps(int8_t* packed, const int8_t* from, const Place& one, const Place& other) const {
        if (is_inside(one) && is_inside(other)) {
            return edgeconv_int8_pack_at(packed, at(from, one.picture, one.y, one.x), at(from, other.picture, other.y, other.x), offsets.data(), offsets.size());
        }
        for (int row = 0; row < geometry.kernel_height; ++row) {
            for (int column = 0; column < geometry.kernel_width; ++column, packed += EDGECONV_INT8_PACKED_QUAD * geometry.groups) {
                const auto *first = operand(from, one, row, column), *second = operand(from, other, row, column);
                edgeconv_int8_pack_pair(packed, first, stride_of(first), second, stride_of(second), geometry.groups);
            }
        }
    }

    const int8_t* at(const int8_t* from, int picture, int y, int x) const {
        return from + static_cast<ptrdiff_t>(QUAD) * (geometry.width * (geometry.height * picture + y) + x);
    }

    const int8_t* operand(const int8_t* from, const Place& place, int row, int column) const {
        const int y = place.y + row * geometry.dilation_y, x = place.x + column * geometry.dilation_x;
        return y < 0 || x < 0 || y >= geometry.height || x >= geometry.width ? padding : at(from, place.picture, y, x);
    }

    void find_offsets() {
        offsets.clear();
        for (int row = 0; row < geometry.kernel_height; ++row) {
            for (int column = 0; column < geometry.kernel_width; ++column) {
                const int tap = QUAD * (geometry.width * row * geometry.dilation_y + column * geometry.dilation_x);
                for (int group = 0; group < geometry.groups; ++group) offsets.push_back(tap + static_cast<int>(geometry.stride()) * group);
            }
        }
    }

    size_t stride_of(const int8_t* operand) const { return operand == padding ? 0 : geometry.stride(); }
};

}  // namespace

Execution* int8_product_execution(Backend* backend, const Int8Parts& parts) { return new Product(backend, parts); }

}  // namespace edgeconv
