#!/bin/sh
# Unpacks Debian's Rust for a board's processor into the cache, for machines whose rustup has no such target. Prints the path of the
# compiler.
#
# usage: sh scripts/board-rust.sh [rk3288 | aarch64]
set -eu
cd "$(dirname "$0")"

board=${1:-rk3288}
. ./board.sh
root=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}/rust-$debian
if [ ! -x "$root/rustc" ]; then
    echo "fetching Rust for $board from Debian into $root (once per machine)" >&2
    . ./board-apt.sh
    version=$(apt-cache madison "libstd-rust-web-dev:$debian" | sed -n '1s/.*| *\([^ ]*\) *|.*/\1/p')
    [ -n "$version" ] || { echo "Debian's package libstd-rust-web-dev:$debian was not found:" >&2; cat "$work/log" >&2; exit 1; }
    release=$(echo "$version" | sed 's/^\([0-9]*\.[0-9]*\).*/\1/')
    llvm=$(apt-cache depends "rustc-web:amd64=$version" | sed -n 's/.*Depends: \(libllvm[0-9]*\).*/\1/p' | head -n 1)
    unpack "$work/root" "rustc-web:amd64=$version" "libstd-rust-web-$release:amd64=$version" \
        "libstd-rust-web-dev:amd64=$version" "libstd-rust-web-dev:$debian=$version" "${llvm:-libllvm19}:amd64"
    cat >"$work/root/rustc" <<'WRAPPER'
#!/bin/sh
root=$(dirname "$(readlink -f "$0")")
LD_LIBRARY_PATH=$root/usr/lib/x86_64-linux-gnu:$root/usr/lib/llvm-19/lib exec "$root/usr/bin/rustc" "$@"
WRAPPER
    chmod +x "$work/root/rustc"
    rm -rf "$root"
    mv "$work/root" "$root"
fi
echo "$root/rustc"
