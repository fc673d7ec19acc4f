# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the list of settings of forumpost.conf(5), in mdoc, from src/flow/settings.def.
# Run with -v localstatedir=DIR -v connections=N.

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
    print "settings.awk: unknown type " type > "/dev/stderr"
    exit 1
}

function fallback_text(fallback) {
    if (fallback == "NULL") return "Must be given."
    if (fallback == "") return "Default: empty."
    sub(/^LOCALSTATEDIR */, localstatedir, fallback)
    return "Default: " fallback "."
}

function entry(section, key, expected, fallback, sentence) {
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
END { print ".El" }
