# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the list of settings of forumpost.conf(5), in mdoc, from src/flow/settings.def; with -v make=example the file
# forumpost.conf.example. Run with -v localstatedir=DIR -v connections=N.

# Splits TEXT at commas outside quotes into FIELD[1..n], quotes and blanks around taken off; gives n.
function split_fields(text, field,    n, i, c, quoted) {
    n = 1
    field[1] = ""
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\"")
            quoted = !quoted
        else if (c == "," && !quoted)
            field[++n] = ""
        else if (c != " " || quoted || field[n] ~ /./)
            field[n] = field[n] c
    }
    return n
}

function expectation(type, low, high) {
    if (type == "TEXT") return low > 0 ? "One line of " low " to " high " characters" : "One line of at most " high " characters"
    if (type == "LINES") return "At most " high " characters, \\en for a new line"
    if (type == "NUMBER") return "A number from " low " to " high
    if (type == "MODE") return "An octal file mode"
    if (type == "FLAG") return "yes or no"
    if (type == "WORDS") return low " to " high " words with commas between them"
    if (type == "PATH") return "A path"
    if (type == "ENDPOINT") return "unix:PATH or inet:ADDRESS:PORT"
    if (type == "RELAY") return "unix:PATH, inet:ADDRESS:PORT or a URL"
    print "settings.awk: unknown type " type > "/dev/stderr"
    exit 1
}

function fallback_text(fallback) {
    if (fallback == "NULL") return "Must be given."
    if (fallback == "") return "Default: empty."
    sub(/^LOCALSTATEDIR */, localstatedir, fallback)
    return "Default: " fallback "."
}

# TEXT as comment lines of at most 79 columns.
function comment(text,    n, i, words, line) {
    n = split(text, words, " ")
    line = "#"
    for (i = 1; i <= n; i++) {
        if (length(line) + 1 + length(words[i]) > 79) {
            print line
            line = "#"
        }
        line = line " " words[i]
    }
    print line
}

# What must be given stands there with a value to be replaced, everything else as a comment with its default.
function example(section, key, expected, fallback, sentence) {
    if (section != last)
        print "\n[" section "]"
    last = section
    gsub(/\\\\n/, "\\n", sentence)
    gsub(/\\en/, "\\n", expected)
    sub(/^LOCALSTATEDIR */, localstatedir, fallback)
    comment(sentence " " expected ".")
    if (fallback == "NULL")
        print key " = " (key == "domain" ? "beteiligung.example.org" : "Our discussion")
    else
        print "#" key " =" (fallback == "" ? "" : " " fallback)
}

function entry(section, key, expected, fallback, sentence) {
    if (make == "example") {
        example(section, key, expected, fallback, sentence)
        return
    }
    if (section != last) {
        if (last != "")
            print ".El"
        print ".Ss [" section "]"
        print ".Bl -tag -width Ds"
        last = section
    }
    print ".It Cm " key
    gsub(/\\\\n/, "\\en", sentence)
    print sentence
    print expected "."
    print fallback_text(fallback)
}

/^SETTING\(/ {
    line = substr($0, 9, length($0) - 9)
    split_fields(line, f)
    high = f[6] == "LIMIT_SMTP_CONNECTIONS" ? connections : f[6]
    low = f[5]
    if (f[3] == "MODE") { low = ""; high = "" }
    entry(f[1], f[2], expectation(f[3], low, high), f[4], f[7])
}
/^CHOICE\(/ {
    line = substr($0, 8, length($0) - 8)
    split_fields(line, f)
    entry(f[1], f[2], "One of " f[3], f[4], f[5])
}
BEGIN {
    if (make == "example") {
        print "# An example of forumpost.conf with every setting; see forumpost.conf(5)."
        print "# A line that begins with # is a comment, and shows a default. The first two"
        print "# settings must be given."
    }
}
END { if (make != "example") print ".El" }
