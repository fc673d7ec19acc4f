/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words before a number: they say what kind of number it is. Read one by one, since the last one mostly tells; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include "base/limits.h"

#include <string.h>

#define MAX_BACK 60 /* bytes that are looked at */

static bool is_of_word(gunichar c)
{
    if (c < 0x80)
        return g_ascii_isalnum((char)c);
    return g_unichar_isalnum(c) || c == 0x260e || c == 0x260f || c == 0x2706 || (c >= 0x1f4de && c <= 0x1f4f2); /* telephones */
}

static void set_word(char *word, gsize size, const char *from, const char *to)
{
    gsize n = (gsize)(to - from), i = 0;

    if (g_utf8_get_char(from) >= 0x2600 && g_utf8_get_char(from) != (gunichar)-1) {
        g_strlcpy(word, "tel", size); /* its picture */
        return;
    }
    while (n < size && i < n && (guchar)from[i] < 0x80) {
        word[i] = g_ascii_tolower(from[i]);
        i++;
    }
    word[i < size ? i : 0] = '\0';
    if (i == n)
        return;
    g_autofree char *lower = g_utf8_strdown(from, to - from);
    g_strlcpy(word, strlen(lower) < size ? lower : "", size);
}

/* The next word further up, which is the one of n_words; false if there is none in the line. */
static bool read_word(struct contact_walk *w)
{
    const char *to, *p, *q = NULL;

    for (to = w->next;
         to > w->least && (q = g_utf8_find_prev_char(w->least, to)) != NULL && *q != '\n' && !is_of_word(g_utf8_get_char(q));)
        to = q;
    if (to <= w->least || q == NULL || *q == '\n')
        return false;
    for (p = to; p > w->least && (q = g_utf8_find_prev_char(w->least, p)) != NULL &&
                 (is_of_word(g_utf8_get_char(q)) || (*q == '-' && p < to));)
        p = q;
    if (p == to)
        return false;
    while (*p == '-' && p + 1 < to) /* "Art.-Nr." */
        p++;
    set_word(w->words[w->n_words], sizeof w->words[0], p, to);
    w->next = p;
    return true;
}

const char *contact_word(struct contact_walk *w, gsize at, guint i)
{
    if (w->at != at) {
        w->at = at;
        w->next = w->text + at;
        w->least = w->text + (at > MAX_BACK ? at - MAX_BACK : 0);
        while (w->least < w->next && ((guchar)*w->least & 0xc0) == 0x80)
            w->least++;
        w->n_words = 0;
    }
    while (w->n_words <= i && w->n_words < CONTACT_WORDS) {
        if (w->next == NULL || !read_word(w)) {
            w->next = NULL;
            return "";
        }
        w->n_words++;
    }
    return i < w->n_words ? w->words[i] : "";
}

bool contact_is_one_of(const char *word, const char *const *list, gsize n)
{
    if (*word == '\0' || g_ascii_isdigit(*word))
        return false;
    for (gsize i = 0; i < n; i++)
        if (*word == *list[i] && strcmp(word, list[i]) == 0)
            return true;
    return false;
}

bool contact_has_suffix(const char *word, const struct contact_suffix *list, gsize n)
{
    gsize length = strlen(word);

    for (gsize i = 0; length > 0 && i < n; i++)
        if (list[i].n <= length && list[i].text[list[i].n - 1] == word[length - 1] &&
            memcmp(word + length - list[i].n, list[i].text, list[i].n) == 0)
            return true;
    return false;
}

bool contact_look(struct contact_walk *w)
{
    if (w->n_looks >= LIMIT_CONTACT_LOOKS)
        return false;
    w->n_looks++;
    return true;
}

bool contact_begins_word(const struct contact_walk *w, gsize at)
{
    if (at == 0 || (guchar)w->text[at - 1] < 0x80)
        return at == 0 || !g_ascii_isalnum(w->text[at - 1]);
    const char *before = g_utf8_find_prev_char(w->text, w->text + at);
    return before == NULL || !g_unichar_isalnum(g_utf8_get_char(before));
}

gsize contact_next_digit(struct contact_walk *w, gsize at)
{
    w->digit = MAX(w->digit, at);
    while (w->digit < w->n && !g_ascii_isdigit(w->text[w->digit]))
        w->digit++;
    return w->digit;
}

gsize contact_digits(const struct contact_walk *w, gsize at)
{
    gsize i = at;

    while (i < w->n && g_ascii_isdigit(w->text[i]))
        i++;
    return i - at;
}

bool contact_is_upper(const struct contact_walk *w, gsize at)
{
    return at < w->n && g_unichar_isupper(g_utf8_get_char(w->text + at));
}

gsize contact_word_end(const struct contact_walk *w, gsize at)
{
    const char *p = w->text + at, *end = w->text + w->n;

    while (p < end && (((guchar)*p < 0x80 ? g_ascii_isalpha(*p) : g_unichar_isalpha(g_utf8_get_char(p))) || *p == '-' ||
                       (*p == '\'' && p > w->text + at && p + 1 < end && g_ascii_isalpha(p[1]))))
        p = g_utf8_next_char(p);
    return (gsize)(p - w->text);
}
