# SPDX-License-Identifier: GPL-3.0-or-later
# Turns SQL files into C. Called as
#   awk -v make=enum  -f catalogue.awk sql/FAMILY.sql ...                 enum sql of queries.h
#   awk -v make=table -f catalogue.awk sql/FAMILY.sql ...                 the array sql_texts
# (the first two with -v purposes=forum/purpose.def: $purpose(ID) and $stream(ID) are what its row says,
#  $ceiling(ID) the words of all rows with that ceiling, with commas)
#   awk -v make=schema -f catalogue.awk schema.sql [migrate/0002.sql ...] schema_ours
# A statement begins with the line `-- name: WORD` and ends before the next one or with its file. Other comment lines
# are for readers, but `-- scan meant: WHY` goes into the table, and `-- columns WORD: a, b,` (a line that ends in a comma or
# within a bracket goes on) is a list that any statement of any file writes as $WORD, as $WORD(t) with `t.` before each and as $WORD(:) for parameters.
# In a list, @ is where that prefix goes if a column is more than a name; $WORD is what another list has.

function quoted(text) {
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    return "\"" text "\\n\""
}

function fail(text) {
    print FILENAME ":" FNR ": " text > "/dev/stderr"
    is_failed = 1
    exit 1
}

function close_statement() {
    if (name == "")
        return
    if (n_lines == 0)
        fail("statement " name " has no text")
    if (make == "enum")
        print "    SQL_" toupper(name) ","
    else
        print "    [SQL_" toupper(name) "] = {\"" name "\"," body ", " (scan == "" ? "NULL" : scan) ", " (changes_people() ? "true" : "false") "},"
}

# Rows from which it follows who may be called how (db_people_version()).
function changes_people() {
    return body ~ /(INTO|UPDATE|UPDATE OR [A-Z]+|DELETE FROM) (forum|member|person)[^a-z_]/
}

# A row may go on on further lines; its stream is the first one where it says nothing.
function read_purposes(    line, id, ceiling) {
    while (purposes != "" && (getline line < purposes) > 0) {
        if (match(line, /^PURPOSE\([A-Z_]+, "[a-z-]+"/)) {
            split(substr(line, 9, RLENGTH - 8), part, /, "?|"/)
            id = part[1]
            words[id] = part[2]
            streams[id] = 0
        }
        if (match(line, /\.ceiling = CEILING_[A-Z]+/)) {
            ceiling = substr(line, RSTART + 19, RLENGTH - 19)
            ceilings[ceiling] = ceilings[ceiling] (ceiling in ceilings && ceilings[ceiling] != "" ? ", " : "") "'" words[id] "'"
        }
        if (line ~ /\.stream = STREAM_FORUM/)
            streams[id] = 1
        if (line ~ /\.stream = STREAM_BULK/)
            streams[id] = 2
    }
}

function with_purposes(line,    id, what) {
    while (match(line, /\$ceiling\([A-Z_]+\)/)) {
        id = substr(line, RSTART + 9, RLENGTH - 10)
        if (!(id in ceilings))
            fail("no row of purpose.def has the ceiling " id)
        line = substr(line, 1, RSTART - 1) ceilings[id] substr(line, RSTART + RLENGTH)
    }
    while (match(line, /\$(purpose|stream)\([A-Z_]+\)/)) {
        what = substr(line, RSTART + 1, RLENGTH - 2)
        id = what
        sub(/.*\(/, "", id)
        if (!(id in words))
            fail("no row of purpose.def is called " id)
        line = substr(line, 1, RSTART - 1) (what ~ /^purpose/ ? "'" words[id] "'" : streams[id]) substr(line, RSTART + RLENGTH)
    }
    return line
}

function is_closed(text) {
    return gsub(/\(/, "", text) <= gsub(/\)/, "", text)
}

function read_columns(    i, line, list) {
    for (i = 1; i < ARGC && make != "schema"; i++) {
        while ((getline line < ARGV[i]) > 0) {
            if (list == "" && line !~ /^-- columns [a-z_]+: /)
                continue
            if (list == "") {
                split(line, part, /[ :]+/)
                list = part[3]
                if (list in columns)
                    fail("the list " list " stands twice")
                sub(/^-- columns [a-z_]+: /, "", line)
            } else
                sub(/^--[ ]*/, " ", line)
            columns[list] = columns[list] line
            if (line !~ /,$/ && is_closed(columns[list]))
                list = ""
        }
        close(ARGV[i])
    }
}

# What stands in LIST, with PREFIX before each name.
function with_prefix(list, prefix,    n, i, c, depth, item, out) {
    n = length(list)
    for (i = 1; i <= n + 1; i++) {
        c = i <= n ? substr(list, i, 1) : ","
        depth += (c == "(") - (c == ")")
        if (c != "," || depth > 0) {
            item = item c
            continue
        }
        sub(/^ +/, "", item)
        out = out (out == "" ? "" : ", ") (item ~ /^[a-z][a-z0-9_]*$/ ? prefix : "") item
        item = ""
    }
    gsub(/@/, prefix, out)
    return out
}

function with_columns(line,    from, n, name, prefix, rest) {
    while (match(line, /\$[a-z_]+(\([a-z]+\)|\(:\))?/)) {
        from = RSTART
        n = RLENGTH
        name = prefix = substr(line, from + 1, n - 1)
        sub(/\(.*/, "", name)
        sub(/^[a-z_]+\(?/, "", prefix)
        sub(/\)$/, "", prefix)
        if (!(name in columns))
            fail("no list of columns is called " name)
        rest = substr(line, from + n)
        line = substr(line, 1, from - 1) with_prefix(with_columns(columns[name]), prefix == "" || prefix == ":" ? prefix : prefix ".") rest
    }
    return line
}

BEGIN {
    read_purposes()
    read_columns()
    print "/* Made by catalogue.awk; edit the SQL instead. */"
    if (make == "enum")
        print "#pragma once\n\nenum sql {"
    else
        print "#include \"store/catalogue.h\"\n"
    if (make == "table")
        print "const struct sql_text sql_texts[N_SQL] = {"
}

make != "schema" && FNR == 1 { close_statement(); name = "" }
make == "schema" && FNR == 1 {
    if (n_files++ == 0)
        print "static const char newest[] ="
    else {
        version = FILENAME
        sub(/.*\//, "", version)
        if (version + 0 != n_files)
            fail("migrations must be numbered without a gap: expected " n_files)
        print ";\nstatic const char step_" n_files "[] ="
    }
}
make == "schema" { print "    " quoted($0); next }

/^-- name: / {
    close_statement()
    name = $3
    if (name !~ /^[a-z][a-z0-9_]*$/ || name in seen)
        fail("bad or repeated name " name)
    seen[name] = 1
    body = scan = ""
    n_lines = 0
    next
}
/^-- scan meant: / { scan = quoted(substr($0, 16)); sub(/\\n"$/, "\"", scan); next }
/^[ \t]*--/ || /^[ \t]*$/ { next }
name == "" { fail("SQL before the first name") }
{ body = body "\n        " quoted(with_columns(with_purposes($0))); n_lines++ }

END {
    if (is_failed)
        exit 1
    if (make != "schema") {
        close_statement()
        print make == "enum" ? "    N_SQL\n};" : "};"
        exit
    }
    print ";"
    if (n_files > 1) {
        print "static const struct migration migrations[] = {"
        for (i = 2; i <= n_files; i++)
            print "    {" i ", step_" i "},"
        print "};"
    }
    print "const struct schema schema_ours = {newest, " n_files ", " (n_files > 1 ? "migrations" : "NULL") ", " n_files - 1 "};"
}
