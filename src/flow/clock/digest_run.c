/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hourly run of digests; see digest_run.h. Reads once who is told and what is new, chooses in memory
 * (forum/digest.h), and writes the rows in steps, so that intake can write between them.
 */
#include "flow/clock/digest_run.h"

#include "flow/clock/job.h"

#include "base/clock.h"
#include "base/limits.h"
#include "store/digests.h"
#include "store/notices.h"

#include <string.h>

#define STEP       200 /* digests in one transaction */
#define DAY_S      86400
#define REMEMBER_S (60 * DAY_S) /* how long an hour's cut is kept */
#define SLACK_S    (14 * DAY_S) /* a moderator may publish a mail that much later than the ones beside it */

struct run {
    struct gateway *g;
    enum delivery delivery;
    gint64 now;
    gint64 slot_at;  /* the hour that this run is for */
    GArray *readers; /* struct digest_reader, by person */
    GArray *posts;   /* struct digest_post: new to anybody */
    struct digest_index *index;
    gint64 newest;    /* place up to which the index reaches */
    gint64 start;     /* place from which somebody without a digest starts */
    GHashTable *cuts; /* slot -> place */
    GArray *news;     /* struct for_digest, by person: steps that wait for their digest */
    guint n_in_step;
    struct digest_report *report;
    struct err *e;
};

static int hour_of(const struct run *r, const struct digest_reader *reader)
{
    return reader->digest_hour >= 0 ? reader->digest_hour : (int)r->g->settings->digest_hour;
}

static int weekday_of(const struct run *r, const struct digest_reader *reader)
{
    return reader->digest_weekday > 0 ? reader->digest_weekday : (int)r->g->settings->digest_weekday;
}

/* How far the digests of that hour reach: for an hour that is over the same in every run. What was published since the
 * index was read is for the next run. -1 failure. */
static gint64 cut_of(struct run *r, gint64 slot_at)
{
    gint64 *known = g_hash_table_lookup(r->cuts, &slot_at);

    if (slot_at == r->slot_at)
        return r->newest;
    if (known != NULL)
        return *known;
    gint64 to = digests_cut(r->g->db, r->delivery, slot_at, false, NULL, r->e);
    to = MIN(to, r->newest);
    if (to >= 0)
        g_hash_table_insert(r->cuts, g_memdup2(&slot_at, sizeof slot_at), g_memdup2(&to, sizeof to));
    return to;
}

/* Where what waits for PERSON begins; all of it if there is none. */
static guint first_news(const struct run *r, row_id person)
{
    guint low = 0, high = r->news->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(r->news, struct for_digest, middle).person_id < person)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->news->len && g_array_index(r->news, struct for_digest, low).person_id == person ? low : r->news->len;
}

static GHashTable *stopped_ideas(struct run *r, row_id person)
{
    g_autoptr(GArray) ids = digests_stopped(r->g->db, person, r->e);

    if (ids == NULL || ids->len == 0)
        return NULL;
    GHashTable *set = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (guint i = 0; i < ids->len; i++)
        g_hash_table_add(set, g_memdup2(&g_array_index(ids, row_id, i), sizeof(row_id)));
    return set;
}

/* What waits for PERSON goes along with DIGEST. */
static bool join_news(struct run *r, row_id person, row_id digest)
{
    for (guint i = first_news(r, person); i < r->news->len; i++) {
        const struct for_digest *x = &g_array_index(r->news, struct for_digest, i);
        if (x->person_id != person)
            break;
        if (!notices_join(r->g->db, x->id, digest, r->e))
            return false;
    }
    return true;
}

static bool add_digest(struct run *r, row_id person, enum delivery delivery, const struct digest_choice *choice, row_id *id_out)
{
    struct digest d = {.person_id = person,
                       .delivery = delivery,
                       .from_post = choice->from,
                       .to_post = choice->to,
                       .made_at = r->now};
    struct notice n = {.purpose = r->delivery == DELIVERY_WEEKLY ? PURPOSE_DIGEST_WEEKLY : PURPOSE_DIGEST_DAILY,
                       .person_id = person,
                       .about.forum = choice->forum_id,
                       .due_at = MIN(r->now, clock_real())}; /* `--now` tomorrow: dispatch lives today */
    bool made;

    *id_out = 0;
    if (!digests_add(r->g->db, &d, &n, &made, r->e))
        return false;
    if (!made)
        return true;
    *id_out = d.id;
    r->report->n_made++;
    r->report->n_posts += choice->n_posts;
    r->n_in_step++;
    return true;
}

/* No post is new, but what happened to ideas is: a digest of that alone, which covers no places and is named by its first step. */
static bool add_news_alone(struct run *r, row_id person)
{
    guint at = first_news(r, person);
    row_id digest;

    if (at == r->news->len)
        return true;
    row_id first = g_array_index(r->news, struct for_digest, at).id;
    struct digest_choice choice = {.from = first, .to = first};
    return add_digest(r, person, DELIVERY_NEWS, &choice, &digest) && (digest == 0 || join_news(r, person, digest));
}

/* Those about posts, the first of them with what happened to ideas. */
static bool add_digests(struct run *r, row_id person, const GArray *choices)
{
    row_id digest;

    for (guint i = 0; i < choices->len; i++)
        if (!add_digest(r, person, r->delivery, &g_array_index(choices, struct digest_choice, i), &digest) ||
            (i == 0 && digest != 0 && !join_news(r, person, digest)))
            return false;
    return choices->len > 0 || add_news_alone(r, person);
}

/* Lets others write between the steps. */
static bool take_breath(struct run *r)
{
    if (r->n_in_step < STEP)
        return true;
    r->n_in_step = 0;
    return db_commit(r->g->db, r->e) && db_begin(r->g->db, r->e);
}

/* Everything one person has coming; more than one digest only if one cannot hold it. */
static bool serve_person(struct run *r, const struct digest_reader *readers, guint n_readers)
{
    gint64 slot = digest_slot(r->now, r->g->settings->zone, r->delivery, hour_of(r, readers), weekday_of(r, readers));
    gint64 from = readers->last_to > 0 ? readers->last_to : r->start;

    if (readers->last_made_at >= slot && readers->last_made_at <= r->now) /* later: by a clock that was ahead */
        return true;
    gint64 to = cut_of(r, slot);
    r->report->n_people++;
    if (to < 0)
        return false;
    if (from >= to)
        return add_news_alone(r, readers->person_id) && take_breath(r);
    g_autoptr(GHashTable) stopped = stopped_ideas(r, readers->person_id);
    if (r->e->kind != ERR_NONE)
        return false;
    g_autoptr(GArray) choices = digest_choose(r->index, readers, n_readers, stopped, from, to, LIMIT_DIGEST_POSTS);
    return add_digests(r, readers->person_id, choices) && take_breath(r);
}

static bool serve_everybody(struct run *r)
{
    const struct digest_reader *all = (const struct digest_reader *)(void *)r->readers->data;

    for (guint i = 0, n; i < r->readers->len; i += n) {
        for (n = 1; i + n < r->readers->len && all[i + n].person_id == all[i].person_id; n++)
            continue;
        if (!serve_person(r, all + i, n))
            return false;
    }
    return true;
}

/* Reads the posts that are new to anybody. */
static bool read_posts(struct run *r)
{
    gint64 oldest = r->now, lowest = r->newest;
    bool has_beginner = false;

    for (guint i = 0; i < r->readers->len; i++) {
        const struct digest_reader *reader = &g_array_index(r->readers, struct digest_reader, i);
        has_beginner = has_beginner || reader->last_to == 0;
        if (reader->last_to == 0)
            oldest = MIN(oldest, reader->told_since);
        else
            lowest = MIN(lowest, reader->last_to);
    }
    r->start = has_beginner ? digests_place_at(r->g->db, oldest - SLACK_S, r->e) : r->newest;
    if (r->start < 0)
        return false;
    r->posts = digests_new_posts(r->g->db, MIN(lowest, r->start), r->newest, r->e);
    if (r->posts == NULL)
        return false;
    r->index = digest_index_new(r->posts);
    return true;
}

static bool run_in_transaction(struct run *r, bool *done)
{
    r->newest = digests_cut(r->g->db, r->delivery, r->slot_at, true, done, r->e);
    if (r->newest < 0 || *done)
        return r->newest >= 0;
    r->readers = digests_readers(r->g->db, r->delivery, r->e);
    r->news = r->readers != NULL ? notices_for_digest(r->g->db, r->delivery, r->e) : NULL;
    if (r->news == NULL || !read_posts(r) || !serve_everybody(r))
        return false;
    return digests_cut_done(r->g->db, r->delivery, r->slot_at, r->now - REMEMBER_S, r->now, r->e);
}

static gint64 this_hour(gint64 now, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);

    return now - g_date_time_get_minute(local) * 60 - g_date_time_get_second(local);
}

static bool run_delivery(struct gateway *g, enum delivery delivery, gint64 now, struct digest_report *report, struct err *e)
{
    struct run r =
        {.g = g, .delivery = delivery, .now = now, .slot_at = this_hour(now, g->settings->zone), .report = report, .e = e};
    bool done = false;

    if (!db_begin(g->db, e))
        return false;
    r.cuts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    bool ok = run_in_transaction(&r, &done) && db_commit(g->db, e);
    if (!ok)
        db_rollback(g->db);
    g_hash_table_unref(r.cuts);
    g_clear_pointer(&r.readers, g_array_unref);
    g_clear_pointer(&r.news, g_array_unref);
    digest_index_free(r.index);
    g_clear_pointer(&r.posts, g_array_unref);
    return ok;
}

bool digest_run(struct gateway *g, gint64 now, struct digest_report *report_out, struct err *e)
{
    *report_out = (struct digest_report){0};
    return run_delivery(g, DELIVERY_DAILY, now, report_out, e) && run_delivery(g, DELIVERY_WEEKLY, now, report_out, e);
}

bool job_digests(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    struct digest_report report;

    if (!digest_run(g, now, &report, e))
        return false;
    *n_out = report.n_made;
    return true;
}
