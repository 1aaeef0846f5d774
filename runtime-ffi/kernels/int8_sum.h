// Sums of quantised maps.
#pragma once

#include <vector>

namespace MNN {
class Backend;
class Execution;
class Tensor;
struct Op;
}  // namespace MNN

namespace edgeconv {

#ifdef __arm__

// What MNN runs for a sum of two quantised tensors: its own kernel, `other`, cuts results off instead of rounding them. That itself for other
// operators.
MNN::Execution* int8_sum(const std::vector<MNN::Tensor*>& inputs, const std::vector<MNN::Tensor*>& outputs, const MNN::Op& op,
                         MNN::Backend* backend, MNN::Execution* other);

#else

inline MNN::Execution* int8_sum(const std::vector<MNN::Tensor*>&, const std::vector<MNN::Tensor*>&, const MNN::Op&, MNN::Backend*,
                                MNN::Execution* other) {
    return other;
}

#endif

}  // namespace edgeconv
