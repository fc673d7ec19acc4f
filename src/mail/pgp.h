/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * OpenPGP in the text itself (RFC 9580 6.2, 7): signed text is read without its armour, nothing is verified.
 */
#pragma once

/* TEXT is taken over. Returns it without signatures, keys and encrypted blocks, the signed text without
 * dash-escapes. A text that begins with an encrypted block comes back as it is: all of it is meant for
 * somebody else. */
char *pgp_unwrap(char *text);
