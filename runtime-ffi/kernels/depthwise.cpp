#include "depthwise.h"

#include <cstring>

#include "core/Concurrency.h"
#include "core/ConvolutionCommon.hpp"

using namespace MNN;

namespace edgeconv {
namespace {

// Results of so many bytes are in the first-level cache when the function is applied to them.
constexpr size_t IN_CACHE = 8 << 10;

class DepthwiseExecution : public Execution {
public:
    DepthwiseExecution(const Op* op, Backend* backend, const Function& function)
        : Execution(backend), convolution(*op->main_as_Convolution2D(), backend, function) {
        mValid = convolution.valid();
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        convolution.resize(*in[0], *out[0]);
        planes = in[0]->batch() * UP_DIV(in[0]->channel(), cpu(backend())->functions()->pack);
        threads = threads_for(backend(), planes);
        scratch = scratch_memory(backend(), threads, convolution.scratch_bytes());
        if (!scratch) return OUT_OF_MEMORY;
        release(backend(), scratch);
        return NO_ERROR;
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto unit = unit_bytes(*cpu(backend())->functions());
        const auto in_plane = unit * in[0]->width() * in[0]->height(), out_plane = unit * out[0]->width() * out[0]->height();
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(planes, thread, threads);
            for (int plane = part.begin; plane < part.end; ++plane) {
                const Rows source = {in[0]->host<uint8_t>() + in_plane * plane, in[0]->height()};
                // Groups of channels are the outer dimension, also of several pictures.
                convolution.run(out[0]->host<uint8_t>() + out_plane * plane, source, plane / in[0]->batch(), 0, out[0]->height(),
                                of_thread(scratch, thread));
            }
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    Depthwise convolution;
    int planes = 0, threads = 1;
    Memory scratch;
};

}  // namespace

Depthwise::Depthwise(const Convolution2D& convolution, Backend* backend, const Function& function)
    : core(*cpu(backend)->functions()), common(*convolution.common()), function(function), bounds(common) {
    const int kernel = common.kernelX() * common.kernelY(), channels = convolution.bias()->size();
    bias = bias_memory(backend, convolution);
    weights = constant_memory(backend, UP_DIV(channels, core.pack) * kernel * unit_bytes(core));
    if (!valid()) return;
    in_element_type(core, convolution.weight()->data(), convolution.weight()->size(), [&](const float* source) {
        int areas[] = {kernel, kernel};
        core.MNNPackCUnit(weights->host<float>(), source, kernel, channels, areas);
    });
}

void Depthwise::resize(const Tensor& input, const Tensor& output) {
    const auto pads = ConvolutionCommon::convolutionPadFull(&input, &output, &common);
    pad_left = std::get<0>(pads);
    pad_top = std::get<1>(pads);
    width = input.width();
    height = input.height();
    padded_width = pad_left + width + std::get<2>(pads);
    result_width = output.width();
    result_height = output.height();
    // With few rows, those that two turns need would be read again and again.
    const auto row = unit_bytes(core) * result_width;
    rows = std::min(output.height(), std::max(static_cast<int>(IN_CACHE / row), common.kernelY()));
}

int Depthwise::results_of(int source_rows) const {
    if (source_rows == height) return result_height;
    const int steps = source_rows + pad_top - source_rows_of(1);
    return steps < 0 ? 0 : std::min(result_height, steps / common.strideY() + 1);
}

void Depthwise::run(uint8_t* to, const Rows& from, int group, int begin, int end, uint8_t* scratch) const {
    for (int y = begin, count; y < end; y += count) {
        count = std::min(rows, end - y);
        pad(scratch, from, y * common.strideY() - pad_top, source_rows_of(count));
        lines(to + unit_bytes(core) * result_width * (y - begin), scratch, group, count);
    }
}

// `count` rows from `first` on, which may lie above or below the map.
void Depthwise::pad(uint8_t* to, const Rows& from, int first, int count) const {
    const auto unit = unit_bytes(core), row = unit * width;
    const auto left = unit * pad_left, right = padded_row() - left - row;
    for (int y = first; y < first + count; ++y, to += padded_row()) {
        if (y < 0 || y >= height) {
            std::memset(to, 0, padded_row());
            continue;
        }
        std::memset(to, 0, left);
        std::memcpy(to + left, from.data + row * (y % from.count), row);
        std::memset(to + left + row, 0, right);
    }
}

void Depthwise::lines(uint8_t* to, const uint8_t* from, int group, int count) const {
    const int pack = core.pack;
    const bool unit_steps = common.strideX() == 1 && common.strideY() == 1 && common.dilateX() == 1 && common.dilateY() == 1;
    const auto kernel = unit_steps && core.MNNDepthwiseConvFastKernel ? core.MNNDepthwiseConvFastKernel : core.MNNConvRunForLineDepthwise;
    const auto* first = weights->host<uint8_t>() + unit_bytes(core) * common.kernelX() * common.kernelY() * group;
    float limits[] = {bounds.low, bounds.high};
    if (core.bytes < 4) core.MNNFp32ToLowp(limits, reinterpret_cast<int16_t*>(limits), 2);
    kernel(reinterpret_cast<float*>(to), reinterpret_cast<const float*>(from), reinterpret_cast<const float*>(first), result_width,
           common.strideX() * pack, common.kernelX(), common.kernelY(), common.dilateX() * pack, common.dilateY() * padded_width * pack,
           count, common.strideY() * padded_width * pack, result_width * pack,
           reinterpret_cast<const float*>(bias->host<uint8_t>() + unit_bytes(core) * group), limits);
    function(to, count * result_width * pack);
}

Execution* depthwise_execution(const Op* op, Backend* backend, const Function& function) {
    return new DepthwiseExecution(op, backend, function);
}

}  // namespace edgeconv
