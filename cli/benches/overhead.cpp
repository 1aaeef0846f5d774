// The plainest loop over an MNN session: median milliseconds of 60 runs of argv[1] on one thread, after 10 that don't count.

#include <MNN/Interpreter.hpp>
#include <MNN/Tensor.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    std::unique_ptr<MNN::Interpreter> net(MNN::Interpreter::createFromFile(argv[1]));
    if (!net) return 1;
    net->setSessionHint(MNN::Interpreter::WINOGRAD_MEMORY_LEVEL, 1);
    MNN::BackendConfig backend;
    backend.precision = MNN::BackendConfig::Precision_High;
    MNN::ScheduleConfig config;
    config.numThread = 1;
    config.backendConfig = &backend;
    auto* session = net->createSession(config);
    auto* input = net->getSessionInput(session, nullptr);
    MNN::Tensor host(input, input->getDimensionType());
    std::vector<double> times;
    for (int run = 0; run < 70; ++run) {
        for (int i = 0; i < host.elementSize(); ++i) host.host<float>()[i] = i % 1000 / 1000.0f;
        input->copyFromHostTensor(&host);
        const auto start = std::chrono::steady_clock::now();
        net->runSession(session);
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    times.erase(times.begin(), times.begin() + 10);
    std::nth_element(times.begin(), times.begin() + 30, times.end());
    std::printf("%f\n", times[30]);
}
