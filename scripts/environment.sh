#!/bin/sh
# Bring .venv up to a lock: environment.sh report|test|docs
# A stamp holds the hash of what was installed, so nothing is done when nothing changed. `test.txt` and `docs.txt` contain all of
# `report.txt` in the same versions: after `make report`, `make test` only adds what is missing.
set -eu
name=$1
python=${PYTHON:-python3}
venv=.venv
lock=requirements/$name.txt

hash_of() {
    "$python" -c 'import hashlib, sys; print(hashlib.sha256(b"".join(open(p, "rb").read() for p in sys.argv[1:])).hexdigest())' "$1" pyproject.toml
}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "openstrat needs Python 3.11 or later; $python is $("$python" --version 2>&1). Name another: make PYTHON=python3.12 ..." >&2
    exit 2
}

stamp=$venv/.$name-lock
wanted=$(hash_of "$lock")
if [ -x $venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

if [ ! -x $venv/bin/python ]; then
    echo "Creating $venv ..."
    "$python" -m venv $venv || {
        rm -rf $venv
        echo "python3 could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    }
fi

echo "Installing the $(grep -c '==' "$lock") locked packages of $lock (minutes the first time, seconds later) ..."
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
$venv/bin/python -m pip install -qq --require-hashes -r "$lock"
$venv/bin/python -m pip install -qq --no-deps --no-build-isolation -e .
echo "$wanted" >"$stamp"
[ "$name" = report ] || hash_of requirements/report.txt >$venv/.report-lock
