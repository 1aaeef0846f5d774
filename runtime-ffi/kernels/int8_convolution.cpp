#include "int8_convolution.h"

#include "bytes.h"
#include "fusion.h"
#include "int8_parts.h"

using namespace MNN;

namespace edgeconv {
namespace {

// Whether each channel of a convolution is computed by itself.
bool is_depthwise(const Op& op) { return op.type() == OpType_ConvolutionDepthwise; }

// The weights in the order that kernels take them: [channels][taps][quads of depth]; none if MNN does not have them as integers with a
// scale for each channel.
Int8Weights weights_of(const Op& op, Backend* backend) {
    const auto& convolution = *op.main_as_Convolution2D();
    const auto stored = ConvolutionCommon::load(&op, backend, false, true);
    const size_t channels = channels_of(op), count = weight_count(convolution);
    if (!stored || stored->asymmetric || !stored->weight.get() || static_cast<size_t>(stored->weight.size()) < count) return {};
    const float* scales = stored->getAlphaFloat();
    if (!scales || static_cast<size_t>(stored->alphaSize) != channels) return {};
    const size_t taps = taps_of(op);
    const size_t depth = count / channels / taps, whole_depth = is_depthwise(op) ? 1 : ROUND_UP(depth, QUAD);
    Int8Weights weights;
    weights.values.resize(channels * taps * whole_depth);
    for (size_t i = 0; i < count; ++i) {
        const size_t tap = i % taps, at = i / taps % depth, channel = i / taps / depth;
        weights.values[(channel * taps + tap) * whole_depth + at] = stored->weight.get()[i];
    }
    weights.scale.assign(scales, scales + channels);
    weights.bias.assign(convolution.bias()->begin(), convolution.bias()->end());
    return weights;
}

// Whether weights are integers.
bool has_integers(const Op& op) {
    if (!is_plain_convolution(op)) return false;
    const auto& convolution = *op.main_as_Convolution2D();
    const auto* stored = convolution.quanParameter();
    const bool has_one_group = is_depthwise(op) ? weight_count(convolution) == channels_of(op) * taps_of(op) : convolution.common()->group() <= 1;
    return stored && stored->type() != HALVES && stored->readType() == 0 && !convolution.weight() && has_one_group;
}

// Null if there is none.
Execution* execution_of(const Op& op, const Int8Parts& parts, Backend* backend) {
#ifdef __arm__
    if (is_depthwise(op)) {
        auto* taps = int8_taps_execution(backend, parts);
        return taps ? taps : int8_depthwise_execution(backend, parts);
    }
    auto* winograd = int8_winograd_execution(backend, parts);
    return winograd ? winograd : int8_product_execution(backend, parts);
#else
    return byte_depthwise_execution(backend, parts);
#endif
}

// Whether there may be kernels for a convolution of maps that are packed so.
bool has_kernels(const Op& op, int pack) {
#ifdef __arm__
    return pack == QUAD && edgeconv_kernels_for(EDGECONV_NEON) && has_integers(op);
#else
    return is_depthwise(op) && edgeconv_byte_kernels_of_lanes(pack) && has_integers(op);
#endif
}

}  // namespace

#ifdef __arm__
bool is_int8_convolution(const Op& op) { return edgeconv_kernels_for(EDGECONV_NEON) && has_integers(op); }
#endif

Execution* int8_convolution(const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs, const Op* op, Backend* backend) {
    if (!has_kernels(*op, cpu(backend)->functions()->pack)) return nullptr;
    const auto weights = weights_of(*op, backend);
    if (weights.scale.empty()) return nullptr;
    const auto& fused = fused_of(op);
    const auto from = grid_of(*inputs[0]), to = grid_of(*outputs[0]);
    if (!(from.scale > 0 && to.scale > 0)) return nullptr;
    const auto& results = fused.table ? fused.table->operand : to;
    const auto& common = *op->main_as_Convolution2D()->common();
    const Bounds bounds(common);
    Int8Table table = {};
    if (fused.table) table = table_of(*fused.table->op, results, to, backend);
    const Int8Parts parts = {Geometry(common), weights, from, results, bounds, Behind(fused.table ? &table : nullptr), Channels(*op, *op)};
    return execution_of(*op, parts, backend);
}

}  // namespace edgeconv
