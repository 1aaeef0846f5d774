#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// Whether MNN's sessions that are created or resized from now on compute the functions of `kernels.h` by them (on) or by
// MNN's own. Returns 1; or 0 if MNN has its functions elsewhere than expected, then it goes on using its own. Any thread may
// call it.
int edgeconv_install_kernels(int on);

#ifdef __cplusplus
}
#endif
