#include "fused_convolution.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "MNN_generated.h"
#include "backend/cpu/CPUBackend.hpp"
#include "backend/cpu/CPUConvolution.hpp"
#include "backend/cpu/CPUConvolutionDepthwise.hpp"
#include "backend/cpu/compute/CommonOptFunction.h"
#include "backend/cpu/compute/ConvolutionFloatFactory.h"
#include "core/Concurrency.h"
#include "core/ConvolutionCommon.hpp"
#include "core/Macro.h"
#include "core/TensorUtils.hpp"
#include "kernels.h"
#ifdef __arm__
#include "matmul_armv7.h"
#endif

using namespace MNN;

namespace {

// Results of so many bytes are in the first-level cache when the function is applied to them.
constexpr int IN_CACHE = 8 << 10;

CPUBackend* cpu(Backend* backend) { return static_cast<CPUBackend*>(backend); }

// What is applied to results.
class Function {
public:
    // An `MNN::UnaryOpOperation`, or -1 for none.
    Function(int operation, CPUBackend* backend) {
        if (operation < 0) return;
        const auto& core = *backend->functions();
        all = core.MNNSelectUnaryFunctionForFloat(operation, backend->precisionMode());
        if (core.bytes == sizeof(float)) in_rows = kernel(operation);
    }

    // Of `count` elements one behind the other.
    void operator()(uint8_t* data, int count) const {
        if (all) all(data, data, count);
    }

    // Of rows of `count` elements that begin `stride` bytes apart.
    void operator()(uint8_t* data, int rows, size_t stride, int count) const {
        if (in_rows) return in_rows(reinterpret_cast<float*>(data), rows, stride / sizeof(float), count);
        for (int row = 0; row < rows; ++row) (*this)(data + stride * row, count);
    }

private:
    MNNUnaryExecute all = nullptr;
    edgeconv_unary_rows* in_rows = nullptr;

    static edgeconv_unary_rows* kernel(int operation) {
        const auto& kernels = *edgeconv_kernels();
        switch (operation) {
            case UnaryOpOperation_SIGMOID: return kernels.sigmoid_rows;
            case UnaryOpOperation_SILU: return kernels.silu_rows;
            case UnaryOpOperation_TANH: return kernels.tanh_rows;
            case UnaryOpOperation_GELU_STANDARD: return kernels.gelu_rows;
            case UnaryOpOperation_HARDSWISH: return kernels.hard_swish_rows;
            default: return nullptr;
        }
    }
};

// An equal part of `whole` for each thread.
struct Part {
    int begin;
    int end;
    Part(int whole, int index, int count)
        : begin(static_cast<int>(static_cast<int64_t>(whole) * index / count)),
          end(static_cast<int>(static_cast<int64_t>(whole) * (index + 1) / count)) {}
};

// A convolution with its weights, and the function behind it.
class FusedConvolution : public CPUConvolution {
public:
    FusedConvolution(const Op* op, Backend* backend, const Function& function)
        : CPUConvolution(op->main_as_Convolution2D()->common(), backend),
          core(cpu(backend)->functions()),
          function(function),
          resource(std::make_shared<Resource>()) {
        resource->backend = backend;
        const auto* bias = op->main_as_Convolution2D()->bias();
        mValid = resource->copyBiasAlign(bias->data(), static_cast<int>(bias->size()));
    }

protected:
    const CoreFunctions* core;
    const Function function;
    const std::shared_ptr<Resource> resource;

    size_t unit_bytes() const { return static_cast<size_t>(core->pack) * core->bytes; }

    void reserve_weights(const std::vector<int>& shape) {
        resource->mWeight.reset(Tensor::createDevice<uint8_t>(shape));
        mValid = mValid && backend()->onAcquireBuffer(resource->mWeight.get(), Backend::STATIC);
    }

    // Calls with the weights in the element type of the processor's kernels.
    template <class Pack>
    void with_weights(const flatbuffers::Vector<float>& weights, Pack pack) const {
        if (core->bytes == sizeof(float)) return pack(weights.data());
        std::vector<int16_t> narrow(weights.size());
        core->MNNFp32ToLowp(weights.data(), narrow.data(), weights.size());
        pack(reinterpret_cast<const float*>(narrow.data()));
    }

    // Bounds of the results before the function, in the element type of the processor's kernels.
    std::vector<float> bounds() const {
        auto post = getPostParameters();
        if (core->bytes < 4) core->MNNFp32ToLowp(post.data() + 2, reinterpret_cast<int16_t*>(post.data() + 2), 2);
        return post;
    }

    // Memory that is free again after the run.
    ErrorCode reserve_scratch(std::shared_ptr<Tensor>& scratch, const std::vector<int>& shape) {
        scratch.reset(Tensor::createDevice<uint8_t>(shape));
        if (!backend()->onAcquireBuffer(scratch.get(), Backend::DYNAMIC)) return OUT_OF_MEMORY;
        backend()->onReleaseBuffer(scratch.get(), Backend::DYNAMIC);
        return NO_ERROR;
    }
};

// Whether we have a product of matrices that are packed as MNN's are.
bool has_own_product(const CoreFunctions& core) {
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

// A kernel of 1x1: products of matrices, tile by tile of a few positions with all channels.
class Pointwise : public FusedConvolution {
public:
    Pointwise(const Op* op, Backend* backend, const Function& function)
        : FusedConvolution(op, backend, function), is_ours(has_own_product(*core)) {
        core->MNNGetMatMulPackMode(&tile, &depth_unit, &channel_unit);
        const auto& weights = *op->main_as_Convolution2D()->weight();
        const int outputs = mCommon->outputCount();
        const int inputs = static_cast<int>(weights.size()) / outputs;
        depth = UP_DIV(inputs, depth_unit) * depth_unit;
        reserve_weights({UP_DIV(outputs, channel_unit) * depth * channel_unit * core->bytes});
        if (!mValid) return;
        with_weights(weights, [&](const float* source) {
            core->MNNPackForMatMul_B(resource->mWeight->host<float>(), source, outputs, 1, inputs, true);
        });
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        CPUConvolution::onResize(in, out);
        positions = out[0]->batch() * out[0]->height() * out[0]->width();
        threads = std::max(1, std::min(cpu(backend())->threadNumber(), UP_DIV(positions, tile)));
        return reserve_scratch(packed, {threads, tile * depth * core->bytes});
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto post = getPostParameters();
        const auto* source = in[0]->host<uint8_t>();
        auto* result = out[0]->host<uint8_t>();
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(positions, thread, threads);
            auto* scratch = packed->host<uint8_t>() + static_cast<size_t>(packed->stride(0)) * thread;
            for (int begin = part.begin; begin < part.end; begin += tile) {
                compute(source, result, scratch, begin, std::min(tile, part.end - begin), post.data());
            }
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    const bool is_ours;  // the product of whole tiles
    int tile, depth_unit, channel_unit, depth;
    int positions = 0, threads = 1;
    std::shared_ptr<Tensor> packed;

    // `count` positions from `begin` on.
    void compute(const uint8_t* source, uint8_t* result, uint8_t* scratch, int begin, int count, const float* post) const {
        const auto plane = unit_bytes() * positions;
        auto* to = result + unit_bytes() * begin;
        multiply(source + unit_bytes() * begin, to, scratch, count, plane, post);
        function(to, UP_DIV(mCommon->outputCount(), core->pack), plane, count * core->pack);
    }

    void multiply(const uint8_t* from, uint8_t* to, uint8_t* scratch, int count, size_t plane, const float* post) const {
        const int32_t pieces[] = {1, positions, count, 1};
        const int32_t piece[] = {count, depth, 0, 0};
        const auto* first = reinterpret_cast<const float*>(from);
        auto* a = reinterpret_cast<float*>(scratch);
        core->MNNPackC4ForMatMul_A(a, &first, pieces, piece);
        const size_t bytes_of_row = static_cast<size_t>(count) * depth_unit * core->bytes;
        const size_t parameters[] = {bytes_of_row, static_cast<size_t>(depth), static_cast<size_t>(mCommon->outputCount()), plane,
                                     0, 0, 0};
        auto* c = reinterpret_cast<float*>(to);
        const auto* b = resource->mWeight->host<float>();
        const auto* bias = resource->mBias->host<float>();
#ifdef __arm__
        if (count == tile && is_ours) {
            edgeconv_matmul_armv7(c, a, b, bias, depth, UP_DIV(mCommon->outputCount(), core->pack), plane / sizeof(float), post[2], post[3]);
            return;
        }
#endif
        if (count == tile) {
            core->MNNPackedMatMul(c, a, b, parameters, post, bias, nullptr, nullptr);
        } else {
            core->MNNPackedMatMulRemain(c, a, b, count, parameters, post, bias, nullptr, nullptr);
        }
    }
};

// Each channel by itself: some rows of a group of channels at a time.
class Depthwise : public FusedConvolution {
public:
    Depthwise(const Op* op, Backend* backend, const Function& function) : FusedConvolution(op, backend, function) {
        const int kernel = mCommon->kernelX() * mCommon->kernelY(), channels = mCommon->outputCount();
        reserve_weights({static_cast<int>(UP_DIV(channels, core->pack) * kernel * unit_bytes())});
        if (!mValid) return;
        with_weights(*op->main_as_Convolution2D()->weight(), [&](const float* source) {
            int areas[] = {kernel, kernel};
            core->MNNPackCUnit(resource->mWeight->host<float>(), source, kernel, channels, areas);
        });
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        CPUConvolution::onResize(in, out);
        const auto pads = ConvolutionCommon::convolutionPadFull(in[0], out[0], mCommon);
        padded_width = std::get<0>(pads) + in[0]->width() + std::get<2>(pads);
        padded_height = std::get<1>(pads) + in[0]->height() + std::get<3>(pads);
        planes = in[0]->batch() * UP_DIV(in[0]->channel(), core->pack);
        threads = std::max(1, std::min(cpu(backend())->threadNumber(), planes));
        return reserve_scratch(padded, {threads, static_cast<int>(padded_width * padded_height * unit_bytes())});
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto post = bounds();
        const auto in_plane = unit_bytes() * in[0]->width() * in[0]->height();
        const auto out_plane = unit_bytes() * out[0]->width() * out[0]->height();
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            auto* scratch = padded->host<uint8_t>() + static_cast<size_t>(padded->stride(0)) * thread;
            std::memset(scratch, 0, padded->stride(0));
            const Part part(planes, thread, threads);
            for (int plane = part.begin; plane < part.end; ++plane) {
                pad(in[0]->host<uint8_t>() + in_plane * plane, scratch, *in[0]);
                // Groups of channels are the outer dimension, also of several pictures.
                compute(scratch, out[0]->host<uint8_t>() + out_plane * plane, plane / in[0]->batch(), *out[0], post.data() + 2);
            }
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    int padded_width = 0, padded_height = 0, planes = 0, threads = 1;
    std::shared_ptr<Tensor> padded;

    void pad(const uint8_t* from, uint8_t* to, const Tensor& input) const {
        const auto row = unit_bytes() * input.width();
        for (int y = 0; y < input.height(); ++y) {
            std::memcpy(to + unit_bytes() * ((y + mPadY) * padded_width + mPadX), from + row * y, row);
        }
    }

    void compute(const uint8_t* from, uint8_t* to, int group, const Tensor& output, const float* limits) const {
        const int pack = core->pack, width = output.width();
        const bool unit_steps = mCommon->strideX() == 1 && mCommon->strideY() == 1 && mCommon->dilateX() == 1 && mCommon->dilateY() == 1;
        const auto lines = unit_steps && core->MNNDepthwiseConvFastKernel ? core->MNNDepthwiseConvFastKernel
                                                                          : core->MNNConvRunForLineDepthwise;
        const auto row = unit_bytes() * width;
        const int rows_in_cache = std::max(1, static_cast<int>(IN_CACHE / row));
        const auto* weights = resource->mWeight->host<uint8_t>() + unit_bytes() * mCommon->kernelX() * mCommon->kernelY() * group;
        const auto* bias = resource->mBias->host<uint8_t>() + unit_bytes() * group;
        for (int y = 0; y < output.height(); y += rows_in_cache) {
            const int rows = std::min(rows_in_cache, output.height() - y);
            auto* some = to + row * y;
            lines(reinterpret_cast<float*>(some),
                  reinterpret_cast<const float*>(from + unit_bytes() * padded_width * mCommon->strideY() * y),
                  reinterpret_cast<const float*>(weights), width, mCommon->strideX() * pack, mCommon->kernelX(), mCommon->kernelY(),
                  mCommon->dilateX() * pack, mCommon->dilateY() * padded_width * pack, rows,
                  mCommon->strideY() * padded_width * pack, width * pack, reinterpret_cast<const float*>(bias), limits);
            function(some, rows * width * pack);
        }
    }
};

// Any other: MNN's own, and the function over its results.
class Other : public Execution {
public:
    Other(Execution* convolution, Backend* backend, const Function& function)
        : Execution(backend), convolution(convolution), function(function) {
        mValid = convolution && convolution->valid();
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        return convolution->onResize(in, out);
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto code = convolution->onExecute(in, out);
        if (code != NO_ERROR) return code;
        const auto* core = cpu(backend())->functions();
        const int units = UP_DIV(out[0]->channel(), core->pack) * out[0]->batch() * out[0]->height() * out[0]->width();
        const int threads = cpu(backend())->threadNumber();
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(units, thread, threads);
            auto* some = out[0]->host<uint8_t>() + static_cast<size_t>(core->pack) * core->bytes * part.begin;
            function(some, (part.end - part.begin) * core->pack);
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    const std::unique_ptr<Execution> convolution;
    const Function function;
};

bool is_pointwise(const Convolution2DCommon& common, const Tensor& input, const Tensor& output) {
    return common.kernelX() == 1 && common.kernelY() == 1 && common.strideX() == 1 && common.strideY() == 1 && common.group() <= 1 &&
           input.width() == output.width() && input.height() == output.height();
}

}  // namespace

namespace edgeconv {

Execution* fused_convolution(const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs, const Op* op, Backend* backend,
                             int function) {
    const auto& core = *cpu(backend)->functions();
    const Function apply(function, cpu(backend));
    const bool is_fused = function >= 0, is_depthwise = op->type() == OpType_ConvolutionDepthwise;
    if (is_fused && is_depthwise) return new Depthwise(op, backend, apply);
    const auto& common = *op->main_as_Convolution2D()->common();
    const bool is_product = !is_depthwise && is_pointwise(common, *inputs[0], *outputs[0]) && core.matmulBytes == 0;
    if (is_product && (is_fused || has_own_product(core))) return new Pointwise(op, backend, apply);
    if (!is_fused) return nullptr;
    return new Other(ConvolutionFloatFactory::create(inputs, outputs, op, backend), backend, apply);
}

}  // namespace edgeconv
