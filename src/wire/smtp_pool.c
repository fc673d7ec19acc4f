/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The connections to the relay; see smtp_pool.h.
 */
#include "wire/smtp_pool.h"

#include "base/limits.h"
#include "wire/smtp_lookup.h"

#include <glib-unix.h>
#include <poll.h>

#define PAUSE_LEAST_S 1
#define PAUSE_MOST_S  4 /* a confirmation is to leave within five seconds of the relay's return */
#define IDLE_S        5
#define OPENING_S     2 /* a connection that has not greeted us by then is not waited for: another one is opened */

struct link {
    struct smtp_pool *pool;
    struct smtp *smtp;
    guint in_watch, out_watch; /* GLib source ids, 0 if none */
    gint64 opened_at_us, used_at_us;
    bool was_ready;  /* greeted us and listened to our name */
    bool was_useful; /* answered to a mail */
};

struct smtp_pool {
    const struct smtp_pool_callbacks *callbacks;
    void *user;
    char *address, *name;
    guint n_most;
    GPtrArray *links;           /* struct link, open ones */
    struct smtp_lookup *lookup; /* of the relay's name, for the next one; NULL if none is wanted */
    gint64 lookup_since_us;
    guint pause_s;
    gint64 retry_at_us;
    char *trouble;
    bool is_stopping;
};

/* Waits longer each time; tells the owner the first time, if no other connection works. */
static void go_away(struct smtp_pool *p, const char *why)
{
    p->pause_s = p->pause_s == 0 ? PAUSE_LEAST_S : MIN(2 * p->pause_s, PAUSE_MOST_S);
    p->retry_at_us = g_get_monotonic_time() + p->pause_s * G_USEC_PER_SEC;
    if (p->trouble != NULL || p->links->len > 0)
        return;
    p->trouble = g_strdup(why);
    p->callbacks->reachable(p->user, why);
}

static void come_back(struct smtp_pool *p)
{
    p->pause_s = 0;
    if (p->trouble == NULL)
        return;
    g_clear_pointer(&p->trouble, g_free);
    p->callbacks->reachable(p->user, NULL);
}

static struct smtp_mail *on_next(void *user)
{
    struct link *link = user;

    return link->pool->is_stopping ? NULL : link->pool->callbacks->next(link->pool->user);
}

static void on_done(void *user, struct smtp_mail *mail, const struct smtp_result *result)
{
    struct link *link = user;

    link->used_at_us = g_get_monotonic_time();
    if (result->outcome != SMTP_LOST && !link->was_useful) {
        link->was_useful = true;
        come_back(link->pool);
    }
    link->pool->callbacks->done(link->pool->user, mail, result);
}

static const struct smtp_callbacks link_callbacks = {.next = on_next, .done = on_done};

static void link_free(struct link *link)
{
    g_clear_handle_id(&link->in_watch, g_source_remove);
    g_clear_handle_id(&link->out_watch, g_source_remove);
    smtp_free(link->smtp);
    g_free(link);
}

static gboolean on_ready(int fd, GIOCondition condition, gpointer data);

/* What on_ready() does runs no main loop of its own. GLib, told so, leaves the descriptor where it is while the source is at work;
 * else each mail would cost three system calls more. */
static guint watch(struct link *link, GIOCondition condition)
{
    g_autoptr(GSource) source = g_unix_fd_source_new(smtp_fd(link->smtp), condition);

    g_source_set_callback(source, G_SOURCE_FUNC(on_ready), link, NULL);
    g_source_set_can_recurse(source, TRUE);
    return g_source_attach(source, NULL);
}

/* Listens for room to write only while there is something to write. */
static void link_watch(struct link *link)
{
    bool wants_out = (smtp_events(link->smtp) & POLLOUT) != 0;

    if (wants_out && link->out_watch == 0)
        link->out_watch = watch(link, G_IO_OUT);
    else if (!wants_out)
        g_clear_handle_id(&link->out_watch, g_source_remove);
}

/* After anything happened on LINK; true if it has gone. */
static bool link_settle(struct link *link)
{
    struct smtp_pool *p = link->pool;
    g_autofree char *why = NULL;
    bool was_useful = link->was_useful;

    link->was_ready = link->was_ready || smtp_is_ready(link->smtp);
    if (!smtp_is_closed(link->smtp)) {
        link_watch(link);
        return false;
    }
    why = g_strdup(smtp_failure(link->smtp));
    g_ptr_array_remove_fast(p->links, link);
    /* A relay may end a conversation; one that never answers to a single mail is away. */
    if (why != NULL && !was_useful && !p->is_stopping)
        go_away(p, why);
    return true;
}

static gboolean on_ready(int fd, GIOCondition condition, gpointer data)
{
    struct link *link = data;
    struct smtp_pool *p = link->pool;

    (void)fd;
    (void)condition;
    smtp_turn(link->smtp);
    if (link_settle(link))
        smtp_pool_wake(p);
    return G_SOURCE_CONTINUE; /* if LINK has gone, its source has been removed with it */
}

static void link_open(struct smtp_pool *p, const struct endpoint *endpoint)
{
    err_auto struct err e = {0};
    struct link *link = g_new0(struct link, 1);

    link->pool = p;
    link->opened_at_us = link->used_at_us = g_get_monotonic_time();
    link->smtp = smtp_open(endpoint, p->name, &link_callbacks, link, &e);
    if (link->smtp == NULL) {
        g_free(link);
        go_away(p, e.text);
        return;
    }
    link->in_watch = watch(link, G_IO_IN | G_IO_HUP | G_IO_ERR);
    link_watch(link);
    g_ptr_array_add(p->links, link);
}

/* The relay's name is looked up anew for each connection. */
static void go_on_opening(struct smtp_pool *p, gint64 now_us)
{
    err_auto struct err e = {0};
    struct endpoint endpoint;
    bool is_over = smtp_lookup_is_over(p->lookup, &endpoint, &e);

    if (!is_over && now_us - p->lookup_since_us <= LIMIT_SMTP_LOOKUP_S * G_USEC_PER_SEC)
        return;
    g_clear_pointer(&p->lookup, smtp_lookup_free);
    if (!is_over)
        go_away(p, "the relay's name could not be looked up in time");
    else if (e.kind != ERR_NONE)
        go_away(p, e.text);
    else
        link_open(p, &endpoint);
}

/* One more if all that are open have their hands full or do not come to it, none is just being opened, and there is
 * mail. */
static bool wants_another(const struct smtp_pool *p, gint64 now_us)
{
    if (p->is_stopping || p->lookup != NULL || p->links->len >= p->n_most || now_us < p->retry_at_us)
        return false;
    for (guint i = 0; i < p->links->len; i++) {
        const struct link *link = p->links->pdata[i];

        bool is_opening = !link->was_ready && now_us - link->opened_at_us < OPENING_S * G_USEC_PER_SEC;
        if (is_opening || (smtp_is_ready(link->smtp) && !smtp_is_busy(link->smtp)))
            return false;
    }
    return p->callbacks->is_waiting(p->user);
}

static void link_look(struct link *link, gint64 now_us)
{
    smtp_check_time(link->smtp, now_us);
    smtp_wake(link->smtp);
    if (link->pool->is_stopping && !link->was_ready)
        smtp_cut(link->smtp, "the connection was given up");
    else if (link->pool->is_stopping ||
             (!smtp_is_busy(link->smtp) && link->was_ready && now_us - link->used_at_us > IDLE_S * G_USEC_PER_SEC))
        smtp_quit(link->smtp);
    link_settle(link);
}

void smtp_pool_wake(struct smtp_pool *p)
{
    gint64 now_us = g_get_monotonic_time();

    for (guint i = p->links->len; i-- > 0;) /* one that has gone is replaced by the last, which was looked at */
        link_look(p->links->pdata[i], now_us);
    if (wants_another(p, now_us)) {
        p->lookup = smtp_lookup_start(p->address);
        p->lookup_since_us = now_us;
    }
    if (p->lookup != NULL && !p->is_stopping)
        go_on_opening(p, now_us);
}

void smtp_pool_stop(struct smtp_pool *p)
{
    p->is_stopping = true;
    smtp_pool_wake(p);
}

void smtp_pool_cut(struct smtp_pool *p)
{
    p->is_stopping = true;
    for (guint i = p->links->len; i-- > 0;) {
        struct link *link = p->links->pdata[i];

        if (smtp_is_busy(link->smtp))
            smtp_cut(link->smtp, "we had to end before the relay answered");
        link_settle(link);
    }
}

bool smtp_pool_is_busy(const struct smtp_pool *p)
{
    for (guint i = 0; i < p->links->len; i++)
        if (smtp_is_busy(((const struct link *)p->links->pdata[i])->smtp))
            return true;
    return false;
}

guint smtp_pool_n_open(const struct smtp_pool *p)
{
    return p->links->len;
}

const char *smtp_pool_trouble(const struct smtp_pool *p)
{
    return p->trouble;
}

struct smtp_pool *smtp_pool_new(const char *address, const char *name, guint n_most, const struct smtp_pool_callbacks *callbacks,
                                void *user)
{
    struct smtp_pool *p = g_new0(struct smtp_pool, 1);

    p->callbacks = callbacks;
    p->user = user;
    p->address = g_strdup(address);
    p->name = g_strdup(name);
    p->n_most = n_most;
    p->links = g_ptr_array_new_with_free_func((GDestroyNotify)link_free);
    return p;
}

void smtp_pool_free(struct smtp_pool *p)
{
    if (p == NULL)
        return;
    p->is_stopping = true;
    g_ptr_array_unref(p->links);
    smtp_lookup_free(p->lookup);
    g_free(p->trouble);
    g_free(p->address);
    g_free(p->name);
    g_free(p);
}
