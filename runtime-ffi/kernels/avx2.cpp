#include "vector_avx2.h"

#include "table.h"

extern const edgeconv_kernel_table edgeconv_avx2 = table("AVX2");
