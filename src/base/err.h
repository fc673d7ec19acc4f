/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Failures, sorted by who must act. A function that can fail returns false (or NULL) and fills a struct err that
 * its caller passes last; it says the failure once and never logs. One table maps kinds to LMTP replies and to
 * exit codes (sysexits.h), so that a door never decides the fate of a mail by itself.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum err_kind {
    ERR_NONE,   /* no failure */
    ERR_LATER,  /* nobody now: try again (locked, full, gone away)      451, exit 75 */
    ERR_RATE,   /* nobody now: too much of one kind, try again           451, exit 75 */
    ERR_SPACE,  /* the operator: the disk is nearly full                 452, exit 75 */
    ERR_SENDER, /* the sender: address or size cannot be accepted        550, exit 67 */
    ERR_INPUT,  /* who called: wrong use, too little or too much     exit 64 */
    ERR_VALUE,  /* who called: a value that cannot be taken              exit 65 */
    ERR_CONFIG, /* the operator: configuration or database unfit         451, exit 78 */
    ERR_RIGHTS, /* the operator: not permitted, cannot write             451, exit 77 */
    ERR_RULE,   /* who called: possible, but against a rule of ours      exit 77 */
    ERR_ABSENT, /* the thing asked for is not there                      exit 66 */
    ERR_OURS,   /* us: a bug. Never bounces a citizen's mail             451, exit 70 */
};

struct err {
    enum err_kind kind;
    char *text; /* a sentence for people, without a full stop at its end; owned */
};

/* Sets E and returns false, so that a caller can write `return err_set(e, ...)`. The first failure is kept: later
 * calls on the same E do nothing. E may be NULL. */
bool err_set(struct err *e, enum err_kind kind, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Puts "context: " before the text, for a caller that knows more. Returns false. */
bool err_prefix(struct err *e, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Takes over a GError, which is freed. Returns false. */
bool err_take_gerror(struct err *e, enum err_kind kind, GError *error);
/* Frees the text; E can be used again. */
void err_clear(struct err *e);

int err_exit_code(enum err_kind kind);          /* sysexits.h, 0 for ERR_NONE */
const char *err_lmtp_reply(enum err_kind kind); /* "451 4.3.0 ..." without CRLF */

/* `err_auto struct err e = {0};` frees the text at the end of the scope. */
#define err_auto __attribute__((cleanup(err_clear)))
