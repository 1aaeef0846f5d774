#include "element_functions.h"

#include "MNN_generated.h"
#ifdef __aarch64__
#include "halves.h"
#endif

namespace {

using Table = edgeconv_kernel_table;

template <edgeconv_unary* Table::* KERNEL>
void execute(void* dst, const void* src, int count) {
    (edgeconv_kernels()->*KERNEL)(static_cast<float*>(dst), static_cast<const float*>(src), static_cast<size_t>(count));
}

constexpr edgeconv::ElementFunction FUNCTIONS[] = {
    {MNN::UnaryOpOperation_EXP, execute<&Table::exp>, nullptr},
    {MNN::UnaryOpOperation_SIGMOID, execute<&Table::sigmoid>, &Table::sigmoid_rows},
    {MNN::UnaryOpOperation_SILU, execute<&Table::silu>, &Table::silu_rows},
    {MNN::UnaryOpOperation_TANH, execute<&Table::tanh>, &Table::tanh_rows},
    {MNN::UnaryOpOperation_ERF, execute<&Table::erf>, nullptr},
    {MNN::UnaryOpOperation_HARDSWISH, execute<&Table::hard_swish>, &Table::hard_swish_rows},
    {MNN::UnaryOpOperation_GELU_STANDARD, execute<&Table::gelu>, &Table::gelu_rows},
    // By tanh.
    {MNN::UnaryOpOperation_GELU, nullptr, nullptr},
};

}  // namespace

namespace edgeconv {

const ElementFunction* element_function(int operation) {
    for (const auto& function : FUNCTIONS) {
        if (function.operation == operation) return &function;
    }
    return nullptr;
}

#ifdef __aarch64__
ElementKernel half_function(int operation) {
    switch (operation) {
        case MNN::UnaryOpOperation_SIGMOID: return [](void* dst, const void* src, int count) { edgeconv_half_sigmoid(dst, src, count); };
        case MNN::UnaryOpOperation_SILU: return [](void* dst, const void* src, int count) { edgeconv_half_silu(dst, src, count); };
        default: return nullptr;
    }
}
#endif

}  // namespace edgeconv
