#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// Whether MNN's sessions that this thread creates or resizes from now on compute by the functions of `kernels.h` (on) or by
// MNN's own. Returns what was on before; or -1 if MNN has its functions elsewhere than expected, then it goes on using its own.
int edgeconv_install_kernels(int on);

#ifdef __cplusplus
}
#endif
