/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of structured fields (RFC 5322 3.2, RFC 2045 5.1), read strictly: for fields on which trust depends. What is not
 * a word by the standard is none; nothing is guessed or mended. AT moves over a field's unfolded body; where a function
 * says no, it stays where it was. UTF-8 counts as letters (RFC 6532).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Over blanks and comments, which nest and may hold quoted pairs; none at all is fine. False for a comment without end. */
bool lex_cfws(const char **at);
/* A token of MIME: neither blanks nor any of ()<>@,;:\"/[]?= . NULL none. Caller frees. */
char *lex_token(const char **at);
/* What stands in a quoted string, quoted pairs taken off; *HAS_PAIRS_OUT (may be NULL) whether there were any. NULL if
 * there is no '"' or no end. Caller frees. */
char *lex_quoted(const char **at, bool *has_pairs_out);
/* A word of an unquoted value: all up to a blank or one of ()<>,;\" ; "" none. Caller frees. */
char *lex_run(const char **at);
/* An atom (RFC 5322 3.2.3), in which dots may stand anywhere. NULL none. Caller frees. */
char *lex_atom(const char **at);
/* Over C if it stands here. */
bool lex_char(const char **at, char c);
