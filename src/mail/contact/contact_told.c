/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Homes by the sentence that they stand in: "Wir sind vor kurzem in die Münchner Straße 3 gezogen." Somebody speaks of themselves, and
 * before the street of nothing where everybody may go, unless they speak of living there; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define MAX_SENTENCE 160 /* bytes on each side */
#define MAX_WORD     32

enum tells { TELLS_NOTHING = 0, TELLS_I = 1, TELLS_HOME = 2, TELLS_PUBLIC = 4 };

/* clang-format off */
static const char *const i_words[] = {
    "ich", "wir", "mein", "meine", "meinem", "meinen", "meiner", "meines", "unser", "unsere", "unserem", "unseren", "unserer", "bin", "habe",
    "mich", "uns", "mir", "bizim", "benim", "wij", "ons", "mieszka", "i", "we", "my", "our", "me", "us", "je", "j'habite", "nous", "mon", "notre", "mieszkam", "mieszkamy", "mój", "moja", "moje",
    "moim", "nasz", "nasza", "naszym", "ik", "wij", "mijn", "onze", "abito", "abitiamo", "vivo", "mia", "nostra", "oturuyorum", "oturuyoruz", "evim",
    "evimiz", "adresim", "я", "мы", "ми", "живу", "живемо", "живём", "живем",
};
/* The beginnings of words that speak of living somewhere. */
static const struct contact_suffix homes[] = {
    CONTACT_SUFFIX("wohn"), CONTACT_SUFFIX("lebe"), CONTACT_SUFFIX("gezogen"), CONTACT_SUFFIX("umgezogen"), CONTACT_SUFFIX("eingezogen"),
    CONTACT_SUFFIX("aufgewachsen"), CONTACT_SUFFIX("anwohner"), CONTACT_SUFFIX("bewohner"), CONTACT_SUFFIX("mieter"),
    CONTACT_SUFFIX("untermiet"), CONTACT_SUFFIX("vermiet"), CONTACT_SUFFIX("zuhause"), CONTACT_SUFFIX("daheim"), CONTACT_SUFFIX("hause"),
    CONTACT_SUFFIX("klingel"), CONTACT_SUFFIX("adresse"), CONTACT_SUFFIX("anschrift"), CONTACT_SUFFIX("haustür"), CONTACT_SUFFIX("living"),
    CONTACT_SUFFIX("moved"), CONTACT_SUFFIX("bett"), CONTACT_SUFFIX("schlafzimmer"), CONTACT_SUFFIX("wohnzimmer"), CONTACT_SUFFIX("auszieh"), CONTACT_SUFFIX("umzieh"), CONTACT_SUFFIX("umgezogen"), CONTACT_SUFFIX("oturuyor"), CONTACT_SUFFIX("grew"),
};
/* clang-format on */

static bool begins(const char *word, const struct contact_suffix *list, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (strncmp(word, list[i].text, list[i].n) == 0)
            return true;
    return false;
}

static enum tells told_by(const char *word)
{
    return contact_is_one_of(word, i_words, G_N_ELEMENTS(i_words)) ? TELLS_I
           : begins(word, homes, G_N_ELEMENTS(homes))              ? TELLS_HOME
           : contact_is_public(word)                               ? TELLS_PUBLIC
                                                                   : TELLS_NOTHING;
}

/* The words from AT to END. */
static guint told_between(const struct contact_walk *w, gsize at, gsize end)
{
    guint found = TELLS_NOTHING;

    for (gsize i = at; i < end;) {
        gsize to = MIN(contact_word_end(w, i), end);
        if (to > i && to - i < MAX_WORD) {
            g_autofree char *word = g_utf8_strdown(w->text + i, (gssize)(to - i));
            found |= told_by(word);
        }
        i = to > i ? to : i + 1;
        while (i < end && ((guchar)w->text[i] & 0xc0) == 0x80)
            i++;
    }
    return found;
}

/* A full stop behind a word of some length, or another end; "Str. 5" is none. */
static bool ends_at(const struct contact_walk *w, gsize i)
{
    char c = w->text[i];

    if (c == '!' || c == '?' || c == '\n')
        return true;
    bool is_far = i + 1 >= w->n || w->text[i + 1] == ' ' || w->text[i + 1] == '\n';
    return c == '.' && is_far && i > 3 && g_ascii_isalnum(w->text[i - 1]) && w->text[i - 3] != ' ' && w->text[i - 2] != ' ' &&
           g_ascii_strncasecmp(w->text + i - 3, "str", 3) != 0 && (i + 2 >= w->n || !g_ascii_isdigit(w->text[i + 2]));
}

/* "Von meiner Wohnung ... zur Praxis in der": the word before the street, small ones left out, is everybody's. */
static bool is_at_public(struct contact_walk *w, gsize from)
{
    static const char *const small[] = {"in", "der", "die", "dem", "den", "am", "an", "im", "auf", "at", "in", "the", "on"};
    guint i = 0;

    while (i < CONTACT_WORDS && contact_is_one_of(contact_word(w, from, i), small, G_N_ELEMENTS(small)))
        i++;
    return contact_is_public(contact_word(w, from, i));
}

/* What the words of the sentence around FROM and END tell, those before and those behind. */
static void tell(struct contact_walk *w, gsize from, gsize end, guint *before_out, guint *behind_out)
{
    gsize start = from, to = end;

    while (start > 0 && from - start < MAX_SENTENCE && !ends_at(w, start - 1))
        start--;
    while (start < from && ((guchar)w->text[start] & 0xc0) == 0x80)
        start++;
    while (to < w->n && to - end < MAX_SENTENCE && !ends_at(w, to))
        to++;
    *before_out = told_between(w, start, from);
    *behind_out = told_between(w, end, to);
}

bool contact_is_mine(struct contact_walk *w, gsize from, gsize end)
{
    guint before, behind;

    tell(w, from, end, &before, &behind);
    return ((before | behind) & TELLS_I) != 0;
}

bool contact_is_lived_in(struct contact_walk *w, gsize from, gsize end)
{
    guint before, behind, wanted = TELLS_I | TELLS_HOME;

    tell(w, from, end, &before, &behind);
    return ((before | behind) & wanted) == wanted && !is_at_public(w, from);
}

bool contact_is_told(struct contact_walk *w, gsize from, gsize end)
{
    guint before, behind;

    tell(w, from, end, &before, &behind);
    guint told = before | behind;
    bool is_mine = (told & TELLS_I) != 0;

    if (is_at_public(w, from))
        return is_mine && (behind & TELLS_HOME) != 0;
    /* "Mein Arzt in der Poststraße 9": where everybody may go */
    return is_mine && ((before & TELLS_PUBLIC) == 0 || (told & TELLS_HOME) != 0);
}
