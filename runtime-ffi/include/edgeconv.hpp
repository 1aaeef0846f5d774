// The functions of edgeconv.h as a class, for C++14. Errors are exceptions.
#ifndef EDGECONV_HPP
#define EDGECONV_HPP

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "edgeconv.h"

namespace edgeconv {

class Error : public std::runtime_error {
public:
    Error(edgeconv_status status, const std::string& text) : std::runtime_error(text), code(status) {}
    edgeconv_status status() const noexcept { return code; }

private:
    edgeconv_status code;
};

using Shape = std::vector<size_t>;

struct Tensor {
    std::string name;
    edgeconv_element element;
    Shape shape;  // 0 waits for a resize

    size_t count() const {
        size_t product = 1;
        for (const size_t dim : shape) product *= dim;
        return product;
    }
};

class Session {
public:
    explicit Session(const std::string& path, const edgeconv_config& config = edgeconv_defaults()) {
        edgeconv_session* session;
        expect(edgeconv_open(path.c_str(), &config, &session));
        handle.reset(session);
    }

    Session(const void* model, size_t size, const edgeconv_config& config = edgeconv_defaults()) {
        edgeconv_session* session;
        expect(edgeconv_open_memory(model, size, &config, &session));
        handle.reset(session);
    }

    std::vector<Tensor> inputs() const { return tensors(EDGECONV_INPUTS); }
    std::vector<Tensor> outputs() const { return tensors(EDGECONV_OUTPUTS); }

    void resize(const std::vector<std::pair<std::string, Shape>>& inputs) {
        std::vector<edgeconv_shape> shapes;
        for (const auto& input : inputs) shapes.push_back({input.first.c_str(), input.second.size(), input.second.data()});
        expect(edgeconv_resize(get(), shapes.data(), shapes.size()));
    }

    void set_input(const std::string& name, const std::vector<float>& data) { set_input(name, EDGECONV_FLOAT32, data.data(), data.size()); }
    void set_input(const std::string& name, const std::vector<int32_t>& data) { set_input(name, EDGECONV_INT32, data.data(), data.size()); }
    void set_input(const std::string& name, edgeconv_element element, const void* data, size_t count) {
        expect(edgeconv_set_input(get(), name.c_str(), element, data, count));
    }

    void run() { expect(edgeconv_run(get())); }

    // An output, or a tensor that the configuration keeps.
    std::vector<float> fetch(const std::string& name) const { return fetch<float>(name, EDGECONV_FLOAT32); }
    std::vector<int32_t> fetch_int32(const std::string& name) const { return fetch<int32_t>(name, EDGECONV_INT32); }

    // For the functions of edgeconv.h that are not here.
    edgeconv_session* get() const noexcept { return handle.get(); }

private:
    struct Close {
        void operator()(edgeconv_session* session) const { edgeconv_close(session); }
    };
    std::unique_ptr<edgeconv_session, Close> handle;

    static void expect(edgeconv_status status) {
        if (status != EDGECONV_OK) throw Error(status, edgeconv_error());
    }

    std::vector<Tensor> tensors(edgeconv_role role) const {
        std::vector<Tensor> found;
        for (size_t index = 0; index < edgeconv_count(get(), role); ++index) {
            edgeconv_tensor tensor;
            expect(edgeconv_describe(get(), role, index, &tensor));
            found.push_back({tensor.name, tensor.element, Shape(tensor.shape, tensor.shape + tensor.rank)});
        }
        return found;
    }

    template <typename T>
    std::vector<T> fetch(const std::string& name, edgeconv_element element) const {
        std::vector<T> data(count_of(name));
        expect(edgeconv_fetch(get(), name.c_str(), element, data.data(), data.size()));
        return data;
    }

    // 0 for an unknown tensor, of which the fetch says so.
    size_t count_of(const std::string& name) const {
        for (const auto role : {EDGECONV_OUTPUTS, EDGECONV_KEPT}) {
            for (const auto& tensor : tensors(role)) {
                if (tensor.name == name) return tensor.count();
            }
        }
        return 0;
    }
};

}  // namespace edgeconv

#endif
