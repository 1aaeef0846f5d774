#!/bin/sh
# Converts an ONNX file with MNN's own converter (PyPI `mnn`), as a peer to compare with.
#
# usage: sh scripts/stock-convert.sh IN.onnx OUT.mnn
#
# Exit code 3: the converter is not available here (no Python 3, or it can't be installed).
set -eu
[ $# = 2 ] || { echo "usage: stock-convert.sh IN.onnx OUT.mnn" >&2; exit 2; }
in=$(realpath "$1")
out=$(realpath -m "$2")
python=$(sh "$(dirname "$0")/stock-python.sh")
# It uses a fixed scratch file in the current folder: two conversions in one folder would mix up their weights.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
"$python" -c "
import sys, _mnncengine, _tools
_tools.mnnconvert(['mnnconvert', '-f', 'ONNX', '--modelFile', sys.argv[1], '--MNNModel', 'out.mnn', '--bizCode', 'MNN'])
" "$in" >&2
mv out.mnn "$out"
