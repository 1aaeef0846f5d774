#!/bin/sh
# Installs ncnn and its converter pnnx out of their packages for Python, once per machine; prints the Python that has them.
#
# Exit code 3: they can't be installed here (no Python 3 with venv, no network, or no package for this machine).
set -eu
version=20261020
venv=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}/ncnn-$version
if [ ! -f "$venv/ready" ]; then
    python3 -m venv "$venv" >&2 || exit 3
    # Their other dependencies, PyTorch among them, are for what is not used here.
    "$venv/bin/pip" install -q --no-deps --only-binary :all: "ncnn==1.0.$version" "pnnx==$version" numpy >&2 || exit 3
    # The package's own command imports PyTorch; the program that it starts does without.
    ln -sf "$venv"/lib/python3*/site-packages/pnnx/pnnx "$venv/bin/pnnx"
    touch "$venv/ready"
fi
echo "$venv/bin/python"
