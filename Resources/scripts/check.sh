#!/usr/bin/env bash
# The one gate: format, sizes, arrows between floors, then build and tests with warnings as errors.
# --static leaves build and tests out; a test of the suite calls it so, and `swift test` holds the gate.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
  echo "check: $*" >&2
  exit 1
}

# Fails when git grep finds the pattern in the given paths. `set -e` ignores a negated command, so the test is explicit.
forbid() {
  local why=$1 pattern=$2
  shift 2
  if git grep -nE "$pattern" -- "$@"; then fail "$why"; fi
}

swift format lint --strict --recursive Package.swift Sources Tests

while read -r file; do
  lines=$(wc -l <"$file")
  [ "$lines" -le 500 ] || fail "$file has $lines lines; 500 at most"
done < <(git ls-files 'Sources/*.swift' 'Tests/*.swift')
for shim in Sources/CCurl/shim.h Sources/CNcurses/shim.h; do
  [ "$(wc -l <"$shim")" -le 120 ] || fail "$shim has more than 120 lines"
done

import='^ *(package |internal |public |private |fileprivate )?import '
forbid "libcurl is seen from ParseClient/Curl only" "${import}CCurl" Sources ':!Sources/ParseClient/Curl'
forbid "ncurses is seen from TerminalUI/Curses only" "${import}CNcurses" Sources ':!Sources/TerminalUI/Curses'
forbid "SQLite is seen from JSONCache only" "${import}(GRDB|SQLite3)" Sources ':!Sources/JSONCache'
forbid "the UI does no I/O" "${import}(Workspace|SyncEngine|JSONCache|ParseClient|Sandbox)" \
  Sources/QuadApp Sources/CRM Sources/TerminalUI Sources/ParseCore
forbid "no escapes from the type system" '@unchecked Sendable|try!|as!|fatalError\(' Sources
forbid "tests do not sleep" '(^|[^a-zA-Z])(usleep|sleep|Task\.sleep)\(' Tests

if [ "${1:-}" = --static ]; then
  echo "check: format, sizes and arrows hold"
else
  swift test --disable-xctest
fi
