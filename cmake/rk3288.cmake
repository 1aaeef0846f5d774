# Toolchain for the Rockchip RK3288 (4 × Cortex-A17, ARMv7-A with NEON and VFPv4, hard float).
# Compiler: Debian's g++-arm-linux-gnueabihf.
set(CMAKE_SYSTEM_NAME Linux)
# "armv7", not "arm": with plain "arm" MNN silently leaves its ARM32 assembly out.
set(CMAKE_SYSTEM_PROCESSOR armv7)
set(CMAKE_C_COMPILER arm-linux-gnueabihf-gcc)
set(CMAKE_CXX_COMPILER arm-linux-gnueabihf-g++)
set(CMAKE_C_FLAGS_INIT "-mcpu=cortex-a17 -mfpu=neon-vfpv4 -mfloat-abi=hard")
set(CMAKE_CXX_FLAGS_INIT "-mcpu=cortex-a17 -mfpu=neon-vfpv4 -mfloat-abi=hard")
set(MNN_BUILD_HARD ON CACHE BOOL "")
