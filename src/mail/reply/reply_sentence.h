/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a line above a quote holds, in whatever language: a date, a time, an address, the name of whom the mail
 * answers, and how many words besides. Mail programs of all languages say when who wrote, in few words; that shape
 * tells an attribution line where no table knows its words. Pure; linear in the sentence.
 */
#pragma once

#include "mail/message/message.h"

struct sentence {
    bool has_address;
    bool has_angles; /* around an address, as programs write it */
    bool is_ours;    /* an address of our own domain: only a mail of ours has it */
    bool has_date;   /* two numbers and a year, or three numbers ("27.11.26"), in digits of any script */
    bool has_time;   /* "9:01", "09.01" beside a date */
    bool has_person; /* names somebody to whom the mail goes, by name or address */
    bool has_part;   /* a word of such a name: "Karl" of "Karl Beispiel" */
    bool has_name;   /* names one of our addresses to which it goes */
    bool has_colon;  /* ends with a colon of any script */
    bool has_stop;   /* ends as a sentence of an author does */
    guint n_words;   /* others, with at least one letter; words before an address in angles are its name */
    guint n_known;   /* of these the small words of one language that the tables know, of the one that has most */
};

/* Whom a mail answers: its To and Cc as they may stand in an attribution line. The name of a forum of ours is made of
 * words that people use, a person's is not, so they are kept apart. */
struct sentence_names {
    GPtrArray *persons, *ours; /* char *, plain (see below); ours: of our domain */
    const char *own_domain;    /* lower case; NULL unknown */
};

/* TO, CC: struct mailbox; may be NULL, as OWN_DOMAIN (borrowed). */
void sentence_names_init(struct sentence_names *names, const GPtrArray *to, const GPtrArray *cc, const char *own_domain);
void sentence_names_clear(struct sentence_names *names);

/* TEXT is folded (reply_match.h). NAMES may be NULL. */
void sentence_read(const char *text, gsize n, const struct sentence_names *names, struct sentence *out);
/* TEXT (folded) without punctuation: what the rows of attributions.def are compared with. Caller frees. */
char *sentence_plain(const char *text, gsize n);
/* Is there an address of DOMAIN in TEXT? */
bool sentence_is_of_domain(const char *text, const char *domain);
