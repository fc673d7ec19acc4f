/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What in a text tells where somebody lives or how they are reached: found by shape (a telephone number by its plan, an
 * account by its check sum, a postal code with its place). Serves the signatures that have no "-- " (reply_contact.c), the
 * lines that may follow a command, and the masking of what becomes public. Pure, linear: each find looks at a bounded piece.
 * Never taken: years, dates, prices, paragraphs, file numbers, lines of busses, and numbers that are there for everybody
 * (110, 112, 115, 116117, 0800 ...).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum contact_kind {
    CONTACT_PHONE,
    CONTACT_MAIL,
    CONTACT_BANK,    /* IBAN, or an account after its word */
    CONTACT_ADDRESS, /* street and number with postal code and place, or after "ich wohne" and the like */
    CONTACT_PLATE,   /* of a car, after a word that says so */
    CONTACT_STREET,  /* street and number alone: a home below a letter, a place in a sentence */
    CONTACT_PLACE,   /* postal code and place alone: likewise */
    CONTACT_PAGE,    /* an address of the web: likewise */
};
#define N_CONTACT_MASKED (CONTACT_PLATE + 1) /* the kinds up to here are nobody's business in a sentence, too */

struct contact {
    const char *at; /* into the text */
    gsize n;
    enum contact_kind kind;
};

/* All of them (struct contact), in order, none within another. TEXT is UTF-8. */
GArray *contact_spans(const char *text, gsize n);
/* Is this one line only contact: beside it at most a label, a name, a few words? */
bool contact_is_line(const char *line, gsize n);
/* "Adres: ...", a label of contact and a number behind it: contact in whatever order of street and place, below a name. */
bool contact_is_labelled(const char *line, gsize n);
/* TEXT with "[Telefonnummer entfernt]" and the like in place of what is masked, in the words of LANGUAGE ("de", else English;
 * may be NULL). Addresses at OWN_DOMAIN (may be NULL) stay. *N_OUT (may be NULL): how many were masked. Caller frees. */
char *contact_mask(const char *text, const char *language, const char *own_domain, guint *n_out);

/* ---- Between the files of this folder */
#define CONTACT_WORDS 6

/* One walk over a text. What looks at the words before a number costs far more than a sign of the text: there may be
 * LIMIT_CONTACT_LOOKS of it. Beyond, only what its own shape proves is found: mail, IBAN, and every number that could be a
 * telephone's by its plan, whatever stands before it. */
struct contact_walk {
    const char *text;
    gsize n;
    guint n_looks;
    gsize at; /* of the number whose words are these */
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

/* contact_phone.c: how long the number is that begins at AT (a digit, "+" or "(" that no word touches), 0 if it is none. */
gsize contact_phone_at(struct contact_walk *w, gsize at);
/* contact_place.c: the street or place around the number that begins at AT: where it ends, 0 if there is none. It begins at
 * *FROM_OUT, not before LEAST. */
gsize contact_place_at(struct contact_walk *w, gsize at, gsize least, gsize *from_out, enum contact_kind *kind_out);
