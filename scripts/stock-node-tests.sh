#!/bin/sh
# Runs ONNX's own operator tests through MNN's own converter (PyPI `mnn`) and MNN, as a peer to compare with. Prints a line
# `NAME<tab>pass` or `NAME<tab>REASON` for each case, which `edgeconv-conformance --peer` reads.
#
# usage: sh scripts/stock-node-tests.sh > stock.tsv
#
# Each case runs in a process of its own, since both may crash. MNN is used through its Module API, which also takes models whose
# shapes depend on the values of inputs.
set -eu
suite=$(sh "$(dirname "$0")/current-node-tests.sh")
cache=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}
venv=$cache/stock-node-tests-3.6.1-onnx-1.23.2
if [ ! -f "$venv/ready" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q mnn==3.6.1 numpy onnx==1.23.2 >&2
    # The package installs a telemetry client when it is imported, unless this import fails.
    for log in "$venv"/lib/python3*/site-packages/MNN/tools/utils/log.py; do
        echo 'raise ImportError' >"$log"
    done
    touch "$venv/ready"
fi
exec "$venv/bin/python" "$(dirname "$0")/stock_node_tests.py" "$suite"
