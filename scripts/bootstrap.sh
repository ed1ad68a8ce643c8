# shellcheck shell=bash
# Sourced, not run: gives the calling shell Node 24 first on PATH and the workspace's packages in node_modules.
#
#   . scripts/bootstrap.sh
#
# Works on Debian 12 and Ubuntu 24.04 with git, Node 20 or newer, and npm; safe under `set -euo pipefail`.
# RELEASE_KIT_YES=1 installs without asking; without a terminal nobody is asked either. RELEASE_KIT_NODE_ONLY=1 leaves the packages out.

release_kit_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

say() { printf '%s\n' "$*" >&2; }

# A question only where a person can answer it.
confirm() {
  if [ "${RELEASE_KIT_YES:-}" = 1 ] || [ ! -t 0 ] || [ ! -t 2 ]; then return 0; fi
  local answer
  read -r -p "$1 [Y/n] " answer
  case "$answer" in '' | [Yy]*) return 0 ;; *) say 'Nothing was installed.'; return 1 ;; esac
}

# Runs a command as root, with sudo where needed.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo > /dev/null; then sudo -- "$@"; else
    say "This needs root: run as root, or install sudo ($1)."
    return 2
  fi
}

# Runs a command without its chatter; the last lines are shown when it fails.
quietly() {
  local output status=0
  output="$(mktemp)"
  "$@" > "$output" 2>&1 < /dev/null || status=$?
  if [ "$status" != 0 ]; then
    say "$1 ended with exit code $status; its last lines:"
    tail -n 20 "$output" | tr -d '\000-\010\013-\037\177' | sed 's/^/  /' >&2
  fi
  rm -f "$output"
  return "$status"
}

# True when a program is on PATH or in an administrator's folder, or when a file (absolute) can be read.
is_present() {
  case "$1" in /*) [ -r "$1" ] ;; *) PATH="$PATH:/usr/sbin:/sbin" command -v "$1" > /dev/null ;; esac
}

# require_programs program:package:why ... - installs the packages whose program or file is missing, after one clear list.
require_programs() {
  local entry program package missing=()
  for entry in "$@"; do
    program="${entry%%:*}"
    is_present "$program" || missing+=("${entry#*:}")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  say 'Missing on this host, to be installed with apt:'
  printf '%s\n' "${missing[@]}" | sort -u | sed 's/^\([^:]*\):/  \1 - /' >&2
  confirm 'Install them?' || return 2
  local packages=()
  for package in "${missing[@]}"; do packages+=("${package%%:*}"); done
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600)
  # The lists may be old or absent; the second try has fresh ones.
  as_root "${apt[@]}" install --no-install-recommends "${packages[@]}" > /dev/null 2>&1 < /dev/null && return 0
  quietly as_root "${apt[@]}" update && quietly as_root "${apt[@]}" install --no-install-recommends "${packages[@]}"
}

no_registry() {
  say 'npm could not install what release-kit needs. Check that this machine reaches its npm registry (npm ping), then run the command again.'
  return 2
}

# npm that does not wait for minutes between its tries. It finds the machine's settings (a proxy, certificates, another
# registry) beside the node that runs it, and not at all when it is given a prefix: so it runs on the machine's own Node, in the folder.
machine_path="$PATH"
install_packages() {
  (
    cd "$release_kit_root$1"
    PATH="$machine_path" quietly npm "${@:2}" --ignore-scripts --no-audit --no-fund --fetch-retries=4 \
      --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=8000
  ) || no_registry
}

node_major() { node -p 'process.versions.node.split(".")[0]' 2> /dev/null || printf 0; }

check_host() {
  local program
  for program in git node npm; do
    command -v "$program" > /dev/null && continue
    say "release-kit needs git, Node 20 or newer, and npm; $program is missing."
    return 2
  done
  if ! node --version > /dev/null 2>&1; then
    say "release-kit needs Node 20 or newer to start from; $(command -v node) does not start."
    return 2
  fi
  [ "$(node_major)" -ge 20 ] && return 0
  say "release-kit needs Node 20 or newer to start from; this is $(node --version)."
  return 2
}

use_node_24() {
  [ "$(node_major)" -ge 24 ] && return 0
  local arch bin
  case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) say "There is no Node 24 for $(uname -m) here."; return 2 ;; esac
  bin="$release_kit_root/scripts/node/node_modules/node-linux-$arch/bin"
  if [ ! -x "$bin/node" ]; then
    say "Installing Node 24 into scripts/node: the actions run on it, and this machine has $(node --version)."
    confirm 'Install it?' || return 2
    install_packages /scripts/node ci || return 2
    # It is an optional dependency (one per architecture), which npm leaves out in silence when a fetch is cut off: once more.
    [ -f "$bin/node" ] || install_packages /scripts/node ci || return 2
    [ -f "$bin/node" ] || { no_registry; return 2; }
    # Packages lose the mode of their files in some registries' copies.
    chmod 0755 "$bin/node"
  fi
  PATH="$bin:$PATH"
  export PATH
}

# Installed packages are those of the lock file when the stamp says so, or when npm wrote its own record after it.
packages_are_fresh() {
  local stamp="$release_kit_root/node_modules/.release-kit-lock" record="$release_kit_root/node_modules/.package-lock.json"
  [ -f "$record" ] || return 1
  if [ -f "$stamp" ]; then [ "$(cat "$stamp")" = "$1" ]; else [ "$record" -nt "$release_kit_root/package-lock.json" ]; fi
}

use_packages() {
  local digest
  digest="$(sha256sum < "$release_kit_root/package-lock.json")"
  packages_are_fresh "$digest" && return 0
  say 'Installing the packages of package-lock.json into node_modules: the toolkit of GitHub Actions, the compiler, the test runner.'
  confirm 'Install them?' || return 2
  # Not `npm ci`: it refuses a lock file that was written where the registry lacks packages for other systems, which
  # the test runner and the linter offer as optional ones. `--no-save` installs what the lock file says and leaves it alone.
  install_packages '' install --no-save || return 2
  printf '%s\n' "$digest" > "$release_kit_root/node_modules/.release-kit-lock"
}

check_host && use_node_24 || return 2
if [ "${RELEASE_KIT_NODE_ONLY:-}" != 1 ]; then use_packages || return 2; fi
PATH="$release_kit_root/node_modules/.bin:$PATH"
export PATH
