#!/bin/sh
# Builds the agent for a board: one static file, target/TARGET/release/edgeconv-agent, where TARGET is Rust's name of its processor; and
# beside it the plugin with which the emulator counts instructions.
#
# usage: sh scripts/build-board-agent.sh [rk3288 | aarch64]
#
# Rust for the processor comes from rustup, where it has that target or may fetch it, else from Debian.
set -eu
cd "$(dirname "$0")/.."

board=${1:-rk3288}
. scripts/board.sh
command -v "$gnu-g++" >/dev/null || {
    echo "build-board-agent.sh: $gnu-g++ is missing; on Debian and Ubuntu: apt-get install g++-$gnu" >&2
    exit 2
}
sh cmake/build-mnn.sh "$board"
sysroot=$(rustc --print sysroot)
if [ ! -d "$sysroot/lib/rustlib/$rust" ] && ! rustup target add "$rust" >/dev/null 2>&1; then
    RUSTC=$(sh scripts/board-rust.sh "$board")
    export RUSTC
fi
name=$(echo "$rust" | tr - _)
# Static, so that it runs on whatever the board has.
libraries=-Wl,--start-group,-lstdc++,-lm,-lc,-lgcc,-lgcc_eh,--end-group
export MNN_LIB_DIR="$PWD/.mnn/$board/lib"
export "CXX_$name=$gnu-g++"
export "BINDGEN_EXTRA_CLANG_ARGS_$name=--sysroot=/usr/$gnu -I/usr/$gnu/include"
export "CARGO_TARGET_$(echo "$name" | tr a-z A-Z)_LINKER=$gnu-g++"
export "CARGO_TARGET_$(echo "$name" | tr a-z A-Z)_RUSTFLAGS=-C target-cpu=$cpu -C target-feature=+crt-static \
-C strip=symbols -C link-arg=$libraries"
cargo build --locked --release --target "$rust" -p edgeconv-agent --no-default-features --features mnn
sh validate/emulator/build.sh "target/$rust/release/libedgeconv-count.so"
