#!/usr/bin/env bash
set -euo pipefail
: "${BUCKET:?}" "${DISTRIBUTION:?}"

npm ci
npm run build

# First the files with a fingerprint in their name, for a year.
# Old ones stay: somebody still has yesterday's page open.
aws s3 sync dist/assets "s3://$BUCKET/assets" \
  --cache-control "public, max-age=31536000, immutable"

# Then the page that names them. Browsers ask again each time.
aws s3 sync dist "s3://$BUCKET" --exclude "assets/*" \
  --cache-control "no-cache"
aws cloudfront create-invalidation \
  --distribution-id "$DISTRIBUTION" --paths "/*"
