/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What in a text tells where somebody lives or how they are reached: found by shape (a telephone number by its plan, an
 * account by its check sum, a postal code with its place). Serves the signatures that have no "-- " (reply_contact.c), the
 * lines that may follow a command, and the masking of what becomes public. Pure, linear: each find looks at a bounded piece.
 * What people write against collectors counts like what they mean: "erika at example punkt net", "null zwei null eins ...", "O172".
 * Never taken: years, dates but of a birth, prices, paragraphs, file numbers, lines of busses, and numbers that are there for everybody
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
    CONTACT_BIRTH,   /* the day on which somebody was born */
    CONTACT_NUMBER,  /* of a person: of their tax, pension, health insurance, passport, payment card */
    CONTACT_STREET,  /* street and number alone: a home below a letter, a place in a sentence */
    CONTACT_PLACE,   /* postal code and place alone: likewise */
    CONTACT_PAGE,    /* an address of the web: likewise */
};
#define N_CONTACT_MASKED (CONTACT_NUMBER + 1) /* the kinds up to here are nobody's business in a sentence, too */

struct contact {
    const char *at; /* into the text */
    gsize n;
    enum contact_kind kind;
};

/* All of them (struct contact), in order, none within another. TEXT is UTF-8. */
GArray *contact_spans(const char *text, gsize n);
/* An address at OWN_DOMAIN (may be NULL), which is everybody's and stays. */
bool contact_is_own(const struct contact *c, const char *own_domain);
/* Is this one line only contact: beside it at most a label, a name, a few words? */
bool contact_is_line(const char *line, gsize n);
/* "Adres: ...", a label of contact and a number behind it: contact in whatever order of street and place, below a name. */
bool contact_is_labelled(const char *line, gsize n);
/* TEXT with "[Telefonnummer entfernt]" and the like in place of what is masked, in the words of LANGUAGE ("de", else English;
 * may be NULL). Addresses at OWN_DOMAIN (may be NULL) stay. *N_OUT (may be NULL): how many were masked. Caller frees. */
char *contact_mask(const char *text, const char *language, const char *own_domain, guint *n_out);
/* The same, but telephone numbers stay: an office writes its own on purpose. */
char *contact_mask_but_phones(const char *text, const char *language, const char *own_domain);
