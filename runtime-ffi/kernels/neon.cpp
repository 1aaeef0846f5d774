#include "vector_neon.h"

#include "table.h"

extern const edgeconv_kernel_table edgeconv_neon = table("NEON");
