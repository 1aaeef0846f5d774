#include <cstdlib>
#include <cstring>

#include "core/Concurrency.h"
#include "int8_parts.h"
#include "int8_winograd_armv7.h"

using namespace MNN;

namespace edgeconv {
namespace {

constexpr int WIDTH = EDGECONV_WINOGRAD_WIDTH, HEIGHT = EDGECONV_WINOGRAD_HEIGHT, PLACES = EDGECONV_WINOGRAD_PLACES,
              TOGETHER = EDGECONV_WINOGRAD_TILES, CHANNELS = EDGECONV_WINOGRAD_CHANNELS, FACTOR = EDGECONV_WINOGRAD_FACTOR;
// Rows and positions that a tile reads.
constexpr int READ_HEIGHT = HEIGHT + 2, READ_WIDTH = WIDTH + 2;
// Tiles for which the weights are read once: what is between the steps stays in a second-level cache of 1 MB.
constexpr int BAND = 32;
// With fewer channels than these, transforming takes more than the products save.
constexpr size_t LEAST_DEPTH = 32, LEAST_CHANNELS = 32;

// Of integers without their zero point.
class Winograd : public Execution {
public:
    Winograd(Backend* backend, const Int8Parts& parts)
        : Execution(backend),
          geometry(parts.geometry),
          zero(parts.operands.zero),
          function(parts.function),
          channels(parts.channels),
          depth(static_cast<int>(parts.weights.depth() / (3 * 3))),
          blocks(static_cast<int>(UP_DIV(parts.weights.channels(), CHANNELS))) {
        pack(parts.weights);
        const auto to = parts.to(0);
        for (size_t channel = 0; channel < parts.weights.channels(); channel += QUAD) {
            const auto results = to.from(channel);
            edgeconv_winograd_constants here;
            for (int i = 0; i < QUAD; ++i) {
                here.scale[i] = results.scale[i] / FACTOR;
                here.bias[i] = results.bias[i];
            }
            std::memcpy(here.low, results.low, sizeof(here.low));
            std::memcpy(here.high, results.high, sizeof(here.high));
            constants.push_back(here);
        }
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!channels.fit(*in[0], *out[0])) return INPUT_DATA_ERROR;
        geometry.resize(*in[0], *out[0]);
        tiles_along = UP_DIV(geometry.result_width, WIDTH);
        tiles = tiles_along * UP_DIV(geometry.result_height, HEIGHT);
        bands = UP_DIV(tiles, BAND);
        const int read = (tiles_along - 1) * WIDTH + READ_WIDTH;
        row_size = static_cast<size_t>(QUAD) * std::max(read, geometry.pad_left + geometry.width);
        most_rows = (std::min(tiles, BAND) / tiles_along + 1) * HEIGHT + READ_HEIGHT;
        groups = UP_DIV(std::min(tiles, BAND), TOGETHER);
        threads = threads_for(backend(), bands * geometry.batch);
        return reserve_scratch(backend(), scratch, threads, rows_bytes() + operand_bytes() + sum_bytes());
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(bands * geometry.batch, thread, threads);
            for (int i = part.begin; i < part.end; ++i) {
                run_band(out[0]->host<int8_t>(), in[0]->host<int8_t>(), i / bands, i % bands * BAND, of_thread(scratch, thread));
            }
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    Geometry geometry;
    const int zero;
    const Behind function;
    const Channels channels;
    const int depth, blocks;
    std::vector<int16_t> weights;  // [places][blocks][depth][channels]
    std::vector<edgeconv_winograd_constants> constants;
    int tiles_along, tiles, bands, most_rows, groups, threads = 1;
    size_t row_size;
    Memory scratch;

    size_t rows_bytes() const { return row_size * most_rows * sizeof(int16_t); }
    // Of four tiles: [places][depth][tiles], and [places][channels][tiles].
    size_t operands() const { return static_cast<size_t>(PLACES) * depth * TOGETHER; }
    size_t sums() const { return static_cast<size_t>(PLACES) * blocks * CHANNELS * TOGETHER; }
    size_t operand_bytes() const { return operands() * groups * sizeof(int16_t); }
    size_t sum_bytes() const { return sums() * groups * sizeof(int32_t); }

    void pack(const Int8Weights& source) {
        weights.resize(static_cast<size_t>(PLACES) * blocks * depth * CHANNELS);
        for (size_t channel = 0; channel < source.channels(); ++channel) {
            for (int k = 0; k < depth; ++k) {
                int8_t kernel[9];
                for (int tap = 0; tap < 9; ++tap) kernel[tap] = source.of(channel)[tap * depth + k];
                int16_t places[PLACES];
                edgeconv_winograd_weights(places, kernel);
                for (int place = 0; place < PLACES; ++place) {
                    weights[((place * blocks + channel / CHANNELS) * depth + k) * CHANNELS + channel % CHANNELS] = places[place];
                }
            }
        }
    }

    // Tiles from `first` on of a picture.
    void run_band(int8_t* to, const int8_t* from, int picture, int first, uint8_t* scratch) const {
        auto* rows = reinterpret_cast<int16_t*>(scratch);
        auto* operands = reinterpret_cast<int16_t*>(scratch + rows_bytes());
        auto* sums = reinterpret_cast<int32_t*>(scratch + rows_bytes() + operand_bytes());
        const int count = std::min(BAND, tiles - first);
        for (int quad = 0; quad < geometry.groups; ++quad) {
            const size_t plane = static_cast<size_t>(QUAD) * geometry.width * geometry.height;
            transform(operands + static_cast<size_t>(QUAD) * TOGETHER * quad, rows, from + plane * (geometry.batch * quad + picture), first, count);
        }
        multiply(sums, operands, UP_DIV(count, TOGETHER));
        for (int quad = 0; quad < geometry.result_groups; ++quad) {
            const size_t plane = static_cast<size_t>(QUAD) * geometry.result_width * geometry.result_height;
            finish(to + plane * (geometry.batch * quad + picture), sums + static_cast<size_t>(QUAD) * TOGETHER * quad, first, count, constants[quad]);
        }
    }

    // One group of channels.
    void transform(int16_t* operands_of_quad, int16_t* rows, const int8_t* plane, int first, int count) const {
        const int begin = first / tiles_along * HEIGHT, end = (first + count - 1) / tiles_along * HEIGHT + READ_HEIGHT;
        std::memset(rows, 0, row_size * (end - begin) * sizeof(int16_t));
        for (int row = begin; row < end; ++row) {
            const int y = row - geometry.pad_top;
            if (y < 0 || y >= geometry.height) continue;
            edgeconv_int8_widen(rows + row_size * (row - begin) + QUAD * geometry.pad_left, plane + static_cast<size_t>(QUAD) * geometry.width * y,
                                geometry.width, zero);
        }
        for (int tile = 0; tile < count; tile += TOGETHER) {
            const int16_t* here[TOGETHER];
            for (int i = 0; i < TOGETHER; ++i) {
                const int at = first + std::min(tile + i, count - 1);
                here[i] = rows + row_size * (at / tiles_along * HEIGHT - begin) + QUAD * WIDTH * (at % tiles_along);
            }
            edgeconv_winograd_operands(operands_of_quad + operands() * (tile / TOGETHER), static_cast<size_t>(depth) * TOGETHER, here, row_size);
        }
    }

    void multiply(int32_t* to, const int16_t* from, int count) const {
        const auto* here = weights.data();
        for (int place = 0; place < PLACES; ++place) {
            for (int block = 0; block < blocks; ++block, here += static_cast<size_t>(depth) * CHANNELS) {
                for (int group = 0; group < count; ++group) {
                    auto* sum = to + sums() * group + static_cast<size_t>(place * blocks + block) * CHANNELS * TOGETHER;
                    edgeconv_winograd_product(sum, from + operands() * group + static_cast<size_t>(place) * depth * TOGETHER, here, depth);
                }
            }
        }
    }

    // One group of channels; tiles at the borders may give results beyond them.
    void finish(int8_t* plane, const int32_t* sums_of_quad, int first, int count, const edgeconv_winograd_constants& here) const {
        alignas(4) int8_t results[TOGETHER][HEIGHT][WIDTH * QUAD];
        for (int tile = 0; tile < count; tile += TOGETHER) {
            edgeconv_winograd_results(results[0][0], sums_of_quad + sums() * (tile / TOGETHER), static_cast<size_t>(blocks) * CHANNELS * TOGETHER, &here);
            function(results[0][0], sizeof(results));
            for (int i = 0; i < TOGETHER && tile + i < count; ++i) {
                const int at = first + tile + i, x = at % tiles_along * WIDTH, y = at / tiles_along * HEIGHT;
                for (int row = 0; row < HEIGHT && y + row < geometry.result_height; ++row) {
                    std::memcpy(plane + static_cast<size_t>(QUAD) * (geometry.result_width * (y + row) + x), results[i][row],
                                QUAD * std::min(WIDTH, geometry.result_width - x));
                }
            }
        }
    }
};

// Whether sums, in which each operand counts by up to `most`, are found again after they wrapped around.
bool stays_exact(const Int8Weights& weights, int most) {
    for (size_t channel = 0; channel < weights.channels(); ++channel) {
        int64_t sum = 0;
        for (size_t i = 0; i < weights.depth(); ++i) sum += std::abs(weights.of(channel)[i]);
        if (sum * most * FACTOR > INT32_MAX) return false;
    }
    return true;
}

}  // namespace

Execution* int8_winograd_execution(Backend* backend, const Int8Parts& parts) {
    const bool is_large = parts.channels.depth >= LEAST_DEPTH && parts.channels.channels >= LEAST_CHANNELS;
    if (!parts.geometry.has_dense_kernel(3) || !is_large) return nullptr;
    const int zero = parts.operands.zero;
    if (!stays_exact(parts.weights, std::max(127 - zero, zero + 128))) return nullptr;
    return new Winograd(backend, parts);
}

}  // namespace edgeconv
