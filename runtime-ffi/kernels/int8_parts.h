// What executions of quantised convolutions are made of.
#pragma once

#include "convolution.h"
#include "core/ConvolutionCommon.hpp"
#include "int8_table.h"
#include "requantisation.h"

namespace edgeconv {

// Channels that lie together in a map.
constexpr int QUAD = 4;

// Sizes of a convolution's maps, and where its kernel lies.
struct Geometry {
    const int kernel_width, kernel_height, step_x, step_y, dilation_x, dilation_y;
    int width, height, result_width, result_height, pad_left, pad_top, batch, groups, result_groups;

    explicit Geometry(const MNN::Convolution2DCommon& common)
        : kernel_width(common.kernelX()), kernel_height(common.kernelY()), step_x(common.strideX()), step_y(common.strideY()),
          dilation_x(common.dilateX()), dilation_y(common.dilateY()), common(common) {}

    void resize(const MNN::Tensor& in, const MNN::Tensor& out) {
        const auto padding = MNN::ConvolutionCommon::convolutionPad(&in, &out, &common);
        pad_left = padding.first;
        pad_top = padding.second;
        width = in.width();
        height = in.height();
        result_width = out.width();
        result_height = out.height();
        batch = in.batch();
        groups = UP_DIV(in.channel(), QUAD);
        result_groups = UP_DIV(out.channel(), QUAD);
    }

    int taps() const { return kernel_width * kernel_height; }
    int positions() const { return batch * result_height * result_width; }
    // From a quad to that of the next four channels of a position.
    size_t stride() const { return static_cast<size_t>(QUAD) * batch * height * width; }
    size_t result_stride() const { return static_cast<size_t>(QUAD) * positions(); }
    bool has_dense_kernel(int size) const {
        return kernel_width == size && kernel_height == size && step_x == 1 && step_y == 1 && dilation_x == 1 && dilation_y == 1;
    }
    // Whether each result needs the position at its own place alone.
    bool is_pointwise() const { return taps() == 1 && step_x == 1 && step_y == 1 && pad_left == 0 && pad_top == 0; }

private:
    const MNN::Convolution2DCommon& common;
};

// What a function of the results, if there is one, does to them.
class Behind {
public:
    explicit Behind(const Int8Table* table) : is_none(!table) {
        if (table) this->table = *table;
    }
    void operator()(int8_t* data, size_t count) const {
        if (!is_none) edgeconv_int8_map(data, count, table.data());
    }

private:
    const bool is_none;
    alignas(4) Int8Table table;
};

// What a convolution is made of.
struct Int8Parts {
    Geometry geometry;
    Int8Weights weights;
    Grid operands, results;
    Bounds bounds;
    Behind function;
    Channels channels;

    // Of sums of operands that count `offset` in excess.
    Requantisation to(int offset) const { return {weights, operands.scale, offset, results, bounds.low, bounds.high}; }
};

// By products of matrices, each channel by itself, the same by taps if these are better, and by Winograd's tiles if these are better and
// exact: else null.
MNN::Execution* int8_product_execution(MNN::Backend* backend, const Int8Parts& parts);
MNN::Execution* int8_depthwise_execution(MNN::Backend* backend, const Int8Parts& parts);
MNN::Execution* int8_taps_execution(MNN::Backend* backend, const Int8Parts& parts);
MNN::Execution* int8_winograd_execution(MNN::Backend* backend, const Int8Parts& parts);

// On x86, each channel by itself. Null if there is no such kernel.
MNN::Execution* byte_depthwise_execution(MNN::Backend* backend, const Int8Parts& parts);

}  // namespace edgeconv
