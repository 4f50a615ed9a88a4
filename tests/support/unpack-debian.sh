#!/usr/bin/env bash
# Unpacks Debian packages, with everything that they depend on, into a cache folder: no root, nothing installed.
#
#   unpack-debian.sh install CACHE PROGRAM "SUITE…" PACKAGE…   once (safe to call from many processes at a time)
#   unpack-debian.sh run CACHE PROGRAM ARGUMENT…               runs PROGRAM with the libraries that came with it
#
# PROGRAM is a path below CACHE/root, such as usr/sbin/nginx. Suites are tried in this order.
# Another script may source it for `refuse`, `install`, `libraries_of` and `loader_of`.
set -euo pipefail

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

refuse() {
  printf '%s\n' "$1" >&2
  exit 3
}

triplet() {
  case $(uname -m) in
    x86_64) echo x86_64-linux-gnu ;;
    aarch64) echo aarch64-linux-gnu ;;
    *) refuse "no Debian packages are fetched for the processor $(uname -m)" ;;
  esac
}

require_tools() { # PROGRAM
  local tool
  [ "$(uname -s)" = Linux ] || refuse "$1 is fetched from Debian, which needs Linux; this is $(uname -s)"
  for tool in apt-get dpkg-deb flock; do
    command -v "$tool" >/dev/null || refuse "fetching $1 from Debian needs $tool, which is not on this machine"
  done
  [ -r "$KEYRING" ] || refuse "fetching $1 from Debian needs $KEYRING (package debian-archive-keyring)"
}

# apt with its own lists, cache and an empty status file: it resolves every dependency, the C library included,
# so that the program runs whatever release the machine has.
fetch_packages() { # FOLDER SUITE MIRROR PACKAGE…
  local folder=$1 suite=$2 mirror=$3 log=$1/apt.log
  shift 3
  mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial"
  : >"$folder/status"
  echo "deb [signed-by=$KEYRING] $mirror $suite main" >"$folder/sources.list"
  local options=(
    -qq -y
    -o "Dir::State=$folder/state" -o "Dir::State::status=$folder/status" -o "Dir::Cache=$folder/cache"
    -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o APT::Install-Recommends=false -o "APT::Sandbox::User=$(id -un)" -o Acquire::Retries=3
  )
  apt-get "${options[@]}" update >"$log" 2>&1 &&
    apt-get "${options[@]}" --download-only install "$@" >>"$log" 2>&1
}

install_once() { # CACHE PROGRAM SUITES PACKAGE…
  local cache=$1 program=$2 suites=$3 work=$1/install.partial mirror suite archive
  shift 3
  [ -e "$cache/root/$program" ] && return
  mirror=$(apt-get indextargets --format '$(SITE)' 2>/dev/null | grep -E '/debian/?$' | head -n 1 || true)
  [ -n "$mirror" ] || refuse "fetching $1 needs a Debian mirror in the apt sources of this machine"
  for suite in $suites; do
    rm -rf "$work"
    mkdir -p "$work/root"
    if fetch_packages "$work" "$suite" "$mirror" "$@"; then
      for archive in "$work/cache/archives"/*.deb; do dpkg-deb -x "$archive" "$work/root"; done
      [ -x "$work/root/$program" ] || refuse "the Debian packages $* do not hold $program"
      mv "$work/root" "$cache/root" # whole or absent: the check above sees nothing half unpacked
      rm -rf "$work"
      return
    fi
    tail -n 5 "$work/apt.log" >&2
  done
  refuse "the Debian packages $* could not be downloaded (suites tried: $suites)"
}

install() { # CACHE PROGRAM SUITES PACKAGE…
  [ ! -e "$1/root/$2" ] || return 0 # nothing is needed any more, whatever the machine
  require_tools "$4"
  mkdir -p "$1"
  (flock 9 && install_once "$@") 9>"$1/install.lock"
}

libraries_of() { # CACHE
  echo "$1/root/usr/lib/$(triplet)"
}

loader_of() { # LIBRARIES
  find "$1" -maxdepth 1 -name 'ld-linux-*.so.*' | head -n 1
}

run_unpacked() { # CACHE PROGRAM ARGUMENT…
  local libraries loader program=$1/root/$2
  libraries=$(libraries_of "$1")
  loader=$(loader_of "$libraries")
  shift 2
  exec "$loader" --library-path "$libraries" "$program" "$@"
}

[ "${BASH_SOURCE[0]}" = "$0" ] || return 0 # sourced

case ${1:-} in
  install) install "${@:2}" ;;
  run) run_unpacked "${@:2}" ;;
  *) refuse 'usage: unpack-debian.sh install CACHE PROGRAM "SUITE…" PACKAGE… | run CACHE PROGRAM ARGUMENT…' ;;
esac
