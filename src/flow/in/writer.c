/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Group commit; see writer.h. A failure of one mail undoes only its savepoint; a failure of the transaction (disk
 * full, locked, I/O) is everybody's, all are told to come again, and the next group that succeeds writes the trouble
 * into the journal.
 *
 * What of a mail needs no transaction is done by a second thread while the writer is at the mails before it: its bytes are put
 * on the disk where they must be, its words are told from ours and masked (foresee.h). A mail that comes while nothing else is
 * there goes straight to the writer, which loses no time with handing it over, unless its bytes have to be synced.
 */
#include "flow/in/writer.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "flow/in/take.h"
#include "store/events.h"
#include "store/upkeep.h"

struct job {
    struct envelope *env;
    GBytes *bytes;
    struct message *m;
    char *failure;
    struct incoming in; /* the four above, as take.h sees them */
    bool is_prepared, is_admitted;
    struct foreseen *foreseen;
    writer_done *done;
    void *user;
    enum err_kind outcome;
    GPtrArray *verdicts;
};

struct writer {
    struct gateway *g, *reader; /* of the writer and of who prepares for it */
    struct quota *quota;
    struct upkeep *upkeep;
    GAsyncQueue *unprepared, *jobs;
    GThread *preparer, *thread;
    gint n_here;              /* mails that came and are not answered yet; atomic */
    GMainContext *answers_in; /* where done is called */
    char *trouble;            /* to be told in the journal; NULL none */
};

static void job_free(gpointer data)
{
    struct job *job = data;

    envelope_free(job->env);
    g_bytes_unref(job->bytes);
    message_free(job->m);
    foreseen_free(job->foreseen);
    g_free(job->failure);
    g_clear_pointer(&job->verdicts, g_ptr_array_unref);
    g_free(job);
}

static gboolean answer_group(gpointer data)
{
    GPtrArray *group = data;

    for (guint i = 0; i < group->len; i++) {
        struct job *job = group->pdata[i];
        job->done(job->outcome, job->outcome == ERR_NONE ? job->verdicts : NULL, job->user);
    }
    return G_SOURCE_REMOVE;
}

static void log_failure(const char *id, const char *what, const struct err *e)
{
    log_event(e->kind == ERR_RATE ? LOG_LEVEL_WARN : LOG_LEVEL_ERROR, id, what, "answer", err_lmtp_reply(e->kind), "why", e->text,
              NULL);
}

/* One mail inside the group's transaction. */
static void write_job(struct writer *w, struct job *job)
{
    err_auto struct err e = {0};

    if (db_savepoint(w->g->db, &e) &&
        receive_foreseen(w->g, job->env, job->bytes, job->m, job->failure, job->foreseen, job->verdicts, &e) &&
        db_savepoint_keep(w->g->db, &e))
        return;
    job->outcome = e.kind != ERR_NONE ? e.kind : ERR_OURS;
    log_failure(job->env->id, "mail.later", &e);
    g_free(w->trouble);
    w->trouble = g_strdup(e.text);
    if (db_is_in_transaction(w->g->db))
        db_savepoint_undo(w->g->db);
}

static bool journal_trouble(struct writer *w, struct err *e)
{
    struct event ev = {.at = clock_now(), .kind = "store.trouble", .detail = w->trouble};

    if (w->trouble == NULL)
        return true;
    if (!events_add(w->g->db, &ev, e))
        return false;
    g_clear_pointer(&w->trouble, g_free);
    return true;
}

static void fail_group(struct writer *w, GPtrArray *group, const struct err *e)
{
    db_rollback(w->g->db);
    for (guint i = 0; i < group->len; i++) {
        struct job *job = group->pdata[i];
        if (job->outcome == ERR_NONE) {
            job->outcome = e->kind != ERR_NONE ? e->kind : ERR_OURS;
            log_failure(job->env->id, "mail.later", e);
        }
    }
    g_free(w->trouble);
    w->trouble = g_strdup(e->text);
}

/* What must be on the disk before the transaction begins, if there is room for it. */
static void prepare(struct writer *w, struct gateway *g, struct job *job)
{
    err_auto struct err e = {0};

    if (job->env->content_sha256 == NULL)
        envelope_weigh(job->env, job->bytes);
    job->is_prepared = true;
    job->is_admitted = take_prepare(g, w->quota, &job->in, &e);
    if (job->is_admitted)
        return;
    job->outcome = e.kind != ERR_NONE ? e.kind : ERR_OURS;
    log_failure(job->env->id, "mail.later", &e);
}

static gpointer preparer_run(gpointer data)
{
    struct writer *w = data;

    for (gpointer job = NULL; job != w;) {
        job = g_async_queue_pop(w->unprepared);
        if (job != w) {
            struct job *next = job;
            prepare(w, w->reader, next);
            next->foreseen = next->is_admitted ? foreseen_new(w->reader, next->env, next->m) : NULL;
        }
        g_async_queue_push(w->jobs, job);
    }
    return NULL;
}

/* They are stored now, or will not be. */
static void settle_group(struct writer *w, GPtrArray *group)
{
    for (guint i = 0; i < group->len; i++) {
        const struct job *job = group->pdata[i];
        if (job->is_admitted)
            quota_settle(w->quota, w->g, job->m, job->env->sender, g_bytes_get_size(job->bytes));
    }
    g_atomic_int_add(&w->n_here, -(gint)group->len);
}

static void write_group(struct writer *w, GPtrArray *group)
{
    err_auto struct err e = {0};

    for (guint i = 0; i < group->len; i++)
        if (!((struct job *)group->pdata[i])->is_prepared)
            prepare(w, w->g, group->pdata[i]);
    bool ok = db_begin(w->g->db, &e) && journal_trouble(w, &e);
    for (guint i = 0; ok && i < group->len; i++) {
        struct job *job = group->pdata[i];
        if (job->outcome == ERR_NONE)
            write_job(w, job);
        if (!db_is_in_transaction(w->g->db))
            ok = err_set(&e, ERR_LATER, "the transaction was given up: %s", w->trouble);
    }
    if (!ok || !db_commit(w->g->db, &e))
        fail_group(w, group, &e);
    settle_group(w, group);
}

static void hand_back(struct writer *w, GPtrArray *group)
{
    g_autoptr(GSource) source = g_idle_source_new();

    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, answer_group, group, (GDestroyNotify)g_ptr_array_unref);
    g_source_attach(source, w->answers_in);
}

static gpointer writer_run(gpointer data)
{
    struct writer *w = data;

    for (bool is_stopping = false; !is_stopping;) {
        GPtrArray *group = g_ptr_array_new_with_free_func(job_free);
        struct job *job = g_async_queue_pop(w->jobs);
        for (; job != NULL; job = group->len < LIMIT_GROUP_MESSAGES ? g_async_queue_try_pop(w->jobs) : NULL) {
            if ((gpointer)job == (gpointer)w) { /* writer_free() ends the thread */
                is_stopping = true;
                break;
            }
            g_ptr_array_add(group, job);
        }
        if (group->len > 0)
            write_group(w, group);
        hand_back(w, group);
    }
    return NULL;
}

struct writer *writer_new(const struct settings *settings, struct err *e)
{
    struct gateway *g = gateway_open(settings, DB_WRITE, e);

    if (g == NULL)
        return NULL;
    struct gateway *reader = gateway_open(settings, DB_READ, e);
    struct upkeep *upkeep = reader != NULL ? upkeep_new(settings->storage_database, e) : NULL;
    if (upkeep == NULL) {
        gateway_close(reader);
        gateway_close(g);
        return NULL;
    }
    db_on_log(g->db, upkeep_note, upkeep);
    db_index_beside(g->db, true);
    struct writer *w = g_new0(struct writer, 1);
    w->g = g;
    w->upkeep = upkeep;
    w->reader = reader;
    w->quota = quota_new();
    w->unprepared = g_async_queue_new();
    w->jobs = g_async_queue_new();
    w->answers_in = g_main_context_ref_thread_default();
    w->preparer = g_thread_new("preparer", preparer_run, w);
    w->thread = g_thread_new("writer", writer_run, w);
    return w;
}

void writer_put(struct writer *w, struct envelope *env, GBytes *bytes, struct message *m, const char *failure, writer_done *done,
                void *user)
{
    struct job *job = g_new0(struct job, 1);

    job->env = env;
    job->bytes = g_bytes_ref(bytes);
    job->m = m;
    job->failure = g_strdup(failure);
    job->in = (struct incoming){job->env, job->bytes, job->m, job->failure};
    job->done = done;
    job->user = user;
    job->verdicts = g_ptr_array_new_with_free_func((GDestroyNotify)receive_verdict_free);
    bool is_alone = g_atomic_int_add(&w->n_here, 1) == 0;
    bool needs_sync = m == NULL || g_bytes_get_size(bytes) > LIMIT_BLOB_INLINE_BYTES;
    g_async_queue_push(is_alone && !needs_sync ? w->jobs : w->unprepared, job);
}

void writer_free(struct writer *w)
{
    if (w == NULL)
        return;
    g_async_queue_push(w->unprepared, w); /* goes on to the writer, behind the mails before it */
    g_thread_join(w->preparer);
    g_thread_join(w->thread);
    g_async_queue_unref(w->unprepared);
    g_async_queue_unref(w->jobs);
    g_main_context_unref(w->answers_in);
    gateway_close(w->g);
    gateway_close(w->reader);
    quota_free(w->quota);
    upkeep_free(w->upkeep);
    g_free(w->trouble);
    g_free(w);
}
