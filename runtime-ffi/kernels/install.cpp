// Puts the kernels into MNN, whose operators get their functions from a table that is not part of its public interface.

#include "install.h"

#include <MNN/MNNDefine.h>

#include <map>
#include <utility>

#include "MNN_generated.h"
#include "backend/cpu/CPUBackend.hpp"
#include "backend/cpu/CPUUnary.hpp"
#include "backend/cpu/compute/CommonOptFunction.h"
#include "chain.h"
#include "channel_attention.h"
#include "element_functions.h"
#include "fused_convolution.h"
#include "fusion.h"
#include "int8_attention.h"
#include "int8_convolution.h"
#include "int8_sum.h"
#include "int8_table.h"
#include "maps.h"
#include "row_operators.h"
#ifdef __x86_64__
#include "backend/cpu/x86_x64/AVX2Functions.hpp"
#endif
#ifdef __aarch64__
#include "backend/arm82/Arm82Functions.hpp"
#include "backend/arm82/Arm82Unary.hpp"
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

using Tensors = std::vector<MNN::Tensor*>;

// Makes some operators in our way, others by MNN's own creator.
using Create = MNN::Execution* (*)(const MNN::CPUBackend::Creator& mnn, const Tensors& inputs, const Tensors& outputs,
                                   const MNN::Op* op, MNN::Backend* backend);

class OwnCreator : public MNN::CPUBackend::Creator {
public:
    OwnCreator(const Creator* mnn, Create create) : mnn(mnn), create(create) {}

    MNN::Execution* onCreate(const Tensors& inputs, const Tensors& outputs, const MNN::Op* op, MNN::Backend* backend) const override {
        return create(*mnn, inputs, outputs, op, backend);
    }

private:
    const Creator* const mnn;
    const Create create;
};

MNN::Execution* convolution(const MNN::CPUBackend::Creator& mnn, const Tensors& inputs, const Tensors& outputs, const MNN::Op* op,
                            MNN::Backend* backend) {
    // What was fused must be computed so, also when a session that kernels were switched off for makes its operators anew.
    const auto& fused = edgeconv::fused_of(op);
    const bool is_fused = fused.function >= 0 || fused.chain || fused.reads_picture;
    const bool is_ours = is_fused || (active && edgeconv::is_plain_convolution(*op));
    auto* ours = is_ours ? edgeconv::fused_convolution(inputs, outputs, op, backend) : nullptr;
    return ours ? ours : mnn.onCreate(inputs, outputs, op, backend);
}

// Of quantised maps.
MNN::Execution* int8_convolution(const MNN::CPUBackend::Creator& mnn, const Tensors& inputs, const Tensors& outputs, const MNN::Op* op,
                                 MNN::Backend* backend) {
    const bool is_fused = edgeconv::fused_of(op).table != nullptr;
    auto* ours = is_fused || active ? edgeconv::int8_convolution(inputs, outputs, op, backend) : nullptr;
    return ours || is_fused ? ours : mnn.onCreate(inputs, outputs, op, backend);
}

// One that computes what several did before, or with integers.
MNN::Execution* unary(const MNN::CPUBackend::Creator& mnn, const Tensors& inputs, const Tensors& outputs, const MNN::Op* op,
                      MNN::Backend* backend) {
    const bool is_quantised = MNN::CPUBackend::getDataType(outputs[0]) == MNN::DataType_DT_INT8;
    if (active && is_quantised && edgeconv::has_table(*op)) return edgeconv::table_execution(*op, *inputs[0], *outputs[0], backend);
    const int function = edgeconv::fused_of(op).function;
    if (function < 0) return mnn.onCreate(inputs, outputs, op, backend);
    const auto* cpu = static_cast<MNN::CPUBackend*>(backend);
    const auto kernel = cpu->functions()->MNNSelectUnaryFunctionForFloat(function, cpu->precisionMode());
    return new MNN::CPUUnary(backend, kernel, nullptr, op);
}

MNN::Execution* binary(const MNN::CPUBackend::Creator& mnn, const Tensors& inputs, const Tensors& outputs, const MNN::Op* op,
                       MNN::Backend* backend) {
    const auto& fused = edgeconv::fused_of(op);
    if (fused.attention && fused.attention->is_quantised) return edgeconv::int8_attention_execution(*fused.attention, inputs, outputs, backend);
    if (fused.attention) return edgeconv::channel_attention_execution(*fused.attention, backend);
    if (fused.summand) return edgeconv::int8_sum_with(*fused.summand, backend);
    if (fused.chain) return edgeconv::chain_execution(*fused.chain, backend);
    auto* other = mnn.onCreate(inputs, outputs, op, backend);
    return active && other ? edgeconv::int8_sum(inputs, outputs, *op, backend, other) : other;
}

MNN::Execution* rows(const MNN::CPUBackend::Creator& mnn, const Tensors& inputs, const Tensors& outputs, const MNN::Op* op,
                     MNN::Backend* backend) {
    auto* other = mnn.onCreate(inputs, outputs, op, backend);
    return active && other ? edgeconv::row_operator(*op, backend, other) : other;
}

// At each precision, since none of MNN's functions is more exact.
MNNUnaryExecute select_unary(int operation, int precision) {
    const auto* ours = active ? edgeconv::element_function(operation) : nullptr;
    return ours && ours->kernel ? ours->kernel : MNN::CPUUnary::selectForFloat(operation, precision);
}

// False if something else than MNN's own function is there, or strange numbers behind it: the table is not laid out as its header
// says, with the definitions that this file is compiled with.
bool replace(MNN::CoreFunctions* functions) {
    if (functions->MNNSelectUnaryFunctionForFloat != MNN::CPUUnary::selectForFloat) return false;
    if (functions->bytes != 4 || functions->pack % 4 != 0) return false;
    functions->MNNSelectUnaryFunctionForFloat = select_unary;
    return true;
}

#ifdef __aarch64__
MNNUnaryExecute select_half(int operation, int precision) {
    const auto ours = active ? edgeconv::half_function(operation) : nullptr;
    return ours ? ours : MNN::Arm82Unary::select(operation, precision);
}

bool replace_halves(MNN::CoreFunctions* functions) {
    if (functions->MNNSelectUnaryFunctionForFloat != MNN::Arm82Unary::select) return false;
    if (functions->bytes != 2 || functions->pack != 8) return false;
    functions->MNNSelectUnaryFunctionForFloat = select_half;
    return true;
}
#endif

// On x86, processors with AVX2 have a table of their own, and processors of AArch64 that compute with 16-bit floats have one for these.
bool replace_all() {
    MNN::registerBackend();
    edgeconv::check_maps();
    bool replaced = replace(MNN::MNNGetCoreFunctions());
#ifdef __x86_64__
    if (auto avx2 = MNN::AVX2Functions::get()) replaced = replace(avx2) && replaced;
#endif
#ifdef __aarch64__
    if (auto halves = MNN::Arm82Functions::get()) replaced = replace_halves(halves) && replaced;
#endif
    if (!replaced) return false;
    const std::pair<MNN::OpType, Create> own[] = {
        {MNN::OpType_Convolution, convolution}, {MNN::OpType_ConvolutionDepthwise, convolution}, {MNN::OpType_UnaryOp, unary},
        {MNN::OpType_BinaryOp, binary},         {MNN::OpType_Softmax, rows},                        {MNN::OpType_LayerNorm, rows},
        {MNN::OpType_ConvInt8, int8_convolution}, {MNN::OpType_DepthwiseConvInt8, int8_convolution},
    };
    for (const auto& operators : own) {
        auto& creator = (*creators())[operators.first];
        creator = new OwnCreator(creator, operators.second);
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
