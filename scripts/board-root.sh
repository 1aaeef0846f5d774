#!/bin/sh
# Makes the root file system of an ARMv7 board for the tests, in the cache: Busybox, an ssh server, and the emulator that runs them.
# Prints its path.
#
# Debian's packages are unpacked, not installed as debootstrap would do: seconds instead of minutes, and boards are as bare as that.
set -eu
cd "$(dirname "$0")"

root=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}/board-root-1
if [ ! -d "$root" ]; then
    echo "making a root file system for ARMv7 from Debian's packages in $root (once per machine)" >&2
    . ./armhf-apt.sh
    unpack "$work/emulator" qemu-user-static:amd64
    unpack "$work/tools" util-linux:armhf
    unpack "$work/root" busybox-static:armhf dropbear-bin:armhf libc6:armhf libcrypt1:armhf libgmp10:armhf \
        libtomcrypt1:armhf libtommath1:armhf zlib1g:armhf
    # Dynamic programs of this machine don't run in there.
    cp "$work/emulator/usr/bin/qemu-arm-static" "$work/tools/usr/bin/flock" "$work/root/usr/bin/"
    for applet in $("$work/root/usr/bin/qemu-arm-static" "$work/root/bin/busybox" --list); do
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
