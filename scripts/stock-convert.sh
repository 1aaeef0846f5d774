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

venv=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}/stock-mnn-3.6.1
if [ ! -f "$venv/ready" ]; then
    { python3 -m venv "$venv" && "$venv/bin/pip" install -q mnn==3.6.1 numpy; } >&2 || exit 3
    # The package installs a telemetry client when it is imported, unless this import fails.
    for log in "$venv"/lib/python3*/site-packages/MNN/tools/utils/log.py; do
        echo 'raise ImportError' >"$log"
    done
    touch "$venv/ready"
fi
# It uses a fixed scratch file in the current folder: two conversions in one folder would mix up their weights.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
"$venv/bin/python" -c "
import sys, _mnncengine, _tools
_tools.mnnconvert(['mnnconvert', '-f', 'ONNX', '--modelFile', sys.argv[1], '--MNNModel', 'out.mnn', '--bizCode', 'MNN'])
" "$in" >&2
mv out.mnn "$out"
