/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an office says of a phase, in folded words; see phase.h.
 */
#include "forum/phase.h"

#include "forum/when.h"

#include <string.h>

/* Words for what a phase takes, folded, in the order of its bits. */
static const char *const kind_words[][7] = {
    {"idee", "ideen", "idea", "ideas", NULL},
    {"antwort", "antworten", "beitrag", "beitrage", "reply", "replies", NULL},
    {"unterstutzung", "unterstutzen", "dafur", "support", NULL},
    {"ruckmeldung", "ruckmeldungen", "vorschlag", "vorschlage", "feedback", NULL},
    {"intern", "mitglieder", "inner", "members", NULL},
};

/* "idee antwort und unterstutzung"; 0 if one is none. */
static gint64 kinds_in_words(const char *folded)
{
    g_auto(GStrv) each = g_strsplit(folded, " ", -1);
    gint64 kinds = 0;

    for (char **w = each; *w != NULL; w++) {
        guint bit = 0;
        if (strcmp(*w, "und") == 0 || strcmp(*w, "and") == 0)
            continue;
        while (bit < G_N_ELEMENTS(kind_words) && !g_strv_contains(kind_words[bit], *w))
            bit++;
        if (bit == G_N_ELEMENTS(kind_words))
            return 0;
        kinds |= G_GINT64_CONSTANT(1) << bit;
    }
    return kinds;
}

/* TEXT is cut before the first of WORDS in it; what stands behind that. NULL: it has none. */
static const char *cut_at(char *text, const char *const *words)
{
    for (guint i = 0; words[i] != NULL; i++) {
        char *at = strstr(text, words[i]);
        if (at != NULL) {
            *at = '\0';
            return at + strlen(words[i]);
        }
    }
    return NULL;
}

/* TEXT ends with a day, which is cut off; of "runde 2 1 4 2027" that is the longest one. 0 none. */
static int cut_day(char *text)
{
    for (char *space = strchr(text, ' '); space != NULL; space = strchr(space + 1, ' ')) {
        int day = when_day(space + 1);
        if (day >= 0) {
            *space = '\0';
            return day;
        }
    }
    return 0;
}

/* "von", "ab" before a day. */
static bool cut_word(char *text)
{
    static const char *const words[] = {" von", " vom", " ab", " from"};

    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_has_suffix(text, words[i])) {
            text[strlen(text) - strlen(words[i])] = '\0';
            return true;
        }
    return false;
}

/* "im forum mobilitaet", "fur forum energie", wherever it stands behind the name: taken out. Caller frees; NULL none. */
static char *take_forum(char **text)
{
    static const char *const before[] = {"im", "in", "the", "das", "dem", "fur", "for", "nur", "only", NULL};
    g_auto(GStrv) words = g_strsplit(*text, " ", -1);
    guint n = g_strv_length(words), at = 1;
    g_autoptr(GString) rest = g_string_new(NULL);

    while (at + 1 < n && strcmp(words[at], "forum") != 0)
        at++;
    if (at + 1 >= n)
        return NULL;
    guint from = at;
    while (from > 1 && g_strv_contains(before, words[from - 1]))
        from--;
    for (guint i = 0; i < n; i++)
        if (i < from || i > at + 1)
            g_string_append(g_string_append(rest, rest->len > 0 ? " " : ""), words[i]);
    char *forum = g_strdup(words[at + 1]);
    g_free(*text);
    *text = g_string_free(g_steal_pointer(&rest), FALSE);
    return forum;
}

/* "zuhoeren titel", "zuhoeren titel englisch": what stands behind the colon is one. */
static bool read_title(char *text, struct phase_order *out)
{
    static const char *const words[] = {" titel", " title"};

    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        char *at = strstr(text, words[i]);
        const char *behind = at != NULL ? at + strlen(words[i]) : "?";
        bool is_word = *behind == '\0' || (*behind == ' ' && strchr(behind + 1, ' ') == NULL);
        if (!is_word || at == text)
            continue;
        out->language = *behind == ' ' ? g_strdup(behind + 1) : NULL;
        *at = '\0';
        out->is_title = true;
        return true;
    }
    return false;
}

/* "bis 10 4 2027", "bis auf weiteres", "ohne ende"; what stands before it is left. False: there is such a word, and no day behind it. */
static bool read_end(char *text, struct phase_order *out)
{
    static const char *const ends[] = {" bis zum ", " bis ", " until ", " to ", NULL}, *const never[] = {" ohne ende",
                                                                                                         " without end",
                                                                                                         " open end", NULL};
    const char *none = cut_at(text, never), *end = none == NULL ? cut_at(text, ends) : NULL;

    out->is_open =
        (none != NULL && *none == '\0') ||
        (end != NULL && (when_is_no_day(end) || strcmp(end, "auf weiteres") == 0 || strcmp(end, "further notice") == 0));
    out->to = end != NULL && !out->is_open ? when_day(end) : 0;
    return out->to >= 0 && (none == NULL || out->is_open);
}

bool phase_order(const char *folded, struct phase_order *out)
{
    static const char *const allows[] = {" erlaubt ", " allows ", " allowing ", NULL};

    *out = (struct phase_order){0};
    if (folded == NULL)
        return false;
    g_autofree char *text = g_strdup(folded);
    bool is_title = read_title(text, out);
    out->forum = is_title ? NULL : take_forum(&text);
    const char *kinds = is_title ? NULL : cut_at(text, allows);
    out->allows = kinds != NULL ? kinds_in_words(kinds) : 0;
    if (!is_title && ((kinds != NULL && out->allows == 0) || !read_end(text, out)))
        return false;
    out->from = is_title ? 0 : cut_day(text);
    bool has_end = out->to != 0 || out->is_open;
    bool is_said = out->from != 0 && cut_word(text);
    if (!is_title && !has_end && !is_said)
        return false;
    out->name = g_strdelimit(g_steal_pointer(&text), " ", '-');
    return *out->name != '\0';
}

void phase_order_clear(struct phase_order *o)
{
    g_clear_pointer(&o->name, g_free);
    g_clear_pointer(&o->forum, g_free);
    g_clear_pointer(&o->language, g_free);
}
