#!/bin/sh
# Hashes of every file that edgeconv makes of the zoo and of ONNX's operator tests. Whoever restructures code compares them:
# what is not meant to change keeps its bytes.
#
# usage: sh scripts/artifact-hashes.sh [--update] [--quick]
#
#   --update  writes conformance/artifacts.sha256 instead of comparing with it
#   --quick   only the networks that take less than a second, at small sizes, and every tenth operator test
#
# Uses target/release/edgeconv, or the program that EDGECONV names. Weights are seeded, and the bytes depend on the C library's
# functions such as exp: compare on the machine that the hashes were made on, or make them again from the commit before.
set -eu
cd "$(dirname "$0")/.."
update= quick=
for option in "$@"; do
    case $option in
        --update) update=1 ;;
        --quick) quick=1 ;;
        *) echo "artifact-hashes.sh: unknown option '$option'; expected --update or --quick" >&2; exit 2 ;;
    esac
done
export EDGECONV="${EDGECONV:-$PWD/target/release/edgeconv}"
[ -x "$EDGECONV" ] || { echo "artifact-hashes.sh: '$EDGECONV' is missing: cargo build --release -p edgeconv" >&2; exit 2; }
suite=$(sh scripts/node-tests.sh)
golden=${EDGECONV_GOLDEN:-../shared/golden}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SCRATCH="$scratch"

# One line a file: hash, what it was made of.
cat >"$scratch/export" <<'END'
#!/bin/sh
# usage: export MODEL SIZE REWRITE
out=$SCRATCH/$1-$2-$3
if "$EDGECONV" export "$1" --size "$2" --rewrite "$3" --no-check -q -o "$out" >/dev/null 2>"$out.log"; then
    for ending in onnx mnn; do
        echo "$(sha256sum <"$out/$1.$ending" | cut -d ' ' -f 1) $1 $2 $3 $ending"
    done
else
    echo "refused $1 $2 $3"
fi
rm -rf "$out"
END
cat >"$scratch/convert" <<'END'
#!/bin/sh
# usage: convert NAME FILE
for form in mnn-none mnn-fast onnx-fast; do
    out=$SCRATCH/$1-$form.${form%-*}
    if "$EDGECONV" convert "$2" --rewrite "${form#*-}" --no-check -q -o "$out" >/dev/null 2>&1; then
        echo "$(sha256sum <"$out" | cut -d ' ' -f 1) $1 ${form#*-} ${form%-*}"
    else
        echo "refused $1 ${form#*-} ${form%-*}"
    fi
    rm -f "$out"
done
END
chmod +x "$scratch/export" "$scratch/convert"

sizes() { # usage: sizes MODEL, the published one and an odd one
    case $1 in
        ssd-*) echo 320x320 289x353 ;;
        deeplabv3-*) echo 512x512 304x368 ;;
        edgeformer-*|mobilevit-*) echo 256x256 225x289 ;;
        *) echo 224x224 193x257 ;;
    esac
}
"$EDGECONV" models --json | python3 -c 'import json, sys; [print(model["name"]) for model in json.load(sys.stdin)]' >"$scratch/models"
while read -r model; do
    for size in $(sizes "$model"); do
        for rewrite in none fast; do echo "$model $size $rewrite"; done
    done
done <"$scratch/models" >"$scratch/exports"
for case in "$suite"/test_*; do
    [ -f "$case/model.onnx" ] && echo "node/${case##*/test_} $case/model.onnx"
done >"$scratch/converts"
for file in "$golden"/onnx/*.onnx; do
    [ -f "$file" ] && echo "golden/$(basename "$file" .onnx) $file"
done >>"$scratch/converts"
if [ -n "$quick" ]; then
    grep -E '^(edgeformer-xs|ssd-edgeformer-xs|parc-convnext-xt|mobilevit-xxs|parc-resnet50) (256x256|289x353|193x257) ' "$scratch/exports" >"$scratch/few"
    mv "$scratch/few" "$scratch/exports"
    awk 'NR % 10 == 0' "$scratch/converts" >"$scratch/few"
    mv "$scratch/few" "$scratch/converts"
fi
mkdir -p "$scratch/node" "$scratch/golden"
jobs=$(getconf _NPROCESSORS_ONLN)
{
    xargs -P "$jobs" -L 1 "$scratch/export" <"$scratch/exports"
    xargs -P "$jobs" -L 1 "$scratch/convert" <"$scratch/converts"
} | LC_ALL=C sort -k 2 >"$scratch/found"
table=conformance/artifacts.sha256
if [ -n "$update" ]; then
    cp "$scratch/found" "$table"
    echo "$(wc -l <"$table") files, $(grep -c '^refused' "$table") refused: written to $table"
    exit
fi
# With --quick, and where golden files are missing, only what was made is compared.
cut -d ' ' -f 2- "$scratch/found" >"$scratch/names"
awk 'NR == FNR { made[$0] = 1; next } { name = $0; sub(/^[^ ]* /, "", name); if (name in made) print }' "$scratch/names" "$table" >"$scratch/expected"
if diff "$scratch/expected" "$scratch/found" >"$scratch/difference"; then
    echo "$(wc -l <"$scratch/found") files: the same bytes"
else
    grep '^[<>]' "$scratch/difference" | head -n 40
    echo "$(grep -c '^>' "$scratch/difference") of $(wc -l <"$scratch/found") files are not as in $table ('<': before, '>': now)"
    exit 1
fi
