// Chains of convolutions: 1x1 and its function, depthwise and its function, 1x1 and its function, and a sum with the chain's input.
#pragma once

namespace MNN {
class Backend;
class Execution;
struct Op;
}  // namespace MNN

namespace edgeconv {

// Operators of a chain, at least two of them; null for those that it lacks. What one of them reads is what the one before gives, and
// nobody else reads it.
struct Chain {
    const MNN::Op* expand;  // 1x1
    const MNN::Op* depthwise;
    const MNN::Op* project;  // 1x1
    bool has_sum;            // with the input of the chain, which then has the shape of its output
};

// What MNN runs for all of them.
MNN::Execution* chain_execution(const Chain& chain, MNN::Backend* backend);

}  // namespace edgeconv
