// Chains of convolutions: 1x1 and its function, depthwise and its function, 1x1 and its function, and a sum with another map.
#pragma once

namespace MNN {
class Backend;
class Execution;
struct Op;
}  // namespace MNN

namespace edgeconv {

// Operators of a chain, at least two of them, or one and a sum; null for those that it lacks. What one of them reads is what the one
// before gives, and nobody else reads it.
struct Chain {
    const MNN::Op* expand;  // 1x1
    const MNN::Op* depthwise;
    const MNN::Op* project;  // 1x1
    int source = 0;    // which operand the chain reads
    int summand = -1;  // which one is added, the same or another, of the shape of the result; -1 if none is
};

// What MNN runs for all of them: an operator with these operands. One that is added may be a single element.
MNN::Execution* chain_execution(const Chain& chain, MNN::Backend* backend);

}  // namespace edgeconv
