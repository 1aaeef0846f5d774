#!/bin/sh
# Unpacks Debian's Rust for the RK3288 (armv7-unknown-linux-gnueabihf) into the cache, for machines whose rustup has no such target.
# Nothing is installed: foreign packages would get in the way of the system's own. Prints the path of the compiler.
set -eu

cache=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}
root=$cache/rust-armv7
if [ ! -x "$root/rustc" ]; then
    echo "fetching Rust for ARMv7 from Debian into $root (once per machine)" >&2
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/rust-armv7.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    # apt with lists of its own, that knows both architectures.
    mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/root"
    touch "$work/state/status"
    cat >"$work/apt.conf" <<CONF
APT::Architecture "amd64";
APT::Architectures { "amd64"; "armhf"; };
Dir::State "$work/state";
Dir::State::status "$work/state/status";
Dir::Cache "$work/cache";
APT::Sandbox::User "root";
CONF
    export APT_CONFIG="$work/apt.conf"
    apt-get update -qq >"$work/log" 2>&1 || true # some archives have no armhf part
    version=$(apt-cache madison libstd-rust-web-dev:armhf | sed -n '1s/.*| *\([^ ]*\) *|.*/\1/p')
    [ -n "$version" ] || { echo "Debian's package libstd-rust-web-dev:armhf was not found:" >&2; cat "$work/log" >&2; exit 1; }
    release=$(echo "$version" | sed 's/^\([0-9]*\.[0-9]*\).*/\1/')
    llvm=$(apt-cache depends "rustc-web:amd64=$version" | sed -n 's/.*Depends: \(libllvm[0-9]*\).*/\1/p' | head -n 1)
    (cd "$work" && apt-get download -qq "rustc-web:amd64=$version" "libstd-rust-web-$release:amd64=$version" \
        "libstd-rust-web-dev:amd64=$version" "libstd-rust-web-dev:armhf=$version" "${llvm:-libllvm19}:amd64" >>"$work/log" 2>&1) \
        || { cat "$work/log" >&2; exit 1; }
    for package in "$work"/*.deb; do dpkg -x "$package" "$work/root"; done
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
