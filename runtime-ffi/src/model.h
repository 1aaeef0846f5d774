// What a model file says, and whether MNN can be trusted with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "MNN_generated.h"

namespace edgeconv {

[[noreturn]] void refuse(const std::string& reason);

// The file beside a model.
struct Weights {
    const std::string path;
    bool exist = false;
    uint64_t size = 0;

    // An empty path: there is none.
    explicit Weights(const std::string& path);

    // Whether an operator has its data there; then at least `count` vectors, all inside of the file.
    bool hold(const flatbuffers::Vector<int64_t>* place, size_t count, const std::string& op) const;
};

// A model that was checked for what MNN's loader and scheduler rely on without checking it. Throws an `Error` of EDGECONV_BAD_MODEL.
const MNN::Net& checked(const void* data, size_t size, const Weights& weights);

// Names of the outputs: those that the file lists, or else the results that no operator uses.
std::vector<std::string> output_names(const MNN::Net& net);

// A tensor with its name and that of the operator that computes it.
struct Computed {
    std::string name;
    std::string op;
};

// Everything that the model computes from its inputs.
std::vector<Computed> computed_values(const MNN::Net& net);

// Those with these names. Throws if there is none of a name.
std::vector<Computed> computed_values(const MNN::Net& net, const std::vector<std::string>& names);

// MNN finds tensors by name. Throws if there are several of it.
void check_unique(const MNN::Net& net, const std::string& name);

}  // namespace edgeconv
