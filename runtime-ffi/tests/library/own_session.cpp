// Our kernels in sessions of MNN's own API: what is refused, and what resized sessions compute.
//
// usage: own_session conv.mnn    (`x` of any size)
#include <MNN/Interpreter.hpp>
#include <MNN/Tensor.hpp>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <edgeconv_mnn.hpp>

static int failures = 0;

static void expect(bool condition, const std::string& what) {
    if (condition) return;
    std::fprintf(stderr, "not so: %s\n", what.c_str());
    ++failures;
}

template <typename F>
static void fails(F call, edgeconv_status status, const char* text) {
    try {
        call();
        expect(false, std::string("an error: ") + text);
    } catch (const edgeconv::Error& error) {
        expect(error.status() == status && std::strstr(error.what(), text), std::string(text) + ", found " + error.what());
    }
}

using Net = std::unique_ptr<MNN::Interpreter>;

static std::vector<float> run(MNN::Interpreter& net, MNN::Session* session) {
    MNN::Tensor* x = net.getSessionInput(session, "x");
    MNN::Tensor host(x, MNN::Tensor::CAFFE);
    for (int i = 0; i < host.elementSize(); ++i) host.host<float>()[i] = static_cast<float>(i * 7 % 11 - 5);
    x->copyFromHostTensor(&host);
    expect(net.runSession(session) == MNN::NO_ERROR, "the session runs");
    const MNN::Tensor* y = net.getSessionOutput(session, "y");
    MNN::Tensor result(y, MNN::Tensor::CAFFE);
    y->copyToHostTensor(&result);
    return {result.host<float>(), result.host<float>() + result.elementSize()};
}

static void expect_equal(const std::vector<float>& found, const std::vector<float>& expected, const char* what) {
    bool is_equal = found.size() == expected.size() && !found.empty();
    for (size_t i = 0; is_equal && i < found.size(); ++i) is_equal = std::fabs(found[i] - expected[i]) <= 1e-4F;
    expect(is_equal, what);
}

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const auto open = [&] { return Net(MNN::Interpreter::createFromFile(arguments[1])); };
    const Net net = open(), plain = open(), released = open();
    fails([&] { edgeconv::Kernels(*net, {"nothing"}); }, EDGECONV_BAD_MODEL, "it computes no tensor `nothing`");

    edgeconv::Kernels kernels(*net, {"conv_packed"});
    expect(kernels.name() != nullptr, "kernels have a name");
    MNN::ScheduleConfig config;
    config.saveTensors = {"y", "moved"};
    fails([&] { kernels.create_session(config); }, EDGECONV_BAD_ARGUMENT, "`moved` is to be saved, but was not to be kept");
    config.saveTensors = {"y", "conv_packed"};
    MNN::Session* session = kernels.create_session(config);
    expect(net->getSessionOutput(session, "conv_packed") != nullptr, "what is kept can be read");
    MNN::Session* other = plain->createSession({});
    expect_equal(run(*net, session), run(*plain, other), "sessions give MNN's numbers");
    for (const auto& sides : {std::vector<int>{8, 10}, {2, 2}}) {
        net->resizeTensor(net->getSessionInput(session, "x"), {1, 2, sides[0], sides[1]});
        kernels.resize_session(session);
        plain->resizeTensor(plain->getSessionInput(other, "x"), {1, 2, sides[0], sides[1]});
        plain->resizeSession(other);
        expect_equal(run(*net, session), run(*plain, other), "resized sessions give MNN's numbers");
    }

    edgeconv::Kernels gone(*released);
    released->releaseModel();
    fails([&] { gone.create_session({}); }, EDGECONV_NOT_READY, "has released its model");
    fails([&] { edgeconv::Kernels again(*released); }, EDGECONV_NOT_READY, "has released its model");
    return failures > 0;
}
