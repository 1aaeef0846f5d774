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

static const edgeconv_kernel_table* fastest() {
    for (const edgeconv_isa isa : {EDGECONV_AVX512, EDGECONV_AVX2, EDGECONV_NEON}) {
        if (const auto kernels = edgeconv_kernels_for(isa)) return kernels;
    }
    return edgeconv_kernels_for(EDGECONV_PORTABLE);
}

const edgeconv_kernel_table* edgeconv_kernels() {
    static const auto kernels = fastest();
    return kernels;
}
