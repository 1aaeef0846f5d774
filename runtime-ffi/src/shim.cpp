// A small C interface to MNN's Interpreter. No exception leaves a function: each returns 0 or an MNN error code, and
// those that open a model leave a text for people.
//
// Elements pass in row-major order of the tensor's own dimensions (NCHW for models that come from ONNX); MNN's packed
// layout NC4HW4 stays inside.

#include <MNN/ErrorCode.hpp>
#include <MNN/Interpreter.hpp>
#include <MNN/Tensor.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "MNN_generated.h"
#include "fusion.h"
#include "install.h"
#include "kernels.h"

using MNN::Interpreter;
using MNN::Tensor;

struct EdgeconvConfig {
    int threads;
    int precision;
    int memory;
    int winograd_memory_level;  // negative: MNN's default
    // Names of the tensors inside the model that are kept for reading.
    const char* const* keep;
    size_t keep_count;
    int keep_all;
    // The file beside the model that weights may be in; null: there is none.
    const char* weights;
    // Whether operators are computed by our kernels where there are some.
    int own_kernels;
};

namespace {


// Dimensions that a tensor has room for (MNN_MAX_TENSOR_DIM is 9; 8 in older versions).
constexpr size_t MAX_RANK = 8;

constexpr const char* SCALE_ELSEWHERE = "has its scale in another file, which is not supported";

[[noreturn]] void fail(const std::string& reason) { throw std::runtime_error(reason); }

void require(bool condition, const char* reason, const std::string& op) {
    if (!condition) fail("operator `" + op + "` " + reason);
}

std::string name_of(const MNN::Op& op) { return op.name() ? op.name()->str() : MNN::EnumNameOpType(op.type()); }

template <typename T>
size_t length(const T* vector) {
    return vector ? vector->size() : 0;
}

// Bytes of an element; 0 if MNN has no such in other files.
uint64_t element_size(const MNN::Blob& blob) {
    switch (blob.dataType()) {
        case MNN::DataType_DT_FLOAT:
        case MNN::DataType_DT_INT32: return 4;
        case MNN::DataType_DT_INT8:
        case MNN::DataType_DT_UINT8:
        case MNN::DataType_DT_QUINT8: return 1;
        default: return 0;
    }
}

// Number of elements that the blob stores.
size_t stored(const MNN::Blob& blob) {
    switch (blob.dataType()) {
        case MNN::DataType_DT_FLOAT: return length(blob.float32s());
        case MNN::DataType_DT_INT32: return length(blob.int32s());
        case MNN::DataType_DT_INT8: return length(blob.int8s());
        case MNN::DataType_DT_UINT8:
        case MNN::DataType_DT_QUINT8: return length(blob.uint8s());
        case MNN::DataType_DT_HALF:
        case MNN::DataType_DT_BFLOAT16: return length(blob.uint8s()) / 2;
        default: return 0;
    }
}

// The file beside a model.
struct Weights {
    const std::string path;
    bool exist = false;
    uint64_t size = 0;

    explicit Weights(const char* file) : path(file ? file : "") {
        struct stat status;
        exist = ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
        if (exist) size = static_cast<uint64_t>(status.st_size);
    }

    // Whether an operator has its data there; then at least `count` vectors, all inside of the file.
    bool hold(const flatbuffers::Vector<int64_t>* place, size_t count, const std::string& op) const {
        if (length(place) <= 1) return false;  // as MNN sees it
        require(!path.empty(), "has its weights in a file beside the model, and that was given without files", op);
        const auto file = "has its weights in `" + path + "`, ";
        require(exist, (file + "which is not there or no file: it belongs to the model").c_str(), op);
        require(place->size() > count, "does not say where all of its weights are", op);
        uint64_t end = 0;
        for (size_t i = 0; i < place->size(); ++i) {
            const int64_t number = place->Get(i);
            const bool inside = number >= 0 && static_cast<uint64_t>(number) <= size - end;
            require(inside, (file + "which is too short: it is cut off, or that of another model").c_str(), op);
            end += static_cast<uint64_t>(number);
        }
        return true;
    }
};

void check_constant(const MNN::Op& op, const Weights& weights, const std::string& name) {
    const auto* blob = op.main_as_Blob();
    require(blob != nullptr, "has no value", name);
    require(length(blob->dims()) <= MAX_RANK, "has too many dimensions", name);
    uint64_t count = 1;
    for (size_t axis = 0; axis < length(blob->dims()); ++axis) {
        const int dim = blob->dims()->Get(axis);
        count = dim > 0 ? count * static_cast<uint64_t>(dim) : 0;
        require(count <= INT_MAX, "is too large", name);
    }
    if (weights.hold(blob->external(), 1, name)) {
        // MNN reads as many bytes as are told into a tensor of the shape's size.
        const bool fits = static_cast<uint64_t>(blob->external()->Get(1)) == count * element_size(*blob);
        require(fits, "has another number of elements than its shape says", name);
    } else {
        require(count <= stored(*blob), "has fewer elements than its shape says", name);
    }
}

void check_convolution(const MNN::Op& op, const Weights& file, const std::string& name) {
    const auto* convolution = op.main_as_Convolution2D();
    if (!convolution) return;
    const auto* common = convolution->common();
    require(common != nullptr, "has no parameters", name);
    if (file.hold(convolution->external(), 2, name)) {
        require(!convolution->quanParameter(), "has quantised weights in another file, which is not supported", name);
        const auto outputs = static_cast<uint64_t>(std::max(common->outputCount(), 0));
        const auto per_output = static_cast<uint64_t>(std::max(common->inputCount(), 0)) / std::max(common->group(), 1) *
                                std::max(common->kernelX(), 0) * std::max(common->kernelY(), 0);
        const auto bytes = [&](int index) { return static_cast<uint64_t>(convolution->external()->Get(index)); };
        require(bytes(1) == 4 * outputs * per_output, "has another number of weights than its kernel says", name);
        require(bytes(2) == 4 * outputs, "has another number of biases than outputs", name);
        return;
    }
    if (length(op.inputIndexes()) != 1) return;  // weights and bias are inputs
    const bool weights = length(convolution->weight()) > 0 || convolution->quanParameter() || convolution->symmetricQuan();
    require(weights, "has no weights", name);
    const size_t biases = convolution->symmetricQuan() ? length(convolution->symmetricQuan()->bias()) : length(convolution->bias());
    require(biases >= static_cast<size_t>(std::max(common->outputCount(), 0)), "has too few biases", name);
}

void check_parameters(const MNN::Op& op, const Weights& weights, const std::string& name) {
    switch (op.type()) {
        case MNN::OpType_Input:
            require(op.main_as_Input() != nullptr, "has no type and shape", name);
            require(length(op.main_as_Input()->dims()) <= MAX_RANK, "has too many dimensions", name);
            require(op.outputIndexes()->size() == 1, "must have one result", name);
            break;
        case MNN::OpType_Const:
        case MNN::OpType_TrainableParam:
            require(op.outputIndexes()->size() == 1, "must have one result", name);
            check_constant(op, weights, name);
            break;
        default:
            check_convolution(op, weights, name);
            require(!op.main_as_Scale() || length(op.main_as_Scale()->external()) == 0, SCALE_ELSEWHERE, name);
            require(!op.main_as_LayerNorm() || length(op.main_as_LayerNorm()->external()) == 0, SCALE_ELSEWHERE, name);
    }
}

// MNN finds outputs by name: of several tensors the last one. An input may have the name of an output behind it.
void check_unique(const MNN::Net& net, const std::string& name) {
    const auto& names = *net.tensorName();
    std::vector<bool> given(names.size());
    for (const auto* op : *net.oplists()) {
        if (op->type() == MNN::OpType_Input) given[op->outputIndexes()->Get(0)] = true;
    }
    size_t inputs = 0, computed = 0;
    for (size_t index = 0; index < names.size(); ++index) {
        if (names.Get(index)->str() != name) continue;
        ++(given[index] && computed == 0 ? inputs : computed);
    }
    if (inputs + computed == 0) fail("its output `" + name + "` is none of its tensors");
    if (inputs > 1 || computed > 1) fail("several of its tensors are called `" + name + "`");
}

// What MNN's loader and scheduler rely on without checking it.
void check(const uint8_t* data, size_t size, const Weights& weights) {
    if (size > INT_MAX) fail("it is larger than 2 GiB");
    flatbuffers::Verifier verifier(data, size);
    if (!MNN::VerifyNetBuffer(verifier)) fail("it is not an MNN model, or damaged");
    const auto* net = MNN::GetNet(data);
    if (!net->oplists() || !net->tensorName()) fail("it is not an MNN model, or damaged: it has no operators or no tensors");
    if (net->usage() == MNN::Usage_INFERENCE_STATIC) fail("it was saved as a static model, which is not supported");
    std::vector<bool> computed(net->tensorName()->size());
    const auto in_range = [&](int index) { return index >= 0 && static_cast<size_t>(index) < computed.size(); };
    for (const auto* op : *net->oplists()) {
        const std::string name = name_of(*op);
        require(op->outputIndexes() != nullptr, "has no results", name);
        for (size_t i = 0; i < length(op->inputIndexes()); ++i) {
            const int index = op->inputIndexes()->Get(i);
            require(index != -1, "leaves an optional input out, which MNN sessions can't", name);
            require(in_range(index), "refers to a tensor that does not exist", name);
            require(computed[index], "uses a tensor before it is computed", name);
        }
        for (const int index : *op->outputIndexes()) {
            require(in_range(index), "refers to a tensor that does not exist", name);
            computed[index] = true;
        }
        check_parameters(*op, weights, name);
    }
    for (size_t i = 0; i < length(net->extraTensorDescribe()); ++i) {
        if (!in_range(net->extraTensorDescribe()->Get(i)->index())) fail("it describes a tensor that does not exist");
    }
}

// Names of the outputs: those that the file lists, or else the results that no operator uses.
std::vector<std::string> output_names(const MNN::Net& net) {
    std::vector<std::string> names;
    for (size_t i = 0; i < length(net.outputName()); ++i) names.push_back(net.outputName()->Get(i)->str());
    if (!names.empty()) return names;
    std::vector<bool> used(net.tensorName()->size());
    for (const auto* op : *net.oplists()) {
        for (size_t i = 0; i < length(op->inputIndexes()); ++i) used[op->inputIndexes()->Get(i)] = true;
    }
    for (const auto* op : *net.oplists()) {
        for (const int index : *op->outputIndexes()) {
            if (!used[index]) names.push_back(net.tensorName()->Get(index)->str());
        }
    }
    return names;
}

// A tensor of a session with its name and the name of the operator that computes it.
struct Value {
    std::string name;
    std::string op;
    Tensor* tensor;
};

// Everything that the model computes from its inputs.
std::vector<Value> computed_values(const MNN::Net& net) {
    std::vector<Value> values;
    for (const auto* op : *net.oplists()) {
        if (op->type() == MNN::OpType_Input || op->type() == MNN::OpType_Const) continue;
        for (const int index : *op->outputIndexes()) {
            values.push_back({net.tensorName()->Get(index)->str(), name_of(*op), nullptr});
        }
    }
    return values;
}

std::vector<Value> kept_values(const MNN::Net& net, const EdgeconvConfig& config) {
    auto computed = computed_values(net);
    if (config.keep_all) return computed;
    std::vector<Value> kept;
    for (size_t i = 0; i < config.keep_count; ++i) {
        const auto same = [&](const Value& value) { return value.name == config.keep[i]; };
        const auto found = std::find_if(computed.begin(), computed.end(), same);
        if (found == computed.end()) fail("it computes no tensor `" + std::string(config.keep[i]) + "`");
        kept.push_back(*found);
    }
    return kept;
}

struct OpRecord {
    std::string name;
    std::string type;
    float mflops;
    double ms;
    uint64_t bytes;
};

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// What the tensors hold, with the padding of MNN's layouts.
uint64_t bytes_of(const std::vector<Tensor*>& tensors) {
    uint64_t bytes = 0;
    for (const auto* tensor : tensors) bytes += tensor->usize();
    return bytes;
}

}  // namespace

// Tells an emulator that counts instructions (validate/emulator/count.c) where what it counts begins and ends: a call that fails, and
// that nobody else makes. Only if the environment asks for it.
class Mark {
public:
    Mark() : wanted(std::getenv("EDGECONV_MARKS") != nullptr) {}
    void begin() const { if (wanted) ::close(-1000001); }
    void end() const { if (wanted) ::close(-1000002); }

private:
    const bool wanted;
};

// Which kernels the sessions get that this thread makes meanwhile.
class KernelChoice {
public:
    explicit KernelChoice(bool own) : before(edgeconv_install_kernels(own)) {}
    ~KernelChoice() { edgeconv_install_kernels(before > 0); }
    bool is_possible() const { return before >= 0; }

private:
    const int before;
};

struct EdgeconvSession {
    bool own_kernels = false;
    edgeconv::Fusion fusion;
    std::unique_ptr<Interpreter, void (*)(Interpreter*)> net{nullptr, Interpreter::destroy};
    MNN::Session* session = nullptr;
    MNN::BackendConfig backend;  // MNN holds on to its address
    std::vector<Value> inputs;
    std::vector<Value> outputs;
    std::vector<Value> kept;
    std::vector<OpRecord> ops;
    Mark mark;
    double load_ms = 0;
    double create_ms = 0;
    std::string error;

    // Notes what goes wrong.
    template <typename F>
    void attempt(F work) {
        try {
            work();
        } catch (const std::exception& exception) {
            error = exception.what();
        } catch (...) {
            error = "MNN ended with an unknown exception";
        }
    }

    // Reads the model, which MNN copies.
    void load(const uint8_t* data, size_t size, const EdgeconvConfig& config) {
        const auto start = Clock::now();
        const Weights weights(config.weights);
        check(data, size, weights);
        const auto& model = *MNN::GetNet(data);
        for (const auto& name : output_names(model)) outputs.push_back({name, "", nullptr});
        kept = kept_values(model, config);
        for (const auto* values : {&outputs, &kept}) {
            for (const auto& value : *values) check_unique(model, value.name);
        }

        net.reset(Interpreter::createFromBuffer(data, size));
        if (!net) fail("MNN refused it");
        own_kernels = config.own_kernels && KernelChoice(true).is_possible();
        if (own_kernels) fuse(config);
        if (weights.exist) net->setExternalFile(weights.path.c_str());
        load_ms = ms_since(start);
    }

    // Changes MNN's copy of the model.
    void fuse(const EdgeconvConfig& config) {
        if (config.keep_all) return;
        const auto is_needed = [&](const std::string& name) {
            const auto is_it = [&](const Value& value) { return value.name == name; };
            return std::any_of(outputs.begin(), outputs.end(), is_it) || std::any_of(kept.begin(), kept.end(), is_it);
        };
        fusion.apply(const_cast<void*>(net->getModelBuffer().first), is_needed);
    }

    void create(const EdgeconvConfig& config) {
        const auto loaded = Clock::now();
        const KernelChoice choice(own_kernels);
        if (config.winograd_memory_level >= 0) {
            net->setSessionHint(Interpreter::WINOGRAD_MEMORY_LEVEL, config.winograd_memory_level);
        }
        create_session(config);
        for (const auto& entry : net->getSessionInputAll(session)) inputs.push_back({entry.first, "", entry.second});
        const auto& results = net->getSessionOutputAll(session);
        for (auto* values : {&outputs, &kept}) {
            for (auto& value : *values) {
                const auto found = results.find(value.name);
                if (found == results.end()) fail("MNN does not compute `" + value.name + "`");
                value.tensor = found->second;
            }
        }
        if (!prepared() && sizes_known()) fail("MNN could not prepare it: an operator does not support its inputs");
        create_ms = ms_since(loaded);
    }

    void create_session(const EdgeconvConfig& config) {
        backend.precision = static_cast<MNN::BackendConfig::PrecisionMode>(config.precision);
        backend.memory = static_cast<MNN::BackendConfig::MemoryMode>(config.memory);
        MNN::ScheduleConfig schedule;
        schedule.type = MNN_FORWARD_CPU;
        schedule.numThread = config.threads;
        schedule.backendConfig = &backend;
        // A saved tensor is an output to MNN: it is computed even where only a view of it is needed, and its memory is
        // not used again. Naming some replaces MNN's own choice of outputs in files that list none.
        if (!kept.empty()) {
            for (const auto* values : {&outputs, &kept}) {
                for (const auto& value : *values) schedule.saveTensors.push_back(value.name);
            }
        }
        session = net->createSession(schedule);
        if (!session) fail("MNN can't run it: an operator is not supported, or a shape depends on the contents of a tensor");
    }

    // Whether the memory for a run is there: MNN reports that a resize failed in no other way.
    bool prepared() const {
        int status = -1;
        return net->getSessionInfo(session, Interpreter::RESIZE_STATUS, &status) && status == 0;
    }

    bool sizes_known() const {
        for (const auto& input : inputs) {
            for (const int dim : input.tensor->shape()) {
                if (dim < 1) return false;
            }
        }
        return true;
    }

    const std::vector<Value>& values(int which) const { return which == 0 ? inputs : which == 1 ? outputs : kept; }
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

extern "C" {

const char* edgeconv_mnn_version() { return MNN::getVersion(); }

// Loads a model, which is copied. Always returns a session (null if there is no memory for one); after a failure only its error text can be
// used. `edgeconv_create` has to follow.
EdgeconvSession* edgeconv_load(const uint8_t* data, size_t size, const EdgeconvConfig* config) {
    // MNN explains itself on stdout; line by line, so that nothing is lost in a crash.
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
    auto* self = new (std::nothrow) EdgeconvSession;
    if (!self) return nullptr;
    self->attempt([&] { self->load(data, size, *config); });
    return self;
}

// Brings weights into their layout, and reserves memory. After a failure only the error text can be used.
void edgeconv_create(EdgeconvSession* self, const EdgeconvConfig* config) {
    self->attempt([&] { self->create(*config); });
}

// The instructions that our kernels are written for if the session computes by them; null if all is MNN's.
const char* edgeconv_session_kernels(const EdgeconvSession* self) {
    return self->own_kernels ? edgeconv_kernels()->name : nullptr;
}

// Empty if the session can be used.
const char* edgeconv_error(const EdgeconvSession* self) { return self->error.c_str(); }

void edgeconv_close(EdgeconvSession* self) {
    guarded([&] {
        delete self;
        return 0;
    });
}

// In the following, `which` is 0 for inputs, 1 for outputs, 2 for kept tensors, and `index` is below their count.
size_t edgeconv_count(const EdgeconvSession* self, int which) { return self->values(which).size(); }

const char* edgeconv_name(const EdgeconvSession* self, int which, size_t index) {
    return self->values(which)[index].name.c_str();
}

// Name of the operator that computes a kept tensor.
const char* edgeconv_producer(const EdgeconvSession* self, size_t index) { return self->kept[index].op.c_str(); }

// Writes up to `capacity` dimensions, returns the rank. A dimension that waits for a resize is not positive.
int edgeconv_shape(const EdgeconvSession* self, int which, size_t index, int* dims, int capacity) {
    const auto* tensor = self->values(which)[index].tensor;
    for (int axis = 0; axis < tensor->dimensions() && axis < capacity; ++axis) dims[axis] = tensor->length(axis);
    return tensor->dimensions();
}

// 0: 32-bit float, 1: 32-bit integer, -1: something else.
int edgeconv_element(const EdgeconvSession* self, int which, size_t index) {
    const auto type = self->values(which)[index].tensor->getType();
    if (type == halide_type_of<float>()) return 0;
    if (type == halide_type_of<int32_t>()) return 1;
    return -1;
}

// Sets the shape of an input; `edgeconv_prepare` has to follow.
int edgeconv_resize(EdgeconvSession* self, size_t index, const int* dims, size_t rank) {
    if (rank > MAX_RANK) return MNN::TENSOR_NOT_SUPPORT;
    return guarded([&] {
        self->net->resizeTensor(self->inputs[index].tensor, std::vector<int>(dims, dims + rank));
        return MNN::NO_ERROR;
    });
}

// Infers shapes and reserves memory after resizes.
int edgeconv_prepare(EdgeconvSession* self) {
    return guarded([&] {
        const KernelChoice choice(self->own_kernels);
        self->net->resizeSession(self->session);
        return self->prepared() ? MNN::NO_ERROR : MNN::COMPUTE_SIZE_ERROR;
    });
}

// Copies `bytes` of elements into an input.
int edgeconv_write(EdgeconvSession* self, size_t index, const void* data, size_t bytes) {
    return guarded([&] {
        if (!self->prepared()) return MNN::COMPUTE_SIZE_ERROR;
        auto* tensor = self->inputs[index].tensor;
        Tensor host(tensor, tensor->getDimensionType());
        // To a tensor without memory, MNN's copy does nothing and reports success.
        if (host.usize() != bytes || !tensor->host<void>() || !host.host<void>()) return MNN::INPUT_DATA_ERROR;
        std::memcpy(host.host<void>(), data, bytes);
        return tensor->copyFromHostTensor(&host) ? MNN::NO_ERROR : MNN::INPUT_DATA_ERROR;
    });
}

// Copies the elements of a tensor, `bytes` in total, to `data`. NO_EXECUTION if MNN has no memory for it.
int edgeconv_read(const EdgeconvSession* self, int which, size_t index, void* data, size_t bytes) {
    return guarded([&] {
        const auto* tensor = self->values(which)[index].tensor;
        if (!tensor->host<void>()) return MNN::NO_EXECUTION;
        Tensor host(tensor, tensor->getDimensionType());
        if (host.usize() != bytes || !host.host<void>()) return MNN::INPUT_DATA_ERROR;
        if (!tensor->copyToHostTensor(&host)) return MNN::INPUT_DATA_ERROR;
        std::memcpy(data, host.host<void>(), bytes);
        return MNN::NO_ERROR;
    });
}

int edgeconv_run(EdgeconvSession* self) {
    return guarded([&] {
        self->mark.begin();
        const auto result = self->net->runSession(self->session);
        self->mark.end();
        return result;
    });
}

// Runs and notes the time of each operator.
int edgeconv_profile(EdgeconvSession* self) {
    return guarded([&] {
        self->ops.clear();
        Clock::time_point start;
        uint64_t read = 0;
        const auto before = [&](const std::vector<Tensor*>& inputs, const MNN::OperatorInfo*) {
            read = bytes_of(inputs);
            start = Clock::now();
            self->mark.begin();
            return true;
        };
        const auto after = [&](const std::vector<Tensor*>& outputs, const MNN::OperatorInfo* op) {
            self->mark.end();
            const double ms = ms_since(start);
            self->ops.push_back({op->name(), op->type(), op->flops(), ms, read + bytes_of(outputs)});
            return true;
        };
        return self->net->runSessionWithCallBackInfo(self->session, before, after, true);
    });
}

size_t edgeconv_op_count(const EdgeconvSession* self) { return self->ops.size(); }

void edgeconv_op(const EdgeconvSession* self, size_t index, const char** name, const char** type, float* mflops, double* ms,
                 uint64_t* bytes) {
    const auto& op = self->ops[index];
    *name = op.name.c_str();
    *type = op.type.c_str();
    *mflops = op.mflops;
    *ms = op.ms;
    *bytes = op.bytes;
}

// Milliseconds to read the model from memory, and to create the session.
void edgeconv_times(const EdgeconvSession* self, double* load_ms, double* create_ms) {
    *load_ms = self->load_ms;
    *create_ms = self->create_ms;
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
