/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dialogue's inside, shared by lmtp.c (bytes, messages, answers) and lmtp_commands.c (the words).
 */
#pragma once

#include "wire/dotted.h"
#include "wire/lmtp.h"

enum lmtp_state {
    STATE_START = 1,   /* before LHLO */
    STATE_READY = 2,   /* between messages */
    STATE_MAIL = 4,    /* MAIL was accepted, recipients come */
    STATE_DATA = 8,    /* a message's bytes come */
    STATE_WAIT = 16,   /* for the answers */
    STATE_CLOSED = 32, /* said goodbye; input is ignored */
};
#define STATE_COMMAND (STATE_START | STATE_READY | STATE_MAIL)

struct lmtp {
    const struct lmtp_callbacks *callbacks;
    void *user;
    char *name;
    gsize max_message_bytes;
    guint max_recipients, max_errors;

    enum lmtp_state state;
    GString *in;           /* a line's beginning, or what was pipelined */
    GString *out;          /* replies not yet drained */
    bool is_skipping_line; /* an overlong line's rest */
    bool is_running;       /* a callback answers from within */
    guint n_errors;

    struct lmtp_message *message;
    enum dotted_state dotted;
    gsize n_message_bytes;
    const char *refusal; /* why the bytes are dropped; said once per recipient */

    char **answers; /* one slot per recipient, NULL where none has come */
    guint n_answers, n_said;
};

void lmtp_say(struct lmtp *l, const char *reply);       /* without CRLF */
void lmtp_say_error(struct lmtp *l, const char *reply); /* counts, and closes after too many */
void lmtp_drop_message(struct lmtp *l);                 /* the one that is being collected, if any */

/* lmtp_commands.c: LINE is without its CRLF and holds no CR, LF or NUL. */
void lmtp_obey(struct lmtp *l, const char *line);
