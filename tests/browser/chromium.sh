#!/bin/sh
# A Chromium for the tests: the system's, else apt's where it can, else Playwright's own.
set -eu
playwright=$1
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium with apt"
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; then exit 0; fi
fi
echo "Installing Playwright's Chromium"
exec "$playwright" install --only-shell chromium
