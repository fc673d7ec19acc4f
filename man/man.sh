#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual pages as TAP: mandoc finds nothing to complain about, each setting and each command is documented.
pages="$top_srcdir/man/forumpost.1 $top_srcdir/man/forumpost-intake.8 $top_builddir/man/forumpost.conf.5"
n=0

result() { # STATUS NAME
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

for page in $pages; do
	if ! command -v mandoc >/dev/null; then
		n=$((n + 1))
		echo "ok $n - $(basename "$page") # SKIP mandoc is not installed"
		continue
	fi
	complaints=$(mandoc -Tlint -Wwarning "$page" 2>&1 | grep -v 'referenced manual not found')
	[ -z "$complaints" ] || printf '%s\n' "$complaints" | sed 's/^/# /'
	[ -z "$complaints" ]
	result $? "mandoc has no complaint about $(basename "$page")"
done

missing=$(sed -nE 's/^(SETTING|CHOICE)\(([a-z]+), ([a-z_]+),.*/\3/p' "$top_srcdir/src/flow/settings.def" | while read -r key; do
	grep -qx ".It Cm $key" "$top_builddir/man/forumpost.conf.5" || echo "# $key"
done)
[ -z "$missing" ] || echo "$missing"
[ -z "$missing" ]
result $? "forumpost.conf(5) has every setting"

missing=$("$FORUMPOST" --help | sed -nE 's/^  ([a-z]+) .*/\1/p' | while read -r command; do
	grep -qE "^\.It Cm $command( |\$)" "$top_srcdir/man/forumpost.1" || echo "# $command"
done)
[ -z "$missing" ] || echo "$missing"
[ -z "$missing" ]
result $? "forumpost(1) has every command"
missing=$("$FORUMPOST" --help | sed -nE 's/^  ([a-z]+) .*/\1/p' | while read -r command; do
	"$FORUMPOST" "$command" --help | sed -nE 's/^  (-[a-z], )?--([a-z-]+).*/\2/p' | while read -r option; do
		grep -qE "Fl ([a-z] \| )?-$option( |\$)" "$top_srcdir/man/forumpost.1" || echo "# $command --$option"
	done
done)
[ -z "$missing" ] || echo "$missing"
[ -z "$missing" ]
result $? "forumpost(1) has every option"
echo "1..$n"
