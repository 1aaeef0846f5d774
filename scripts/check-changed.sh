#!/bin/sh
# Format, clippy and unit tests of the crates with changes that are not on main (or on the branch that BASE names).
#
# usage: sh scripts/check-changed.sh
set -eu
cd "$(dirname "$0")/.."
base=$(git merge-base HEAD "${BASE:-main}" 2>/dev/null) || base=HEAD

# The crate of a file is the nearest folder upwards with a Cargo.toml. Fuzz targets are a workspace of their own.
folders=$({ git diff --name-only "$base"; git ls-files --others --exclude-standard; } | while read -r file; do
    folder=$(dirname "$file")
    while [ "$folder" != . ] && [ ! -f "$folder/Cargo.toml" ]; do folder=$(dirname "$folder"); done
    case $folder in .|fuzz) ;; *) echo "$folder" ;; esac
done | sort -u)

cargo fmt --all --check
[ -n "$folders" ] || { echo "no crate has changed"; exit 0; }
packages= targets=--bins
for folder in $folders; do
    packages="$packages -p $(sed -n 's/^name = "\(.*\)"/\1/p' "$folder/Cargo.toml" | head -n 1)"
    # Cargo refuses --lib where there is no library.
    [ ! -f "$folder/src/lib.rs" ] || targets="--bins --lib"
    [ "$folder" != train ] || sh scripts/setup-libtorch.sh
done
echo "checking$packages"
# Lists of words.
cargo clippy $packages --all-targets -- -D warnings
cargo test $packages $targets
