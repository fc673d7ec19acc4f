/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of LMTP (RFC 2033, RFC 5321) as one table: word, the states it may come in, its handler, which
 * says one reply and may move the state.
 */
#include "wire/envelope.h"
#include "wire/lmtp_private.h"

#include <string.h>

static void on_lhlo(struct lmtp *l, const char *argument)
{
    if (*argument == '\0') {
        lmtp_say_error(l, "501 5.5.4 Say LHLO and your name");
        return;
    }
    lmtp_drop_message(l);
    l->state = STATE_READY;
    g_string_append_printf(l->out,
                           "250-%s\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n"
                           "250-SMTPUTF8\r\n250 SIZE %" G_GSIZE_FORMAT "\r\n",
                           l->name, l->max_message_bytes);
}

static void on_helo(struct lmtp *l, const char *argument)
{
    (void)argument;
    lmtp_say_error(l, "500 5.5.1 This is LMTP: say LHLO");
}

static void on_mail(struct lmtp *l, const char *argument)
{
    struct envelope_args args;
    const char *refusal = envelope_parse(argument, true, &args);

    if (refusal != NULL) {
        lmtp_say_error(l, refusal);
        return;
    }
    if (args.size_bytes > (gint64)l->max_message_bytes) {
        lmtp_say(l, "552 5.3.4 Message is too big");
        envelope_args_clear(&args);
        return;
    }
    l->message = g_new0(struct lmtp_message, 1);
    l->message->sender = g_steal_pointer(&args.address);
    l->message->recipients = g_ptr_array_new_with_free_func(g_free);
    l->message->is_smtputf8 = args.is_smtputf8;
    l->message->is_8bit = args.is_8bit;
    l->state = STATE_MAIL;
    lmtp_say(l, "250 2.1.0 Ok");
}

static void on_rcpt(struct lmtp *l, const char *argument)
{
    struct envelope_args args;
    const char *refusal = envelope_parse(argument, false, &args);
    g_autofree char *reply = NULL;

    if (refusal != NULL) {
        lmtp_say_error(l, refusal);
        return;
    }
    if (l->message->recipients->len >= l->max_recipients) {
        lmtp_say(l, "452 4.5.3 Too many recipients at once");
        envelope_args_clear(&args);
        return;
    }
    reply = l->callbacks->rcpt(l->user, l->message->sender, args.address);
    if (reply == NULL)
        g_ptr_array_add(l->message->recipients, g_steal_pointer(&args.address));
    envelope_args_clear(&args);
    lmtp_say(l, reply != NULL ? reply : "250 2.1.5 Ok");
}

static void on_data(struct lmtp *l, const char *argument)
{
    if (*argument != '\0') {
        lmtp_say_error(l, "501 5.5.4 DATA takes no argument");
        return;
    }
    if (l->message->recipients->len == 0) {
        lmtp_say(l, "503 5.5.1 No valid recipients");
        return;
    }
    l->message->bytes = g_byte_array_new();
    l->dotted = DOTTED_LINE_START;
    l->state = STATE_DATA;
    lmtp_say(l, "354 End data with <CR><LF>.<CR><LF>");
}

static void on_rset(struct lmtp *l, const char *argument)
{
    if (*argument != '\0') {
        lmtp_say_error(l, "501 5.5.4 RSET takes no argument");
        return;
    }
    lmtp_drop_message(l);
    if (l->state == STATE_MAIL)
        l->state = STATE_READY;
    lmtp_say(l, "250 2.0.0 Ok");
}

static void on_noop(struct lmtp *l, const char *argument)
{
    (void)argument;
    lmtp_say(l, "250 2.0.0 Ok");
}

static void on_vrfy(struct lmtp *l, const char *argument)
{
    (void)argument;
    lmtp_say(l, "252 2.1.5 Not verified: ask with RCPT");
}

static void on_quit(struct lmtp *l, const char *argument)
{
    if (*argument != '\0')
        lmtp_say_error(l, "501 5.5.4 QUIT takes no argument");
    else
        lmtp_close(l, "221 2.0.0 Bye");
}

static const struct row {
    const char *word;
    guint states;
    void (*handler)(struct lmtp *l, const char *argument);
} table[] = {
    {"LHLO", STATE_COMMAND, on_lhlo}, {"MAIL", STATE_READY, on_mail},   {"RCPT", STATE_MAIL, on_rcpt},
    {"DATA", STATE_MAIL, on_data},    {"RSET", STATE_COMMAND, on_rset}, {"NOOP", STATE_COMMAND, on_noop},
    {"VRFY", STATE_COMMAND, on_vrfy}, {"QUIT", STATE_COMMAND, on_quit}, {"HELO", STATE_COMMAND, on_helo},
    {"EHLO", STATE_COMMAND, on_helo},
};

static const struct row *find_row(const char *word, gsize n)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (strlen(table[i].word) == n && g_ascii_strncasecmp(table[i].word, word, n) == 0)
            return &table[i];
    return NULL;
}

void lmtp_obey(struct lmtp *l, const char *line)
{
    gsize n_word = strcspn(line, " ");
    const struct row *row = find_row(line, n_word);
    g_autofree char *argument = g_strstrip(g_strdup(line + n_word));

    if (row == NULL)
        lmtp_say_error(l, "500 5.5.1 Unknown command");
    else if ((row->states & l->state) == 0)
        lmtp_say_error(l, l->state == STATE_START ? "503 5.5.1 Say LHLO first" : "503 5.5.1 Not now");
    else
        row->handler(l, argument);
}
