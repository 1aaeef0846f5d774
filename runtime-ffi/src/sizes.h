// The shapes that the inputs of a file may have.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "edgeconv.hpp"
#include "model.h"

namespace edgeconv {

// The lengths that a dimension may have: multiples of `step` between two others. Dimensions of one name have one length.
struct Dimension {
    std::string name;
    size_t least, most, step;

    bool allows(size_t length) const { return length >= least && length <= most && length % step == 0; }
    bool is_open() const { return least != most; }
};

class Sizes {
public:
    // Files of ours take one shape for each input, but for what they say is open (`edgeconv.open`, see session/src/open.rs); those of others, any.
    explicit Sizes(const MNN::Net& net);

    // Throws an `Error` of EDGECONV_BAD_SHAPE if the inputs can't have these shapes together. `wanted` says which are asked for.
    void expect(const std::map<std::string, Shape>& shapes, const std::string& wanted) const;

private:
    struct Input {
        std::vector<Dimension> dims;
        std::string text;  // as users write it
    };
    bool are_known = false;
    std::map<std::string, Input> inputs;

    void read_fixed(const MNN::Net& net);
    void read_open(const std::string& text);
    void expect_one(const std::string& name, const Input& input, const Shape& shape, const std::string& wanted) const;
};

}  // namespace edgeconv
