# Sourced by scripts that build for a board, which `$board` names.
#
# $rust, $gnu, $debian: what Rust, GNU's compilers and Debian's packages call its processor; $cpu: what is compiled for.
case $board in
    rk3288) rust=armv7-unknown-linux-gnueabihf gnu=arm-linux-gnueabihf debian=armhf cpu=cortex-a17 ;;
    aarch64) rust=aarch64-unknown-linux-gnu gnu=aarch64-linux-gnu debian=arm64 cpu=generic ;;
    *) echo "$(basename "$0"): unknown board '$board'; expected rk3288 or aarch64" >&2; exit 2 ;;
esac
