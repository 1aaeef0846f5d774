#include "fused_convolution.h"

#include "backend/cpu/CPUTensorConvert.hpp"
#include "backend/cpu/compute/ConvolutionFloatFactory.h"
#include "chain.h"
#include "convolution.h"
#include "core/Concurrency.h"
#include "depthwise.h"
#include "fusion.h"
#include "picture_convolution.h"
#include "pointwise.h"

using namespace MNN;

namespace edgeconv {
namespace {

// MNN's own convolution, and the function over its results.
class Other : public Execution {
public:
    Other(Execution* convolution, Backend* backend, const Function& function)
        : Execution(backend), convolution(convolution), function(function) {
        mValid = convolution && convolution->valid();
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        return convolution->onResize(in, out);
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto code = convolution->onExecute(in, out);
        if (code != NO_ERROR) return code;
        const auto& core = *cpu(backend())->functions();
        const int units = UP_DIV(out[0]->channel(), core.pack) * out[0]->batch() * out[0]->height() * out[0]->width();
        const int threads = cpu(backend())->threadNumber();
        MNN_CONCURRENCY_BEGIN(thread, threads) {
            const Part part(units, thread, threads);
            function(out[0]->host<uint8_t>() + unit_bytes(core) * part.begin, part.size() * core.pack);
        }
        MNN_CONCURRENCY_END();
        return NO_ERROR;
    }

private:
    const std::unique_ptr<Execution> convolution;
    const Function function;
};

// The same of a picture, which is packed first.
class OfPicture : public Execution {
public:
    OfPicture(Execution* convolution, Backend* backend) : Execution(backend), convolution(convolution) { mValid = convolution->valid(); }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        packed.reset(new Tensor);
        TensorUtils::copyShape(in[0], packed.get(), true);
        packed->buffer().type = in[0]->buffer().type;
        TensorUtils::getDescribe(packed.get())->dimensionFormat = MNN_DATA_FORMAT_NC4HW4;
        TensorUtils::setLinearLayout(packed.get());
        if (!backend()->onAcquireBuffer(packed.get(), Backend::DYNAMIC)) return OUT_OF_MEMORY;
        const auto code = convolution->onResize({packed.get()}, out);
        backend()->onReleaseBuffer(packed.get(), Backend::DYNAMIC);
        return code;
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto code = CPUTensorConverter::convert(in[0], packed.get(), cpu(backend())->functions());
        return code == NO_ERROR ? convolution->onExecute({packed.get()}, out) : code;
    }

private:
    const std::unique_ptr<Execution> convolution;
    std::unique_ptr<Tensor> packed;
};

}  // namespace

Execution* fused_convolution(const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs, const Op* op, Backend* backend) {
    const auto& fused = fused_of(op);
    if (fused.chain) return chain_execution(*fused.chain, backend);
    const auto& core = *cpu(backend)->functions();
    const Function function(fused.function, cpu(backend));
    const auto other = [&] { return new Other(ConvolutionFloatFactory::create(inputs, outputs, op, backend), backend, function); };
    if (fused.reads_picture) {
        auto* ours = picture_execution(op, backend, function);
        return ours ? ours : new OfPicture(other(), backend);
    }
    const bool is_fused = !function.is_none();
    const bool is_depthwise = op->type() == OpType_ConvolutionDepthwise;
    if (is_depthwise && (is_fused || is_better_by_rows(*op, core))) return depthwise_execution(op, backend, function);
    const bool is_product = is_pointwise(*op) && core.matmulBytes == 0;
    // With one position a product is little more than reading its weights, which MNN does faster.
    const bool is_vector = outputs[0]->batch() * outputs[0]->height() * outputs[0]->width() == 1;
    if (is_product && (is_fused || (has_own_products(core) && !is_vector))) return pointwise_execution(op, backend, function);
    if (!is_fused) return nullptr;
    return other();
}

}  // namespace edgeconv
