// The function of each element that follows a convolution.
#pragma once

#include "MNN_generated.h"
#include "backend/cpu/CPUBackend.hpp"
#include "backend/cpu/compute/CommonOptFunction.h"
#include "element_functions.h"
#include "kernels.h"

namespace edgeconv {

class Function {
public:
    // An `MNN::UnaryOpOperation`, or -1 for none.
    Function(int operation, MNN::CPUBackend* backend) {
        if (operation < 0) return;
        const auto& core = *backend->functions();
        all = core.MNNSelectUnaryFunctionForFloat(operation, backend->precisionMode());
        const auto* own = element_function(operation);
        if (core.bytes == sizeof(float) && own && own->rows) in_rows = edgeconv_kernels()->*own->rows;
    }

    bool is_none() const { return !all; }

    // The kernel for rows; null if there is none, or no function.
    edgeconv_unary_rows* rows_kernel() const { return in_rows; }

    // Of `count` elements one behind the other.
    void operator()(uint8_t* data, int count) const {
        if (all) all(data, data, count);
    }

    // Of rows of `count` elements that begin `stride` bytes apart.
    void operator()(uint8_t* data, int rows, size_t stride, int count) const {
        if (in_rows) return in_rows(reinterpret_cast<float*>(data), rows, stride / sizeof(float), count);
        for (int row = 0; row < rows; ++row) (*this)(data + stride * row, count);
    }

private:
    MNNUnaryExecute all = nullptr;
    edgeconv_unary_rows* in_rows = nullptr;
};

}  // namespace edgeconv
