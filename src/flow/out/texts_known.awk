# SPDX-License-Identifier: GPL-3.0-or-later
# Writes what the program can check a folder of templates against: the tags that it fills in, which are the keys that the
# sources set, and is_NAME of each command of a line (forum/command.def). Which mails must have a text says forum/purpose.def.
#   awk -f texts_known.awk SOURCES... command.def

/^COMMAND\(.*LINE_(READS|CHANGES|SETTLES)/ {
    split($0, parts, "\"")
    tags = tags "    \"is_" parts[2] "\",\n"
    seen["is_" parts[2]] = 1
}

{
    line = call $0
    call = ""
    if (match($0, /set[a-z_]*\($/)) # its arguments stand in the next line
        call = substr($0, RSTART)
    sub(/set[a-z_]*\( +/, "set(", line)
    while (match(line, /set[a-z_]*\(&?[a-z_]+, "[a-z_0-9]+"/)) {
        found = substr(line, RSTART, RLENGTH)
        sub(/.*, "/, "", found)
        sub(/"$/, "", found)
        if (!(found in seen))
            tags = tags "    \"" found "\",\n"
        seen[found] = 1
        line = substr(line, RSTART + RLENGTH)
    }
}

END {
    print "/* Made by texts_known.awk. */"
    print "static const char *const known_tags[] = {\n" tags "    NULL,\n};"
}
