/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What both halves of the LMTP dialogue say and drop; see lmtp_private.h.
 */
#include "wire/lmtp_private.h"

void lmtp_message_free(struct lmtp_message *m)
{
    if (m == NULL)
        return;
    g_free(m->sender);
    g_clear_pointer(&m->recipients, g_ptr_array_unref);
    g_clear_pointer(&m->bytes, g_byte_array_unref);
    g_free(m);
}

void lmtp_say(struct lmtp *l, const char *reply)
{
    gsize from = l->out->len;

    g_string_append(l->out, reply);
    for (char *c = l->out->str + from; *c != '\0'; c++)
        if (*c == '\r' || *c == '\n')
            *c = ' '; /* a reply is one line, whatever a caller puts into its text */
    g_string_append(l->out, "\r\n");
}

void lmtp_say_error(struct lmtp *l, const char *reply)
{
    lmtp_say(l, reply);
    if (++l->n_errors >= l->max_errors)
        lmtp_close(l, "421 4.7.0 Too many errors");
}

void lmtp_drop_message(struct lmtp *l)
{
    g_clear_pointer(&l->message, lmtp_message_free);
    l->n_message_bytes = 0;
    l->refusal = NULL;
    if (l->callbacks->room != NULL)
        l->callbacks->room(l->user, 0);
}

void lmtp_close(struct lmtp *l, const char *reply)
{
    if (l->state == STATE_CLOSED)
        return;
    if (l->state != STATE_WAIT)
        lmtp_say(l, reply);
    l->state = STATE_CLOSED;
    lmtp_drop_message(l);
}
