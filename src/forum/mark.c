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

/* Most lines are passed over by their first two letters. What is no plain letter is looked at. */
static bool may_be_mark(const char *line)
{
    static const char *const first[] = {"of", "0f", "am", "4m", "hi", "hl", "h1", "an", "4n", "no", "n0", "re", "r3", "od", "0d"};
    char a = g_ascii_tolower(line[0]), b = g_ascii_tolower(line[1]);

    if ((a & 0x80) != 0 || (b & 0x80) != 0)
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(first); i++)
        if (a == first[i][0] && (b == first[i][1] || !g_ascii_isalnum(b)))
            return true;
    return false;
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
