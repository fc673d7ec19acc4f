/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * OpenPGP in the text itself (RFC 9580 6.2, 7): signed text is read without its armour, nothing is verified.
 */
#pragma once

#include <stdbool.h>

/* TEXT is taken over. Returns it without signatures, keys and encrypted blocks, the signed text without
 * dash-escapes. A text that is a PGP message (pgp_is_message()) comes back as it is: all of it is meant for
 * somebody else. */
char *pgp_unwrap(char *text);
/* Is TEXT a PGP message: a block of it in lines of its own, and next to nothing beside it? */
bool pgp_is_message(const char *text);
