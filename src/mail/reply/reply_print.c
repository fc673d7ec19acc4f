/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mail server writes above, and a company's lawyers below what its people write; see reply_contact.h. Called by reply.c.
 */
#include <string.h>

#include "mail/body/small_print.h"
#include "mail/reply/reply_contact.h"
#include "mail/word/reply_match.h"

#define MIN_SMALL_PRINT   40  /* bytes */
#define SURE_SMALL_PRINT  100 /* a shorter one does not speak of who wrote it */
#define MAX_PRIVACY       300 /* bytes of "Hinweise zum Datenschutz: www. ..." */
#define MAX_ABOVE         12  /* lines from a closing formula to small print */
#define MAX_CLOSING_BYTES 60
#define MAX_COMPANY_BYTES 300 /* of a line that tells of a register */
#define MAX_COMPANY_LINES 15
#define MIN_COMPANY       2 /* such things in one paragraph */
#define MAX_BANNER_BYTES  400

/* Is there an end of a letter right above line FROM: a formula that the table knows, or a signature? */
static bool is_below_closing(const GArray *lines, const guint8 *fates, guint from)
{
    for (guint i = from, n = 0; i > 0 && n < MAX_ABOVE; i--, n++) {
        const struct line *l = line_at(lines, i - 1);
        bool may_close = l->class == LINE_TEXT && l->n_bytes <= MAX_CLOSING_BYTES;
        g_autofree char *folded = may_close ? fold_line(l->at, l->n_bytes) : NULL;
        if (fates[i - 1] == FATE_SIGNATURE || (folded != NULL && words_are_closing(folded)))
            return true;
        if (l->class != LINE_EMPTY && folded == NULL)
            return false;
    }
    return false;
}

/* "Diese Nachricht habe ich vertraulich auch der Stadt geschickt." */
static bool is_said_by_author(const char *paragraph)
{
    static const char *const words[] = {" ich ", " wir ", " mich ", " mir ", " mein ", " meine ", " meiner ",
                                        " i ",   " we ",  " my ",   " me ",  " je ",   " nous ",  " ik ",
                                        " wij ", " io ",  " yo ",   " ben ", " biz ",  " я "};
    g_autofree char *folded = fold_line(paragraph, strlen(paragraph)), *padded = g_strconcat(" ", folded, " ", NULL);

    for (gsize i = 0; strlen(paragraph) < SURE_SMALL_PRINT && i < G_N_ELEMENTS(words); i++)
        if (strstr(padded, words[i]) != NULL)
            return true;
    return false;
}

/* The same of what no language shares: lawyers bid as "wir" and "we", and "i" is a word of half of Europe. */
static bool is_of_one_person(const char *paragraph)
{
    static const char *const words[] = {" ich ", " mich ", " mir ", " mein ", " meine ", " my ", " je ", " ik ", " ben ", " я "};
    g_autofree char *folded = fold_line(paragraph, strlen(paragraph)), *padded = g_strconcat(" ", folded, " ", NULL);
    bool is_english = strstr(padded, " the ") != NULL || strstr(padded, " this ") != NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(padded, words[i]) != NULL)
            return true;
    return is_english && strstr(padded, " i ") != NULL;
}

/* "Unsere Datenschutzerklärung finden Sie unter www. ..." */
static bool is_of_privacy(const char *paragraph)
{
    static const char *const words[] = {"datenschutz", "dsgvo", "verarbeitung personenbezogener", "privacy", "gdpr", "rodo",
                                        "kvkk",        "rgpd"};
    g_autofree char *folded = fold_line(paragraph, strlen(paragraph));
    bool has_link = strstr(folded, "www.") != NULL || strstr(folded, "http") != NULL;

    for (gsize i = 0; has_link && strlen(paragraph) <= MAX_PRIVACY && i < G_N_ELEMENTS(words); i++)
        if (strstr(folded, words[i]) != NULL)
            return true;
    return false;
}

/* From the first line on that tells of a company's register, if another one does so as well and none is a sentence: "Sitz der
 * Gesellschaft: Essen / Amtsgericht Essen HRB 12345". TO where there is none. */
static guint company_from(const GArray *lines, guint from, guint to)
{
    guint first = to, n = 0;

    for (guint i = from; to - from <= MAX_COMPANY_LINES && i < to; i++) {
        const struct line *l = line_at(lines, i);
        bool may_tell =
            l->n_bytes <= MAX_COMPANY_BYTES && (memchr(l->at, ':', l->n_bytes) != NULL || has_digit(l->at, l->n_bytes));
        guint found = may_tell ? small_print_company(l->at, l->n_bytes) : 0;
        if (found > 0 && line_ends_sentence(l) && l->n_bytes > MAX_CLOSING_BYTES)
            return to;
        first = found > 0 ? MIN(first, i) : first;
        n += found;
    }
    return n >= MIN_COMPANY ? first : to;
}

bool small_print_find(const GArray *lines, const guint8 *fates, guint *from_out, guint *to_out)
{
    guint to = lines->len, from;

    while (to > 0 && (fates[to - 1] != FATE_TEXT || line_at(lines, to - 1)->class != LINE_TEXT))
        to--;
    for (from = to; from > 0 && fates[from - 1] == FATE_TEXT && line_at(lines, from - 1)->class == LINE_TEXT;)
        from--;
    if (from == to)
        return false;
    guint company = company_from(lines, from, to);
    *from_out = company;
    *to_out = to;
    if (company > 0 && company < to)
        return true;
    const struct line *first = line_at(lines, from), *last = line_at(lines, to - 1);
    gsize n = (gsize)(last->at + last->n_bytes - first->at);
    *from_out = from;
    if (from == 0 || n < MIN_SMALL_PRINT)
        return false;
    g_autofree char *paragraph = g_strndup(first->at, n);
    if (!is_below_closing(lines, fates, from))
        return small_print_is_for_strangers(paragraph) && !is_of_one_person(paragraph);
    return !is_said_by_author(paragraph) && (small_print_is(paragraph) || is_of_privacy(paragraph));
}

/* Do programs that warn of mails write so: "[EXTERN] ...", "CAUTION: ... outside ...", with a word about links? Looked for as it is
 * written, before anything is folded: most first lines are none. */
static bool may_warn(const struct line *l)
{
    static const char *const dangers[] = {"ink", "nhäng", "nlage", "ttach", "jointes", "llegati", "ijlage", "ałącz", "ekler"};
    bool is_drawn = strchr("[*!(<", l->at[0]) != NULL || g_str_has_prefix(l->at, "⚠");

    for (gsize i = 0; !is_drawn && i < G_N_ELEMENTS(dangers); i++)
        is_drawn = memmem(l->at, l->n_bytes, dangers[i], strlen(dangers[i])) != NULL;
    return is_drawn;
}

/* "Externe Links in dieser E-Mail ..." may be an author's: without brackets it must say where the mail comes from. */
static bool says_from_where(const char *line)
{
    static const char *const words[] = {"außerhalb", "ausserhalb", "outside",   "originat", "extérieur",
                                        "fuera de",  "fora da",    "buiten de", "spoza",    "dışından"};

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(line, words[i]) != NULL)
            return true;
    return *line == '[';
}

guint banner_find(const GArray *lines, const guint8 *fates)
{
    guint i = lines_skip_empty(lines, 0);
    const struct line *l = i < lines->len ? line_at(lines, i) : NULL;

    if (l == NULL || fates[i] != FATE_TEXT || l->n_bytes < MIN_SMALL_PRINT || l->n_bytes > MAX_BANNER_BYTES ||
        lines_skip_empty(lines, i + 1) >= lines->len || !may_warn(l))
        return 0;
    g_autofree char *line = fold_line(l->at, l->n_bytes);
    return says_from_where(line) && small_print_is(line) && !is_of_one_person(line) ? i + 1 : 0;
}
