/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the files of this folder; see contact.h. Each contact_..._at() says where a find of its kind ends that begins at AT, or is
 * known there by its middle: 0 if there is none.
 */
#pragma once

#include "mail/contact/contact.h"

#define CONTACT_WORDS         6
#define CONTACT_PLATE_BEFORE  12 /* bytes before the first digit of a car's plate, or of a day behind its month */
#define CONTACT_NUMBER_BEFORE 3  /* of a personal number */

/* One walk over a text. What looks at the words before a number costs far more than a sign of the text: there may be
 * LIMIT_CONTACT_LOOKS of it. Beyond, only what its own shape proves is found: mail, IBAN, and every number that could be a
 * telephone's by its plan, whatever stands before it. */
struct contact_walk {
    const char *text;
    gsize n;
    guint n_looks;
    gsize digit; /* of contact_next_digit() */
    gsize at;    /* of the number whose words are these */
    const char *least, *next;
    guint n_words;
    char words[CONTACT_WORDS][32];
};
/* May there be one more look? Counts it. */
bool contact_look(struct contact_walk *w);

/* contact_words.c: the Ith word before AT in its line, 0 the last one, lower case; "" where there is none or I is CONTACT_WORDS.
 * Valid until it is asked for another AT. */
const char *contact_word(struct contact_walk *w, gsize at, guint i);
/* Is WORD in LIST? No list has words that begin with a digit. */
bool contact_is_one_of(const char *word, const char *const *list, gsize n);
/* Does WORD end in one of the suffixes? Their lengths are counted once, by CONTACT_SUFFIX. */
struct contact_suffix {
    const char *text;
    gsize n;
};
#define CONTACT_SUFFIX(text)   \
    {                          \
        text, sizeof(text) - 1 \
    }
bool contact_has_suffix(const char *word, const struct contact_suffix *list, gsize n);
/* Does no letter and no digit stand before AT? */
bool contact_begins_word(const struct contact_walk *w, gsize at);
/* The place of the first digit from AT on, N if there is none; remembered, so a walk from the beginning to the end is linear. */
gsize contact_next_digit(struct contact_walk *w, gsize at);
gsize contact_digits(const struct contact_walk *w, gsize at); /* how many from AT on */
bool contact_is_upper(const struct contact_walk *w, gsize at);
/* Where the word ends that begins at AT: letters, hyphens, and apostrophes between letters. */
gsize contact_word_end(const struct contact_walk *w, gsize at);
bool contact_names_phone(const char *word); /* contact_phone.c: "tel", "handynummer", in thirteen languages */

/* contact_mail.c. An address begins at *FROM_OUT, not before LEAST. */
gsize contact_mail_at(const struct contact_walk *w, gsize at, gsize least, gsize *from_out);
gsize contact_page_at(const struct contact_walk *w, gsize at);
/* contact_bank.c: an IBAN; an account's number behind its word. */
gsize contact_iban_at(struct contact_walk *w, gsize at);
gsize contact_account_at(struct contact_walk *w, gsize at);
/* contact_plate.c */
gsize contact_plate_at(struct contact_walk *w, gsize at);
/* contact_phone.c: how long the number is that begins at AT (a digit, "+" or "(" that no word touches). */
gsize contact_phone_at(struct contact_walk *w, gsize at);
/* contact_spelled.c: a number with words or letters among its digits. */
gsize contact_spelled_at(struct contact_walk *w, gsize at);
/* contact_place.c: the street or place around the number that begins at AT. It begins at *FROM_OUT, not before LEAST. */
gsize contact_place_at(struct contact_walk *w, gsize at, gsize least, gsize *from_out, enum contact_kind *kind_out);
/* contact_door.c: where the house's number ends whose digits end at END ("5 a", "7 - 9"); further ones behind it ("2, 4 und 6"); and what
 * leads to a door (", 3. OG links", "Klingel Meier"), END if nothing does. */
gsize contact_house_end(const struct contact_walk *w, gsize end);
gsize contact_houses_end(const struct contact_walk *w, gsize end);
gsize contact_door_behind(const struct contact_walk *w, gsize end);
/* The same from AT on (IS_FIRST) or behind END; *IS_BELL_OUT: with a name. "Whg. 12" at AT. */
gsize contact_parts_end(const struct contact_walk *w, gsize end, bool is_first, bool *is_bell_out);
gsize contact_unit_end(const struct contact_walk *w, gsize at);
/* contact_bell.c: the same before its street, or with a name at its bell. */
bool contact_may_be_bell(const struct contact_walk *w, gsize at); /* cheap: by two letters */
gsize contact_door_at(struct contact_walk *w, gsize at);
/* contact_place.c: ", Waldweg 12" behind AT; where it ends, 0 if there is none. */
gsize contact_street_behind(const struct contact_walk *w, gsize at);
/* contact_street.c, words in lower case: "Waldweg"; "Weg" alone; "Untere", which may stand before. */
bool contact_is_street(const char *word);
bool contact_is_bare_street(const char *word);
bool contact_is_street_adjective(const char *word);
/* contact_identity.c: the day of somebody's birth; a number that they are known by. */
gsize contact_birth_at(struct contact_walk *w, gsize at);
gsize contact_identity_at(struct contact_walk *w, gsize at);
/* contact_home.c: is what begins at FROM where somebody lives, by the words before it? */
bool contact_is_home(struct contact_walk *w, gsize from);
/* Does the sentence around FROM and END say, in whatever order, that its writer lives there? */
bool contact_is_told(struct contact_walk *w, gsize from, gsize end);
bool contact_is_lived_in(struct contact_walk *w, gsize from, gsize end); /* likewise, in words of living there */
bool contact_is_mine(struct contact_walk *w, gsize from, gsize end);     /* does the sentence speak of its writer? */
bool contact_is_said_home(struct contact_walk *w,
                          gsize from); /* "wohne in ..." right before: what follows is a street, whatever it is called */
bool contact_is_beside_thing(struct contact_walk *w, gsize from); /* "die Uniklinik, ..." */
bool contact_stands_beside(struct contact_walk *w, gsize from);   /* is it said beside something that is nobody's but theirs? */
/* contact_public.c: a building or an occasion that is everybody's, lower case */
bool contact_is_public(const char *word);
/* " 45127 Essen", "\nD-45127 Essen" behind AT. */
gsize contact_place_behind(const struct contact_walk *w, gsize at);
/* contact_abroad.c: "12 Oak Road", "5, rue des Fleurs", with the place behind it. */
gsize contact_abroad_at(struct contact_walk *w, gsize at, gsize digits, gsize least, gsize *from_out,
                        enum contact_kind *kind_out);
/* "via Garibaldi 18": does a street that its first word names, or its last, end at the number AT? */
bool contact_is_abroad(const struct contact_walk *w, gsize at, gsize least);
/* "00-950 Warszawa", "1234 AB Utrecht": the place alone. */
gsize contact_postcode_abroad(const struct contact_walk *w, gsize at, gsize digits);
