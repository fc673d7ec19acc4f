# SPDX-License-Identifier: GPL-3.0-or-later
# Writes what the program can check a folder of templates against: the names of the mails that it sends, which are those
# of the shipped templates, and the tags that it fills in, which are the keys that the sources set.
#   awk -f texts_known.awk SOURCES... templates/de/NAME.txt...

function word(list, text) {
    if ((list, text) in seen)
        return
    seen[list, text] = 1
    words[list] = words[list] "    \"" text "\",\n"
}

BEGIN {
    for (i = 1; i < ARGC; i++)
        if (ARGV[i] ~ /\.txt$/) {
            name = ARGV[i]
            sub(/.*\//, "", name)
            sub(/\.txt$/, "", name)
            if (name !~ /^_/)
                word("names", name)
            ARGV[i] = ""
        }
}

{
    line = $0
    while (match(line, /set[a-z_]*\([a-z_]+, "[a-z_0-9]+"/)) {
        found = substr(line, RSTART, RLENGTH)
        sub(/.*, "/, "", found)
        sub(/"$/, "", found)
        word("tags", found)
        line = substr(line, RSTART + RLENGTH)
    }
}

END {
    print "/* Made by texts_known.awk. */"
    print "static const char *const known_names[] = {\n" words["names"] "    NULL,\n};"
    print "static const char *const known_tags[] = {\n" words["tags"] "    NULL,\n};"
}
