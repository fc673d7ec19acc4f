/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One reply of an SMTP server (RFC 5321 4.2), read from a growing buffer: code, enhanced status (RFC 3463),
 * text. A line may end in LF alone; nothing else is forgiven.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct smtp_reply {
    int code;     /* 200-599 */
    char *status; /* "5.1.1", "" if the server gave none that fits the code */
    char *text;   /* lines without code and status, separated by LF; valid UTF-8, no other controls */
};

enum smtp_read {
    SMTP_READ_WHOLE, /* *N_OUT bytes make one reply */
    SMTP_READ_MORE,  /* not all of it is there */
    SMTP_READ_BAD,   /* no SMTP, or over LIMIT_SMTP_REPLY_BYTES */
};

/* OUT is filled for SMTP_READ_WHOLE only, and then owned by the caller. */
enum smtp_read smtp_reply_read(const char *bytes, gsize n, struct smtp_reply *out, gsize *n_out);
void smtp_reply_clear(struct smtp_reply *r);
