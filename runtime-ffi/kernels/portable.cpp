#include "vector_portable.h"

#include "table.h"

extern const edgeconv_kernel_table edgeconv_portable = table("Portable");
