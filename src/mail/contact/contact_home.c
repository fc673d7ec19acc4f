/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who lives there, and in which town: what streets of every order of words have around them; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define POSTCODE 5 /* digits */

/* clang-format off */
/* Who lives there. */
static const char *const homes[] = {
    "wohne", "wohnen", "wohnhaft", "wohn", "wohnt", "gewohnt", "adresse", "anschrift", "hause", "privatadresse", "postanschrift",
    "live", "living", "lives", "lived", "reside", "resident", "address", "home", "wohnort", "wohnsitz", "postadresse", "heimatadresse",
    "habite", "habitons", "domicile", "mieszkam", "mieszkamy", "woon", "wonen", "oturuyorum", "oturuyoruz", "adresim", "bydlím", "vivo",
    "abito", "moro",
};
/* "mein Haus", "our flat"; "per Post" */
static const char *const houses[] = {"haus", "häuschen", "wohnung", "house", "flat", "apartment", "place", "grundstück", "balkon", "fenster"};
static const char *const whose[] = {
    "mein", "meine", "meinem", "meiner", "meines", "unser", "unsere", "unserem", "unserer", "unseres", "my", "our",
};
/* clang-format on */

/* "Bad Sassendorf", "Sankt Augustin" */
static gsize town_end(const struct contact_walk *w, gsize at)
{
    static const char *const firsts[] = {"bad", "sankt", "st", "groß", "klein", "alt", "neu", "markt"};
    gsize end = contact_word_end(w, at);
    g_autofree char *word = g_utf8_strdown(w->text + at, (gssize)(end - at));
    gsize next = end + (end < w->n && w->text[end] == '.') + 1;

    if (!contact_is_one_of(word, firsts, G_N_ELEMENTS(firsts)) || next >= w->n || w->text[next - 1] != ' ' ||
        !contact_is_upper(w, next))
        return end;
    return contact_word_end(w, next);
}

gsize contact_place_behind(const struct contact_walk *w, gsize at)
{
    const char *text = w->text;
    gsize n = w->n, i = at;

    while (i < n && i < at + 4 && text[i] != '\0' && strchr(" ,\n;/|", text[i]) != NULL)
        i++;
    if (i + 2 < n && (text[i] == 'D' || text[i] == 'A') && text[i + 1] == '-')
        i += 2;
    gsize digits = contact_digits(w, i);
    if (digits != POSTCODE && digits != POSTCODE - 1)
        return 0;
    gsize town = i + digits + 1;
    return i + digits < n && text[i + digits] == ' ' && contact_is_upper(w, town) ? town_end(w, town) : 0;
}

bool contact_is_home(struct contact_walk *w, gsize from)
{
    for (guint i = 0; i < CONTACT_WORDS; i++) {
        const char *word = contact_word(w, from, i);
        if (contact_is_one_of(word, homes, G_N_ELEMENTS(homes)))
            return true;
        bool is_house = contact_is_one_of(word, houses, G_N_ELEMENTS(houses)), is_post = strcmp(word, "post") == 0;
        const char *before = is_house || is_post ? contact_word(w, from, i + 1) : "";
        if ((is_house && contact_is_one_of(before, whose, G_N_ELEMENTS(whose))) ||
            (is_post && contact_is_one_of(before, (const char *const[]){"per", "by"}, 2)))
            return true;
    }
    return false;
}
