/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mails that were kept as long as [retention] says: their bytes, subject and sender go. What became of them stays.
 */
#include "flow/clock/job.h"

#include "flow/spool.h"
#include "store/messages.h"

static bool forget_some(struct gateway *g, gint64 now, enum keep keep, gint64 before, guint *n_out, struct err *e)
{
    g_autoptr(GArray) over = messages_over(g->db, keep, before, JOB_STEP, e);

    for (guint i = 0; over != NULL && i < over->len; i++)
        /* a text's Message-ID is what answers to it are found by */
        if (!messages_forget(g->db, g_array_index(over, row_id, i), keep == KEEP_TEXT, now, e))
            return false;
    *n_out = over != NULL ? over->len : 0;
    return over != NULL;
}

static bool forget_texts(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    return forget_some(g, now, KEEP_TEXT, before, n_out, e);
}

static bool forget_others(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    return forget_some(g, now, KEEP_OTHER, before, n_out, e);
}

static bool forget_reports(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    return forget_some(g, now, KEEP_REPORT, before, n_out, e);
}

static bool forget_bounces(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    return forget_some(g, now, KEEP_BOUNCE, before, n_out, e);
}

/* A mail that was set aside waits for a person however long that takes; once its pair in spool/failed is gone, it is
 * like any other. */
static bool settle_failed(struct gateway *g, gint64 before, struct err *e)
{
    g_autoptr(GArray) old = messages_over(g->db, KEEP_FAILED, before, G_MAXINT32, e);

    for (guint i = 0; old != NULL && i < old->len; i++) {
        stored_message_auto m = messages_by_id(g->db, g_array_index(old, row_id, i), e);
        if (m == NULL)
            return false;
        if (!spool_failed_has(g->settings->storage_spool, m->key) && !messages_set_keep(g->db, m->id, KEEP_OTHER, e))
            return false;
    }
    return old != NULL;
}

bool job_mails(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    const struct settings *s = g->settings;
    gint64 others_before = now - s->retention_other_days * DAY_S;

    return settle_failed(g, others_before, e) && job_in_steps(g, forget_others, now, others_before, n_out, e) &&
           job_in_steps(g, forget_reports, now, now - s->retention_report_days * DAY_S, n_out, e) &&
           job_in_steps(g, forget_bounces, now, now - s->retention_bounce_days * DAY_S, n_out, e) &&
           job_in_steps(g, forget_texts, now, now - s->retention_raw_days * DAY_S, n_out, e);
}
