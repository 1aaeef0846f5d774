#include "maps.h"

#include <memory>
#include <vector>

#include "MNN_generated.h"
#include "convolution.h"
#include "fusion.h"
#include "geometry/GeometryConvUtils.hpp"
#include "int8_sum.h"
#include "shape/SizeComputer.hpp"

using namespace MNN;

namespace {

// Whether each position of the kernel is inside of a padded map, of which MNN can count the positions. Kernels that are an operand have a size
// that only MNN knows.
bool has_results(const Op& op, const Tensor& map) {
    const auto* convolution = op.main_as_Convolution2D();
    if (!convolution || !convolution->common() || map.dimensions() != 4 || op.inputIndexes()->size() != 1) return true;
    const auto& common = *convolution->common();
    const auto extent = edgeconv::extent_of(common);
    auto padding = edgeconv::Size{0, 0};
    if (common.padMode() == PadMode_CAFFE) padding = edgeconv::padding_of(common);
    // Less than this.
    if (common.padMode() == PadMode_SAME) padding = extent;
    const auto fits = [](int64_t padded, int64_t extent) { return extent <= padded && padded <= INT_MAX; };
    return fits(map.height() + padding.height, extent.height) && fits(map.width() + padding.width, extent.width);
}

// MNN's own, and more.
class OwnSize : public SizeComputer {
public:
    explicit OwnSize(SizeComputer* mnn) : mnn(mnn) {}

    float onComputeFlops(const Op* op, const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs) const override {
        return mnn->onComputeFlops(op, inputs, outputs);
    }

protected:
    const std::unique_ptr<SizeComputer> mnn;
};

class SizeOfConvolution : public OwnSize {
public:
    using OwnSize::OwnSize;

    bool onComputeSize(const Op* op, const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs) const override {
        if (!has_results(*op, *inputs[0]) || !mnn->onComputeSize(op, inputs, outputs)) return false;
        if (edgeconv::fused_of(op).reads_picture) TensorUtils::getDescribe(outputs[0])->dimensionFormat = MNN_DATA_FORMAT_NC4HW4;
        return true;
    }
};

class SizeOfSum : public OwnSize {
public:
    using OwnSize::OwnSize;

    bool onComputeSize(const Op* op, const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs) const override {
        const auto& summand = edgeconv::fused_of(op).summand;
        return mnn->onComputeSize(op, inputs, outputs) && (!summand || edgeconv::broadcast(*outputs[0], *summand));
    }
};

// MNN's own packs what a convolution reads.
class Unpacked : public DefaultGeometryComputer {
public:
    bool onCompute(const Op* op, const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs, Context& context,
                   CommandBuffer& commands) const override {
        if (edgeconv::fused_of(op).reads_picture) return DefaultGeometryComputer::onCompute(op, inputs, outputs, context, commands);
        return GeometryConvUtils::computeSingle(op, inputs, outputs, context, commands);
    }

    bool onRecompute(const Op*, const std::vector<Tensor*>&, const std::vector<Tensor*>&, Context&, CommandBuffer&) const override { return false; }
};

}  // namespace

namespace edgeconv {

void check_maps() {
    auto& computers = *SizeComputerSuite::get();
    for (const auto type : {OpType_Convolution, OpType_ConvolutionDepthwise}) computers.insert(new SizeOfConvolution(computers.search(type)), type);
    computers.insert(new SizeOfSum(computers.search(OpType_BinaryOp)), OpType_BinaryOp);
    GeometryComputer::registerGeometryComputer(std::make_shared<Unpacked>(), {OpType_Convolution});
}

}  // namespace edgeconv
