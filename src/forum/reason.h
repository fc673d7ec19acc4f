/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a text is refused, as a moderator gives it, by mail, at the desk or at the command line: "werbung", "werbung: Bitte ohne den
 * Namen der Firma.", or words of their own. Pure; the reasons are reason.def's.
 */
#pragma once

#include <stdbool.h>

#define REASON_OTHER     "sonstiges"
#define REASON_COMPLAINT "complaint" /* why what was refused or removed is there after all: its author complained */

struct reason {
    const char *code; /* static; REASON_OTHER: the text says it all */
    const char *text; /* in what was given; "" none */
};
/* GIVEN may be NULL. A reason's word counts if it stands alone on its line or before a colon. */
struct reason reason_read(const char *given);
/* Is there something that its author can be told? */
bool reason_is_enough(const struct reason *r);
/* GIVEN with its code written out, as it is kept: "werbung_partei: Bitte ohne die Firma.", a code alone, words of their own; NULL if it
 * says too little. Caller frees. */
char *reason_words(const char *given);
/* Does WORD, alone, name one? */
bool reason_is_word(const char *word);
/* The codes of reason.def in its order, for who chooses one; NULL behind the last. */
const char *reason_code(unsigned i);
