#!/bin/sh
# Installs what a build needs besides Rust: cmake, a C++ compiler, and libclang (for bindgen).
#
# usage: sh scripts/setup.sh [rk3288 | aarch64 | tests]…
#
#   rk3288, aarch64   also a compiler for that board, emulators, and ssh
#   tests             also what only tests need: a browser, MPI, and Python's pip, which fetches what they compare with
set -eu

missing=
command -v cmake >/dev/null || missing="$missing cmake"
command -v c++ >/dev/null || missing="$missing g++"
# Not libclang-cpp, which comes with other packages and is no use to bindgen.
if ! ls /usr/lib/llvm-*/lib /usr/lib/*-linux-gnu /usr/lib /usr/lib64 2>/dev/null | grep -qE '^libclang(-[0-9].*)?\.so' \
    && [ -z "${LIBCLANG_PATH:-}" ]; then
    missing="$missing libclang-dev"
fi
for use in "$@"; do
    case $use in
        rk3288 | aarch64)
            board=$use
            . "$(dirname "$0")/board.sh"
            command -v "$gnu-g++" >/dev/null || missing="$missing g++-$gnu"
            command -v qemu-arm >/dev/null || missing="$missing qemu-user"
            command -v ssh >/dev/null || missing="$missing openssh-client"
            ;;
        tests)
            command -v chromium >/dev/null || missing="$missing chromium"
            python3 -m pip --version >/dev/null 2>&1 || missing="$missing python3-pip"
            command -v mpirun >/dev/null && command -v mpicc >/dev/null || missing="$missing openmpi-bin libopenmpi-dev"
            ;;
        *) echo "setup.sh: unknown use '$use'; expected rk3288, aarch64 or tests" >&2; exit 2 ;;
    esac
done
command -v cargo >/dev/null || {
    echo "Rust is missing: install it with your system's rustup (https://rustup.rs), then run this again." >&2
    exit 2
}
[ -n "$missing" ] || exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || command -v sudo >/dev/null; }; then
    echo "installing$missing" >&2
    # Two builds that start at once wait for each other.
    apt_get="$as_root apt-get -qq -o DPkg::Lock::Timeout=600"
    $apt_get update
    # $missing is a list of words.
    DEBIAN_FRONTEND=noninteractive $apt_get install -y --no-install-recommends $missing >/dev/null
else
    cat >&2 <<EOF
Please install these, then run this again:$missing
  Fedora: dnf install cmake gcc-c++ clang-devel
  Arch:   pacman -S cmake gcc clang
  macOS:  xcode-select --install; brew install cmake llvm; export LIBCLANG_PATH=\$(brew --prefix llvm)/lib
EOF
    exit 2
fi
