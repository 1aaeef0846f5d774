// Functions of 8-bit integers: a result for each of them.
#pragma once

#include <array>
#include <cstdint>

#include "MNN_generated.h"
#include "grid.h"

namespace MNN {
class Backend;
class Execution;
}  // namespace MNN

namespace edgeconv {

// The results for 0 to 127, then for -128 to -1: the place of an integer is its byte.
using Int8Table = std::array<int8_t, 256>;

// Whether a model holds what a function gives for each integer.
bool has_table(const MNN::Op& op);

// Of an operator that has a table. Models hold no result for -128, which MNN takes from where the memory before the table is: it is computed.
Int8Table table_of(const MNN::Op& op, const Grid& operand, const Grid& result, MNN::Backend* backend);

// What MNN runs for such an operator.
MNN::Execution* table_execution(const MNN::Op& op, const MNN::Tensor& operand, const MNN::Tensor& result, MNN::Backend* backend);

}  // namespace edgeconv
