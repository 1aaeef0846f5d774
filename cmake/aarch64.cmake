# Toolchain for 64-bit boards (ARMv8-A): Raspberry Pi 4 and 5, RK3399, RK3588, Jetson.
# MNN chooses arithmetic in 16 bits and dot products at run time, where the processor has them.
# Compiler: Debian's g++-aarch64-linux-gnu.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
# Else its sources are downloaded while MNN is built; MNN does not use it unless asked to.
set(MNN_KLEIDIAI OFF CACHE BOOL "")
