#include "bytes.h"

extern const edgeconv_byte_kernels edgeconv_bytes_avx2, edgeconv_bytes_avx512, edgeconv_bytes_avx512_vbmi;

const edgeconv_byte_kernels* edgeconv_byte_kernels_of_lanes(size_t lanes) {
    switch (lanes) {
        case 8: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &edgeconv_bytes_avx2 : nullptr;
        case 16:
            if (!__builtin_cpu_supports("avx512bw")) return nullptr;
            return __builtin_cpu_supports("avx512vbmi") ? &edgeconv_bytes_avx512_vbmi : &edgeconv_bytes_avx512;
        default: return nullptr;
    }
}
