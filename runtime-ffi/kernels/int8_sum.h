// Sums of quantised maps.
#pragma once

#include <vector>

#include "grid.h"
#include "int8_armv7.h"

namespace MNN {
class Backend;
class Execution;
class Tensor;
struct Op;
}  // namespace MNN

namespace edgeconv {

struct KnownSummand;

#if defined(__arm__) || defined(__x86_64__)

// What MNN runs for a sum of two quantised tensors: its own kernel, `other`, cuts results off on ARMv7 instead of rounding them, and adds one
// after the other on x86. That itself for other operators.
MNN::Execution* int8_sum(const std::vector<MNN::Tensor*>& inputs, const std::vector<MNN::Tensor*>& outputs, const MNN::Op& op,
                         MNN::Backend* backend, MNN::Execution* other);

#else

inline MNN::Execution* int8_sum(const std::vector<MNN::Tensor*>&, const std::vector<MNN::Tensor*>&, const MNN::Op&, MNN::Backend*,
                                MNN::Execution* other) {
    return other;
}

#endif

#ifdef __arm__

// Of a map on each of two grids, on a third one.
edgeconv_int8_sum int8_sum_of(const Grid& first, const Grid& second, const Grid& to);

// Whether a constant is a map, [N, C, H, W], that our kernels add to a quantised one.
bool is_map_of_floats(const MNN::Op& constant);

// Gives a map, [N, C, H, W], the size of its sum with what is known; false if they have none.
bool broadcast(MNN::Tensor& map, const KnownSummand& summand);

// What MNN runs for the sum of a quantised map and a constant. Null if it packs maps in another way than our kernels need.
MNN::Execution* int8_sum_with(const KnownSummand& summand, MNN::Backend* backend);

#else

inline bool is_map_of_floats(const MNN::Op&) { return false; }
inline bool broadcast(MNN::Tensor&, const KnownSummand&) { return false; }
inline MNN::Execution* int8_sum_with(const KnownSummand&, MNN::Backend*) { return nullptr; }

#endif

}  // namespace edgeconv
