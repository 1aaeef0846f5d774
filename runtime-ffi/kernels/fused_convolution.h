// Executions of convolutions, with what is fused with them.
#pragma once

#include <vector>

namespace MNN {
class Backend;
class Execution;
class Tensor;
struct Op;
}  // namespace MNN

namespace edgeconv {

// Null if it is better left to MNN. `inputs` and `outputs` are those of the operator.
MNN::Execution* fused_convolution(const std::vector<MNN::Tensor*>& inputs, const std::vector<MNN::Tensor*>& outputs,
                                  const MNN::Op* op, MNN::Backend* backend);

}  // namespace edgeconv
