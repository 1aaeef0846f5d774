// Functions of each element that a model computes by several operators become one, and with a convolution in front of them one
// with that: the function is computed where the convolution's results are still in the cache, and these are never written and
// read once more.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "grid.h"

namespace MNN {
struct Net;
struct Op;
}  // namespace MNN

namespace edgeconv {

struct ChannelAttention;
struct Chain;

// What was fused of a model, as long as this lives.
class Fusion {
public:
    Fusion() = default;
    Fusion(const Fusion&) = delete;
    Fusion& operator=(const Fusion&) = delete;
    ~Fusion();

    // Changes a model in its own memory, before a session is made of it. Tensors of which `is_needed` stay as they are.
    void apply(void* memory, const std::function<bool(const std::string&)>& is_needed);

private:
    std::vector<const MNN::Op*> fused;
};

// A function of 8-bit integers behind a convolution.
struct FusedTable {
    const MNN::Op* op;
    Grid operand;
};

// A constant, [N, C, H, W], that is added to a quantised map.
struct KnownSummand {
    const MNN::Op* constant;
    Grid grid;
};

// What an operator computes besides, or instead of, what it says.
struct Fused {
    // The `MNN::UnaryOpOperation` behind a convolution, or that one operator computes for several; -1 for none.
    int function = -1;
    // What follows a quantised convolution, or null.
    std::unique_ptr<const FusedTable> table;
    // Whether a convolution reads [N, C, H, W] rather than a packed map.
    bool reads_picture = false;
    // What an operator of two operands stands for, or null.
    std::unique_ptr<const ChannelAttention> attention;
    // What is added to a quantised map, or null. The operator has that map as both of its operands.
    std::unique_ptr<const KnownSummand> summand;
    // What a convolution, or a sum, stands for, or null.
    std::unique_ptr<const Chain> chain;
};

// Of an operator that is not fused, nothing. As long as the model's `Fusion` lives.
const Fused& fused_of(const MNN::Op* op);

// Whether an operator is a convolution by weights that are stored in the model, and that our kernels compute with.
bool is_plain_convolution(const MNN::Op& op);

}  // namespace edgeconv
