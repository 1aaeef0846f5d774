#!/bin/sh
# Builds the agent for the RK3288: one static file, target/armv7-unknown-linux-gnueabihf/release/edgeconv-agent; and beside it the
# plugin with which its emulator counts instructions.
#
# Rust for ARMv7 comes from rustup, where it has that target or may fetch it, else from Debian.
set -eu
cd "$(dirname "$0")/.."

target=armv7-unknown-linux-gnueabihf
command -v arm-linux-gnueabihf-g++ >/dev/null || {
    echo "build-board-agent.sh: arm-linux-gnueabihf-g++ is missing; on Debian and Ubuntu: apt-get install g++-arm-linux-gnueabihf" >&2
    exit 2
}
sh cmake/build-mnn.sh rk3288
sysroot=$(rustc --print sysroot)
if [ ! -d "$sysroot/lib/rustlib/$target" ] && ! rustup target add "$target" >/dev/null 2>&1; then
    RUSTC=$(sh scripts/board-rust.sh)
    export RUSTC
fi
export MNN_LIB_DIR="$PWD/.mnn/rk3288/lib"
export CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER=arm-linux-gnueabihf-g++
export CXX_armv7_unknown_linux_gnueabihf=arm-linux-gnueabihf-g++
export BINDGEN_EXTRA_CLANG_ARGS_armv7_unknown_linux_gnueabihf="--sysroot=/usr/arm-linux-gnueabihf -I/usr/arm-linux-gnueabihf/include"
# Static, so that it runs on whatever the board has.
libraries=-Wl,--start-group,-lstdc++,-lm,-lc,-lgcc,-lgcc_eh,--end-group
export CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_RUSTFLAGS="-C target-cpu=cortex-a17 -C target-feature=+crt-static \
-C strip=symbols -C link-arg=$libraries"
cargo build --locked --release --target "$target" -p edgeconv-agent --no-default-features --features mnn
sh validate/emulator/build.sh "target/$target/release/libedgeconv-count.so"
