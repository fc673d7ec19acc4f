/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What taking a mail in costs the database, statement by statement: reads every *.eml of FOLDER, gives them to the writer's own
 * path (flow/in/receive.h), BATCH in a transaction, and prints a row for each statement: how often it ran a mail, CPU microseconds
 * a mail while it was open (without what ran inside it), the longest single run in CPU milliseconds, and the sum. CONFIG's database is changed: use one of bench/run.
 *
 *     statements [-q] [-f] [-b BATCH] CONFIG FOLDER
 *
 * -f: with what the preparing thread works out before (flow/in/foresee.h), as it is while many mails come.
 * -q: without looking at the statements, for those who count instructions of it all (valgrind --tool=callgrind).
 */
#include "flow/gateway.h"
#include "flow/in/foresee.h"
#include "flow/in/receive.h"
#include "flow/spoken.h"
#include "mail/read/read.h"
#include "store/db_private.h"
#include "store/sqlite/private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST_OPEN 16
#define NOW       ((gint64)time(NULL))

struct cost {
    const char *name; /* of the catalogue; the text of others */
    guint64 n, ns, longest_ns;
};

struct meter {
    GHashTable *costs;            /* text of the statement -> struct cost */
    struct cost *open[MOST_OPEN]; /* innermost last */
    sqlite3_stmt *statements[MOST_OPEN];
    guint64 run_ns[MOST_OPEN];
    guint n_open;
    guint64 since;
};

static guint64 cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (guint64)t.tv_sec * 1000000000 + (guint64)t.tv_nsec;
}

static const char *name_of(const char *sql)
{
    for (int i = 0; i < N_SQL; i++)
        if (strcmp(sql_texts[i].text, sql) == 0)
            return sql_texts[i].name;
    return strstr(sql, "post_fts") != NULL ? "(inside the index of words)" : sql;
}

static struct cost *cost_of(struct meter *m, const char *sql)
{
    struct cost *c = g_hash_table_lookup(m->costs, sql);

    if (c == NULL) {
        c = g_new0(struct cost, 1);
        c->name = g_strdup(name_of(sql));
        g_hash_table_insert(m->costs, g_strdup(sql), c);
    }
    return c;
}

/* Time since the last look belongs to the innermost open statement. */
static void look(struct meter *m)
{
    guint64 now = cpu_ns();

    if (m->n_open > 0) {
        m->open[m->n_open - 1]->ns += now - m->since;
        m->run_ns[m->n_open - 1] += now - m->since;
    }
    m->since = now;
}

static int on_statement(unsigned what, void *user, void *p, void *x)
{
    struct meter *m = user;

    (void)x;
    look(m);
    if (what == SQLITE_TRACE_STMT) {
        g_assert(m->n_open < MOST_OPEN);
        struct cost *c = cost_of(m, sqlite3_sql(p));
        c->n++;
        m->statements[m->n_open] = p;
        m->run_ns[m->n_open] = 0;
        m->open[m->n_open++] = c;
        return 0;
    }
    for (guint i = m->n_open; i > 0; i--)
        if (m->statements[i - 1] == p) {
            m->open[i - 1]->longest_ns = MAX(m->open[i - 1]->longest_ns, m->run_ns[i - 1]);
            memmove(&m->open[i - 1], &m->open[i], (m->n_open - i) * sizeof *m->open);
            memmove(&m->statements[i - 1], &m->statements[i], (m->n_open - i) * sizeof *m->statements);
            memmove(&m->run_ns[i - 1], &m->run_ns[i], (m->n_open - i) * sizeof *m->run_ns);
            m->n_open--;
            break;
        }
    return 0;
}

/* The first address of the field NAME. Caller frees. */
static char *address_of(const char *mail, const char *name)
{
    g_autofree char *start = g_strdup_printf("\n%s:", name);
    const char *field = strstr(mail, start), *end;

    if (field == NULL)
        return NULL;
    field += strlen(start);
    g_autofree char *line = g_strndup(field, strcspn(field, "\r\n"));
    const char *from = strchr(line, '<');
    from = from != NULL ? from + 1 : line + strspn(line, " ");
    end = from + strcspn(from, "> ,");
    return g_strndup(from, (gsize)(end - from));
}

/* PREPARER may be NULL. */
static bool take_one(struct gateway *g, struct gateway *preparer, const char *path, struct err *e)
{
    char *text;
    gsize n;

    if (!g_file_get_contents(path, &text, &n, NULL))
        return true;
    g_autoptr(GBytes) bytes = g_bytes_new_take(text, n);
    g_autofree char *sender = address_of(text, "From"), *recipient = address_of(text, "To");
    struct envelope *env = envelope_new(sender, NOW);
    g_ptr_array_add(env->recipients, g_steal_pointer(&recipient));
    struct read_options options = {.own_domain = g->settings->initiative_domain,
                                   .authserv_id = g->settings->intake_authserv_id,
                                   .authserv_hops = (guint)g->settings->intake_authserv_hops,
                                   .without_sums = true};
    message_auto m = message_read(text, n, &options);
    spoken_prepare(m);
    struct foreseen *foreseen = preparer != NULL ? foreseen_new(preparer, env, m) : NULL;
    bool ok = receive_keep_bytes(g, bytes, e) && db_savepoint(g->db, e) &&
              receive_foreseen(g, env, bytes, m, NULL, foreseen, NULL, e) && db_savepoint_keep(g->db, e);
    foreseen_free(foreseen);
    envelope_free(env);
    return ok;
}

static bool take_all(struct gateway *g, struct gateway *preparer, GPtrArray *paths, guint batch, struct err *e)
{
    for (guint i = 0; i < paths->len; i += batch) {
        if (!db_begin(g->db, e))
            return false;
        for (guint k = i; k < MIN(i + batch, paths->len); k++)
            if (!take_one(g, preparer, paths->pdata[k], e))
                return false;
        if (!db_commit(g->db, e))
            return false;
    }
    return true;
}

static int by_cost(gconstpointer a, gconstpointer b)
{
    const struct cost *x = *(struct cost *const *)a, *y = *(struct cost *const *)b;

    return x->ns != y->ns ? (x->ns < y->ns ? 1 : -1) : 0;
}

static void say(struct meter *m, double n_mails)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    GHashTableIter iter;
    gpointer cost;
    double sum = 0;

    g_hash_table_iter_init(&iter, m->costs);
    while (g_hash_table_iter_next(&iter, NULL, &cost))
        g_ptr_array_add(rows, cost);
    g_ptr_array_sort(rows, by_cost);
    printf("%-34s %10s %12s %12s\n", "statement", "runs/mail", "CPU us/mail", "longest ms");
    for (guint i = 0; i < rows->len; i++) {
        const struct cost *c = rows->pdata[i];
        sum += (double)c->ns;
        printf("%-34.34s %10.2f %12.1f %12.2f\n", c->name, (double)c->n / n_mails, (double)c->ns / n_mails / 1000,
               (double)c->longest_ns / 1e6);
    }
    printf("%-34s %10s %12.1f\n", "all of them", "", sum / n_mails / 1000);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of their names: what is answered comes before its answers. */
static GPtrArray *list(const char *folder)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) names = g_dir_open(folder, 0, NULL);

    for (const char *name; names != NULL && (name = g_dir_read_name(names)) != NULL;)
        g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(paths, by_name);
    return paths;
}

int main(int argc, char **argv)
{
    static gboolean is_quiet, is_foreseen;
    static int batch = 10;
    static const GOptionEntry entries[] = {{"quiet", 'q', 0, G_OPTION_ARG_NONE, &is_quiet, "without looking at the statements",
                                            NULL},
                                           {"foresee", 'f', 0, G_OPTION_ARG_NONE, &is_foreseen, "with what is worked out before",
                                            NULL},
                                           {"batch", 'b', 0, G_OPTION_ARG_INT, &batch, "mails in a transaction", "N"},
                                           {0}};
    g_autoptr(GOptionContext) context = g_option_context_new("CONFIG FOLDER");
    settings_auto struct settings settings = {0};
    err_auto struct err e = {0};
    struct meter m = {.costs = g_hash_table_new(g_str_hash, g_str_equal)};

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, NULL) || argc != 3 || batch <= 0) {
        fprintf(stderr, "usage: statements [-q] [-f] [-b BATCH] CONFIG FOLDER\n");
        return 64;
    }
    mail_init();
    g_autoptr(GPtrArray) paths = list(argv[2]);
    struct gateway *g = settings_load(argv[1], &settings, &e) ? gateway_open(&settings, DB_WRITE, &e) : NULL;
    struct gateway *preparer = g != NULL && is_foreseen ? gateway_open(&settings, DB_READ, &e) : NULL;
    if (g != NULL && !is_quiet)
        sqlite3_trace_v2(g->db->engine->handle, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, on_statement, &m);
    if (g == NULL || !take_all(g, preparer, paths, (guint)batch, &e)) {
        fprintf(stderr, "statements: %s\n", e.text != NULL ? e.text : "failed");
        return 1;
    }
    if (!is_quiet)
        say(&m, paths->len);
    gateway_close(preparer);
    gateway_close(g);
    return 0;
}
