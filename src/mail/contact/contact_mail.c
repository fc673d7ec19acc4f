/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses of mail and of the web; see contact.h. Citizens write theirs so that no collector finds them: "erika (at) example punkt
 * net". What they hid from machines, they did not want on a public page.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define MAX_LOCAL  64 /* RFC 5321 4.5.3.1 */
#define MAX_DOMAIN 255

static bool is_local(char c)
{
    return g_ascii_isalnum(c) || (guchar)c >= 0x80 || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

static bool is_host(char c)
{
    return g_ascii_isalnum(c) || (guchar)c >= 0x80 || c == '-' || c == '.';
}

/* A sign that stands there as a word. */
struct sign {
    gsize n; /* bytes, blanks and brackets around it, too; 0: none */
    bool is_bare;
    guint which; /* of the words */
};

static gsize closed_sign(const struct contact_walk *w, gsize at, char open)
{
    static const char pairs[] = "()[]{}<>";
    gsize i = at;

    if (i >= w->n || strchr(pairs, open)[1] != w->text[i])
        return 0;
    i++;
    return i < w->n && w->text[i] == ' ' ? i + 1 : i;
}

/* One of WORDS at AT: in brackets, or (the first N_BARE of them) between blanks. */
static struct sign sign_at(const struct contact_walk *w, gsize at, const char *const *words, gsize n_words, gsize n_bare)
{
    gsize i = at;
    bool is_apart = i < w->n && w->text[i] == ' ';
    char open = '\0';

    i += is_apart;
    if (i < w->n && w->text[i] != '\0' && strchr("([{<", w->text[i]) != NULL)
        open = w->text[i++];
    if (!is_apart && open == '\0')
        return (struct sign){0};
    i += open != '\0' && i < w->n && w->text[i] == ' ';
    if (i >= w->n || strchr("@aAkK\303.dDpP", w->text[i]) == NULL)
        return (struct sign){0};
    for (guint k = 0; k < (open != '\0' ? n_words : n_bare); k++) {
        gsize n = strlen(words[k]);
        if (i + n >= w->n || g_ascii_strncasecmp(w->text + i, words[k], n) != 0)
            continue;
        gsize end = i + n;
        end += open != '\0' && w->text[end] == ' ';
        end = open != '\0' ? closed_sign(w, end, open) : w->text[end] == ' ' ? end + 1 : 0;
        if (end > 0)
            return (struct sign){.n = end - at, .is_bare = open == '\0', .which = k};
    }
    return (struct sign){0};
}

static const char *const ats[] = {"at", "@", "ät", "Ät", "klammeraffe", "aet", "a"};
#define N_BARE_ATS 5
static const char *const dots[] = {"punkt", "dot", "pkt", "point", "."};
#define N_BARE_DOTS 3

static struct sign at_sign(const struct contact_walk *w, gsize at)
{
    if (w->text[at] == '@')
        return (struct sign){.n = 1, .which = 1};
    if (at + 1 >= w->n || strchr("([{<@aAkK\303 ", w->text[at + 1]) == NULL) /* nearly every blank */
        return (struct sign){0};
    return sign_at(w, at, ats, G_N_ELEMENTS(ats), N_BARE_ATS);
}

/* Where the domain ends that begins at AT; 0 without a dot. IS_SPELLED: dots may be words without brackets, too, and if
 * NEEDS_WORD, one has to be. */
static gsize host_end(const struct contact_walk *w, gsize at, bool is_spelled, bool needs_word)
{
    const char *text = w->text;
    gsize i = at, most = MIN(w->n, at + MAX_DOMAIN);
    bool has_dot = false, has_word = false;

    while (i < most) {
        gsize word = i > at && strchr(" ([{<", text[i]) != NULL && text[i] != '\0'
                         ? sign_at(w, i, dots, G_N_ELEMENTS(dots), is_spelled ? N_BARE_DOTS : 0).n
                         : 0;
        if (word == 0 && !is_host(text[i]))
            break;
        bool is_dot = word > 0 || text[i] == '.', goes_on = i + MAX(word, 1) < w->n && g_ascii_isalpha(text[i + MAX(word, 1)]);
        if (word > 0 && !goes_on)
            break;
        has_dot |= is_dot && i > at && goes_on;
        has_word |= word > 0;
        i += MAX(word, 1);
    }
    while (i > at && i < w->n && ((guchar)text[i] & 0xc0) == 0x80) /* cut by its length: not within a character */
        i--;
    while (i > at && (text[i - 1] == '.' || text[i - 1] == '-'))
        i--;
    return has_dot && (has_word || !needs_word) ? i : 0;
}

/* Before FROM stands a dot as a word: where it begins, FROM if none does. */
static gsize dot_before(const struct contact_walk *w, gsize from, gsize least)
{
    for (gsize n = 9; n >= 5; n--) /* " [punkt] " before "[punkt] " */
        if (from >= least + n && sign_at(w, from - n, dots, G_N_ELEMENTS(dots), N_BARE_DOTS).n == n)
            return from - n;
    return from;
}

static gsize local_start(const struct contact_walk *w, gsize at, gsize least, bool is_spelled)
{
    bool is_quoted = at > least && w->text[at - 1] == '"'; /* "\"h.mueller\" [at] ..." */
    gsize from = at - is_quoted, was;

    do {
        was = from;
        while (from > least && at - from < MAX_LOCAL && is_local(w->text[from - 1]))
            from--;
        if (is_spelled && from < was && at - from < MAX_LOCAL && from > least) {
            gsize dot = dot_before(w, from, least);
            if (dot < from && dot > least && is_local(w->text[dot - 1]))
                from = dot;
        }
    } while (from < was && from > least && is_local(w->text[from - 1]) && at - from < MAX_LOCAL);
    while (from < at && (((guchar)w->text[from] & 0xc0) == 0x80 || strchr("'/.=", w->text[from]) != NULL))
        from++;
    return from;
}

/* "Look at example dot com": no address. */
static bool is_verb(const char *from, gsize n)
{
    static const char *const words[] = {"look",   "looking", "buy", "order", "shop", "read", "see",  "found", "find", "site",
                                        "online", "is",      "was", "are",   "us",   "me",   "here", "page",  "it",   "visit"};
    g_autofree char *word = g_ascii_strdown(from, (gssize)n);

    return contact_is_one_of(word, words, G_N_ELEMENTS(words));
}

gsize contact_mail_at(const struct contact_walk *w, gsize at, gsize least, gsize *from_out)
{
    struct sign sign = at_sign(w, at);
    bool is_spelled = sign.n > 0 && w->text[at] != '@', is_word = sign.is_bare && sign.which == 0; /* "at" is an English word */

    *from_out = at;
    if (sign.n == 0)
        return 0;
    gsize end = host_end(w, at + sign.n, is_spelled, is_word);
    if (end == 0 || (is_word && sign_at(w, end, ats, 1, 1).n > 0)) /* "I'm at j dot harper at ...": the second one */
        return 0;
    *from_out = local_start(w, at, least, is_spelled);
    return *from_out < at && !(is_word && is_verb(w->text + *from_out, at - *from_out)) ? end : 0;
}

gsize contact_page_at(const struct contact_walk *w, gsize at)
{
    static const char *const starts[] = {"http://", "https://", "www."};
    bool is_start = at == 0 || !g_ascii_isalnum(w->text[at - 1]);

    for (gsize i = 0; is_start && i < G_N_ELEMENTS(starts); i++) {
        gsize length = strlen(starts[i]), end = at + length;
        if (end >= w->n || g_ascii_strncasecmp(w->text + at, starts[i], length) != 0)
            continue;
        while (end < w->n && !strchr(" \t\n<>\"()", w->text[end]))
            end++;
        return end;
    }
    return 0;
}
