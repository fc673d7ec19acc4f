/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Doors before their street, and those that a name or a home says: "3. OG links, Hustadtring 5", "Klingel Meier", "im Seniorenheim,
 * Zimmer 12"; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

/* "Ich bin im Seniorenheim St. Josef, Zimmer 214": a room where somebody lives. */
static bool is_room_of_home(struct contact_walk *w, gsize at)
{
    static const struct contact_suffix homes[] = {CONTACT_SUFFIX("heim"), CONTACT_SUFFIX("stift"), CONTACT_SUFFIX("residenz"),
                                                  CONTACT_SUFFIX("hospiz"), CONTACT_SUFFIX("unterkunft")};
    static const char *const speakers[] = {"ich",   "bin",    "wir",   "mein", "meine", "lebe",
                                           "wohne", "mutter", "vater", "oma",  "opa"};
    bool is_home = false, is_mine = false;

    for (guint i = 0; i < CONTACT_WORDS; i++) {
        const char *word = contact_word(w, at, i);
        is_home |= contact_has_suffix(word, homes, G_N_ELEMENTS(homes));
        is_mine |= contact_is_one_of(word, speakers, G_N_ELEMENTS(speakers));
    }
    return is_home && is_mine;
}

bool contact_may_be_bell(const struct contact_walk *w, gsize at)
{
    const char *s = w->text + at;

    if (at + 4 >= w->n)
        return false;
    switch (s[0] | 0x20) {
    case 'k':
        return s[1] == 'l' && s[2] == 'i' && s[3] == 'n';
    case 'd':
        return s[1] == 'o' && s[2] == 'o' && s[3] == 'r';
    case 'z':
        return s[1] == 'i' && (s[2] == '.' || (s[2] == 'm' && s[3] == 'm'));
    default:
        return false;
    }
}

gsize contact_door_at(struct contact_walk *w, gsize at)
{
    bool is_bell = false;
    gsize end = contact_parts_end(w, at, true, &is_bell);

    if (end == at)
        return 0;
    gsize street = contact_street_behind(w, end);
    gsize place = street > 0 ? contact_place_behind(w, street) : 0;
    if (street > 0)
        return contact_door_behind(w, MAX(street, place));
    return is_bell || (contact_unit_end(w, at) > 0 && is_room_of_home(w, at)) ? end : 0;
}
