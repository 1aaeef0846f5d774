// Our kernels for MNN's operations on each element.
#pragma once

#include "kernels.h"

namespace edgeconv {

// As MNN calls it.
using ElementKernel = void (*)(void* dst, const void* src, int count);

struct ElementFunction {
    int operation;         // an `MNN::UnaryOpOperation`
    ElementKernel kernel;  // null: MNN's own
    edgeconv_unary_rows* edgeconv_kernel_table::* rows;  // null: there is none
};

// Null for operations that are MNN's, and not fused.
const ElementFunction* element_function(int operation);

#ifdef __aarch64__
// The same of 16-bit floats; null: MNN's own.
ElementKernel half_function(int operation);
#endif

}  // namespace edgeconv
