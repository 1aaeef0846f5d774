#!/bin/sh
# From a dataset to a measured .mnn file: trains a small EdgeFormer on Fashion-MNIST, evaluates it by libtorch, ONNX and MNN, exports it, and
# measures it. Some minutes on two cores; `make train` builds what it needs.
#
# usage: sh scripts/train-to-mnn.sh [DATA] [OUT]
#   DATA  folder with the files of Fashion-MNIST (Debian: dataset-fashion-mnist); default /usr/share/datasets/fashion-mnist
#   OUT   folder for the run and the files; default fashion-mnist
set -eu

data=${1:-/usr/share/datasets/fashion-mnist} out=${2:-fashion-mnist}
here=$(dirname "$0")/..
recipe=$here/configs/examples/fashion_mnist.yaml
edgeconv=${EDGECONV:-$here/target/release/edgeconv}
[ -x "$edgeconv" ] || { echo "train-to-mnn.sh: '$edgeconv' is not there: run 'make train', or set EDGECONV" >&2; exit 2; }
[ -d "$data" ] || { echo "train-to-mnn.sh: no folder '$data'; on Debian: apt-get install dataset-fashion-mnist" >&2; exit 2; }

set -- --recipe "$recipe" --set dataset.root_train="$data" --set dataset.root_val="$data"
"$edgeconv" train "$@" --set common.results_loc="$out" --set common.run_label=run --set common.auto_resume=true
weights=$out/run/checkpoint_ema_best.safetensors
"$edgeconv" eval "$@" --weights "$weights" --engine torch,onnx,mnn
"$edgeconv" export edgeformer-xs --recipe "$recipe" --weights "$weights" --size 32 -o "$out"
"$edgeconv" bench "$out/edgeformer-xs.mnn"
