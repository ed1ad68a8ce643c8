#!/usr/bin/env bash
# Publishes release-kit as a release tag; docs/publishing.md tells the whole way. Installs nothing but Node 24, where that is missing:
# with --dist, no package of others runs where the token is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case " $* " in *' --dist '* | *' --dist='*) export RELEASE_KIT_NODE_ONLY=1 ;; esac
. scripts/bootstrap.sh
exec node scripts/publish-tree.ts "$@"
