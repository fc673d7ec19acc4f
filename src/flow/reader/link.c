/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One reader's socket seen from the pool; see reader_link.h.
 */
#include "flow/reader/link.h"

#include "base/limits.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define RECEIVE_BYTES (64 * 1024)

void request_free(struct request *q)
{
    g_bytes_unref(q->bytes);
    g_free(q->id);
    g_free(q->sender);
    g_free(q);
}

struct reader *reader_link_new(pid_t pid, int fd)
{
    struct reader *r = g_new0(struct reader, 1);

    r->pid = pid;
    r->fd = fd;
    g_queue_init(&r->sent);
    r->inbox = g_byte_array_sized_new(2 * RECEIVE_BYTES);
    return r;
}

void reader_link_free(struct reader *r)
{
    g_clear_handle_id(&r->in_watch, g_source_remove);
    g_clear_handle_id(&r->out_watch, g_source_remove);
    g_queue_clear_full(&r->sent, (GDestroyNotify)request_free);
    g_byte_array_unref(r->inbox);
    close(r->fd);
    g_free(r);
}

void reader_link_add(struct reader *r, struct request *q)
{
    if (g_queue_is_empty(&r->sent))
        r->head_since_us = g_get_monotonic_time();
    g_queue_push_tail(&r->sent, q);
    r->n_sent_bytes += g_bytes_get_size(q->bytes);
    r->n_assigned++;
    if (r->writing == NULL) {
        r->writing = r->sent.tail;
        r->n_written = 0;
    }
}

/* Bytes written, or -1: errno. */
static ssize_t write_some(struct reader *r, const struct request *q, gsize n_bytes)
{
    struct reader_request head = {.number = q->number, .n_bytes = n_bytes};
    gsize n_head = r->n_written < sizeof head ? sizeof head - r->n_written : 0;
    gsize n_body_gone = r->n_written > sizeof head ? r->n_written - sizeof head : 0;
    const char *body = g_bytes_get_data(q->bytes, NULL);
    struct iovec parts[] = {{(char *)&head + (sizeof head - n_head), n_head},
                            {(char *)body + n_body_gone, n_bytes - n_body_gone}};
    struct msghdr m = {.msg_iov = parts, .msg_iovlen = G_N_ELEMENTS(parts)};

    return sendmsg(r->fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
}

bool reader_link_flush(struct reader *r)
{
    while (r->writing != NULL) {
        const struct request *q = r->writing->data;
        gsize n_bytes = g_bytes_get_size(q->bytes);
        ssize_t n = write_some(r, q, n_bytes);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno != EAGAIN;
        r->n_written += (gsize)n;
        if (r->n_written == sizeof(struct reader_request) + n_bytes) {
            r->writing = r->writing->next;
            r->n_written = 0;
        }
    }
    return true;
}

bool reader_link_receive(struct reader *r)
{
    guint n_before = r->inbox->len;
    ssize_t n;

    g_byte_array_set_size(r->inbox, n_before + RECEIVE_BYTES);
    do
        n = recv(r->fd, r->inbox->data + n_before, RECEIVE_BYTES, MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    g_byte_array_set_size(r->inbox, n_before + (n > 0 ? (guint)n : 0));
    return n > 0 || (n < 0 && errno == EAGAIN);
}

static struct request *take_head(struct reader *r)
{
    struct request *q = g_queue_pop_head(&r->sent);

    r->n_sent_bytes -= g_bytes_get_size(q->bytes);
    r->head_since_us = g_get_monotonic_time();
    return q;
}

/* An array never gives memory back, so one that held a large answer is replaced. */
static void drop_answer(struct reader *r, gsize n_bytes)
{
    g_byte_array_remove_range(r->inbox, 0, (guint)n_bytes);
    if (n_bytes > 8 * RECEIVE_BYTES && r->inbox->len == 0) {
        g_byte_array_unref(r->inbox);
        r->inbox = g_byte_array_sized_new(2 * RECEIVE_BYTES);
    }
}

enum link_answer reader_link_next(struct reader *r, struct request **request_out, struct message **message_out,
                                  guint32 *cpu_us_out)
{
    const struct request *oldest = g_queue_peek_head(&r->sent);
    struct reader_answer head;

    if (r->inbox->len < sizeof head)
        return LINK_NONE;
    memcpy(&head, r->inbox->data, sizeof head);
    if (oldest == NULL || r->writing == r->sent.head || head.number != oldest->number || head.n_bytes > LIMIT_READER_ANSWER_BYTES)
        return LINK_NONSENSE;
    if (r->inbox->len - sizeof head < head.n_bytes)
        return LINK_NONE;
    *message_out = message_unpack(r->inbox->data + sizeof head, head.n_bytes);
    if (*message_out == NULL)
        return LINK_NONSENSE;
    drop_answer(r, sizeof head + head.n_bytes);
    *request_out = take_head(r);
    *cpu_us_out = head.cpu_us;
    r->max_rss_kib = MAX(r->max_rss_kib, head.max_rss_kib);
    return LINK_ANSWER;
}

void reader_link_take_back(struct reader *r, guint n_kept, GQueue lanes[N_LANES])
{
    while (g_queue_get_length(&r->sent) > n_kept) {
        if (r->writing == r->sent.tail)
            r->writing = NULL;
        struct request *q = g_queue_pop_tail(&r->sent);

        r->n_sent_bytes -= g_bytes_get_size(q->bytes);
        g_queue_push_head(&lanes[q->lane], q);
    }
}
