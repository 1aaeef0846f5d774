#!/bin/sh
# Fetches libtorch, once per machine, and links it into this checkout as .libtorch.
#
# usage: setup-libtorch.sh [cpu|cuda]      cpu by default; cuda adds NVIDIA's libraries, for `--device cuda`
#
# Whoever has a libtorch or PyTorch of the right version (with CUDA, say) sets LIBTORCH to its folder, or LIBTORCH_USE_PYTORCH=1;
# nothing is fetched then.
#
# It is taken out of PyTorch's packages for Python, which pip checks by their hashes: no archive without Python in it is in a
# registry. For the processor, two of NVIDIA's libraries are needed that libtorch_cpu.so is linked to; they do nothing without a GPU.
set -eu
cd "$(dirname "$0")/.."

[ -z "${LIBTORCH:-}${LIBTORCH_USE_PYTORCH:-}" ] || exit 0
version=2.13.0
device=${1:-cpu}
case $device in
    cpu) size="540 MB" ;;
    cuda) size="3 GB" ;;
    *) echo "setup-libtorch.sh: expected cpu or cuda, found '$device'" >&2; exit 2 ;;
esac
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
    echo "setup-libtorch.sh: there is a recipe for Linux on x86-64 only; set LIBTORCH to the folder of a libtorch $version" >&2
    exit 2
fi
cache=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}/libtorch-$version-$device
if [ ! -d "$cache" ]; then
    python3 -m pip --version >/dev/null 2>&1 || {
        echo "setup-libtorch.sh: Python's pip is missing (Debian: python3-pip); or set LIBTORCH to the folder of a libtorch $version" >&2
        exit 2
    }
    echo "fetching libtorch $version into $cache ($size, once per machine)" >&2
    mkdir -p "$(dirname "$cache")"
    work=$(mktemp -d "$cache.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cat >"$work/requirements" <<'LIST'
torch==2.13.0 --hash=sha256:60fcdcb2f3876e21146cb4524ef06397d727ca9ad5f020818547e25075fe3cb7
nvidia-cuda-runtime==13.0.96 --hash=sha256:7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548
nvidia-cuda-cupti==13.0.85 --hash=sha256:4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8
LIST
    # What torch asks for on a machine with a GPU, of the versions that it asks for.
    [ "$device" = cpu ] || cat >>"$work/requirements" <<'LIST'
nvidia-cublas==13.1.1.3 --hash=sha256:37936a16db8fe4ac1f065c2139360608a543a09275cb1a1af612e08cfa065436
nvidia-cuda-nvrtc==13.0.88 --hash=sha256:ad9b6d2ead2435f11cbb6868809d2adeeee302e9bb94bcf0539c7a40d80e8575
nvidia-cudnn-cu13==9.20.0.48 --hash=sha256:0c45dd8eeb50b603f07995b1b300c62ffe6a1980482b82b3bcf94a4ca9d49304
nvidia-cufft==12.0.0.61 --hash=sha256:6c44f692dce8fd5ffd3e3df134b6cdb9c2f72d99cf40b62c32dde45eea9ddad3
nvidia-cufile==1.15.1.6 --hash=sha256:08a3ecefae5a01c7f5117351c64f17c7c62efa5fffdbe24fc7d298da19cd0b44
nvidia-curand==10.4.0.35 --hash=sha256:1aee33a5da6e1db083fe2b90082def8915f30f3248d5896bcec36a579d941bfc
nvidia-cusolver==12.0.4.66 --hash=sha256:0a759da5dea5c0ea10fd307de75cdeb59e7ea4fcb8add0924859b944babf1112
nvidia-cusparse==12.6.3.3 --hash=sha256:2b3c89c88d01ee0e477cb7f82ef60a11a4bcd57b6b87c33f789350b59759360b
nvidia-cusparselt-cu13==0.8.1 --hash=sha256:786ce87568c303fadb5afcc7102d454cd3040d75f6f8626f5db460d1871f4dd0
nvidia-nccl-cu13==2.29.7 --hash=sha256:edd81538446786ec3b73972543e53bb43bcaf0bfc8ef76cb679fcc390ffe136d
nvidia-nvjitlink==13.5.37 --hash=sha256:280d7cb9649704145f074b8dbde500de04ce02d0872e066e20a83c17bcaa93eb
nvidia-nvshmem-cu13==3.4.5 --hash=sha256:290f0a2ee94c9f3687a02502f3b9299a9f9fe826e6d0287ee18482e78d495b80
nvidia-nvtx==13.0.85 --hash=sha256:4936d1d6780fbe68db454f5e72a42ff64d1fd6397df9f363ae786930fd5c1cd4
LIST
    # These packages, whatever version of Python asks for them.
    python3 -m pip download --quiet --no-deps --no-cache-dir --require-hashes --only-binary=:all: --implementation cp \
        --python-version 3.11 --abi cp311 --abi none --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 \
        --platform manylinux_2_25_x86_64 --platform manylinux_2_18_x86_64 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \
        --dest "$work/packages" --requirement "$work/requirements"
    mkdir "$work/root"
    python3 - "$work" "$device" <<'UNPACK'
import pathlib, sys, zipfile

work, device = pathlib.Path(sys.argv[1]), sys.argv[2]
wanted = ("torch/include/", "torch/lib/", "nvidia/") if device == "cuda" else (
    "torch/include/", "torch/lib/libtorch_cpu.so", "torch/lib/libc10.so", "torch/lib/libgomp.so.1",
    "nvidia/cu13/lib/libcudart.so.13", "nvidia/cu13/lib/libcupti.so.13")
for package in (work / "packages").iterdir():
    with zipfile.ZipFile(package) as archive:
        archive.extractall(work / "root", [name for name in archive.namelist() if name.startswith(wanted)])
UNPACK
    # The package's own libtorch.so needs all of CUDA.
    [ "$device" = cuda ] || ln -s libtorch_cpu.so "$work/root/torch/lib/libtorch.so"
    echo "$version" >"$work/root/torch/build-version"
    mv -T "$work/root" "$cache" 2>/dev/null || [ -d "$cache" ]
fi
# Cargo does not see that the link leads elsewhere.
[ ! -e .libtorch ] || [ "$(readlink .libtorch)" = "$cache" ] || for profile in dev release; do
    cargo clean --quiet --profile "$profile" -p torch-sys
done
ln -sfn "$cache" .libtorch
