/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In which language a person wrote, for the choice of templates.
 */
#pragma once

/* BCP 47 ("de"), NULL if unsure. Caller frees. */
char *language_guess(const char *text);
