// What convolutions of ours have in common.
#pragma once

#include <algorithm>
#include <cfloat>
#include <climits>
#include <memory>
#include <vector>

#include "MNN_generated.h"
#include "backend/cpu/CPUBackend.hpp"
#include "backend/cpu/compute/CommonOptFunction.h"
#include "core/Concurrency.h"
#include "core/Macro.h"
#include "core/TensorUtils.hpp"
#include "function.h"
#include "stored_weights.h"

namespace edgeconv {

inline MNN::CPUBackend* cpu(MNN::Backend* backend) { return static_cast<MNN::CPUBackend*>(backend); }

// An equal part of `whole` for each thread.
struct Part {
    int begin;
    int end;
    Part(int whole, int index, int count)
        : begin(static_cast<int>(static_cast<int64_t>(whole) * index / count)),
          end(static_cast<int>(static_cast<int64_t>(whole) * (index + 1) / count)) {}
    int size() const { return end - begin; }
};

inline int threads_for(MNN::Backend* backend, int parts) { return std::max(1, std::min(cpu(backend)->threadNumber(), parts)); }

// Calls with an equal part of `count` for each thread, and which thread that is.
template <class Work>
void in_parts(MNN::Backend* all, int count, Work work) {
    const int threads = threads_for(all, count);
    // MNN's macros ask for both.
    using MNN::CPUBackend;
    const auto backend = [all] { return all; };
    MNN_CONCURRENCY_BEGIN(thread, threads) { work(Part(count, thread, threads), static_cast<int>(thread)); }
    MNN_CONCURRENCY_END();
}

// Calls with each of `count` units, and which thread does it.
template <class Work>
void for_each_unit(MNN::Backend* backend, int count, Work work) {
    in_parts(backend, count, [&](const Part& part, int thread) {
        for (int unit = part.begin; unit < part.end; ++unit) work(unit, thread);
    });
}

// Positions of its kernel.
inline size_t taps_of(const MNN::Op& convolution) {
    const auto& common = *convolution.main_as_Convolution2D()->common();
    return static_cast<size_t>(common.kernelX()) * common.kernelY();
}

// The channels that a convolution gives, and those that it reads: it has one group, or one for each channel.
inline size_t channels_of(const MNN::Op& convolution) { return convolution.main_as_Convolution2D()->bias()->size(); }
inline size_t depth_of(const MNN::Op& convolution) {
    if (convolution.type() == MNN::OpType_ConvolutionDepthwise) return channels_of(convolution);
    return weight_count(*convolution.main_as_Convolution2D()) / channels_of(convolution) / taps_of(convolution);
}

// Of maps with all that convolutions add to them, too: wider than MNN's numbers.
struct Size {
    int64_t height, width;
};

// What a convolution is told to add to both sides of a map.
inline Size padding_of(const MNN::Convolution2DCommon& common) {
    const auto* pads = common.pads();  // top, left, bottom, right
    if (pads && pads->size() >= 4) return {int64_t(pads->Get(0)) + pads->Get(2), int64_t(pads->Get(1)) + pads->Get(3)};
    return {int64_t(2) * common.padY(), int64_t(2) * common.padX()};
}

// Positions from the first one that a kernel reads to the last.
inline Size extent_of(const MNN::Convolution2DCommon& common) {
    return {int64_t(common.kernelY() - 1) * common.dilateY() + 1, int64_t(common.kernelX() - 1) * common.dilateX() + 1};
}

// Whether tensors have as many elements.
inline bool has_size_of(const MNN::Tensor& some, const MNN::Tensor& other) {
    return MNN::TensorUtils::getRawSize(&some) == MNN::TensorUtils::getRawSize(&other);
}

// Whether groups of channels lie together.
inline bool is_packed(const MNN::Tensor& tensor) {
    return MNN::TensorUtils::getDescribe(&tensor)->dimensionFormat == MNN::MNN_DATA_FORMAT_NC4HW4;
}

// Whether it is a packed [N, C, H, W].
inline bool is_map(const MNN::Tensor& tensor) { return tensor.dimensions() == 4 && is_packed(tensor); }

// The channels that the first convolution of a chain reads, and that the last one gives.
struct Channels {
    const size_t depth, channels;
    Channels(const MNN::Op& first, const MNN::Op& last) : depth(depth_of(first)), channels(channels_of(last)) {}

    // Whether maps have them, and are packed: MNN does not look at that in each model.
    bool fit(const MNN::Tensor& in, const MNN::Tensor& out) const {
        return static_cast<size_t>(in.channel()) == depth && static_cast<size_t>(out.channel()) == channels && is_packed(in) && is_packed(out);
    }
};

using Memory = std::shared_ptr<MNN::Tensor>;

// As long as the result lives; null if there is none left.
inline Memory constant_memory(MNN::Backend* backend, size_t bytes) {
    Memory memory(MNN::Tensor::createDevice<uint8_t>({static_cast<int>(bytes)}));
    return backend->onAcquireBuffer(memory.get(), MNN::Backend::STATIC) ? memory : nullptr;
}

// For a run: other operators have it when this one does not run. Null if there is none left, or if MNN can't count as many bytes.
inline Memory scratch_memory(MNN::Backend* backend, int threads, uint64_t bytes) {
    if (bytes > static_cast<uint64_t>(INT_MAX / threads)) return nullptr;
    Memory memory(MNN::Tensor::createDevice<uint8_t>({threads, static_cast<int>(std::max<uint64_t>(bytes, 1))}));
    return backend->onAcquireBuffer(memory.get(), MNN::Backend::DYNAMIC) ? memory : nullptr;
}

inline void release(MNN::Backend* backend, const Memory& memory) { backend->onReleaseBuffer(memory.get(), MNN::Backend::DYNAMIC); }

// The same for an execution that needs no other memory.
inline MNN::ErrorCode reserve_scratch(MNN::Backend* backend, Memory& memory, int threads, uint64_t bytes) {
    memory = scratch_memory(backend, threads, bytes);
    if (!memory) return MNN::OUT_OF_MEMORY;
    release(backend, memory);
    return MNN::NO_ERROR;
}

inline uint8_t* of_thread(const Memory& scratch, int thread) {
    return scratch->host<uint8_t>() + static_cast<size_t>(scratch->stride(0)) * thread;
}

// Of a group of channels at one position.
inline size_t unit_bytes(const MNN::CoreFunctions& core) { return static_cast<size_t>(core.pack) * core.bytes; }

// Our kernels for maps that are packed as MNN packs them; null if there are none.
inline const edgeconv_kernel_table* kernels_for_maps(const MNN::CoreFunctions& core) {
    return core.bytes == sizeof(float) ? edgeconv_kernels_of_lanes(core.pack) : nullptr;
}

// Calls with numbers of a model in the element type of the processor's kernels.
template <class Use>
void in_element_type(const MNN::CoreFunctions& core, const float* numbers, size_t count, Use use) {
    if (core.bytes == sizeof(float)) return use(numbers);
    std::vector<int16_t> narrow(count);
    core.MNNFp32ToLowp(numbers, narrow.data(), count);
    use(reinterpret_cast<const float*>(narrow.data()));
}

// A bias for each channel of whole groups.
inline Memory bias_memory(MNN::Backend* backend, const MNN::Convolution2D& convolution) {
    const auto& core = *cpu(backend)->functions();
    std::vector<float> bias(convolution.bias()->begin(), convolution.bias()->end());
    bias.resize(ROUND_UP(bias.size(), core.pack));
    const auto memory = constant_memory(backend, bias.size() * core.bytes);
    if (memory) in_element_type(core, bias.data(), bias.size(), [&](const float* source) { std::memcpy(memory->host<uint8_t>(), source, bias.size() * core.bytes); });
    return memory;
}

// Bounds of the results, before the function.
struct Bounds {
    float low = -FLT_MAX;
    float high = FLT_MAX;
    explicit Bounds(const MNN::Convolution2DCommon& common) {
        if (common.relu() || common.relu6()) low = 0;
        if (common.relu6()) high = 6;
    }
};

}  // namespace edgeconv
