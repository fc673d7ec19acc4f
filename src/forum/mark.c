/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See mark.h.
 */
#include "forum/mark.h"

#include "forum/name.h"

#include <string.h>

#define LINE_BYTES  120 /* longer heads are sentences */
#define MOST_BEHIND 6   /* words between a mark and what ends it */

/* What our mails and pages write over what is official, and what it would be called. */
static const char *const marks[] = {
    "Offizielle Antwort",
    "Offizielle Stellungnahme",
    "Offizielle Mitteilung",
    "Amtliche Antwort",
    "Amtliche Mitteilung",
    "Hinweis der Moderation",
    "Antwort der Moderation",
    "Antwort des Ministeriums",
    "Antwort der Ministerin",
    "Antwort des Ministers",
    "Antwort der Staatskanzlei",
    "Antwort der Landesregierung",
    "Official answer",
    "Official reply",
    "Official response",
    "Official statement",
    "Note of the moderators",
    "Answer of the ministry",
    "Resmi yanıt",
    "Resmî cevap",
    "Oficjalna odpowiedź",
    "Odpowiedź ministerstwa",
};
/* Behind a mark and still a head: whose answer it would be. */
static const char *const behind[] = {"der",        "des",          "die",         "das",           "vom",
                                     "von",        "aus",          "dem",         "zum",           "zur",
                                     "an",         "ministeriums", "ministerium", "staatskanzlei", "landesregierung",
                                     "moderation", "of",           "the",         "ministry",      "from",
                                     "to",         "land",         "nrw"};

/* Where the head of the line at P, of N bytes, ends: a colon, a dash between blanks, a comma, a full stop, its end. */
static gsize head_of(const char *p, gsize n)
{
    static const char *const ends[] = {":", "\uff1a", "\u00b7", "\u2022", "|", "\u2013", "\u2014", " - ",
                                       ",", ".",      "!",      "(",      "]", "*",      "_",      "\u2012"};
    gsize first = n;

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        const char *at = g_strstr_len(p, (gssize)first, ends[i]);
        first = at != NULL ? (gsize)(at - p) : first;
    }
    return first;
}

/* The tables as they are compared. */
struct drawn {
    char *marks[G_N_ELEMENTS(marks)], *runs[G_N_ELEMENTS(marks)], *behind[G_N_ELEMENTS(behind)];
};

/* Without blanks, and drawn anew, since letters that stood apart may be doubled now. */
static char *run_of(const char *skeleton)
{
    g_auto(GStrv) words = g_strsplit(skeleton, " ", -1);
    g_autofree char *run = g_strjoinv("", words);

    return name_skeleton(run);
}

/* Once: GLib keeps it beside the table, as long as the process. Of two threads that come first one keeps its own in vain. */
static const struct drawn *drawn_tables(void)
{
    struct drawn *d = g_dataset_get_data(marks, "drawn");

    if (d != NULL)
        return d;
    d = g_new(struct drawn, 1);
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        d->marks[i] = name_skeleton(marks[i]);
        d->runs[i] = run_of(d->marks[i]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(behind); i++)
        d->behind[i] = name_skeleton(behind[i]);
    g_dataset_set_data(marks, "drawn", d);
    return d;
}

static bool are_behind(const struct drawn *d, const char *words)
{
    g_auto(GStrv) all = g_strsplit(words, " ", -1);
    guint n = 0;

    for (char **w = all; *w != NULL; w++) {
        bool is_known = **w == '\0';
        n += **w != '\0';
        for (gsize i = 0; i < G_N_ELEMENTS(behind) && !is_known; i++)
            is_known = strcmp(d->behind[i], *w) == 0;
        if (!is_known)
            return false;
    }
    return n <= MOST_BEHIND;
}

/* HEAD, a skeleton, is a mark, or goes on as heads do; also "O f f i z i e l l e  Antwort". */
static bool is_mark(const struct drawn *d, const char *head)
{
    g_autofree char *run = run_of(head);

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        gsize n = strlen(d->marks[i]);
        bool begins = strncmp(head, d->marks[i], n) == 0;
        if ((begins && head[n] == '\0') || (begins && head[n] == ' ' && are_behind(d, head + n)) || strcmp(run, d->runs[i]) == 0)
            return true;
    }
    return false;
}

#define N_FIRST 3

/* The letter that name_skeleton() makes of what stands at *P, a sign of ASCII or a German letter; '\0' if it leaves it off. *P goes behind
 * it. False: another sign. */
static bool next_letter(const char **p, char *letter_out)
{
    static const char digits[] = "ol2eas6t89";
    const guchar *s = (const guchar *)*p;
    char c = g_ascii_tolower(**p);

    *p += *s == 0xc3 ? 2 : 1;
    if (*s == 0xc3)
        return (*letter_out = s[1] == 0xa4 || s[1] == 0x84   ? 'a'
                              : s[1] == 0xb6 || s[1] == 0x96 ? 'o'
                              : s[1] == 0xbc || s[1] == 0x9c ? 'u'
                                                             : '\0') != '\0';
    *letter_out = g_ascii_isdigit(c)                 ? digits[c - '0']
                  : c == '|' || c == 'i' || c == 'j' ? 'l'
                  : c == '$'                         ? 's'
                  : g_ascii_isalpha(c)               ? c
                                                     : '\0';
    return *s < 0x80;
}

/* Does a mark begin with the N letters? */
static bool begins_mark(const char *letters, gsize n)
{
    static const char first[][N_FIRST + 1] = {"ofl", "amt", "hln", "ant", "not", "res", "odp"};

    for (gsize i = 0; i < G_N_ELEMENTS(first); i++)
        if (memcmp(first[i], letters, n) == 0)
            return true;
    return false;
}

/* Most lines are passed over by their first letters, as name_skeleton() would draw them: those with which a mark begins. Where it is not so
 * plain (letters of others, an "r" that may become an "m") the line is looked at. */
static bool may_be_mark(const char *line)
{
    char letters[N_FIRST + 1] = "", letter;
    gsize n = 0;

    for (const char *p = line; n < N_FIRST;) {
        if (*p == '\0' || *p == '\n')
            return false;
        if (!next_letter(&p, &letter))
            return true;
        char last = n > 0 ? letters[n - 1] : '\0';
        bool is_left_out = letter == '\0' || letter == last || (letter == 'e' && last != '\0' && strchr("aou", last) != NULL);
        if (is_left_out)
            continue;
        letters[n++] = letter == 'r' && last != '\0' ? 'm' : letter;
        if (begins_mark(letters, n) && letter == 'r' && last != '\0')
            return true;
        letters[n - 1] = letter;
        if (!begins_mark(letters, n))
            return false;
    }
    return true;
}

static bool begins_with_mark(const char *line, gsize n)
{
    static const char *const lead = " \t>*_#-=~\"'[(";
    gsize skipped = MIN(strspn(line, lead), n);

    if (skipped == n || !may_be_mark(line + skipped))
        return false;
    gsize n_head = head_of(line + skipped, MIN(n - skipped, LINE_BYTES));

    if (n_head == 0 || n_head >= LINE_BYTES)
        return false;
    g_autofree char *written = g_utf8_make_valid(line + skipped, (gssize)n_head);
    g_autofree char *head = name_skeleton(written);
    return is_mark(drawn_tables(), head);
}

bool mark_is_imitated(const char *text)
{
    for (const char *line = text; *line != '\0';) {
        gsize n = strcspn(line, "\n");
        if (begins_with_mark(line, n))
            return true;
        line += n + (line[n] == '\n');
    }
    return false;
}
