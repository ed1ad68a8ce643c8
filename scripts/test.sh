#!/usr/bin/env bash
# All tests, as CI runs them; `scripts/test.sh unit contract` runs only these stages, `--yes` installs without asking.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stages=()
for argument in "$@"; do
  case "$argument" in --yes | -y) export RELEASE_KIT_YES=1 ;; *) stages+=("$argument") ;; esac
done

# shellcheck source=scripts/bootstrap.sh
RELEASE_KIT_NODE_ONLY=1 . scripts/bootstrap.sh
installing=
if [ "${RELEASE_KIT_YES:-}" = 1 ]; then
  # Nobody is asked, so npm installs while apt does, and ends before this does.
  trap wait EXIT
  use_packages &
  installing=$!
else use_packages; fi
# A stage that only reads text needs nothing but Node.
tools=1
if [ "${#stages[@]}" -gt 0 ]; then
  tools=0
  for stage in "${stages[@]}"; do
    case "$stage" in types | style | render | build | coverage) ;; *) tools=1 ;; esac
  done
fi
if [ "$tools" = 1 ]; then
  # From Debian 13 on the client is a package of its own.
  docker_client=docker.io
  if apt-cache show docker-cli > /dev/null 2>&1; then docker_client=docker-cli; fi
  require_programs \
    git:git:'tests make real histories' \
    zsh:zsh:'completes what release-kit says it can' \
    fish:fish:'completes the same' \
    groff:groff-base:'finds what is wrong in a man page' \
    mandoc:mandoc:'finds the rest' \
    shellcheck:shellcheck:'reads the commands of documents' \
    gpg:gnupg:'tests make keys with it' \
    gpgv:gpgv:'verifies every signature release-kit makes' \
    strace:strace:'writes down all that a run which signs hands to the kernel' \
    sqv:sqv:'verifies them a second way' \
    ssh-keygen:openssh-client:'tests sign tags with it' \
    openssl:openssl:'makes keys that release-kit asks a program to sign with' \
    softhsm2-util:softhsm2:'a token whose keys sign, as an HSM does' \
    pkcs11-tool:opensc:'signs with the keys of that token' \
    dpkg-deb:dpkg:'the oracle for .deb files and versions' \
    dpkg-parsechangelog:dpkg-dev:'the oracle for changelogs and control files' \
    appstreamcli:appstream:'the oracle for AppStream metadata' \
    /usr/bin/python3:python3:'the oracle for TOML' \
    gcc:gcc:'makes programs that a test looks into' \
    /usr/include/stdio.h:libc6-dev:'makes programs that a test looks into' \
    readelf:binutils:'the oracle for what programs need' \
    sudo:sudo:'actions that need root start as an ordinary user' \
    zstd:zstd:'packs base systems' \
    mmdebstrap:mmdebstrap:'makes the base systems of clean machines' \
    systemd-nspawn:systemd-container:'runs clean machines' \
    nsenter:util-linux:'enters clean machines' \
    mount:mount:'lays clean machines over their base system' \
    qemu-aarch64-static:qemu-user-static:'runs machines of foreign architectures' \
    dockerd:docker.io:'tests of clean machines by Docker start a daemon of their own' \
    docker:"$docker_client":'tests of clean machines by Docker' \
    ip:iproute2:'gives that daemon a network of its own' \
    iptables:iptables:'takes back what that daemon filters' \
    /usr/share/keyrings/debian-archive-keyring.gpg:debian-archive-keyring:"verifies Debian's archive"
fi

if [ -n "$installing" ]; then wait "$installing"; fi
exec node --conditions=release-kit:source scripts/test.ts ${stages[@]+"${stages[@]}"}
