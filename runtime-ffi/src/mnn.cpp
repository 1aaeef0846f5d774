// The class of edgeconv_mnn.hpp.

#include "edgeconv_mnn.hpp"

#include <algorithm>

#include "fusion.h"
#include "kernel_choice.h"
#include "kernels.h"
#include "model.h"

namespace edgeconv {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void expect_our_mnn() {
    if (KernelChoice::is_possible()) return;
    throw Error(EDGECONV_FAILED, std::string("this program links MNN ") + MNN::getVersion() +
                                     ", which does not take our kernels: link libedgeconv.a, which has MNN " MNN_VERSION
                                     " inside, and no other MNN");
}

}  // namespace

Kernels::Kernels(MNN::Interpreter& net, const std::vector<std::string>& keep, const std::string& weights)
    : net(net), model(net.getModelBuffer().first), fusion(new Fusion) {
    expect_our_mnn();
    expect_model();
    const auto& checked_model = checked(model, net.getModelBuffer().second, Weights(weights));
    readable = output_names(checked_model);
    for (const auto& value : computed_values(checked_model, keep)) readable.push_back(value.name);
    for (const auto& name : readable) check_unique(checked_model, name);
    fusion->apply(const_cast<void*>(model), [&](const std::string& name) { return contains(readable, name); });
}

Kernels::~Kernels() = default;

MNN::Session* Kernels::create_session(const MNN::ScheduleConfig& config) {
    expect_model();
    for (const auto& name : config.saveTensors) {
        if (!contains(readable, name)) throw Error(EDGECONV_BAD_ARGUMENT, "tensor `" + name + "` is to be saved, but was not to be kept");
    }
    const KernelChoice choice(true);
    auto* session = net.createSession(config);
    if (!session) refuse("MNN can't make a session: an operator is not supported, or a shape depends on the contents of a tensor");
    return session;
}

void Kernels::resize_session(MNN::Session* session) {
    expect_model();
    const KernelChoice choice(true);
    net.resizeSession(session);
}

const char* Kernels::name() const { return edgeconv_kernels()->name; }

// Operators are found by where they are in memory.
void Kernels::expect_model() const {
    if (model && net.getModelBuffer().first == model) return;
    throw Error(EDGECONV_NOT_READY, "the interpreter has released its model, which its sessions with our kernels need");
}

}  // namespace edgeconv
