// Quantised convolutions: integers in, integers out.
#pragma once

#include <vector>

namespace MNN {
class Backend;
class Execution;
class Tensor;
struct Op;
}  // namespace MNN

namespace edgeconv {

// Whether an operator is a convolution that our kernels compute, if its maps are quantised, with a function behind it.
#ifdef __arm__
bool is_int8_convolution(const MNN::Op& op);
#else
inline bool is_int8_convolution(const MNN::Op&) { return false; }
#endif

#if defined(__arm__) || defined(__x86_64__)

// With what is fused with it. Null if it is left to MNN.
MNN::Execution* int8_convolution(const std::vector<MNN::Tensor*>& inputs, const std::vector<MNN::Tensor*>& outputs, const MNN::Op* op,
                                 MNN::Backend* backend);

#else

inline MNN::Execution* int8_convolution(const std::vector<MNN::Tensor*>&, const std::vector<MNN::Tensor*>&, const MNN::Op*, MNN::Backend*) {
    return nullptr;
}

#endif

}  // namespace edgeconv
