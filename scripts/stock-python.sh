#!/bin/sh
# Prints a Python that has MNN's own package and its converter (PyPI `mnn`), as a peer to compare with and as what runs the programs of `edgeconv card`.
#
# usage: sh scripts/stock-python.sh
#
# Exit code 3: it is not available here (no Python 3, or the package can't be installed).
set -eu
venv=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}/stock-mnn-3.6.1
if [ ! -f "$venv/ready" ]; then
    { python3 -m venv "$venv" && "$venv/bin/pip" install -q mnn==3.6.1 numpy; } >&2 || exit 3
    # The package installs a telemetry client when it is imported, unless this import fails.
    for log in "$venv"/lib/python3*/site-packages/MNN/tools/utils/log.py; do
        echo 'raise ImportError' >"$log"
    done
    touch "$venv/ready"
fi
echo "$venv/bin/python"
