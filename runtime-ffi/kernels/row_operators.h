// Executions of softmax and layer normalisation along the last axes.
#pragma once

namespace MNN {
class Backend;
class Execution;
struct Op;
}  // namespace MNN

namespace edgeconv {

// `other` is MNN's own execution, which computes whatever lies in memory in another way; it is taken over. Where ours never fits,
// this is `other` itself.
MNN::Execution* row_operator(const MNN::Op& op, MNN::Backend* backend, MNN::Execution* other);

}  // namespace edgeconv
