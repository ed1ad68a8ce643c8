#!/usr/bin/env bash
# All tests, as CI runs them; `scripts/test.sh unit contract` runs only these stages, `--yes` installs without asking.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stages=()
for argument in "$@"; do
  case "$argument" in --yes | -y) export RELEASE_KIT_YES=1 ;; *) stages+=("$argument") ;; esac
done

# shellcheck source=scripts/bootstrap.sh
. scripts/bootstrap.sh
require_programs \
  git:git:'tests make real histories' \
  gpg:gnupg:'tests make keys and compare signatures with it' \
  gpgv:gpgv:'verifies every signature release-kit makes' \
  dpkg-deb:dpkg:'the oracle for .deb files and versions' \
  dpkg-parsechangelog:dpkg-dev:'the oracle for changelogs and control files' \
  zstd:zstd:'packs base systems' \
  mmdebstrap:mmdebstrap:'makes the base systems of clean machines' \
  systemd-nspawn:systemd-container:'runs clean machines'

exec node --conditions=release-kit:source scripts/test.ts ${stages[@]+"${stages[@]}"}
