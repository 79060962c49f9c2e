#!/bin/sh
# Make a Chromium available for the browser tests, or say plainly which checks cannot run without one.
# Prints one line; never fails: the tests themselves decide what to do without a browser.
set -u

found() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" 2>/dev/null && return 0
    done
    return 1
}

if browser=$(found); then
    echo "Browser checks: $browser"
    exit 0
fi

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
    log=$(mktemp)
    if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >"$log" 2>&1 </dev/null &&
        browser=$(found); then
        rm -f "$log"
        echo "Browser checks: $browser (installed with apt-get)"
        exit 0
    fi
    echo "apt-get could not install chromium:" >&2
    tail -n 3 "$log" >&2
    rm -f "$log"
fi

cat <<'TEXT'
Browser checks: NOT RUN, there is no chromium and apt-get cannot install one here.
  Not checked: that reports draw every chart offline, that the explorer's controls change its charts in JupyterLab,
  that the index page and the lesson open. Everything else is tested. To run them: install chromium, then `make test`.
TEXT
