#!/bin/sh
# Fuzzes everything that reads files: each target for SECONDS, with the models of ONNX's own tests, what they become, and archives of PyTorch as
# seeds. A crash, a hang (10 s) or more than 1 GB is a failure; what causes it is left in fuzz/artifacts/TARGET.
#
# usage: sh scripts/fuzz.sh SECONDS [TARGET...]
#
# Needs a nightly compiler and cargo-fuzz (`cargo install cargo-fuzz`).
set -eu
seconds=${1:?usage: fuzz.sh SECONDS [TARGET...]}
shift
cd "$(dirname "$0")/.."
suite=$(sh scripts/node-tests.sh)
for target in onnx convert; do
    mkdir -p fuzz/corpus/$target
    for folder in "$suite"/*/; do
        cp "$folder/model.onnx" "fuzz/corpus/$target/$(basename "$folder")"
    done
done
mkdir -p fuzz/corpus/mnn fuzz/corpus/pt2
for archive in converter/tests/pt2/*.pt2; do
    name=$(basename "$archive" .pt2)
    cp "$archive" "fuzz/corpus/pt2/$name"
    # The program alone, which fuzzes better: nothing has to fit to where it lies.
    python3 - "$archive" >"fuzz/corpus/pt2/$name.json" <<'PROGRAM'
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
name = next(name for name in archive.namelist() if "/models/" in name or name == "serialized_exported_program.json")
sys.stdout.buffer.write(archive.read(name))
PROGRAM
done
cargo build --release -p edgeconv
for folder in "$suite"/*/; do
    # Cases that can't be converted give no seed.
    name=$(basename "$folder")
    target/release/edgeconv convert "$folder/model.onnx" -o "fuzz/corpus/$name.mnn" --no-check >/dev/null 2>&1 \
        && mv "fuzz/corpus/$name.mnn" "fuzz/corpus/mnn/$name"
done
for target in ${*:-onnx convert mnn checkpoint safetensors pt2}; do
    # The code is safe Rust: checks of overflow and bounds are in the build profile, a sanitizer has nothing to add.
    cargo +nightly fuzz run --sanitizer none "$target" -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -malloc_limit_mb=1024 -print_final_stats=1
done
