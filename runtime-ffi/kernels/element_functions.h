// Our kernels for MNN's operations on each element.
#pragma once

#include "kernels.h"

namespace edgeconv {

struct ElementFunction {
    int operation;                               // an `MNN::UnaryOpOperation`
    void (*kernel)(void*, const void*, int);     // as MNN calls it; null: MNN's own
    edgeconv_unary_rows* edgeconv_kernel_table::* rows;  // null: there is none
};

// Null for operations that are MNN's, and not fused.
const ElementFunction* element_function(int operation);

}  // namespace edgeconv
