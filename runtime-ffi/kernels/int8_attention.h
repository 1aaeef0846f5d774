// Channel attention of quantised maps.
#pragma once

#include <vector>

#include "channel_attention.h"

namespace edgeconv {

#ifdef __arm__

// Whether our kernels compute it.
bool has_int8_attention();

// What MNN runs for all of it, as `channel_attention_execution` for floats. Null if tensors are no 8-bit integers.
MNN::Execution* int8_attention_execution(const ChannelAttention& attention, const std::vector<MNN::Tensor*>& inputs,
                                         const std::vector<MNN::Tensor*>& outputs, MNN::Backend* backend);

#else

inline bool has_int8_attention() { return false; }
inline MNN::Execution* int8_attention_execution(const ChannelAttention&, const std::vector<MNN::Tensor*>&, const std::vector<MNN::Tensor*>&,
                                                MNN::Backend*) {
    return nullptr;
}

#endif

}  // namespace edgeconv
