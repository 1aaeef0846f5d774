#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// Whether MNN's sessions that are created from now on compute the functions of `kernels.h` by them (on) or by MNN's own.
// Returns 0 if this MNN can't, and 1 if it does as told. Any thread may call it.
int edgeconv_install_kernels(int on);

#ifdef __cplusplus
}
#endif
