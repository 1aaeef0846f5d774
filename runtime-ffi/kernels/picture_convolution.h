// Convolutions of pictures as they come, channel by channel, so that nobody has to pack them: a vector for each position of three channels.
#pragma once

namespace MNN {
class Backend;
class Execution;
struct Op;
}  // namespace MNN

namespace edgeconv {

class Function;

// Whether ours fit a convolution: it has so few channels that most of a packed picture would be empty.
bool can_read_pictures(const MNN::Op& op);

// What MNN runs for one convolution, [N, C, H, W] to a packed map. Null where elements are not 32-bit floats, or the function has no kernel.
MNN::Execution* picture_execution(const MNN::Op* op, MNN::Backend* backend, const Function& function);

}  // namespace edgeconv
