#!/bin/sh
# Lighthouse on the home page and a section, mobile preset; prints the four scores of each.
set -eu
if ! command -v npx >/dev/null 2>&1; then echo "Lighthouse needs npx (Node); nothing was measured."; exit 0; fi
COURSE_BIND=${COURSE_BIND:-127.0.0.1:8123}; export COURSE_BIND
COURSE_VAR=$(mktemp -d); export COURSE_VAR
.venv/bin/python manage.py prepare
.venv/bin/gunicorn -c courseapp/server.py courseapp.wsgi >/dev/null & server=$!
trap 'kill $server; rm -rf "$COURSE_VAR"' EXIT
CHROME_PATH=$(command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome); export CHROME_PATH
for i in $(seq 40); do .venv/bin/python -c "import urllib.request as u; u.urlopen('http://$COURSE_BIND/healthz')" 2>/dev/null && break; sleep 0.25; done
for page in ${PAGES:-/ /parts/1-the-problem/ /parts/1-the-problem/2-three-problems/ /glossary/ /search/?q=laptop /you/ /slides/1-the-problem/}; do
    for try in 1 2 3; do # now and then it loses its own trace
        npx --yes lighthouse "http://$COURSE_BIND$page" --quiet --output=json --output-path="$COURSE_VAR/report.json" \
            --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-background-networking" >/dev/null 2>&1 && break
        if [ "$try" = 3 ]; then echo "$page: Lighthouse failed three times"; continue 2; fi
    done
    .venv/bin/python - "$COURSE_VAR/report.json" "$page" <<'P'
import json, sys
report = json.load(open(sys.argv[1]))
scores = "  ".join(f"{name} {round((c['score'] or 0) * 100)}" for name, c in report["categories"].items())
print(f"{sys.argv[2]:45} {scores}  CLS {report['audits']['cumulative-layout-shift']['displayValue']}")
bad = [a for c in report["categories"].values() for a in c["auditRefs"] if a["weight"] and (report["audits"][a["id"]]["score"] or 0) < 1 and report["audits"][a["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")]
for a in bad:
    print("   not full:", a["id"], report["audits"][a["id"]].get("displayValue", ""))
P
done
