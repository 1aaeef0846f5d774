#!/bin/sh
# Builds the static MNN library once per machine and links it into this checkout.
#
# usage: sh cmake/build-mnn.sh [host|rk3288|aarch64|android]   (android needs ANDROID_NDK_HOME)
#
# The source is the one that the crate `mnn-sys` vendors. The result goes to
# ${EDGECONV_CACHE:-~/.cache/edgeconv}/mnn-<version>-<target>-<key>, where <key> covers the options and the
# compiler; .mnn/<target> in this checkout is a link to it, and .cargo/config.toml points mnn-sys there.
set -eu
cd "$(dirname "$0")/.."

target=${1:-host}
case $target in
    host) compiler=${CXX:-c++} toolchain= ;;
    rk3288 | aarch64)
        board=$target
        . scripts/board.sh
        compiler=$gnu-g++ toolchain=cmake/$board.cmake
        ;;
    android)
        compiler=$(ls "${ANDROID_NDK_HOME:?names the folder of the Android NDK}"/toolchains/llvm/prebuilt/*/bin/armv7a-linux-androideabi21-clang++)
        toolchain=cmake/android.cmake
        ;;
    *) echo "build-mnn.sh: unknown target '$target'; expected host, rk3288, aarch64 or android" >&2; exit 2 ;;
esac
for tool in cmake "$compiler"; do
    command -v "$tool" >/dev/null || { echo "build-mnn.sh: '$tool' is missing; install it first (see README.md)" >&2; exit 2; }
done

version=$(sed -n '/^name = "mnn-sys"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
cargo fetch --locked --quiet
source=$(ls -d "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/mnn-sys-"$version"/vendor | head -n 1)
key=$({ "$compiler" --version; cat cmake/mnn-options.cmake $toolchain; } | cksum | cut -d ' ' -f 1)
cache=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}/mnn-sys-$version-$target-$key

if [ ! -f "$cache/lib/libMNN.a" ]; then
    echo "building MNN for $target into $cache (about 15 CPU minutes, once per machine)" >&2
    mkdir -p "$cache/lib"
    build=$(mktemp -d "$cache/build.XXXXXX")
    trap 'rm -rf "$build"' EXIT
    cmake -S "$source" -B "$build" -C cmake/mnn-options.cmake ${toolchain:+-DCMAKE_TOOLCHAIN_FILE="$PWD/$toolchain"} >"$build/configure.log" 2>&1 \
        || { cat "$build/configure.log" >&2; exit 1; }
    cmake --build "$build" --target MNN --parallel "$(getconf _NPROCESSORS_ONLN)" >"$build/build.log" 2>&1 \
        || { tail -n 50 "$build/build.log" >&2; exit 1; }
    # Renamed into place, so that an interrupted build is never taken for a finished one.
    mv "$build/libMNN.a" "$cache/lib/libMNN.a"
fi
mkdir -p .mnn
if [ -L ".mnn/$target" ] && [ "$(readlink ".mnn/$target")" != "$cache" ]; then
    # Cargo keeps a copy of the library in mnn-sys and does not see that the link leads elsewhere.
    cargo clean --quiet -p mnn-sys
    cargo clean --quiet -p mnn-sys --release
fi
ln -sfn "$cache" ".mnn/$target"
