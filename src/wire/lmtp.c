/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The LMTP dialogue's bytes, messages and answers; see lmtp.h. Input is cut into lines, each line is obeyed
 * (lmtp_commands.c), a message's bytes go through dotted.h.
 */
#include "wire/lmtp_private.h"

#include "base/limits.h"

/* ---- a message and its answers */

static void drop_answers(struct lmtp *l)
{
    for (guint i = 0; i < l->n_answers; i++)
        g_free(l->answers[i]);
    g_clear_pointer(&l->answers, g_free);
    l->n_answers = 0;
}

static void end_message(struct lmtp *l)
{
    drop_answers(l);
    l->state = STATE_READY;
    lmtp_drop_message(l);
}

static void refuse_message(struct lmtp *l)
{
    for (guint i = 0; i < l->message->recipients->len; i++)
        lmtp_say(l, l->refusal);
    end_message(l);
}

static void hand_over(struct lmtp *l)
{
    l->n_answers = l->message->recipients->len;
    l->answers = g_new0(char *, l->n_answers);
    l->n_said = 0;
    l->state = STATE_WAIT;
    l->callbacks->message(l->user, g_steal_pointer(&l->message));
}

static gsize take_data(struct lmtp *l, const char *bytes, gsize n)
{
    GByteArray *into = l->refusal == NULL ? l->message->bytes : NULL;
    gsize taken = dotted_take(&l->dotted, bytes, n, into);

    if (into != NULL) {
        l->n_message_bytes = into->len;
        if (into->len > l->max_message_bytes)
            l->refusal = "552 5.3.4 Message is too big";
        else if (l->callbacks->room != NULL && !l->callbacks->room(l->user, into->len))
            l->refusal = "452 4.3.1 Too much mail at once, please try again later";
        if (l->refusal != NULL) {
            g_clear_pointer(&l->message->bytes, g_byte_array_unref);
            if (l->callbacks->room != NULL)
                l->callbacks->room(l->user, 0);
        }
    }
    if (l->dotted == DOTTED_END) {
        if (l->refusal != NULL)
            refuse_message(l);
        else
            hand_over(l);
    }
    return taken;
}

/* ---- bytes to lines */

/* The rest of an overlong line; a CR at the slice's end may be half of its CRLF and stays. */
static gsize skip_line(struct lmtp *l, const char *bytes, gsize n)
{
    const char *end = memmem(bytes, n, "\r\n", 2);

    if (end == NULL)
        return bytes[n - 1] == '\r' ? n - 1 : n;
    l->is_skipping_line = false;
    lmtp_say_error(l, "500 5.5.2 Line too long");
    return (gsize)(end - bytes) + 2;
}

static gsize take_line(struct lmtp *l, const char *bytes, gsize n)
{
    const char *end = memmem(bytes, n, "\r\n", 2);
    gsize length = end != NULL ? (gsize)(end - bytes) : n - (bytes[n - 1] == '\r'); /* perhaps half of a CRLF */
    g_autofree char *line = NULL;

    if (l->is_skipping_line)
        return skip_line(l, bytes, n);
    if (length > LIMIT_LMTP_LINE_BYTES) {
        l->is_skipping_line = true;
        return skip_line(l, bytes, n);
    }
    if (end == NULL)
        return 0;
    line = g_strndup(bytes, length);
    if (strlen(line) != length || strpbrk(line, "\r\n") != NULL)
        lmtp_say_error(l, "500 5.5.2 A line ends in CRLF and holds no CR, LF or NUL");
    else
        lmtp_obey(l, line);
    return length + 2;
}

/* Goes on until nothing more can be made of the bytes; returns how many were taken. */
static gsize run(struct lmtp *l, const char *bytes, gsize n)
{
    gsize at = 0;

    l->is_running = true;
    while (at < n && l->state != STATE_WAIT && l->state != STATE_CLOSED) {
        gsize taken = l->state == STATE_DATA ? take_data(l, bytes + at, n - at) : take_line(l, bytes + at, n - at);

        if (taken == 0)
            break;
        at += taken;
    }
    l->is_running = false;
    return l->state == STATE_CLOSED ? n : at;
}

static void run_kept(struct lmtp *l)
{
    if (l->in->len > 0)
        g_string_erase(l->in, 0, (gssize)run(l, l->in->str, l->in->len));
}

void lmtp_feed(struct lmtp *l, const char *bytes, gsize n)
{
    gsize taken = 0;

    g_return_if_fail(!l->is_running);
    if (l->state == STATE_CLOSED || n == 0)
        return;
    if (l->state != STATE_WAIT && l->in->len == 0)
        taken = run(l, bytes, n);
    if (taken < n)
        g_string_append_len(l->in, bytes + taken, (gssize)(n - taken));
    if (l->state == STATE_WAIT && l->in->len > LIMIT_LMTP_AHEAD_BYTES)
        lmtp_close(l, "421 4.7.0 Too much was pipelined");
    else if (taken == 0 && l->state != STATE_WAIT)
        run_kept(l);
}

bool lmtp_answer(struct lmtp *l, guint index, const char *reply)
{
    if (l->state != STATE_WAIT || index >= l->n_answers || l->answers[index] != NULL)
        return false;
    l->answers[index] = g_strdup(reply);
    while (l->n_said < l->n_answers && l->answers[l->n_said] != NULL)
        lmtp_say(l, l->answers[l->n_said++]);
    if (l->n_said < l->n_answers)
        return false;
    end_message(l);
    if (!l->is_running)
        run_kept(l);
    return true;
}

struct lmtp *lmtp_new(const struct lmtp_callbacks *callbacks, void *user, const struct lmtp_config *config)
{
    struct lmtp *l = g_new0(struct lmtp, 1);

    l->callbacks = callbacks;
    l->user = user;
    l->name = g_strdup(config->name != NULL ? config->name : "localhost");
    l->max_message_bytes = config->message_bytes != 0 ? config->message_bytes : LIMIT_MESSAGE_BYTES;
    l->max_recipients = config->n_recipients != 0 ? config->n_recipients : LIMIT_LMTP_RECIPIENTS;
    l->max_errors = config->n_errors != 0 ? config->n_errors : LIMIT_LMTP_ERRORS;
    l->state = STATE_START;
    l->in = g_string_new(NULL);
    l->out = g_string_new(NULL);
    g_string_append_printf(l->out, "220 %s LMTP forumpost\r\n", l->name);
    return l;
}

void lmtp_free(struct lmtp *l)
{
    if (l == NULL)
        return;
    g_clear_pointer(&l->message, lmtp_message_free);
    drop_answers(l);
    g_string_free(l->in, TRUE);
    g_string_free(l->out, TRUE);
    g_free(l->name);
    g_free(l);
}

GString *lmtp_output(struct lmtp *l)
{
    return l->out;
}

bool lmtp_is_waiting(const struct lmtp *l)
{
    return l->state == STATE_WAIT;
}

bool lmtp_is_busy(const struct lmtp *l)
{
    return l->state == STATE_WAIT || l->state == STATE_DATA;
}

bool lmtp_is_closed(const struct lmtp *l)
{
    return l->state == STATE_CLOSED;
}
