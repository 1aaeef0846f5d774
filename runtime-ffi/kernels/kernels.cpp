// Chooses a table for the processor.

#include "kernels.h"

#include <initializer_list>

#ifdef __arm__
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

extern const edgeconv_kernel_table edgeconv_portable, edgeconv_neon, edgeconv_avx2, edgeconv_avx512;

const edgeconv_kernel_table* edgeconv_kernels_for(edgeconv_isa isa) {
    switch (isa) {
        case EDGECONV_PORTABLE: return &edgeconv_portable;
#ifdef __arm__
        case EDGECONV_NEON: return getauxval(AT_HWCAP) & HWCAP_VFPv4 ? &edgeconv_neon : nullptr;
#endif
#ifdef __aarch64__
        case EDGECONV_NEON: return &edgeconv_neon;
#endif
#ifdef __x86_64__
        case EDGECONV_AVX2:
            return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &edgeconv_avx2 : nullptr;
        case EDGECONV_AVX512: return __builtin_cpu_supports("avx512f") ? &edgeconv_avx512 : nullptr;
#endif
        default: return nullptr;
    }
}

namespace {

// The fastest that `is_wanted`, or null.
template <class Wanted>
const edgeconv_kernel_table* fastest(Wanted is_wanted) {
    for (const edgeconv_isa isa : {EDGECONV_AVX512, EDGECONV_AVX2, EDGECONV_NEON, EDGECONV_PORTABLE}) {
        const auto kernels = edgeconv_kernels_for(isa);
        if (kernels && is_wanted(*kernels)) return kernels;
    }
    return nullptr;
}

}  // namespace

const edgeconv_kernel_table* edgeconv_kernels() {
    static const auto kernels = fastest([](const edgeconv_kernel_table&) { return true; });
    return kernels;
}

const edgeconv_kernel_table* edgeconv_kernels_of_lanes(size_t lanes) {
    return fastest([=](const edgeconv_kernel_table& kernels) { return kernels.lanes == lanes; });
}
