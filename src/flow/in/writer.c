/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Group commit; see writer.h. A failure of one mail undoes only its savepoint; a failure of the transaction (disk
 * full, locked, I/O) is everybody's, all are told to come again, and the next group that succeeds writes the trouble
 * into the journal.
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
    writer_done *done;
    void *user;
    enum err_kind outcome;
    GPtrArray *verdicts;
};

struct writer {
    struct gateway *g;
    struct upkeep *upkeep;
    GAsyncQueue *jobs;
    GThread *thread;
    GMainContext *answers_in; /* where done is called */
    char *trouble;            /* to be told in the journal; NULL none */
};

static void job_free(gpointer data)
{
    struct job *job = data;

    envelope_free(job->env);
    g_bytes_unref(job->bytes);
    message_free(job->m);
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
    log_event(e->kind == ERR_RATE ? LOG_LEVEL_WARN : LOG_LEVEL_ERROR, id, what, "answer", err_lmtp_reply(e->kind), "why", e->text, NULL);
}

/* One mail inside the group's transaction. */
static void write_job(struct writer *w, struct job *job)
{
    err_auto struct err e = {0};

    if (db_savepoint(w->g->db, &e) &&
        receive_message(w->g, job->env, job->bytes, job->m, job->failure, job->verdicts, &e) &&
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
static void keep_group(struct writer *w, GPtrArray *group)
{
    quota_auto q = quota_new(w->g);

    for (guint i = 0; i < group->len; i++) {
        struct job *job = group->pdata[i];
        err_auto struct err e = {0};
        if (!take_prepare(w->g, q, &job->in, &e)) {
            job->outcome = e.kind != ERR_NONE ? e.kind : ERR_OURS;
            log_failure(job->env->id, "mail.later", &e);
        }
    }
}

static void write_group(struct writer *w, GPtrArray *group)
{
    err_auto struct err e = {0};

    keep_group(w, group);
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
    struct upkeep *upkeep = upkeep_new(settings->storage_database, e);
    if (upkeep == NULL) {
        gateway_close(g);
        return NULL;
    }
    db_on_log(g->db, upkeep_note, upkeep);
    struct writer *w = g_new0(struct writer, 1);
    w->g = g;
    w->upkeep = upkeep;
    w->jobs = g_async_queue_new();
    w->answers_in = g_main_context_ref_thread_default();
    w->thread = g_thread_new("writer", writer_run, w);
    return w;
}

void writer_put(struct writer *w, struct envelope *env, GBytes *bytes, struct message *m, const char *failure,
                writer_done *done, void *user)
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
    g_async_queue_push(w->jobs, job);
}

void writer_free(struct writer *w)
{
    if (w == NULL)
        return;
    g_async_queue_push(w->jobs, w);
    g_thread_join(w->thread);
    g_async_queue_unref(w->jobs);
    g_main_context_unref(w->answers_in);
    gateway_close(w->g);
    upkeep_free(w->upkeep);
    g_free(w->trouble);
    g_free(w);
}
