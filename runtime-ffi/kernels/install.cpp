// Puts the kernels into MNN, whose operators get their functions from a table that is not part of its public interface.

#include "install.h"

#include <MNN/MNNDefine.h>

#include <map>

#include "MNN_generated.h"
#include "backend/cpu/CPUBackend.hpp"
#include "backend/cpu/CPUUnary.hpp"
#include "backend/cpu/compute/CommonOptFunction.h"
#include "fused_convolution.h"
#include "fusion.h"
#include "kernels.h"
#ifdef __x86_64__
#include "backend/cpu/x86_x64/AVX2Functions.hpp"
#endif

#if MNN_VERSION_MAJOR != 3 || MNN_VERSION_MINOR != 6 || MNN_VERSION_PATCH != 1
#error "Compare CoreFunctions, CPUBackend and CPUConvolution with those of MNN 3.6.1, then allow this version"
#endif

namespace MNN {
void registerBackend();
}

namespace {

thread_local bool active = false;

using Creators = std::map<MNN::OpType, MNN::CPUBackend::Creator*>;
Creators*& creators();

// MNN lets others add operators, but not replace its own. Access is not checked where a template is instantiated.
template <Creators*& MAP>
struct Access {
    friend Creators*& creators() { return MAP; }
};
template struct Access<MNN::CPUBackend::gCreator>;

// Makes convolutions, those that are fused with a function in our way.
class FusingCreator : public MNN::CPUBackend::Creator {
public:
    explicit FusingCreator(const Creator* other) : other(other) {}

    MNN::Execution* onCreate(const std::vector<MNN::Tensor*>& inputs, const std::vector<MNN::Tensor*>& outputs, const MNN::Op* op,
                             MNN::Backend* backend) const override {
        // What was fused must be computed so, also when a session that kernels were switched off for makes its operators anew.
        const bool is_fused = edgeconv::function_of(op) >= 0 || edgeconv::chain_of(op);
        const bool is_ours = is_fused || (active && edgeconv::is_plain_convolution(*op));
        auto* ours = is_ours ? edgeconv::fused_convolution(inputs, outputs, op, backend) : nullptr;
        return ours ? ours : other->onCreate(inputs, outputs, op, backend);
    }

private:
    const Creator* const other;
};

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

// False if something else than MNN's own function is there, or strange numbers behind it: the table is not laid out as its header
// says, with the definitions that this file is compiled with.
bool replace(MNN::CoreFunctions* functions) {
    if (functions->MNNSelectUnaryFunctionForFloat != MNN::CPUUnary::selectForFloat) return false;
    if (functions->bytes != 4 || functions->pack % 4 != 0) return false;
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
    if (!replaced) return false;
    for (const auto type : {MNN::OpType_Convolution, MNN::OpType_ConvolutionDepthwise}) {
        auto& creator = (*creators())[type];
        creator = new FusingCreator(creator);
    }
    return true;
}

}  // namespace

int edgeconv_install_kernels(int on) {
    static const bool replaced = replace_all();
    if (!replaced) return -1;
    const int before = active;
    active = on;
    return before;
}
