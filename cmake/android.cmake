# Toolchain for Android on ARMv7 (armeabi-v7a, NEON), by the NDK that ANDROID_NDK_HOME names.
set(ANDROID_ABI armeabi-v7a)
set(ANDROID_ARM_NEON ON)
set(ANDROID_PLATFORM android-21)
set(ANDROID_STL c++_static)
include("$ENV{ANDROID_NDK_HOME}/build/cmake/android.toolchain.cmake")
# Else MNN puts its library where its own Android project looks for it.
set(MNN_BUILD_FOR_ANDROID_COMMAND ON CACHE BOOL "")
