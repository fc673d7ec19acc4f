#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes ./configure from configure.ac. Run it once in a fresh clone; make reruns what changes later.
set -e
cd "$(dirname "$0")"
mkdir -p build-aux m4
exec autoreconf --install --warnings=all,no-obsolete "$@"
