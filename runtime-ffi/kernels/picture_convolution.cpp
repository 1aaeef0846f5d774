#include "picture_convolution.h"

#include <cstring>

#include "convolution.h"
#include "core/Concurrency.h"
#include "core/ConvolutionCommon.hpp"

using namespace MNN;

namespace edgeconv {
namespace {

constexpr int MOST_CHANNELS = 4;
// Rows of the picture that a row of the result is computed from.
constexpr int MOST_ROWS = 128;

// By our kernel, which takes the rows where they are, or with zeros around them.
class ByRows : public Execution {
public:
    ByRows(const Op* op, Backend* backend, const Function& function, const edgeconv_kernel_table& kernels)
        : Execution(backend),
          kernels(kernels),
          common(*op->main_as_Convolution2D()->common()),
          channels(static_cast<int>(depth_of(*op))) {
        const auto& convolution = *op->main_as_Convolution2D();
        const FloatWeights floats(*op, backend);
        const size_t outputs = channels_of(*op), depth = depth_of(*op) * taps_of(*op);
        const size_t groups = UP_DIV(outputs, kernels.lanes);
        weights = constant_memory(backend, groups * kernels.lanes * (1 + depth) * sizeof(float));
        mValid = weights && floats.data();
        if (!mValid) return;
        kernels.pack_product(weights->host<float>(), floats.data(), convolution.bias()->data(), depth, outputs);
        const Bounds bounds(common);
        const auto size = [](int number) { return static_cast<size_t>(number); };
        const size_t kernel_width = size(common.kernelX()), step = size(common.strideX());
        picture = {weights->host<float>(), groups, kernel_width, step, 0, 0, bounds.low, bounds.high, function.rows_kernel()};
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (in[0]->channel() != channels || !is_map(*out[0])) return INPUT_DATA_ERROR;
        const auto pads = ConvolutionCommon::convolutionPadFull(in[0], out[0], &common);
        pad_left = std::get<0>(pads);
        pad_top = std::get<1>(pads);
        width = in[0]->width();
        needed = (out[0]->width() - 1) * common.strideX() + common.kernelX();
        rows = out[0]->batch() * out[0]->height();
        picture.results = out[0]->width();
        picture.dst_stride = static_cast<size_t>(rows) * out[0]->width() * kernels.lanes;
        threads = threads_for(backend(), rows);
        return reserve_scratch(backend(), scratch, threads, sizeof(float) * needed * (1 + channels * common.kernelY()));
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const int height = out[0]->height();
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            auto* own = reinterpret_cast<float*>(of_thread(scratch, thread));
            std::memset(own, 0, sizeof(float) * needed);
            const Part part(rows, thread, threads);
            for (int row = part.begin; row < part.end; ++row) {
                const float* taken[MOST_ROWS];
                take_rows(taken, *in[0], row / height, row % height * common.strideY() - pad_top, own);
                auto* to = out[0]->host<float>() + kernels.lanes * picture.results * row;
                kernels.picture_row(to, taken, channels * common.kernelY(), &picture);
            }
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    const edgeconv_kernel_table& kernels;
    const Convolution2DCommon& common;
    const int channels;
    Memory weights, scratch;  // the latter of each thread: a row of zeros, and rows with zeros around them
    edgeconv_picture picture = {};
    int pad_left = 0, pad_top = 0, width = 0, needed = 0, rows = 0, threads = 1;

    // Those of each channel that belong to a row of the result, the first one of which is row y.
    void take_rows(const float** taken, const Tensor& in, int batch, int y, float* own) const {
        const auto* zeros = own;
        for (int channel = 0; channel < channels; ++channel) {
            const auto* plane = in.host<float>() + static_cast<size_t>(batch * channels + channel) * in.height() * width;
            for (int row = 0; row < common.kernelY(); ++row) {
                const int at = y + row * common.dilateY();
                own += needed;
                *taken++ = at < 0 || at >= in.height() ? zeros : with_zeros(own, plane + static_cast<size_t>(at) * width);
            }
        }
    }

    const float* with_zeros(float* to, const float* row) const {
        if (pad_left == 0 && needed <= width) return row;
        // With long steps, results may be computed from padding alone.
        const int left = std::min(pad_left, needed), inner = std::min(width, needed - left);
        std::memset(to, 0, sizeof(float) * left);
        std::memcpy(to + left, row, sizeof(float) * inner);
        std::memset(to + left + inner, 0, sizeof(float) * (needed - left - inner));
        return to;
    }
};

}  // namespace

bool can_read_pictures(const Op& op) {
    const auto& common = *op.main_as_Convolution2D()->common();
    const int channels = static_cast<int>(depth_of(op));
    return op.type() == OpType_Convolution && common.group() <= 1 && common.dilateX() == 1 && channels <= MOST_CHANNELS &&
           channels * common.kernelY() <= MOST_ROWS;
}

Execution* picture_execution(const Op* op, Backend* backend, const Function& function) {
    const auto* kernels = kernels_for_maps(*cpu(backend)->functions());
    const bool has_function = function.is_none() || function.rows_kernel();
    return kernels && has_function ? new ByRows(op, backend, function, *kernels) : nullptr;
}

}  // namespace edgeconv
