// The functions of edgeconv.h.

#include <MNN/ErrorCode.hpp>
#include <MNN/Interpreter.hpp>
#include <MNN/Tensor.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "edgeconv.hpp"
#include "fusion.h"
#include "kernel_choice.h"
#include "kernels.h"
#include "model.h"
#include "sizes.h"

using edgeconv::Error;
using edgeconv::KernelChoice;
using edgeconv::Shape;
using edgeconv::Weights;
using edgeconv::refuse;
using MNN::Interpreter;
using MNN::Tensor;

namespace {

// MNN counts bytes with 31 bits, and may round a single channel up to 4.
constexpr size_t MAX_ELEMENTS = (size_t{1} << 31) / 4 / 4 - 1;

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

std::string in_quotes(const std::string& name) { return "`" + name + "`"; }

std::string text(const Shape& shape) {
    std::string text = "[";
    for (size_t axis = 0; axis < shape.size(); ++axis) text += (axis ? ", " : "") + std::to_string(shape[axis]);
    return text + "]";
}

const char* text(edgeconv_element element) {
    switch (element) {
        case EDGECONV_FLOAT32: return "f32";
        case EDGECONV_INT32: return "i32";
        default: return "another type";
    }
}

const char* meaning(int code) {
    switch (code) {
        case MNN::OUT_OF_MEMORY: return "out of memory";
        case MNN::NOT_SUPPORT: return "not supported";
        case MNN::COMPUTE_SIZE_ERROR: return "shapes don't fit";
        case MNN::NO_EXECUTION: return "no implementation for an operator";
        case MNN::INVALID_VALUE: return "invalid value";
        case MNN::INPUT_DATA_ERROR: return "wrong input data";
        case MNN::TENSOR_NOT_SUPPORT:
        case MNN::TENSOR_NEED_DIVIDE: return "unsupported tensor";
        default: return "see MNN/ErrorCode.hpp";
    }
}

void expect_done(int code, const std::string& doing) {
    if (code == MNN::NO_ERROR) return;
    throw Error(EDGECONV_FAILED, "MNN failed while " + doing + " (error code " + std::to_string(code) + ": " + meaning(code) + ")");
}

// A tensor of a session. One that is kept has the name of the operator that computes it.
struct Value {
    std::string name;
    std::string op;
    Tensor* tensor;

    edgeconv_element element() const {
        if (tensor->getType() == halide_type_of<float>()) return EDGECONV_FLOAT32;
        if (tensor->getType() == halide_type_of<int32_t>()) return EDGECONV_INT32;
        return EDGECONV_OTHER;
    }

    Shape shape() const {
        Shape shape;
        for (const int dim : tensor->shape()) shape.push_back(static_cast<size_t>(std::max(dim, 0)));
        return shape;
    }

    size_t count() const {
        size_t count = 1;
        for (const size_t dim : shape()) count *= dim;
        return count;
    }

    // That so many elements of a type are what the caller has, or has room for.
    void expect(const std::string& what, edgeconv_element given, size_t elements) const {
        if (element() == EDGECONV_OTHER) {
            throw Error(EDGECONV_BAD_ARGUMENT, in_quotes(name) + " has elements that are neither 32-bit floats nor 32-bit integers");
        }
        if (given != element()) {
            throw Error(EDGECONV_BAD_ARGUMENT, what + " has elements of type " + text(element()) + ", found " + text(given));
        }
        if (elements != count()) {
            throw Error(EDGECONV_BAD_ARGUMENT, what + " of shape " + text(shape()) + " takes " + std::to_string(count()) +
                                                   " elements, found " + std::to_string(elements));
        }
    }
};

std::string list(const std::vector<Value>& values) {
    std::string names;
    for (const auto& value : values) names += (names.empty() ? "" : ", ") + value.name;
    return names;
}

const Value* find(const std::vector<Value>& values, const std::string& name) {
    for (const auto& value : values) {
        if (value.name == name) return &value;
    }
    return nullptr;
}

// A new shape of an input. Throws if MNN can't represent it.
std::vector<int> dims(const edgeconv_shape& wanted) {
    const Shape shape(wanted.shape, wanted.shape + wanted.rank);
    size_t elements = 1;
    for (const size_t dim : shape) elements = dim > 0 && elements <= MAX_ELEMENTS / dim ? elements * dim : 0;
    if (wanted.rank > EDGECONV_MAX_RANK || elements == 0) {
        throw Error(EDGECONV_BAD_SHAPE, "input " + in_quotes(wanted.name) + " can't have the shape " + text(shape) +
                                            ": MNN takes up to 8 dimensions, none of them 0, and below 512 MiB");
    }
    return std::vector<int>(shape.begin(), shape.end());
}

std::vector<char> read_file(const char* path) {
    const auto failed = [&]() -> Error { return {EDGECONV_BAD_FILE, in_quotes(path) + ": " + std::strerror(errno)}; };
    const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path, "rb"), std::fclose);
    if (!file) throw failed();
    std::vector<char> content;
    struct stat status;
    if (::fstat(::fileno(file.get()), &status) == 0) content.reserve(static_cast<size_t>(status.st_size));
    std::vector<char> part(1 << 16);
    for (size_t count; (count = std::fread(part.data(), 1, part.size(), file.get())) > 0;) {
        content.insert(content.end(), part.begin(), part.begin() + count);
    }
    if (std::ferror(file.get())) throw failed();
    return content;
}

}  // namespace

struct edgeconv_session {
    bool own_kernels = false;
    std::unique_ptr<Interpreter, void (*)(Interpreter*)> net{nullptr, Interpreter::destroy};
    edgeconv::Fusion fusion;  // goes before the model: in its memory there may soon be another one
    std::unique_ptr<edgeconv::Sizes> sizes;
    MNN::Session* session = nullptr;
    MNN::BackendConfig backend;  // MNN holds on to its address
    std::vector<Value> inputs;
    std::vector<Value> outputs;
    std::vector<Value> kept;
    std::vector<bool> is_set;  // for each input, since the last run
    bool ran = false;          // whether the tensors hold the results of a run
    std::vector<OpRecord> ops;
    Mark mark;
    double load_ms = 0;
    double create_ms = 0;

    // Reads the model, which MNN copies.
    void load(const void* data, size_t size, const std::string& weights_file, const edgeconv_config& config) {
        const auto start = Clock::now();
        const Weights weights(weights_file);
        const auto& model = edgeconv::checked(data, size, weights);
        sizes.reset(new edgeconv::Sizes(model));
        for (const auto& name : edgeconv::output_names(model)) outputs.push_back({name, "", nullptr});
        const std::vector<std::string> keep(config.keep, config.keep + config.keep_count);
        const auto computed = config.keep_all ? edgeconv::computed_values(model) : edgeconv::computed_values(model, keep);
        for (const auto& value : computed) kept.push_back({value.name, value.op, nullptr});
        for (const auto* values : {&outputs, &kept}) {
            for (const auto& value : *values) edgeconv::check_unique(model, value.name);
        }

        net.reset(Interpreter::createFromBuffer(data, size));
        if (!net) refuse("MNN refused it");
        own_kernels = config.own_kernels && KernelChoice::is_possible();
        if (own_kernels && !config.keep_all) fuse();
        if (weights.exist) net->setExternalFile(weights.path.c_str());
        load_ms = ms_since(start);
    }

    // Changes MNN's copy of the model.
    void fuse() {
        const auto is_needed = [&](const std::string& name) { return find(outputs, name) || find(kept, name); };
        fusion.apply(const_cast<void*>(net->getModelBuffer().first), is_needed);
    }

    // Brings weights into their layout, and reserves memory.
    void create(const edgeconv_config& config) {
        const auto loaded = Clock::now();
        const KernelChoice choice(own_kernels);
        if (config.winograd_memory_level >= 0) {
            net->setSessionHint(Interpreter::WINOGRAD_MEMORY_LEVEL, config.winograd_memory_level);
        }
        create_session(config);
        for (const auto& entry : net->getSessionInputAll(session)) inputs.push_back({entry.first, "", entry.second});
        is_set.assign(inputs.size(), false);
        const auto& results = net->getSessionOutputAll(session);
        for (auto* values : {&outputs, &kept}) {
            for (auto& value : *values) {
                const auto found = results.find(value.name);
                if (found == results.end()) refuse("MNN does not compute `" + value.name + "`");
                value.tensor = found->second;
            }
        }
        if (!is_prepared() && sizes_known()) refuse("MNN could not prepare it: an operator does not support its inputs");
        create_ms = ms_since(loaded);
    }

    void create_session(const edgeconv_config& config) {
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
        if (!session) refuse("MNN can't run it: an operator is not supported, or a shape depends on the contents of a tensor");
    }

    // Whether the memory for a run is there: MNN reports that a resize failed in no other way.
    bool is_prepared() const {
        int status = -1;
        return net->getSessionInfo(session, Interpreter::RESIZE_STATUS, &status) && status == 0;
    }

    bool sizes_known() const {
        return std::all_of(inputs.begin(), inputs.end(), [](const Value& input) { return input.count() > 0; });
    }

    const std::vector<Value>& values(edgeconv_role role) const {
        switch (role) {
            case EDGECONV_INPUTS: return inputs;
            case EDGECONV_OUTPUTS: return outputs;
            case EDGECONV_KEPT: return kept;
        }
        throw Error(EDGECONV_BAD_ARGUMENT, "there is no role " + std::to_string(role));
    }

    const Value& input(const std::string& name) const {
        const auto* found = find(inputs, name);
        if (!found) throw Error(EDGECONV_BAD_ARGUMENT, "the model has no input " + in_quotes(name) + "; it has " + list(inputs));
        return *found;
    }

    const Value& result(const std::string& name) const {
        const auto* found = find(outputs, name);
        if (!found) found = find(kept, name);
        if (!found) throw Error(EDGECONV_BAD_ARGUMENT, "the model has no output " + in_quotes(name) + "; it has " + list(outputs));
        return *found;
    }

    // That the file was made for these shapes of inputs, together with those that others have.
    void expect_taken(const edgeconv_shape* shapes, size_t count, const std::string& wanted) const {
        std::map<std::string, Shape> all;
        for (const auto& input : inputs) all[input.name] = input.shape();
        for (size_t i = 0; i < count; ++i) all[shapes[i].name] = Shape(shapes[i].shape, shapes[i].shape + shapes[i].rank);
        sizes->expect(all, wanted);
    }

    void resize(const edgeconv_shape* shapes, size_t count) {
        // All are looked at before one is changed.
        std::vector<std::pair<Tensor*, std::vector<int>>> wanted;
        std::string all;
        for (size_t i = 0; i < count; ++i) {
            const auto& shape = shapes[i];
            wanted.push_back({input(shape.name).tensor, dims(shape)});
            all += (i ? ", " : "") + in_quotes(shape.name) + " of shape " + text(Shape(shape.shape, shape.shape + shape.rank));
        }
        expect_taken(shapes, count, all);
        is_set.assign(inputs.size(), false);
        ran = false;
        for (const auto& input : wanted) net->resizeTensor(input.first, input.second);
        const KernelChoice choice(own_kernels);
        net->resizeSession(session);
        if (!is_prepared()) {
            throw Error(EDGECONV_BAD_SHAPE, "the model can't take " + all + ": an operator in it does not fit such shapes");
        }
    }

    void set_input(const std::string& name, edgeconv_element element, const void* data, size_t count) {
        const auto& value = input(name);
        value.expect("input " + in_quotes(name), element, count);
        // To a tensor without memory, MNN's copy does nothing and reports success.
        Tensor host(value.tensor, value.tensor->getDimensionType());
        const bool is_ready = is_prepared() && value.tensor->host<void>() && host.host<void>() && host.usize() == 4 * count;
        if (!is_ready) throw Error(EDGECONV_NOT_READY, "input " + in_quotes(name) + " can't be filled before the model is resized to shapes that fit");
        std::memcpy(host.host<void>(), data, 4 * count);
        expect_done(value.tensor->copyFromHostTensor(&host) ? MNN::NO_ERROR : MNN::INPUT_DATA_ERROR, "filling " + in_quotes(name));
        is_set[&value - inputs.data()] = true;
        ran = false;
    }

    // Checks that all inputs are filled, and notes that a run uses them up.
    void use_inputs() {
        for (size_t i = 0; i < inputs.size(); ++i) {
            if (!is_set[i]) throw Error(EDGECONV_NOT_READY, "input " + in_quotes(inputs[i].name) + " was not filled since the last run or resize");
        }
        is_set.assign(inputs.size(), false);
        ran = false;
    }

    void run() {
        use_inputs();
        mark.begin();
        const auto code = net->runSession(session);
        mark.end();
        expect_done(code, "running the model");
        ran = true;
    }

    void profile() {
        use_inputs();
        ops.clear();
        Clock::time_point start;
        uint64_t read = 0;
        const auto before = [&](const std::vector<Tensor*>& inputs, const MNN::OperatorInfo*) {
            read = bytes_of(inputs);
            start = Clock::now();
            mark.begin();
            return true;
        };
        const auto after = [&](const std::vector<Tensor*>& outputs, const MNN::OperatorInfo* op) {
            mark.end();
            const double ms = ms_since(start);
            ops.push_back({op->name(), op->type(), op->flops(), ms, read + bytes_of(outputs)});
            return true;
        };
        expect_done(net->runSessionWithCallBackInfo(session, before, after, true), "profiling the model");
        ran = true;
    }

    void fetch(const std::string& name, edgeconv_element element, void* data, size_t count) const {
        const auto& value = result(name);
        if (!ran) throw Error(EDGECONV_NOT_READY, "the model was not run since its inputs were filled or resized");
        value.expect(in_quotes(name), element, count);
        if (!value.tensor->host<void>()) {
            throw Error(EDGECONV_FOLDED, in_quotes(name) + " can't be read: MNN computed it when it loaded the model, and did not keep it");
        }
        Tensor host(value.tensor, value.tensor->getDimensionType());
        const bool is_read = host.usize() == 4 * count && host.host<void>() && value.tensor->copyToHostTensor(&host);
        expect_done(is_read ? MNN::NO_ERROR : MNN::INPUT_DATA_ERROR, "reading " + in_quotes(name));
        std::memcpy(data, host.host<void>(), 4 * count);
    }
};

namespace {

thread_local std::string last_error;
thread_local bool is_last_error_lost = false;  // there was no memory for it

edgeconv_status note(edgeconv_status status, const char* text) noexcept {
    try {
        last_error = text;
        is_last_error_lost = false;
    } catch (...) {
        is_last_error_lost = true;
    }
    return status;
}

// Does the work of a function of the interface, which no exception leaves.
template <typename F>
edgeconv_status attempt(F work) noexcept {
    try {
        work();
        return EDGECONV_OK;
    } catch (const Error& error) {
        return note(error.status(), error.what());
    } catch (const std::bad_alloc&) {
        return note(EDGECONV_FAILED, "out of memory");
    } catch (const std::exception& exception) {
        return note(EDGECONV_FAILED, exception.what());
    } catch (...) {
        return note(EDGECONV_FAILED, "MNN ended with an unknown exception");
    }
}

void expect_pointer(const void* pointer, const char* name) {
    if (!pointer) throw Error(EDGECONV_BAD_ARGUMENT, in_quotes(name) + " is a null pointer");
}

edgeconv_config checked(const edgeconv_config* given) {
    const auto config = given ? *given : edgeconv_defaults();
    const auto is_level = [](int level) { return level >= EDGECONV_NORMAL && level <= EDGECONV_LOW; };
    if (config.threads < 1) {
        throw Error(EDGECONV_BAD_ARGUMENT, std::to_string(config.threads) + " threads can't run a model: begin with edgeconv_defaults()");
    }
    if (!is_level(config.precision) || !is_level(config.memory)) throw Error(EDGECONV_BAD_ARGUMENT, "there is no such precision or memory mode");
    if (config.keep_count > 0) expect_pointer(config.keep, "config.keep");
    for (size_t i = 0; i < config.keep_count; ++i) expect_pointer(config.keep[i], "config.keep[i]");
    return config;
}

// Calls `load`, which may free what it loads from, then creates the session. `where` begins the text of an error in the model.
template <typename F>
void open(const std::string& where, const edgeconv_config* given, edgeconv_session** session, F load) {
    expect_pointer(session, "session");
    *session = nullptr;
    const auto config = checked(given);
    std::unique_ptr<edgeconv_session> opened(new edgeconv_session);
    try {
        load(*opened, config);
        opened->create(config);
    } catch (const Error& error) {
        if (error.status() != EDGECONV_BAD_MODEL) throw;
        refuse(where + "MNN can't load the model: " + error.what());
    }
    *session = opened.release();
}

const Value& value_at(const edgeconv_session* session, edgeconv_role role, size_t index) {
    expect_pointer(session, "session");
    const auto& values = session->values(role);
    if (index >= values.size()) throw Error(EDGECONV_BAD_ARGUMENT, "there are only " + std::to_string(values.size()) + " such tensors");
    return values[index];
}

}  // namespace

extern "C" {

const char* edgeconv_error(void) { return is_last_error_lost ? "out of memory" : last_error.c_str(); }

const char* edgeconv_mnn_version(void) { return MNN::getVersion(); }

edgeconv_config edgeconv_defaults(void) { return {1, EDGECONV_NORMAL, EDGECONV_NORMAL, -1, 1, nullptr, 0, 0}; }

edgeconv_status edgeconv_open(const char* path, const edgeconv_config* config, edgeconv_session** session) {
    return attempt([&] {
        expect_pointer(path, "path");
        open(in_quotes(path) + ": ", config, session, [&](edgeconv_session& opened, const edgeconv_config& checked) {
            // A large model is not to be held while its weights are brought into MNN's layout.
            const auto content = read_file(path);
            opened.load(content.data(), content.size(), std::string(path) + ".weight", checked);
        });
    });
}

edgeconv_status edgeconv_open_memory(const void* model, size_t size, const edgeconv_config* config, edgeconv_session** session) {
    return attempt([&] {
        expect_pointer(model, "model");
        open("", config, session, [&](edgeconv_session& opened, const edgeconv_config& checked) {
            opened.load(model, size, "", checked);
        });
    });
}

void edgeconv_close(edgeconv_session* session) {
    attempt([&] { delete session; });
}

const char* edgeconv_kernels_of(const edgeconv_session* session) {
    return session && session->own_kernels ? edgeconv_kernels()->name : nullptr;
}

size_t edgeconv_count(const edgeconv_session* session, edgeconv_role role) {
    size_t count = 0;
    attempt([&] { count = session ? session->values(role).size() : 0; });
    return count;
}

edgeconv_status edgeconv_describe(const edgeconv_session* session, edgeconv_role role, size_t index, edgeconv_tensor* tensor) {
    return attempt([&] {
        expect_pointer(tensor, "tensor");
        const auto& value = value_at(session, role, index);
        const auto shape = value.shape();
        *tensor = {value.name.c_str(), value.op.c_str(), value.element(), shape.size(), {}};
        if (shape.size() > EDGECONV_MAX_RANK) throw Error(EDGECONV_FAILED, in_quotes(value.name) + " has more than 8 dimensions");
        std::copy(shape.begin(), shape.end(), tensor->shape);
    });
}

edgeconv_status edgeconv_resize(edgeconv_session* session, const edgeconv_shape* shapes, size_t count) {
    return attempt([&] {
        expect_pointer(session, "session");
        if (count > 0) expect_pointer(shapes, "shapes");
        for (size_t i = 0; i < count; ++i) {
            expect_pointer(shapes[i].name, "shapes[i].name");
            if (shapes[i].rank > 0) expect_pointer(shapes[i].shape, "shapes[i].shape");
        }
        session->resize(shapes, count);
    });
}

edgeconv_status edgeconv_set_input(edgeconv_session* session, const char* name, edgeconv_element element, const void* data, size_t count) {
    return attempt([&] {
        expect_pointer(session, "session");
        expect_pointer(name, "name");
        if (count > 0) expect_pointer(data, "data");
        session->set_input(name, element, data, count);
    });
}

edgeconv_status edgeconv_run(edgeconv_session* session) {
    return attempt([&] {
        expect_pointer(session, "session");
        session->run();
    });
}

edgeconv_status edgeconv_fetch(const edgeconv_session* session, const char* name, edgeconv_element element, void* data, size_t count) {
    return attempt([&] {
        expect_pointer(session, "session");
        expect_pointer(name, "name");
        if (count > 0) expect_pointer(data, "data");
        session->fetch(name, element, data, count);
    });
}

edgeconv_status edgeconv_profile(edgeconv_session* session) {
    return attempt([&] {
        expect_pointer(session, "session");
        session->profile();
    });
}

size_t edgeconv_op_count(const edgeconv_session* session) { return session ? session->ops.size() : 0; }

edgeconv_status edgeconv_describe_op(const edgeconv_session* session, size_t index, edgeconv_op* op) {
    return attempt([&] {
        expect_pointer(session, "session");
        expect_pointer(op, "op");
        if (index >= session->ops.size()) {
            throw Error(EDGECONV_BAD_ARGUMENT, "the last profile has only " + std::to_string(session->ops.size()) + " operators");
        }
        const auto& record = session->ops[index];
        *op = {record.name.c_str(), record.type.c_str(), record.mflops, record.ms, record.bytes};
    });
}

edgeconv_status edgeconv_describe_costs(const edgeconv_session* session, edgeconv_costs* costs) {
    return attempt([&] {
        expect_pointer(session, "session");
        expect_pointer(costs, "costs");
        float megabytes = -1;
        const bool is_known = session->net->getSessionInfo(session->session, Interpreter::MEMORY, &megabytes);
        *costs = {session->load_ms, session->create_ms, is_known ? megabytes : -1};
    });
}

}  // extern "C"
