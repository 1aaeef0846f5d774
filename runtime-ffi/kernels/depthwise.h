// Convolutions of each channel by itself.
#pragma once

#include <memory>

#include "convolution.h"

namespace edgeconv {

// The rows of a map that are at hand.
struct Rows {
    const uint8_t* data;  // of a group of channels
    int count;
    int first = 0;  // row y is at (y - first) % count
};

// The weights of a convolution and the function behind it, applied to some rows of a group of channels at a time.
class Depthwise {
public:
    static std::unique_ptr<Depthwise> create(const MNN::Op& convolution, MNN::Backend* backend, const Function& function);
    virtual ~Depthwise() = default;

    // False if there was no memory for the weights.
    bool valid() const { return weights && bias; }

    // For an input and an output of these sizes.
    virtual void resize(const MNN::Tensor& input, const MNN::Tensor& output);

    // What a thread needs for itself.
    virtual size_t scratch_bytes() const { return 0; }
    // The first row of the source that row y of the result needs.
    int source_begin(int y) const { return std::max(0, first_source_row(y)); }
    // How many rows of the source, from the first one on, the rows of the result before y need.
    int source_end(int y) const;
    // How many rows of the result the first rows of the source are enough for.
    int results_of(int source_rows) const;

    // Rows from `begin` to `end` of a group's result, the first one to `to`.
    void run(uint8_t* to, const Rows& from, int group, int begin, int end, uint8_t* scratch) const;

protected:
    const MNN::CoreFunctions& core;
    const MNN::Convolution2DCommon& common;
    const int kernel_width, kernel_height, step, dilation;  // the latter along columns
    const Bounds bounds;
    Memory weights, bias;
    int pad_left = 0, pad_top = 0, pad_right = 0, width = 0, height = 0, result_width = 0;
    int rows = 1;  // of the result that stay in a first-level cache

    Depthwise(const MNN::Op& op, MNN::Backend* backend, const Function& function);

    // The first row of the source that belongs to row y of the result; it may lie above the map.
    int first_source_row(int y) const { return y * step - pad_top; }
    // Rows of the source that belong to so many rows of the result.
    int source_rows_of(int results) const { return (results - 1) * step + (kernel_height - 1) * dilation + 1; }
    size_t padded_row() const { return unit_bytes(core) * (pad_left + width + pad_right); }
    // A row with zeros around it; returns where it is now.
    const uint8_t* pad(uint8_t* to, const uint8_t* row) const;
    const float* weights_of(int group) const;
    const float* bias_of(int group) const;

    // `count` rows of the result from row y on, without the function.
    virtual void compute(uint8_t* to, const Rows& from, int group, int y, int count, uint8_t* scratch) const = 0;

private:
    const Function function;
    int result_height = 0;
};

// Whether ours are faster than MNN's, also without a function behind them.
bool is_better_by_rows(const MNN::Op& op, const MNN::CoreFunctions& core);

// What MNN runs for one convolution.
MNN::Execution* depthwise_execution(const MNN::Op* op, MNN::Backend* backend, const Function& function);

}  // namespace edgeconv
