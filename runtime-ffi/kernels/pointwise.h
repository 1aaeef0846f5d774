// Convolutions of 1x1: products of matrices.
#pragma once

#include <memory>
#include <vector>

#include "function.h"

namespace edgeconv {

// A map, from a position on.
template <class Byte>
struct Map {
    Byte* data;
    size_t stride;  // bytes from one group of channels to the next

    Map from(size_t bytes) const { return {data + bytes, stride}; }
};

// The weights of a convolution and the function behind it, applied to some positions at a time.
class Pointwise {
public:
    static std::unique_ptr<Pointwise> create(const MNN::Op& convolution, MNN::Backend* backend, const Function& function);
    virtual ~Pointwise() = default;

    // False if there was no memory for the weights.
    virtual bool valid() const = 0;
    virtual size_t weight_bytes() const = 0;
    // Groups of channels of the result.
    virtual int groups() const = 0;
    // At most so many positions are computed together: more are no faster.
    virtual int at_once() const = 0;
    // What a thread needs for itself.
    virtual size_t scratch_bytes() const { return 0; }
    // Of `count` positions, the first ones of both maps.
    virtual void run(const Map<uint8_t>& to, const Map<const uint8_t>& from, int count, uint8_t* scratch) const = 0;
};

// Whether ours are faster than MNN's, also without a function behind them.
bool has_own_products(const MNN::CoreFunctions& core);

// Whether a convolution is such a product.
bool is_pointwise(const MNN::Op& op);

// What MNN runs for one convolution.
MNN::Execution* pointwise_execution(const MNN::Op* op, MNN::Backend* backend, const Function& function);

}  // namespace edgeconv
