#!/bin/sh
# Fetches ONNX Runtime out of its package for Python, once per machine; prints the path of its library, for ORT_DYLIB_PATH.
#
# Exit code 3: it can't be fetched here (no Python 3 with pip, no network, or no Linux on x86-64).
set -eu
version=1.32.0
cache=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}
folder=$cache/onnxruntime-$version
if [ ! -d "$folder" ]; then
    [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || exit 3
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    python3 -m pip download -q --no-deps --only-binary :all: --python-version 3.11 --platform manylinux_2_27_x86_64 \
        --platform manylinux_2_28_x86_64 -d "$scratch" "onnxruntime==$version" >&2 || exit 3
    python3 -m zipfile -e "$scratch"/onnxruntime-*.whl "$scratch/wheel" >&2 || exit 3
    mkdir -p "$cache"
    mv "$scratch/wheel/onnxruntime/capi" "$folder" 2>/dev/null || [ -d "$folder" ]
fi
echo "$folder/libonnxruntime.so.$version"
