#!/bin/sh
# Fetches libtorch for the processor, once per machine, and links it into this checkout as .libtorch.
#
# Whoever has a libtorch or PyTorch of the right version (with CUDA, say) sets LIBTORCH to its folder, or LIBTORCH_USE_PYTORCH=1;
# nothing is fetched then.
#
# It is taken out of PyTorch's packages for Python, which pip checks by their hashes: no archive without Python in it is in a
# registry. Of NVIDIA's libraries the two small ones are needed that libtorch_cpu.so is linked to; they do nothing without a GPU.
set -eu
cd "$(dirname "$0")/.."

[ -z "${LIBTORCH:-}${LIBTORCH_USE_PYTORCH:-}" ] || exit 0
version=2.13.0
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
    echo "setup-libtorch.sh: there is a recipe for Linux on x86-64 only; set LIBTORCH to the folder of a libtorch $version" >&2
    exit 2
fi
cache=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}/libtorch-$version-cpu
if [ ! -d "$cache" ]; then
    python3 -m pip --version >/dev/null 2>&1 || {
        echo "setup-libtorch.sh: Python's pip is missing (Debian: python3-pip); or set LIBTORCH to the folder of a libtorch $version" >&2
        exit 2
    }
    echo "fetching libtorch $version into $cache (540 MB, once per machine)" >&2
    mkdir -p "$(dirname "$cache")"
    work=$(mktemp -d "$cache.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cat >"$work/requirements" <<'LIST'
torch==2.13.0 --hash=sha256:60fcdcb2f3876e21146cb4524ef06397d727ca9ad5f020818547e25075fe3cb7
nvidia-cuda-runtime==13.0.96 --hash=sha256:7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548
nvidia-cuda-cupti==13.0.85 --hash=sha256:4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8
LIST
    # These packages, whatever version of Python asks for them.
    python3 -m pip download --quiet --no-deps --no-cache-dir --require-hashes --only-binary=:all: --implementation cp \
        --python-version 3.11 --abi cp311 --abi none --platform manylinux_2_28_x86_64 --platform manylinux_2_25_x86_64 \
        --platform manylinux2014_x86_64 --dest "$work/packages" --requirement "$work/requirements"
    mkdir "$work/root"
    python3 - "$work" <<'UNPACK'
import pathlib, sys, zipfile

wanted = ("torch/include/", "torch/lib/libtorch_cpu.so", "torch/lib/libc10.so", "torch/lib/libgomp.so.1",
          "nvidia/cu13/lib/libcudart.so.13", "nvidia/cu13/lib/libcupti.so.13")
work = pathlib.Path(sys.argv[1])
for package in (work / "packages").iterdir():
    with zipfile.ZipFile(package) as archive:
        archive.extractall(work / "root", [name for name in archive.namelist() if name.startswith(wanted)])
UNPACK
    # The package's own libtorch.so needs all of CUDA.
    ln -s libtorch_cpu.so "$work/root/torch/lib/libtorch.so"
    echo "$version" >"$work/root/torch/build-version"
    mv -T "$work/root" "$cache" 2>/dev/null || [ -d "$cache" ]
fi
ln -sfn "$cache" .libtorch
