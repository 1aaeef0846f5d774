#!/bin/sh
# Builds libedgeconv, with which programs in C and C++ run models (docs/library.md): headers and libraries in target/runtime/TARGET.
#
# usage: sh scripts/build-runtime.sh [host | rk3288 | aarch64]
set -eu
cd "$(dirname "$0")/.."

target=${1:-host}
case $target in
    host) toolchain= ;;
    rk3288 | aarch64) toolchain=cmake/$target.cmake ;;
    *) echo "build-runtime.sh: unknown target '$target'; expected host, rk3288 or aarch64" >&2; exit 2 ;;
esac
sh cmake/build-mnn.sh "$target"
version=$(sed -n '/^name = "mnn-sys"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
source=$(ls -d "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/mnn-sys-"$version"/vendor | head -n 1)
# Another path for another build of it, so that what was made of the old one is made again.
mnn=$(readlink -f ".mnn/$target")/lib/libMNN.a
build=target/runtime/build-$target
mkdir -p "$build"
{
    cmake -S runtime-ffi -B "$build" -DCMAKE_INSTALL_PREFIX="$PWD/target/runtime/$target" \
        -DEDGECONV_MNN_SOURCE="$source" -DEDGECONV_MNN_LIBRARY="$mnn" \
        ${toolchain:+-DCMAKE_TOOLCHAIN_FILE="$PWD/$toolchain"} &&
        cmake --build "$build" --parallel "$(getconf _NPROCESSORS_ONLN)" && cmake --install "$build"
} >"$build/build.log" 2>&1 || { tail -n 50 "$build/build.log" >&2; exit 1; }
echo "target/runtime/$target"
