#!/bin/sh
# Builds the plugin that counts instructions.
#
# usage: sh validate/emulator/build.sh OUT.so
set -eu
sources=$(dirname "$0")
cc -std=gnu11 -shared -fPIC -O2 -Wall -Wextra -o "$1" "$sources/count.c" "$sources/arm.c" "$sources/aarch64.c"
