#!/bin/sh
# Makes the root file system of a board for the tests, in the cache: Busybox, an ssh server, and the emulator that runs them. Prints its
# path.
#
# usage: sh scripts/board-root.sh [rk3288 | aarch64]
#
# Debian's packages are unpacked, not installed as debootstrap would do: seconds instead of minutes, and boards are as bare as that.
set -eu
cd "$(dirname "$0")"

board=${1:-rk3288}
. ./board.sh
case $board in rk3288) emulator=qemu-arm-static ;; *) emulator=qemu-$board-static ;; esac
root=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}/board-root-2-$debian
if [ ! -d "$root" ]; then
    echo "making a root file system for $board from Debian's packages in $root (once per machine)" >&2
    . ./board-apt.sh
    unpack "$work/emulator" qemu-user-static:amd64
    unpack "$work/tools" "util-linux:$debian"
    packages=
    for package in busybox-static dropbear-bin libc6 libcrypt1 libgmp10 libtomcrypt1 libtommath1 zlib1g; do
        packages="$packages $package:$debian"
    done
    # A list of words.
    unpack "$work/root" $packages
    # Dynamic programs of this machine don't run in there.
    cp "$work/emulator/usr/bin/$emulator" "$work/tools/usr/bin/flock" "$work/root/usr/bin/"
    for applet in $("$work/root/usr/bin/$emulator" "$work/root/bin/busybox" --list); do
        [ -e "$work/root/bin/$applet" ] || ln -s busybox "$work/root/bin/$applet"
    done
    for folder in dev proc root tmp; do mkdir -p "$work/root/$folder"; done
    for device in null random urandom zero; do : >"$work/root/dev/$device"; done
    echo 'root:x:0:0:root:/root:/bin/sh' >"$work/root/etc/passwd"
    echo 'root:x:0:' >"$work/root/etc/group"
    echo /bin/sh >"$work/root/etc/shells"
    mv -T "$work/root" "$root" 2>/dev/null || [ -d "$root" ]
fi
echo "$root"
