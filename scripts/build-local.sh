#!/usr/bin/env bash
# Builds, checks, signs and lays out a draft release of the Debian package in a folder, on this machine.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/build-local.sh [--arch=amd64|arm64] [--distribution=NAME] [--output=DIR] [--yes] [more options] [path]

  path                 folder that holds debian/ or several packages, or a .dsc file (default: the current folder)
  --arch=ARCH          architecture to build for (default: amd64)
  --distribution=NAME  distribution to build for, such as debian:13 (default: the first one planned)
  --strategy=NAME      native, cross, emulate or auto: how to build for another architecture (default: auto)
  --reproducible       build a second time, in another place, and fail when the packages differ
  --shell-on-failure   when the build fails, open a shell in the machine as it is then
  --output=DIR         where the draft release is laid out (default: out)
  --yes                install what is missing without asking

Everything else is passed on to `release-kit release`; see `scripts/release-kit release --help`.
TEXT
}

arguments=()
for argument in "$@"; do
  case "$argument" in
    --yes | -y) export RELEASE_KIT_YES=1 ;;
    -h | --help) usage; exit 0 ;;
    *) arguments+=("$argument") ;;
  esac
done

exec "$(dirname "${BASH_SOURCE[0]}")/release-kit" release "${arguments[@]}"
