#!/usr/bin/env bash
# Installs actionlint and zizmor in .cache, and lets them look at all workflows, examples and action files.
# It needs python3 with venv, and Go; pip and Go look where they are set up to, and check what they get by digests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

actionlint=v1.7.12
requirements=scripts/linting/requirements.txt
folder=$PWD/.cache/workflow-linters
installed="$(sha256sum "$requirements") actionlint $actionlint"

if [ "$(cat "$folder/installed" 2> /dev/null)" != "$installed" ]; then
  rm -rf "$folder"
  mkdir -p "$folder/bin"
  python3 -m venv "$folder/python"
  "$folder/python/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r "$requirements"
  ln -s ../python/bin/zizmor "$folder/bin/zizmor"
  GOBIN=$folder/bin GOPATH=$folder/go GOFLAGS=-modcacherw go install "github.com/rhysd/actionlint/cmd/actionlint@$actionlint"
  rm -rf "$folder/go"
  echo "$installed" > "$folder/installed"
fi

# shellcheck source=scripts/bootstrap.sh
. scripts/bootstrap.sh
exec node --conditions=release-kit:source scripts/lint-workflows.ts
