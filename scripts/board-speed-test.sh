#!/bin/sh
# The speed test of the EdgeFormer paper on a board, as one command: EdgeFormer-S against MobileViT-S, 100 runs, mean.
#
# usage: sh scripts/board-speed-test.sh TARGET [SIZE] [THREADS]
#   TARGET   ssh://user@board, adb, or local
#   SIZE     side of the input; 224 by default, as the authors' export script has it
#   THREADS  1 by default
#
# Published for the RK3288: MobileViT-S 457 ms, EdgeFormer-S 353 ms. Seeded weights: they make no difference for the time.
set -eu

[ $# -ge 1 ] || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p;}' "$0" >&2; exit 2; }
target=$1 size=${2:-224} threads=${3:-1}
edgeconv=${EDGECONV:-edgeconv}
command -v "$edgeconv" >/dev/null || {
    echo "board-speed-test.sh: '$edgeconv' is not found: \`make install\` installs it, or set EDGECONV to its path" >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for model in mobilevit-s edgeformer-s; do
    "$edgeconv" export "$model" --size "$size" --format mnn --no-check -q -o "$work" 2>/dev/null
done
# Reports beside the models tell their sizes.
"$edgeconv" bench "$work/mobilevit-s.mnn" "$work/edgeformer-s.mnn" --protocol paper --target "$target" --threads "$threads"
