/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The channels of news: Mastodon, and any webhook. Each follows the journal at its own pace, one item after the other: what cannot be
 * sent now is tried again with growing pauses, and what came later waits behind it. An item bears the same key at each try, so who
 * got it before a crash of ours knows it again. A channel begins with what happens after it was set up.
 *
 * A webhook gets JSON, and in X-Forumpost-Signature "sha256=" and the HMAC-SHA-256 (hex) of the secret over "TIMESTAMP.BODY", where
 * TIMESTAMP is X-Forumpost-Timestamp.
 */
#include "flow/clock/job.h"

#include "base/clock.h"
#include "base/json_text.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/secret.h"
#include "flow/out/news_item.h"
#include "flow/out/texts.h"
#include "store/channels.h"
#include "store/events.h"
#include "wire/web_post.h"

#include <string.h>

#define FIRST_PAUSE_S 60

struct teller {
    const char *name;
    bool (*send)(struct gateway *g, const struct news_item *item, long *status_out, struct err *e);
};

/* ---- One item to one server */
static bool to_mastodon(struct gateway *g, const struct news_item *item, long *status_out, struct err *e)
{
    const struct settings *s = g->settings;
    char *token = secret_read(s->news_token_file, e);

    if (token == NULL)
        return false;
    g_autofree char *url = g_strconcat(s->news_mastodon, "/api/v1/statuses", NULL);
    g_autofree char *text = g_strdup_printf("%s\n\n%s", item->text, item->url);
    g_autofree char *status = g_uri_escape_string(text, NULL, FALSE);
    g_autofree char *body = g_strdup_printf("visibility=public&language=%s&status=%s", s->initiative_languages[0], status);
    g_autofree char *key = g_strdup_printf("Idempotency-Key: %s-%" G_GINT64_FORMAT, g->installation->instance, item->event_id);
    g_autofree char *bearer = g_strconcat("Authorization: Bearer ", token, NULL);
    const char *const headers[] = {bearer, key, "Content-Type: application/x-www-form-urlencoded", NULL};
    const struct web_post post = {url, headers, body, s->news_ca_file, 0};
    bool ok = web_post_send(&post, status_out, e);
    secret_free(token);
    return ok;
}

static char *json_of(struct gateway *g, const struct news_item *item)
{
    g_autofree char *at = clock_format(item->at, g->settings->zone);
    GString *out = g_string_new(NULL);
    const char *const texts[][2] = {{"kind", item->kind}, {"at", at},         {"title", item->title},
                                    {"text", item->text}, {"url", item->url}, {"initiative", g->settings->initiative_title}};

    g_string_append_printf(out, "{\"id\":%" G_GINT64_FORMAT ",\"number\":%" G_GINT64_FORMAT, item->event_id, item->number);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_string_append_printf(out, ",\"%s\":", texts[i][0]);
        json_text_append(out, texts[i][1]);
    }
    return g_string_free(g_string_append_c(out, '}'), FALSE);
}

static bool to_webhook(struct gateway *g, const struct news_item *item, long *status_out, struct err *e)
{
    char *secret = secret_read(g->settings->news_secret_file, e);

    if (secret == NULL)
        return false;
    g_autofree char *body = json_of(g, item);
    gint64 now = clock_now();
    g_autofree char *signed_text = g_strdup_printf("%" G_GINT64_FORMAT ".%s", now, body);
    g_autofree char *mac = g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)secret, strlen(secret), signed_text, -1);
    g_autofree char *signature = g_strconcat("X-Forumpost-Signature: sha256=", mac, NULL);
    g_autofree char *timestamp = g_strdup_printf("X-Forumpost-Timestamp: %" G_GINT64_FORMAT, now);
    g_autofree char *key = g_strdup_printf("Idempotency-Key: %s-%" G_GINT64_FORMAT, g->installation->instance, item->event_id);
    const char *const headers[] = {signature, timestamp, key, "Content-Type: application/json; charset=utf-8", NULL};
    const struct web_post post = {g->settings->news_webhook, headers, body, g->settings->news_ca_file, 0};
    bool ok = web_post_send(&post, status_out, e);
    secret_free(secret);
    return ok;
}

/* ---- What comes of it */
/* C is at EVENT from now on. TOLD: a line of the journal says so. */
static bool move(struct gateway *g, struct channel *c, row_id event, const struct news_item *told, gint64 now, struct err *e)
{
    struct channel next = {.name = c->name, .event_id = event};
    g_autofree char *detail = told != NULL ? g_strdup_printf("%s %s %" G_GINT64_FORMAT, c->name, told->kind, told->number) : NULL;
    struct event ev = {.at = now, .kind = "news.told", .detail = detail};

    if (!db_begin(g->db, e))
        return false;
    if (!channels_put(g->db, &next, e) || (told != NULL && !events_add(g->db, &ev, e)) || !db_commit(g->db, e)) {
        db_rollback(g->db);
        return false;
    }
    c->event_id = event;
    c->n_tries = c->try_at = 0;
    row_text_free(c->said);
    c->said = NULL;
    return true;
}

/* Later, and all that comes after it. */
static bool put_off(struct gateway *g, struct channel *c, const char *why, gint64 now, struct err *e)
{
    gint64 pause = FIRST_PAUSE_S;

    for (gint64 i = 0; i < c->n_tries && pause < LIMIT_BACKOFF_MAX_S; i++)
        pause *= 2;
    struct channel next = {.name = c->name,
                           .event_id = c->event_id,
                           .n_tries = c->n_tries + 1,
                           .try_at = now + MIN(pause, LIMIT_BACKOFF_MAX_S),
                           .said = why};
    if (!db_begin(g->db, e))
        return false;
    if (!channels_put(g->db, &next, e) || !db_commit(g->db, e)) {
        db_rollback(g->db);
        return false;
    }
    if (c->n_tries == 0)
        log_event(LOG_LEVEL_WARN, NULL, "news.failed", "channel", c->name, "why", why, NULL);
    return true;
}

/* They will never take just this one, and the next ones should not wait for it. */
static bool is_refused(long status)
{
    return status == 400 || status == 413 || status == 415 || status == 422;
}

/* *MORE_OUT: the next one may be told. */
static bool tell(struct gateway *g, const struct teller *teller, struct channel *c, const struct news_item *item, gint64 now,
                 bool *more_out, struct err *e)
{
    err_auto struct err trouble = {0};
    long status = 0;
    bool is_answered = teller->send(g, item, &status, &trouble), is_taken = is_answered && status >= 200 && status < 300;
    g_autofree char *why = is_answered ? g_strdup_printf("it answered %ld", status) : g_strdup(trouble.text);

    *more_out = is_taken || (is_answered && is_refused(status));
    if (!*more_out)
        return put_off(g, c, why, now, e);
    if (!is_taken)
        log_event(LOG_LEVEL_ERROR, NULL, "news.refused", "channel", c->name, "why", why, NULL);
    return move(g, c, item->event_id, is_taken ? item : NULL, now, e);
}

/* ---- One channel */
struct waiting {
    GPtrArray *events; /* struct event, the next ones to tell */
    row_id last;       /* line up to which that is known */
};

static void free_event(void *ev)
{
    event_free(ev);
}

static bool look(const struct event *ev, void *user)
{
    struct waiting *w = user;

    if (news_is_told(ev)) {
        struct event *copy = g_new0(struct event, 1);
        *copy = *ev;
        copy->kind = g_strdup(ev->kind);
        copy->detail = g_strdup(ev->detail);
        copy->actor = NULL;
        g_ptr_array_add(w->events, copy);
    }
    w->last = ev->id;
    return w->events->len < LIMIT_NEWS_A_TICK;
}

static bool tell_all(struct gateway *g, const struct teller *teller, struct channel *c, const struct waiting *w, gint64 now,
                     gint64 *n_out, struct err *e)
{
    templates_auto t = w->events->len > 0 ? texts_load(NULL, g->settings->initiative_languages[0], e) : NULL;
    bool more = true;

    for (guint i = 0; i < w->events->len && more && t != NULL; i++) {
        const struct event *ev = w->events->pdata[i];
        struct news_item item;
        bool is_news = news_item_make(g, t, ev, &item, e);
        bool ok = e->kind == ERR_NONE && (is_news ? tell(g, teller, c, &item, now, &more, e) : move(g, c, ev->id, NULL, now, e));
        *n_out += ok && is_news && more;
        news_item_clear(&item);
        if (!ok)
            return false;
    }
    return e->kind == ERR_NONE && (!more || w->last <= c->event_id || move(g, c, w->last, NULL, now, e));
}

static bool serve(struct gateway *g, const struct teller *teller, gint64 now, gint64 *n_out, struct err *e)
{
    channel_auto c = channels_get(g->db, teller->name, e);

    if (e->kind != ERR_NONE)
        return false;
    if (c == NULL) {
        struct channel fresh = {.name = teller->name};
        row_id last = events_last(g->db, e);
        return last >= 0 && move(g, &fresh, last, NULL, now, e);
    }
    if (now < c->try_at && c->try_at - now <= LIMIT_BACKOFF_MAX_S) /* further away: the clock was set back */
        return true;
    struct waiting w = {.events = g_ptr_array_new_with_free_func(free_event)};
    bool ok = events_after(g->db, c->event_id, look, &w, e) && tell_all(g, teller, c, &w, now, n_out, e);
    g_ptr_array_unref(w.events);
    return ok;
}

bool job_news(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    static const struct teller mastodon = {"mastodon", to_mastodon}, webhook = {"webhook", to_webhook};
    const struct settings *s = g->settings;

    return (*s->news_mastodon == '\0' || serve(g, &mastodon, now, n_out, e)) &&
           (*s->news_webhook == '\0' || serve(g, &webhook, now, n_out, e));
}
