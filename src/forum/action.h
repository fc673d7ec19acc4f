/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a rule may decide, and how much it must believe before: shared by the rules (policy.h) and the words (command.h).
 */
#pragma once

enum action {
#define DEED(id, name, what) ACTION_##id, /* deed.def says what */
#include "forum/deed.def"
#undef DEED
};

/* T0 unproved From; T1 DMARC pass; T2 the author confirmed this very message; T3 a known person, T1, and a token only they
 * were sent; T4 released by a second person. */
enum trust { TRUST_NONE, TRUST_DMARC, TRUST_CONFIRMED, TRUST_TOKEN, TRUST_SECOND_PERSON };
const char *trust_name(enum trust t); /* "T0" ... "T4" */
