#!/usr/bin/env bash
# Installs the Debian packages that building and testing Quad needs. Asks nothing; about a second when all is there.
set -euo pipefail

packages=(libncursesw5-dev libcurl4-openssl-dev libsqlite3-dev openssl tmux)

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
done

if [ ${#missing[@]} -eq 0 ]; then
  echo "setup: ${packages[*]} are installed"
elif ! command -v apt-get >/dev/null 2>&1; then
  echo "setup: apt-get is missing. Install by hand what your system calls: ${packages[*]}" >&2
  exit 1
else
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
      echo "setup: run this as root, or install by hand: ${missing[*]}" >&2
      exit 1
    }
    as_root=(sudo)
  fi
  echo "setup: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  echo "setup: done"
fi

command -v swift >/dev/null 2>&1 || {
  echo "setup: Swift 6.2 or later is missing. Get it from https://www.swift.org/install/linux/" >&2
  exit 1
}
