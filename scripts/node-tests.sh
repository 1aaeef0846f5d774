#!/bin/sh
# Fetches ONNX's own operator tests ("backend node tests") out of the PyPI package `onnx`; prints the folder that holds them.
#
# Exit code 3: they can't be fetched here (no Python 3 with pip, or no network).
set -eu
version=1.18.0
cache=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}
folder=$cache/onnx-node-tests-$version
if [ ! -d "$folder" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    # Any platform's wheel carries the same tests.
    python3 -m pip download -q --no-deps --only-binary :all: --python-version 3.11 --platform manylinux2014_x86_64 \
        -d "$scratch" "onnx==$version" >&2 || exit 3
    python3 -m zipfile -e "$scratch"/onnx-*.whl "$scratch/wheel" >&2 || exit 3
    mkdir -p "$cache"
    mv "$scratch/wheel/onnx/backend/test/data/node" "$folder" 2>/dev/null || [ -d "$folder" ]
fi
echo "$folder"
