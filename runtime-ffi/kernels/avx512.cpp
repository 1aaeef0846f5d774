#include "vector_avx512.h"

#include "table.h"

extern const edgeconv_kernel_table edgeconv_avx512 = table("AVX-512");
