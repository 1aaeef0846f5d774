#include "gate.h"

#include <algorithm>
#include <utility>

#include "convolution.h"

using namespace MNN;

namespace edgeconv {

Gate::Gate(const std::vector<GateStep>& parts, Backend* backend) : core(*cpu(backend)->functions()) {
    for (const auto& part : parts) steps.emplace_back(part, backend);
}

bool Gate::valid() const {
    return std::all_of(steps.begin(), steps.end(), [](const Step& step) { return !step.product || step.product->valid(); });
}

int Gate::groups(int of_means) const {
    for (const auto& step : steps) of_means = std::max(of_means, step.product ? step.product->groups() : 0);
    return of_means;
}

size_t Gate::scratch_bytes() const {
    size_t bytes = 0;
    for (const auto& step : steps) bytes = std::max(bytes, step.product ? step.product->scratch_bytes() : 0);
    return bytes;
}

const uint8_t* Gate::run(uint8_t* means, uint8_t* other, int groups, int pictures, uint8_t* scratch) const {
    const auto stride = unit_bytes(core) * pictures;
    for (const auto& step : steps) {
        if (step.product) {
            step.product->run({other, stride}, {means, stride}, pictures, scratch);
            groups = step.product->groups();
            std::swap(means, other);
        } else {
            step.bound(means, groups * pictures, core);
            step.function(means, groups * pictures * core.pack);
        }
    }
    return means;
}

Gate::Step::Step(const GateStep& step, Backend* backend)
    : function(step.function, cpu(backend)),
      product(step.convolution ? Pointwise::create(*step.convolution, backend, function) : nullptr),
      zeros(cpu(backend)->functions()->pack),
      low(step.low),
      high(step.high) {}

void Gate::Step::bound(uint8_t* values, int units, const CoreFunctions& core) const {
    if (low == -FLT_MAX && high == FLT_MAX) return;
    const float parameters[] = {1, 0, low, high};
    auto* all = reinterpret_cast<float*>(values);
    core.MNNAxByClampBroadcastUnit(all, all, zeros.data(), units, 0, 0, 1, parameters);
}

}  // namespace edgeconv
