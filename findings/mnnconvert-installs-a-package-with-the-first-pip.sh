#!/bin/sh
# The command `mnnconvert` of MNN 3.6.1 (PyPI `mnn`) installs a package whenever it starts and does not find it: aliyun-log-python-sdk, of no pinned
# version, for a client of statistics (MNN/tools/utils/log.py). It runs the first `pip` on the PATH, not that of the Python which runs it: called by
# its path from an environment that is not activated, as CI jobs and scripts do, it changes the packages of the system's Python, or of another
# environment, may replace what others there need (-U), and looks for the package again at every start, since its own environment never gets it.
#
# Here the first `pip` is a script that writes down what it is asked for, and installs nothing; the command itself goes on without the package.
#
# Seen: pip install -U aliyun-log-python-sdk (twice, in one start)
#
# usage: sh findings/mnnconvert-installs-a-package-with-the-first-pip.sh      (needs Python 3 and a package index; exit code 1 if the behaviour has changed)
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q mnn==3.6.1 numpy==2.2.6
mkdir "$work/first"
cat >"$work/first/pip" <<SCRIPT
#!/bin/sh
echo "pip \$*" >>"$work/asked"
SCRIPT
chmod +x "$work/first/pip"
touch "$work/asked"
PATH="$work/first:$PATH" "$work/venv/bin/mnnconvert" --version >/dev/null 2>&1 || true
cat "$work/asked"
[ "$(cat "$work/asked")" = "pip install -U aliyun-log-python-sdk
pip install -U aliyun-log-python-sdk" ]
