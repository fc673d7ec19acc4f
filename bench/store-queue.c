/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the database costs of one notice in dispatch: claimed in batches and recorded as sent, two commits a batch,
 * while many others are due.
 *
 *     store-queue [-n NOTICES] [-b BATCH] DB        DB must not be there; prints one line
 */
#include "base/limits.h"
#include "store/db_private.h"
#include "store/notices.h"
#include "store/persons.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define AT 1772400000

static void must(bool ok, const struct err *e)
{
    if (ok)
        return;
    fprintf(stderr, "store-queue: %s\n", e->text != NULL ? e->text : "failed");
    exit(1);
}

static const enum purpose purposes[] = {PURPOSE_CONFIRM_IDEA, PURPOSE_DIGEST_DAILY, PURPOSE_HELP};

static void fill(struct db *db, gint64 n, struct err *e)
{
    must(db_begin(db, e), e);
    for (gint64 i = 0; i < n; i++) {
        g_autofree char *address = g_strdup_printf("person%" G_GINT64_FORMAT "@example.net", i);
        struct person p = {.address = address, .digest_hour = -1};
        struct notice due = {.purpose = purposes[i % G_N_ELEMENTS(purposes)], .due_at = AT - i % 1000};
        must(persons_add(db, &p, AT, &due.person_id, e) && notices_add(db, &due, NULL, e), e);
    }
    must(db_commit(db, e), e);
}

static const gint64 no_limit[N_STREAMS] = {G_MAXINT32, G_MAXINT32, G_MAXINT32};

/* Claims a batch and records it; returns how many there were. */
static guint turn(struct db *db, gint64 batch, struct err *e)
{
    must(db_begin(db, e), e);
    g_autoptr(GPtrArray) claimed = notices_claim(db, AT, batch, no_limit, e);
    must(claimed != NULL && db_commit(db, e), e);
    must(db_begin(db, e), e);
    for (guint i = 0; i < claimed->len; i++) {
        const struct notice *n = claimed->pdata[i];
        must(notices_record(db, n->id, NOTICE_SENT, AT, "250 2.0.0 Ok: queued as 4F2A1B", e), e);
    }
    must(db_commit(db, e), e);
    return claimed->len;
}

static double cpu_s(void)
{
    struct rusage use;

    getrusage(RUSAGE_SELF, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) + (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv)
{
    err_auto struct err e = {0};
    gint64 n = 100000, batch = LIMIT_NOTICE_CLAIM, n_sent = 0, n_first = 0;
    double first_s = 0;
    const GOptionEntry options[] = {
        {"notices", 'n', 0, G_OPTION_ARG_INT64, &n, "notices that are due", "N"},
        {"batch", 'b', 0, G_OPTION_ARG_INT64, &batch, "notices claimed at once", "N"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new("DB");
    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, NULL) || argc != 2 || g_file_test(argv[1], G_FILE_TEST_EXISTS)) {
        g_printerr("usage: store-queue [-n N] [-b N] DB   (a DB that is not there yet)\n");
        return 64;
    }
    db_auto db = db_open(argv[1], DB_CREATE, &e);
    must(db != NULL, &e);
    fill(db, n, &e);
    double start_cpu = cpu_s();
    gint64 start = g_get_monotonic_time();
    for (guint got; (got = turn(db, batch, &e)) > 0; n_sent += got)
        if (n_first == 0 && n_sent >= n / 10) {
            first_s = cpu_s() - start_cpu;
            n_first = n_sent;
        }
    double wall = (double)(g_get_monotonic_time() - start) / 1e6, cpu = cpu_s() - start_cpu;
    printf("store-queue: %.0f notices/s, %.1f us CPU each (first tenth %.1f), %" G_GINT64_FORMAT " sent\n", (double)n_sent / wall,
           cpu / (double)n_sent * 1e6, n_first > 0 ? first_s / (double)n_first * 1e6 : 0, n_sent);
    return 0;
}
