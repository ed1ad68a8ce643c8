#!/bin/sh
# A step of any CI: everything but the draft, and one JSON document for what comes after it. Root is needed (clean machines).
set -eu
"${RELEASE_KIT:-release-kit}" --json release --dry-run > release-kit.json
