#!/bin/sh
# Writes ONNX's current operator tests ("backend node tests"), which the PyPI package `onnx` makes anew since it carries no test data any
# more; prints the folder that holds them. `node-tests.sh` fetches the older ones.
#
# Exit code 3: they can't be made here (no Python 3 with pip, or no network).
set -eu
version=1.23.2
# Makes the outputs of casts to 2- and 4-bit integers: from 0.7.0 on, numbers that these don't hold become 0; before, as many bits of them as fit.
ml_dtypes=0.6.0
cache=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}
folder=$cache/ml-dtypes-$ml_dtypes/onnx-node-tests-$version
if [ ! -d "$folder" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    python3 -m venv "$scratch/venv" >&2 || exit 3
    "$scratch/venv/bin/pip" install -q "onnx==$version" "ml_dtypes==$ml_dtypes" numpy==2.4.6 >&2 || exit 3
    "$scratch/venv/bin/python" "$(dirname "$0")/current_node_tests.py" "$scratch/node" >&2
    mkdir -p "$(dirname "$folder")"
    mv "$scratch/node" "$folder" 2>/dev/null || [ -d "$folder" ]
fi
echo "$folder"
