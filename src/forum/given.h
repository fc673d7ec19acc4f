/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody types at the command line or writes into a file of ours, before it becomes a name, a title or an
 * address. Pure. Each function gives the text as it is kept (caller frees) or NULL with ERR_VALUE and a sentence.
 */
#pragma once

#include "base/err.h"

/* One line for people: UTF-8, not empty, no controls, no invisible or direction signs, at most N_MAX_CHARS characters;
 * blanks at both ends are taken off. WHAT begins the sentence: "a title". */
char *given_line(const char *what, const char *text, glong n_max_chars, struct err *e);
/* The local part of a forum's address, folded ("Mobilität" -> "mobilitaet"): letters, digits, - . _ and none of the
 * addresses that mean something else (hilfe, postmaster, idee-7, ...), nor one whose page would be the file of another page. */
char *given_forum_name(const char *text, struct err *e);
/* Is it a mail address that can be written to? ERR_VALUE if not. */
bool given_is_address(const char *text, struct err *e);
/* Somebody's mail address, outside OWN_DOMAIN: an address of ours would send our mails back to us. As written. */
char *given_address(const char *text, const char *own_domain, struct err *e);
/* A person's public name: a line that is no address and no telephone number, letters of one script. Whether it sounds like
 * an office is not asked: the operator may name whom they like. */
char *given_public_name(const char *text, struct err *e);
/* One of KNOWN (ended by NULL), the languages in which the initiative writes. */
char *given_language(const char *text, char *const *known, struct err *e);
