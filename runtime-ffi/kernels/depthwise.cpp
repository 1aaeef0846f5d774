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
        : Execution(backend), convolution(Depthwise::create(*op, backend, function)), channels(*op, *op) {
        mValid = convolution->valid();
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!channels.fit(*in[0], *out[0])) return INPUT_DATA_ERROR;
        convolution->resize(*in[0], *out[0]);
        planes = in[0]->batch() * UP_DIV(in[0]->channel(), cpu(backend())->functions()->pack);
        threads = threads_for(backend(), planes);
        return reserve_scratch(backend(), scratch, threads, convolution->scratch_bytes());
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto unit = unit_bytes(*cpu(backend())->functions());
        const auto in_plane = unit * in[0]->width() * in[0]->height(), out_plane = unit * out[0]->width() * out[0]->height();
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(planes, thread, threads);
            for (int plane = part.begin; plane < part.end; ++plane) {
                const Rows source = {in[0]->host<uint8_t>() + in_plane * plane, in[0]->height(), 0};
                // Groups of channels are the outer dimension, also of several pictures.
                convolution->run(out[0]->host<uint8_t>() + out_plane * plane, source, plane / in[0]->batch(), 0, out[0]->height(),
                                of_thread(scratch, thread));
            }
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    const std::unique_ptr<Depthwise> convolution;
    const Channels channels;
    int planes = 0, threads = 1;
    Memory scratch;
};

// Rows of a kernel that our kernel is used for.
constexpr int MOST_ROWS = 64;
// Of wider kernels, too many results lie at the borders, where our kernel is slow: rows are padded.
constexpr int WIDEST_UNPADDED = 3;

// By our kernel, which takes the rows where they are.
class ByRows : public Depthwise {
public:
    ByRows(const edgeconv_kernel_table& kernels, const Op& convolution, Backend* backend, const Function& function)
        : Depthwise(convolution, backend, function), kernels(kernels) {}

    void resize(const Tensor& input, const Tensor& output) override {
        Depthwise::resize(input, output);
        is_padded = kernel_width > WIDEST_UNPADDED && pad_left + pad_right > 0;
        const int padding = is_padded ? 0 : pad_left, positions = is_padded ? pad_left + width + pad_right : width;
        const int step_along = common.strideX(), dilation_along = common.dilateX();
        // The last place inside of the row that a result may begin at.
        const int last = positions - 1 - (kernel_width - 1) * dilation_along + padding;
        const int end = last < 0 ? 0 : std::min(result_width, last / step_along + 1);
        const int begin = std::min(UP_DIV(padding, step_along), end);
        const auto size = [](int number) { return static_cast<size_t>(number); };
        convolution = {nullptr, size(kernel_width), size(step_along), size(dilation_along), size(padding), size(positions), size(result_width),
                       size(begin), size(end), bounds.low, bounds.high};
    }

    size_t scratch_bytes() const override { return is_padded ? padded_row() * std::min(kernel_height, height) : 0; }

protected:
    void compute(uint8_t* to, const Rows& from, int group, int y, int count, uint8_t* scratch) const override {
        for (int row = 0; row < count; ++row, to += unit_bytes(core) * result_width) {
            one_row(to, from, group, first_source_row(y + row), scratch);
        }
    }

private:
    const edgeconv_kernel_table& kernels;
    bool is_padded = false;
    edgeconv_depthwise convolution = {};

    // Row y of the source is the first one that belongs to the result, inside of the map or above.
    void one_row(uint8_t* to, const Rows& from, int group, int y, uint8_t* scratch) const {
        const float* inside[MOST_ROWS];
        const int first = y < 0 ? UP_DIV(-y, dilation) : 0;
        int count = 0, place = (y + first * dilation - from.first) % from.count;
        for (int row = first; row < kernel_height && y + row * dilation < height; ++row) {
            const auto* source = from.data + unit_bytes(core) * width * place;
            if (is_padded) source = pad(scratch + padded_row() * count, source);
            inside[count++] = reinterpret_cast<const float*>(source);
            place += dilation;
            while (place >= from.count) place -= from.count;
        }
        auto here = convolution;
        here.bias = bias_of(group);
        const auto* kernel = weights_of(group) + static_cast<size_t>(core.pack) * kernel_width * first;
        kernels.depthwise_row(reinterpret_cast<float*>(to), inside, count, kernel, &here);
    }
};

// By MNN's kernels, of rows that are padded.
class ByLines : public Depthwise {
public:
    ByLines(const Op& convolution, Backend* backend, const Function& function) : Depthwise(convolution, backend, function) {}

    size_t scratch_bytes() const override { return padded_row() * source_rows_of(rows); }

protected:
    void compute(uint8_t* to, const Rows& from, int group, int y, int count, uint8_t* scratch) const override {
        pad_rows(scratch, from, first_source_row(y), source_rows_of(count));
        const int pack = core.pack, padded_width = static_cast<int>(padded_row() / unit_bytes(core));
        const bool unit_steps = common.strideX() == 1 && common.strideY() == 1 && common.dilateX() == 1 && common.dilateY() == 1;
        const auto kernel = unit_steps && core.MNNDepthwiseConvFastKernel ? core.MNNDepthwiseConvFastKernel : core.MNNConvRunForLineDepthwise;
        float limits[] = {bounds.low, bounds.high};
        if (core.bytes < 4) core.MNNFp32ToLowp(limits, reinterpret_cast<int16_t*>(limits), 2);
        kernel(reinterpret_cast<float*>(to), reinterpret_cast<const float*>(scratch), weights_of(group), result_width,
               common.strideX() * pack, common.kernelX(), common.kernelY(), common.dilateX() * pack,
               common.dilateY() * padded_width * pack, count, common.strideY() * padded_width * pack, result_width * pack, bias_of(group),
               limits);
    }

private:
    // `count` rows from `first` on, which may lie above or below the map.
    void pad_rows(uint8_t* to, const Rows& from, int first, int count) const {
        for (int y = first; y < first + count; ++y, to += padded_row()) {
            if (y < 0 || y >= height) {
                std::memset(to, 0, padded_row());
            } else {
                pad(to, from.data + unit_bytes(core) * width * ((y - from.first) % from.count));
            }
        }
    }
};

}  // namespace

std::unique_ptr<Depthwise> Depthwise::create(const Op& convolution, Backend* backend, const Function& function) {
    const auto* ours = convolution.main_as_Convolution2D()->common()->kernelY() <= MOST_ROWS ? kernels_for_maps(*cpu(backend)->functions()) : nullptr;
    if (ours) return std::unique_ptr<Depthwise>(new ByRows(*ours, convolution, backend, function));
    return std::unique_ptr<Depthwise>(new ByLines(convolution, backend, function));
}

Depthwise::Depthwise(const Op& op, Backend* backend, const Function& function)
    : core(*cpu(backend)->functions()), common(*op.main_as_Convolution2D()->common()),
      kernel_width(common.kernelX()),
      kernel_height(common.kernelY()),
      step(common.strideY()),
      dilation(common.dilateY()),
      bounds(common),
      function(function) {
    const auto& convolution = *op.main_as_Convolution2D();
    const FloatWeights floats(op, backend);
    const int kernel = kernel_width * kernel_height, channels = convolution.bias()->size();
    bias = bias_memory(backend, convolution);
    weights = constant_memory(backend, UP_DIV(channels, core.pack) * kernel * unit_bytes(core));
    if (!floats.data()) weights.reset();
    if (!valid()) return;
    in_element_type(core, floats.data(), floats.size(), [&](const float* source) {
        int areas[] = {kernel, kernel};
        core.MNNPackCUnit(weights->host<float>(), source, kernel, channels, areas);
    });
}

void Depthwise::resize(const Tensor& input, const Tensor& output) {
    const auto pads = ConvolutionCommon::convolutionPadFull(&input, &output, &common);
    pad_left = std::get<0>(pads);
    pad_top = std::get<1>(pads);
    pad_right = std::get<2>(pads);
    width = input.width();
    height = input.height();
    result_width = output.width();
    result_height = output.height();
    // With few rows, those that two turns need would be read again and again.
    const auto row = unit_bytes(core) * result_width;
    rows = std::min(output.height(), std::max(static_cast<int>(IN_CACHE / row), common.kernelY()));
}

int Depthwise::source_end(int y) const {
    if (y >= result_height) return height;
    return std::min(height, std::max(0, first_source_row(y - 1) + source_rows_of(1)));
}

int Depthwise::results_of(int source_rows) const {
    if (source_rows == height) return result_height;
    const int steps = source_rows + pad_top - source_rows_of(1);
    return steps < 0 ? 0 : std::min(result_height, steps / step + 1);
}

void Depthwise::run(uint8_t* to, const Rows& from, int group, int begin, int end, uint8_t* scratch) const {
    const int row = core.pack * result_width;
    for (int y = begin, count; y < end; y += count, to += static_cast<size_t>(row) * core.bytes * count) {
        count = std::min(rows, end - y);
        compute(to, from, group, y, count, scratch);
        function(to, count * row);
    }
}

const uint8_t* Depthwise::pad(uint8_t* to, const uint8_t* row) const {
    const auto left = unit_bytes(core) * pad_left, inner = unit_bytes(core) * width;
    std::memset(to, 0, left);
    std::memcpy(to + left, row, inner);
    std::memset(to + left + inner, 0, unit_bytes(core) * pad_right);
    return to;
}

const float* Depthwise::weights_of(int group) const {
    return reinterpret_cast<const float*>(weights->host<uint8_t>() + unit_bytes(core) * kernel_width * kernel_height * group);
}

const float* Depthwise::bias_of(int group) const {
    return reinterpret_cast<const float*>(bias->host<uint8_t>() + unit_bytes(core) * group);
}

bool is_better_by_rows(const Op& op, const CoreFunctions& core) {
    const auto& common = *op.main_as_Convolution2D()->common();
    return kernels_for_maps(core) && common.kernelX() <= WIDEST_UNPADDED && common.kernelY() <= WIDEST_UNPADDED;
}

Execution* depthwise_execution(const Op* op, Backend* backend, const Function& function) {
    return new DepthwiseExecution(op, backend, function);
}

}  // namespace edgeconv
