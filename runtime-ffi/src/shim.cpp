// A small C interface to MNN's Interpreter, with what its C++ API hides in callbacks made readable afterwards.
// No exception leaves a function; each returns 0 or an MNN error code, and text where a person needs one.

#include <MNN/ErrorCode.hpp>
#include <MNN/Interpreter.hpp>
#include <MNN/Tensor.hpp>

#include <chrono>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "MNN_generated.h"

using MNN::Interpreter;
using MNN::Tensor;

namespace {

struct OpRecord {
    std::string name;
    std::string type;
    float flops;
    double ms;
};

struct Capture {
    std::string op;
    int index;
    std::unique_ptr<Tensor> tensor;
};

struct NamedTensor {
    std::string name;
    Tensor* tensor;
};

std::vector<NamedTensor> listed(const std::map<std::string, Tensor*>& map) {
    std::vector<NamedTensor> list;
    for (const auto& entry : map) list.push_back({entry.first, entry.second});
    return list;
}

// What the loader itself does not check, although it relies on it.
std::string check(const uint8_t* data, size_t size) {
    flatbuffers::Verifier verifier(data, size, 128, 100000000);
    if (!MNN::VerifyNetBuffer(verifier)) return "it is not a valid MNN model (damaged, or another kind of file)";
    const auto* net = MNN::GetNet(data);
    if (!net->oplists() || !net->tensorName()) return "it has no operators";
    const int tensors = static_cast<int>(net->tensorName()->size());
    for (const auto* op : *net->oplists()) {
        const std::string name = op->name() ? op->name()->str() : "?";
        for (const auto* list : {op->inputIndexes(), op->outputIndexes()}) {
            if (!list) continue;
            for (int index : *list) {
                const bool absent = index == -1 && list == op->inputIndexes();
                if (!absent && (index < 0 || index >= tensors)) {
                    return "operator `" + name + "` refers to tensor " + std::to_string(index) + " of " + std::to_string(tensors);
                }
            }
        }
    }
    return "";
}

}  // namespace

struct EdgeconvSession {
    std::unique_ptr<Interpreter, void (*)(Interpreter*)> net{nullptr, Interpreter::destroy};
    MNN::Session* session = nullptr;
    std::vector<NamedTensor> inputs;
    std::vector<NamedTensor> outputs;
    std::vector<OpRecord> ops;
    std::vector<Capture> captures;
    std::string error;

    void list() {
        inputs = listed(net->getSessionInputAll(session));
        outputs = listed(net->getSessionOutputAll(session));
    }
    const std::vector<NamedTensor>& tensors(int output) const { return output ? outputs : inputs; }
};

struct EdgeconvConfig {
    int threads;
    int precision;
    int memory;
    int power;
    int winograd_memory_level;  // negative: MNN's default
};

// Runs `body`, turning exceptions into an error code.
template <typename F>
static int guarded(F body) {
    try {
        return body();
    } catch (...) {
        return MNN::INVALID_VALUE;
    }
}

static int copy_out(const Tensor& host, void* data, size_t bytes) {
    if (static_cast<size_t>(host.usize()) != bytes) return MNN::INPUT_DATA_ERROR;
    std::memcpy(data, host.host<void>(), bytes);
    return 0;
}

extern "C" {

const char* edgeconv_mnn_version() { return MNN::getVersion(); }

// Always returns a session; after a failure only its error text can be used.
EdgeconvSession* edgeconv_open(const uint8_t* data, size_t size, const EdgeconvConfig* config) {
    auto* self = new (std::nothrow) EdgeconvSession;
    if (!self) return nullptr;
    const int code = guarded([&]() -> int {
        self->error = check(data, size);
        if (!self->error.empty()) return MNN::INVALID_VALUE;
        self->net.reset(Interpreter::createFromBuffer(data, size));
        if (!self->net) {
            self->error = "MNN refused it";
            return MNN::INVALID_VALUE;
        }
        if (config->winograd_memory_level >= 0) {
            self->net->setSessionHint(Interpreter::WINOGRAD_MEMORY_LEVEL, config->winograd_memory_level);
        }
        MNN::BackendConfig backend;
        backend.precision = static_cast<MNN::BackendConfig::PrecisionMode>(config->precision);
        backend.memory = static_cast<MNN::BackendConfig::MemoryMode>(config->memory);
        backend.power = static_cast<MNN::BackendConfig::PowerMode>(config->power);
        MNN::ScheduleConfig schedule;
        schedule.type = MNN_FORWARD_CPU;
        schedule.numThread = config->threads;
        schedule.backendConfig = &backend;
        self->session = self->net->createSession(schedule);
        if (!self->session) {
            self->error = "MNN can't prepare it: an operator is unsupported or a shape does not fit";
            return MNN::NO_EXECUTION;
        }
        self->list();
        return 0;
    });
    if (code != 0 && self->error.empty()) self->error = "MNN threw an exception while loading it";
    return self;
}

const char* edgeconv_error(const EdgeconvSession* self) { return self->error.c_str(); }

void edgeconv_close(EdgeconvSession* self) {
    guarded([&] {
        delete self;
        return 0;
    });
}

size_t edgeconv_tensor_count(const EdgeconvSession* self, int output) { return self->tensors(output).size(); }

const char* edgeconv_tensor_name(const EdgeconvSession* self, int output, size_t index) {
    return self->tensors(output)[index].name.c_str();
}

const void* edgeconv_tensor(const EdgeconvSession* self, int output, size_t index) {
    return self->tensors(output)[index].tensor;
}

// Writes up to `capacity` dimensions in NCHW order; returns the rank.
int edgeconv_shape(const void* opaque, int* dims, int capacity) {
    const auto* tensor = static_cast<const Tensor*>(opaque);
    int rank = -1;
    guarded([&] {
        const Tensor planar(tensor, Tensor::CAFFE, false);
        rank = planar.dimensions();
        for (int axis = 0; axis < rank && axis < capacity; ++axis) dims[axis] = planar.length(axis);
        return 0;
    });
    return rank;
}

// 0: 32-bit float, 1: 32-bit integer, -1: something else.
int edgeconv_element(const void* opaque) {
    const auto type = static_cast<const Tensor*>(opaque)->getType();
    if (type == halide_type_of<float>()) return 0;
    if (type == halide_type_of<int32_t>()) return 1;
    return -1;
}

int edgeconv_resize(EdgeconvSession* self, size_t index, const int* dims, int rank) {
    return guarded([&]() -> int {
        self->net->resizeTensor(self->inputs[index].tensor, std::vector<int>(dims, dims + rank));
        self->net->resizeSession(self->session);
        int status = 0;
        self->net->getSessionInfo(self->session, Interpreter::RESIZE_STATUS, &status);
        self->list();
        return status == 0 ? 0 : MNN::COMPUTE_SIZE_ERROR;
    });
}

// Copies `bytes` of elements in NCHW order into an input.
int edgeconv_write(EdgeconvSession* self, size_t index, const void* data, size_t bytes) {
    return guarded([&]() -> int {
        Tensor* tensor = self->inputs[index].tensor;
        Tensor host(tensor, Tensor::CAFFE);
        if (static_cast<size_t>(host.usize()) != bytes) return MNN::INPUT_DATA_ERROR;
        std::memcpy(host.host<void>(), data, bytes);
        return tensor->copyFromHostTensor(&host) ? 0 : MNN::INPUT_DATA_ERROR;
    });
}

// Copies the elements of an output in NCHW order to `data`.
int edgeconv_read(const void* opaque, void* data, size_t bytes) {
    return guarded([&]() -> int {
        const auto* tensor = static_cast<const Tensor*>(opaque);
        Tensor host(tensor, Tensor::CAFFE);
        return tensor->copyToHostTensor(&host) ? copy_out(host, data, bytes) : MNN::INPUT_DATA_ERROR;
    });
}

// The same for a capture.
int edgeconv_read_capture(const void* opaque, void* data, size_t bytes) {
    return copy_out(*static_cast<const Tensor*>(opaque), data, bytes);
}

int edgeconv_run(EdgeconvSession* self) {
    return guarded([&]() -> int { return self->net->runSession(self->session); });
}

// Runs op by op: notes each one's time, and copies the results of the ops called `names` (of all ops if `all`).
int edgeconv_trace(EdgeconvSession* self, const char* const* names, size_t count, int all) {
    return guarded([&]() -> int {
        using Clock = std::chrono::steady_clock;
        const std::vector<std::string> wanted(names, names + count);
        self->ops.clear();
        self->captures.clear();
        bool failed = false;
        Clock::time_point start;
        const auto before = [&](const std::vector<Tensor*>&, const MNN::OperatorInfo*) {
            start = Clock::now();
            return true;
        };
        const auto after = [&](const std::vector<Tensor*>& results, const MNN::OperatorInfo* op) {
            const double ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
            self->ops.push_back({op->name(), op->type(), op->flops(), ms});
            bool capture = all != 0;
            for (const auto& name : wanted) capture = capture || name == op->name();
            for (size_t i = 0; capture && i < results.size(); ++i) {
                std::unique_ptr<Tensor> host(new Tensor(results[i], Tensor::CAFFE));
                failed = failed || !results[i]->copyToHostTensor(host.get());
                self->captures.push_back({op->name(), static_cast<int>(i), std::move(host)});
            }
            return true;
        };
        const int code = self->net->runSessionWithCallBackInfo(self->session, before, after, true);
        return code == 0 && failed ? MNN::INPUT_DATA_ERROR : code;
    });
}

size_t edgeconv_op_count(const EdgeconvSession* self) { return self->ops.size(); }

void edgeconv_op(const EdgeconvSession* self, size_t index, const char** name, const char** type, float* flops, double* ms) {
    const auto& op = self->ops[index];
    *name = op.name.c_str();
    *type = op.type.c_str();
    *flops = op.flops;
    *ms = op.ms;
}

size_t edgeconv_capture_count(const EdgeconvSession* self) { return self->captures.size(); }

const void* edgeconv_capture(const EdgeconvSession* self, size_t position, const char** op, int* index) {
    const auto& capture = self->captures[position];
    *op = capture.op.c_str();
    *index = capture.index;
    return capture.tensor.get();
}

// Megabytes that the session holds; negative if MNN does not tell.
float edgeconv_memory_mb(const EdgeconvSession* self) {
    float megabytes = -1;
    guarded([&] {
        if (!self->net->getSessionInfo(self->session, Interpreter::MEMORY, &megabytes)) megabytes = -1;
        return 0;
    });
    return megabytes;
}

}  // extern "C"
