// Functions of each element that a model computes by several operators.
#pragma once

#include <vector>

#include "fusible_model.h"

namespace edgeconv {

// Operators that together compute a function, and whose values in between nobody else reads.
struct Pattern {
    size_t unary;  // the place of one, of one operand and one result, that may be changed
    std::vector<size_t> others;
    int input;
    int output;
    int function;  // an `MNN::UnaryOpOperation`
};

// All that compute GELU: as the converter writes it for MNN, and by erf in the usual ways.
std::vector<Pattern> find_patterns(const Model& model);

}  // namespace edgeconv
