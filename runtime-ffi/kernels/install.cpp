// Puts the kernels into MNN, whose operators get their functions from a table that is not part of its public interface.

#include "install.h"

#include <MNN/MNNDefine.h>

#include <atomic>

#include "MNN_generated.h"
#include "backend/cpu/CPUUnary.hpp"
#include "backend/cpu/compute/CommonOptFunction.h"
#include "kernels.h"
#ifdef __x86_64__
#include "backend/cpu/x86_x64/AVX2Functions.hpp"
#endif

#if MNN_VERSION_MAJOR != 3 || MNN_VERSION_MINOR != 6 || MNN_VERSION_PATCH != 1
#error "Compare CoreFunctions::MNNSelectUnaryFunctionForFloat with that of MNN 3.6.1, then allow this version"
#endif

namespace MNN {
void registerBackend();
}

namespace {

std::atomic<bool> active{false};

template <edgeconv_unary* edgeconv_kernel_table::* KERNEL>
void execute(void* dst, const void* src, int count) {
    (edgeconv_kernels()->*KERNEL)(static_cast<float*>(dst), static_cast<const float*>(src), static_cast<size_t>(count));
}

// Null where there is no kernel. MNN's GELU is the approximation by tanh.
MNNUnaryExecute kernel(int operation) {
    switch (operation) {
        case MNN::UnaryOpOperation_EXP: return execute<&edgeconv_kernel_table::exp>;
        case MNN::UnaryOpOperation_SIGMOID: return execute<&edgeconv_kernel_table::sigmoid>;
        case MNN::UnaryOpOperation_SILU: return execute<&edgeconv_kernel_table::silu>;
        case MNN::UnaryOpOperation_TANH: return execute<&edgeconv_kernel_table::tanh>;
        case MNN::UnaryOpOperation_ERF: return execute<&edgeconv_kernel_table::erf>;
        case MNN::UnaryOpOperation_GELU_STANDARD: return execute<&edgeconv_kernel_table::gelu>;
        case MNN::UnaryOpOperation_HARDSWISH: return execute<&edgeconv_kernel_table::hard_swish>;
        default: return nullptr;
    }
}

// At each precision, since none of MNN's functions is more exact.
MNNUnaryExecute select_unary(int operation, int precision) {
    const auto ours = active ? kernel(operation) : nullptr;
    return ours ? ours : MNN::CPUUnary::selectForFloat(operation, precision);
}

// False if something else than MNN's own function is there: the table is not laid out as its header says.
bool replace(MNN::CoreFunctions* functions) {
    if (functions->MNNSelectUnaryFunctionForFloat != MNN::CPUUnary::selectForFloat) return false;
    functions->MNNSelectUnaryFunctionForFloat = select_unary;
    return true;
}

// On x86, processors with AVX2 have a table of their own.
bool replace_all() {
    MNN::registerBackend();
    bool replaced = replace(MNN::MNNGetCoreFunctions());
#ifdef __x86_64__
    if (auto avx2 = MNN::AVX2Functions::get()) replaced = replace(avx2) && replaced;
#endif
    return replaced;
}

}  // namespace

int edgeconv_install_kernels(int on) {
    static const bool replaced = replace_all();
    active = replaced && on;
    return replaced;
}
