// Functions of each element that a model computes by several operators become one, and with a convolution in front of them one
// with that: the function is computed where the convolution's results are still in the cache, and these are never written and
// read once more.
#pragma once

#include <functional>
#include <string>
#include <vector>

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

// Whether an operator is a convolution by 32-bit floats that are stored in the model.
bool is_plain_convolution(const MNN::Op& op);

// The `MNN::UnaryOpOperation` that a convolution is fused with, or that an operator computes for several; -1 for others.
int function_of(const MNN::Op* op);

// Whether a convolution reads a picture, [N, C, H, W], rather than a packed map. As long as the model's `Fusion` lives.
bool reads_picture(const MNN::Op* convolution);

// The channel attention that an operator of two operands stands for; null for others. As long as the model's `Fusion` lives.
const ChannelAttention* attention_of(const MNN::Op* binary);

// The chain that an operator stands for; null for others. As long as the model's `Fusion` lives.
const Chain* chain_of(const MNN::Op* op);

}  // namespace edgeconv
