// Convolutions of each channel by itself.
#pragma once

#include <memory>

#include "convolution.h"

namespace edgeconv {

// The rows of a map that are at hand.
struct Rows {
    const uint8_t* data;  // of a group of channels
    int count;            // row y is at y % count
};

// The weights of a convolution and the function behind it, applied to some rows of a group of channels at a time.
class Depthwise {
public:
    Depthwise(const MNN::Convolution2D& convolution, MNN::Backend* backend, const Function& function);

    // False if there was no memory for the weights.
    bool valid() const { return weights && bias; }

    // For an input and an output of these sizes.
    void resize(const MNN::Tensor& input, const MNN::Tensor& output);

    // Rows of the result that stay in a first-level cache.
    int rows_at_once() const { return rows; }
    // What a thread needs for itself: so many rows of the source, with padding.
    size_t scratch_bytes() const { return padded_row() * source_rows_of(rows); }
    // The first row of the source that row y of the result needs.
    int source_begin(int y) const { return std::max(0, y * common.strideY() - pad_top); }
    // How many rows of the result the first rows of the source are enough for.
    int results_of(int source_rows) const;

    // Rows from `begin` to `end` of a group's result, the first one to `to`.
    void run(uint8_t* to, const Rows& from, int group, int begin, int end, uint8_t* scratch) const;

private:
    const MNN::CoreFunctions& core;
    const MNN::Convolution2DCommon& common;
    const Function function;
    const Bounds bounds;
    Memory weights, bias;
    int pad_left = 0, pad_top = 0, width = 0, height = 0, padded_width = 0, result_width = 0, result_height = 0, rows = 1;

    size_t padded_row() const { return unit_bytes(core) * padded_width; }
    int source_rows_of(int result_rows) const { return (result_rows - 1) * common.strideY() + (common.kernelY() - 1) * common.dilateY() + 1; }
    void pad(uint8_t* to, const Rows& from, int first, int count) const;
    void lines(uint8_t* to, const uint8_t* from, int group, int count) const;
};

// What MNN runs for one convolution.
MNN::Execution* depthwise_execution(const MNN::Op* op, MNN::Backend* backend, const Function& function);

}  // namespace edgeconv
