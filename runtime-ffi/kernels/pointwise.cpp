#include "pointwise.h"

#include <algorithm>
#include <cstring>

#include "convolution.h"
#include "core/Concurrency.h"
#ifdef __arm__
#include "matmul_armv7.h"
#endif

using namespace MNN;

namespace edgeconv {
namespace {

// Our kernels if they take maps as MNN packs them; null otherwise.
const edgeconv_kernel_table* direct_kernels(const CoreFunctions& core) {
    const auto* kernels = kernels_for_maps(core);
    return kernels && kernels->product ? kernels : nullptr;
}

// The kernel divides so many positions by itself.
constexpr int DIRECT_AT_ONCE = 384;

// By our own kernel for maps that are packed by vectors.
class Direct : public Pointwise {
public:
    Direct(const edgeconv_kernel_table& kernels, const Op& op, Backend* backend, edgeconv_unary_rows* function)
        : kernels(kernels) {
        const auto& convolution = *op.main_as_Convolution2D();
        const FloatWeights floats(op, backend);
        const size_t channels = convolution.bias()->size(), depth = depth_of(op);
        const size_t whole_groups = UP_DIV(channels, kernels.lanes);
        const Bounds bounds(*convolution.common());
        product = {nullptr, depth, whole_groups, 0, 0, bounds.low, bounds.high, function};
        weights = constant_memory(backend, whole_groups * kernels.lanes * (1 + depth) * sizeof(float));
        if (!floats.data()) weights.reset();
        if (!weights) return;
        kernels.pack_product(weights->host<float>(), floats.data(), convolution.bias()->data(), depth, channels);
        product.weights = weights->host<float>();
    }

    bool valid() const override { return weights != nullptr; }
    size_t weight_bytes() const override { return weights->size(); }
    int groups() const override { return static_cast<int>(product.groups); }
    int at_once() const override { return DIRECT_AT_ONCE; }

    void run(const Map<uint8_t>& to, const Map<const uint8_t>& from, int count, uint8_t*) const override {
        auto here = product;
        here.dst_stride = to.stride / sizeof(float);
        here.src_stride = from.stride / sizeof(float);
        kernels.product(reinterpret_cast<float*>(to.data), reinterpret_cast<const float*>(from.data), count, &here);
    }

private:
    const edgeconv_kernel_table& kernels;
    edgeconv_product product;
    Memory weights;
};

// Whether we have a product of matrices that are packed as MNN's are.
bool has_product_of_packed(const CoreFunctions& core) {
#ifdef __arm__
    static const bool has_neon = edgeconv_kernels_for(EDGECONV_NEON) != nullptr;
    int positions, depth, channels;
    core.MNNGetMatMulPackMode(&positions, &depth, &channels);
    return has_neon && positions == EDGECONV_MATMUL_POSITIONS && depth == 1 && channels == EDGECONV_MATMUL_CHANNELS &&
           core.bytes == sizeof(float) && core.pack == EDGECONV_MATMUL_CHANNELS;
#else
    (void)core;
    return false;
#endif
}

// Weights of so many bytes stay in a second-level cache of 1 MB, beside what is multiplied with them.
constexpr size_t WEIGHTS_IN_CACHE = 256 << 10;
// Larger ones are read from memory for so many tiles.
constexpr int TILES_AT_ONCE = 8;

// In MNN's way: some positions are packed anew, then multiplied with all channels.
class Packing : public Pointwise {
public:
    Packing(const Op& op, Backend* backend, const Function& function)
        : core(*cpu(backend)->functions()),
          function(function),
          is_ours(has_product_of_packed(core)),
          bounds(*op.main_as_Convolution2D()->common()) {
        const auto& convolution = *op.main_as_Convolution2D();
        const FloatWeights floats(op, backend);
        core.MNNGetMatMulPackMode(&tile, &depth_unit, &channel_unit);
        channels = convolution.bias()->size();
        const int inputs = depth_of(op);
        depth = ROUND_UP(inputs, depth_unit);
        bias = bias_memory(backend, convolution);
        weights = constant_memory(backend, ROUND_UP(channels, channel_unit) * static_cast<size_t>(depth) * core.bytes);
        if (!floats.data()) weights.reset();
        if (!valid()) return;
        in_element_type(core, floats.data(), floats.size(), [&](const float* source) {
            core.MNNPackForMatMul_B(weights->host<float>(), source, channels, 1, inputs, true);
        });
    }

    bool valid() const override { return weights && bias; }
    size_t weight_bytes() const override { return weights->size(); }
    int groups() const override { return UP_DIV(channels, core.pack); }
    int at_once() const override { return tile * TILES_AT_ONCE; }

    size_t scratch_bytes() const override { return packed_bytes() * tiles_at_once(); }

    void run(const Map<uint8_t>& to, const Map<const uint8_t>& from, int count, uint8_t* scratch) const override {
        const int most = tile * tiles_at_once();
        for (int begin = 0, some; begin < count; begin += some) {
            some = std::min(most, count - begin);
            const auto bytes = unit_bytes(core) * begin;
            run_tiles(to.from(bytes), from.from(bytes), some, scratch);
        }
    }

private:
    const CoreFunctions& core;
    const Function function;
    const bool is_ours;  // the product of whole tiles
    const Bounds bounds;
    int tile, depth_unit, channel_unit, depth, channels;
    Memory weights, bias;

    size_t packed_bytes() const { return static_cast<size_t>(tile) * depth * core.bytes; }

    // Weights that stay in the second-level cache are read again for each tile.
    int tiles_at_once() const { return weight_bytes() <= WEIGHTS_IN_CACHE ? 1 : TILES_AT_ONCE; }

    // Channels whose weights stay in the second-level cache, in whole units of both packings.
    int channels_at_once() const {
        const int unit = core.pack * channel_unit;
        const size_t bytes = static_cast<size_t>(unit) * depth * core.bytes;
        return unit * static_cast<int>(std::max<size_t>(1, WEIGHTS_IN_CACHE / bytes));
    }

    void run_tiles(const Map<uint8_t>& to, const Map<const uint8_t>& from, int count, uint8_t* scratch) const {
        auto* packed = scratch;
        for (int begin = 0; begin < count; begin += tile, packed += packed_bytes()) {
            pack(reinterpret_cast<float*>(packed), from.from(unit_bytes(core) * begin), std::min(tile, count - begin));
        }
        const int most = channels_at_once();
        for (int channel = 0; channel < channels; channel += most) {
            const int some = std::min(most, channels - channel);
            packed = scratch;
            for (int begin = 0; begin < count; begin += tile, packed += packed_bytes()) {
                const Map<uint8_t> part = {to.data + to.stride * (channel / core.pack) + unit_bytes(core) * begin, to.stride};
                const int positions = std::min(tile, count - begin);
                multiply(part, reinterpret_cast<const float*>(packed), positions, channel, some);
                function(part.data, UP_DIV(some, core.pack), to.stride, positions * core.pack);
            }
        }
    }

    void pack(float* packed, const Map<const uint8_t>& from, int count) const {
        const int32_t pieces[] = {1, static_cast<int32_t>(from.stride / unit_bytes(core)), count, 1};
        const int32_t piece[] = {count, depth, 0, 0};
        const auto* first = reinterpret_cast<const float*>(from.data);
        core.MNNPackC4ForMatMul_A(packed, &first, pieces, piece);
    }

    // At most a tile, with `some` channels from `first` on.
    void multiply(const Map<uint8_t>& to, const float* packed, int count, int first, int some) const {
        auto* c = reinterpret_cast<float*>(to.data);
        const auto* b = reinterpret_cast<const float*>(weights->host<uint8_t>() + static_cast<size_t>(first) * depth * core.bytes);
        const auto* summand = reinterpret_cast<const float*>(bias->host<uint8_t>() + static_cast<size_t>(first) * core.bytes);
#ifdef __arm__
        if (count == tile && is_ours) {
            edgeconv_matmul_armv7(c, packed, b, summand, depth, UP_DIV(some, core.pack), to.stride / sizeof(float), bounds.low, bounds.high);
            return;
        }
#endif
        const size_t bytes_of_row = static_cast<size_t>(count) * depth_unit * core.bytes;
        const size_t parameters[] = {bytes_of_row, static_cast<size_t>(depth), static_cast<size_t>(some), to.stride, 0, 0, 0};
        const float post[] = {1, 1, bounds.low, bounds.high};
        if (count == tile) {
            core.MNNPackedMatMul(c, packed, b, parameters, post, summand, nullptr, nullptr);
        } else {
            core.MNNPackedMatMulRemain(c, packed, b, count, parameters, post, summand, nullptr, nullptr);
        }
    }
};

class PointwiseExecution : public Execution {
public:
    PointwiseExecution(const Op* op, Backend* backend, const Function& function)
        : Execution(backend), product(Pointwise::create(*op, backend, function)), channels(*op, *op) {
        mValid = product->valid();
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!channels.fit(*in[0], *out[0])) return INPUT_DATA_ERROR;
        positions = out[0]->batch() * out[0]->height() * out[0]->width();
        threads = threads_for(backend(), positions);
        return reserve_scratch(backend(), scratch, threads, product->scratch_bytes());
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto unit = unit_bytes(*cpu(backend())->functions());
        const Map<const uint8_t> source = {in[0]->host<uint8_t>(), unit * positions};
        const Map<uint8_t> result = {out[0]->host<uint8_t>(), unit * positions};
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(positions, thread, threads);
            product->run(result.from(unit * part.begin), source.from(unit * part.begin), part.size(), of_thread(scratch, thread));
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    const std::unique_ptr<Pointwise> product;
    const Channels channels;
    int positions = 0, threads = 1;
    Memory scratch;
};

}  // namespace

std::unique_ptr<Pointwise> Pointwise::create(const Op& convolution, Backend* backend, const Function& function) {
    const auto* direct = function.is_none() || function.rows_kernel() ? direct_kernels(*cpu(backend)->functions()) : nullptr;
    if (direct) return std::unique_ptr<Pointwise>(new Direct(*direct, convolution, backend, function.rows_kernel()));
    return std::unique_ptr<Pointwise>(new Packing(convolution, backend, function));
}

bool has_own_products(const CoreFunctions& core) { return direct_kernels(core) || has_product_of_packed(core); }

bool is_pointwise(const Op& op) {
    const auto& common = *op.main_as_Convolution2D()->common();
    const auto* pads = common.pads();
    const bool is_padded = common.padX() || common.padY() || (pads && std::any_of(pads->begin(), pads->end(), [](int pad) { return pad != 0; }));
    return op.type() == OpType_Convolution && common.kernelX() == 1 && common.kernelY() == 1 && common.strideX() == 1 &&
           common.strideY() == 1 && common.group() <= 1 && (!is_padded || common.padMode() != PadMode_CAFFE);
}

Execution* pointwise_execution(const Op* op, Backend* backend, const Function& function) {
    return new PointwiseExecution(op, backend, function);
}

}  // namespace edgeconv
