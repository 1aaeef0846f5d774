#!/bin/sh
# Builds the agent for Android on ARMv7 (armeabi-v7a): target/armv7-linux-androideabi/release/edgeconv-agent.
#
# Needs the Android NDK (r23 or later) in ANDROID_NDK_HOME, and rustup's target armv7-linux-androideabi.
set -eu
cd "$(dirname "$0")/.."

target=armv7-linux-androideabi
if [ ! -f "${ANDROID_NDK_HOME:-}/build/cmake/android.toolchain.cmake" ]; then
    echo "build-android-agent.sh: set ANDROID_NDK_HOME to the folder of the Android NDK; it is '${ANDROID_NDK_HOME:-}'" >&2
    exit 2
fi
[ -d "$(rustc --print sysroot)/lib/rustlib/$target" ] || {
    echo "build-android-agent.sh: Rust for Android is missing: rustup target add $target" >&2
    exit 2
}
sh cmake/build-mnn.sh android
llvm=$(ls -d "$ANDROID_NDK_HOME"/toolchains/llvm/prebuilt/*)
export MNN_LIB_DIR="$PWD/.mnn/android/lib"
export CARGO_TARGET_ARMV7_LINUX_ANDROIDEABI_LINKER="$llvm/bin/armv7a-linux-androideabi21-clang"
export CC_armv7_linux_androideabi="$llvm/bin/armv7a-linux-androideabi21-clang"
export CXX_armv7_linux_androideabi="$llvm/bin/armv7a-linux-androideabi21-clang++"
export AR_armv7_linux_androideabi="$llvm/bin/llvm-ar"
export BINDGEN_EXTRA_CLANG_ARGS_armv7_linux_androideabi="--sysroot=$llvm/sysroot"
# One file: the C++ library is part of it.
export CXXSTDLIB_armv7_linux_androideabi=c++_static
export CARGO_TARGET_ARMV7_LINUX_ANDROIDEABI_RUSTFLAGS="-C target-feature=+neon -C strip=symbols -C link-arg=-lc++abi -C link-arg=-lm"
exec cargo build --locked --release --target "$target" -p edgeconv-agent --no-default-features --features mnn
