# The MNN build options that every target shares (passed to cmake with -C).
# A static library with the CPU backend only: no converter, no tools, no GPU.
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(CMAKE_CXX_STANDARD 14 CACHE STRING "")
# MNN's cpu_id.cc forgets this header; recent compilers no longer bring it in by accident.
set(CMAKE_CXX_FLAGS "-include cstdint" CACHE STRING "")
set(MNN_BUILD_SHARED_LIBS OFF CACHE BOOL "")
set(MNN_SEP_BUILD OFF CACHE BOOL "")
set(MNN_USE_SYSTEM_LIB OFF CACHE BOOL "")
set(MNN_BUILD_CONVERTER OFF CACHE BOOL "")
set(MNN_BUILD_TOOLS OFF CACHE BOOL "")
set(MNN_USE_THREAD_POOL ON CACHE BOOL "")
set(MNN_OPENMP OFF CACHE BOOL "")
# On x86 it is chosen at run time where the processor has it; other processors ignore it.
set(MNN_AVX512 ON CACHE BOOL "")
