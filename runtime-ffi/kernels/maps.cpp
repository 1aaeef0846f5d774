#include "maps.h"

#include <memory>
#include <vector>

#include "MNN_generated.h"
#include "convolution.h"
#include "fusion.h"
#include "geometry/GeometryConvUtils.hpp"
#include "shape/SizeComputer.hpp"

using namespace MNN;

namespace {

// Whether each position of the kernel is inside of a padded map. Kernels that are an operand have a size that only MNN knows.
bool has_results(const Op& op, const Tensor& map) {
    const auto* convolution = op.main_as_Convolution2D();
    if (!convolution || !convolution->common() || map.dimensions() != 4 || op.inputIndexes()->size() != 1) return true;
    const auto& common = *convolution->common();
    if (common.padMode() == PadMode_SAME) return true;
    const auto padding = common.padMode() == PadMode_CAFFE ? edgeconv::padding_of(common) : edgeconv::Size{0, 0};
    const auto extent = edgeconv::extent_of(common);
    return map.height() + padding.height >= extent.height && map.width() + padding.width >= extent.width;
}

class Checked : public SizeComputer {
public:
    explicit Checked(SizeComputer* mnn) : mnn(mnn) {}

    bool onComputeSize(const Op* op, const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs) const override {
        if (!has_results(*op, *inputs[0]) || !mnn->onComputeSize(op, inputs, outputs)) return false;
        if (edgeconv::fused_of(op).reads_picture) TensorUtils::getDescribe(outputs[0])->dimensionFormat = MNN_DATA_FORMAT_NC4HW4;
        return true;
    }

    float onComputeFlops(const Op* op, const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs) const override {
        return mnn->onComputeFlops(op, inputs, outputs);
    }

private:
    const std::unique_ptr<SizeComputer> mnn;
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
    for (const auto type : {OpType_Convolution, OpType_ConvolutionDepthwise}) computers.insert(new Checked(computers.search(type)), type);
    GeometryComputer::registerGeometryComputer(std::make_shared<Unpacked>(), {OpType_Convolution});
}

}  // namespace edgeconv
