# Sourced, after board.sh, by scripts that unpack Debian's packages for boards without installing them: foreign packages would get in the
# way of the system's own. From then on apt has lists of its own, which know both architectures.
#
# $cache: where this project keeps what is made once per machine; $work: a folder there that is removed in the end.

cache=${EDGECONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeconv}
mkdir -p "$cache"
work=$(mktemp -d "$cache/$debian.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
touch "$work/state/status"
cat >"$work/apt.conf" <<CONF
APT::Architecture "amd64";
APT::Architectures { "amd64"; "$debian"; };
Dir::State "$work/state";
Dir::State::status "$work/state/status";
Dir::Cache "$work/cache";
APT::Sandbox::User "root";
CONF
export APT_CONFIG="$work/apt.conf"
apt-get update -qq >"$work/log" 2>&1 || true # some archives lack a part

# unpack FOLDER PACKAGE…: the packages' files, below that folder.
unpack() {
    folder=$1
    shift
    mkdir -p "$work/packages" "$folder"
    rm -f "$work"/packages/*
    (cd "$work/packages" && apt-get download -qq "$@" >>"$work/log" 2>&1) || { cat "$work/log" >&2; exit 1; }
    for package in "$work"/packages/*.deb; do dpkg -x "$package" "$folder"; done
}
