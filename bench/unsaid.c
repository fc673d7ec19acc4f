/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it costs that others have quoted a text: POSTS posts of some 60 words each in a fresh database at DB, one discussion with ANSWERS
 * of them, in which every tenth quotes its first text, as do as many elsewhere. That text is taken back, comes back, is taken back and deleted,
 * and at last its author is erased, who wrote a hundred answers there; each time the clock works until it is done. Prints one line a figure;
 * "longest" is the longest transaction, for which every other mail waits.
 *
 *     unsaid [-n POSTS] [-a ANSWERS] DB
 *
 * In a DB that is there (of another run) only the erasure is measured.
 */
#include "flow/step/erase.h"
#include "store/db_private.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/unsaid.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define AT        1772400000
#define N_WORDS   20000
#define N_PEOPLE  1000
#define N_IN_TEXT 60
#define N_OF_IDEA 50 /* posts, of another discussion */
#define N_OWN     100

static struct err e;

static void must(bool ok)
{
    if (ok && e.kind == ERR_NONE)
        return;
    fprintf(stderr, "unsaid: %s\n", e.text != NULL ? e.text : "failed");
    exit(1);
}

/* As uneven as a language (Zipf). */
static char *words(GRand *rand, int n)
{
    static const char *const parts[] = {"ba", "ter", "lim", "os", "fen", "gul", "ra", "stei", "nor", "wik"};
    GString *out = g_string_new(NULL);

    for (int i = 0; i < n; i++) {
        for (int r = (int)exp(g_rand_double(rand) * log(N_WORDS)) + 1000; r > 0; r /= 10)
            g_string_append(out, parts[r % 10]);
        g_string_append_c(out, ' ');
    }
    return g_string_free(out, FALSE);
}

static row_id add_idea(struct db *db, row_id forum, row_id person)
{
    struct idea idea = {.forum_id = forum,
                        .author_id = person,
                        .title = "Mehr Radwege",
                        .ring = RING_PUBLIC,
                        .state = IDEA_PUBLISHED,
                        .created_at = AT,
                        .published_at = AT};
    row_id id;

    must(ideas_add(db, &idea, &id, &e));
    return id;
}

static row_id add_post(struct db *db, row_id idea, row_id person, enum post_kind kind, const char *text)
{
    struct post p =
        {.idea_id = idea, .person_id = person, .kind = kind, .state = POST_PUBLISHED, .at = AT, .text = text, .language = "de"};

    must(posts_add(db, &p, &e));
    return p.id;
}

/* In steps, so that no transaction is larger than memory: *STARTED is the place in it. */
static void pause_at(struct db *db, gint64 i)
{
    if (i % 1000 == 999)
        must(db_commit(db, &e) && db_begin(db, &e));
}

/* The post that is quoted, which is the first of N / 2 + the answers to it; person 1 wrote it. */
static row_id fill(struct db *db, gint64 n_posts, gint64 n_answers)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    struct forum f = {.name = "mobilitaet", .title = "Neue Mobilität", .language = "de"};
    row_id forum, person, idea = 0, said = 0, ours = 0;
    g_autofree char *quoted = words(rand, N_IN_TEXT);

    must(db_begin(db, &e) && forums_put(db, &f, AT, &forum, &e));
    for (int i = 0; i < N_PEOPLE; i++) {
        g_autofree char *address = g_strdup_printf("person%d@example.net", i);
        struct person p = {.address = address, .digest_hour = -1, .confirmed_at = AT};
        must(persons_add(db, &p, AT, &person, &e));
    }
    for (gint64 i = 0, n_said = 0; i < n_posts; i++, pause_at(db, i)) {
        bool is_first = i % N_OF_IDEA == 0, is_answer = i >= n_posts / 2 && n_said < n_answers && i % 2 == 0;
        g_autofree char *text = words(rand, N_IN_TEXT), *with = g_strconcat(text, "\n> ", quoted, "\n", text, NULL);
        bool quotes = said != 0 && i % 20 < 2;
        row_id writer = is_answer && n_said < N_OWN ? 1 : 2 + i % (N_PEOPLE - 1);
        if (said == 0 && i >= n_posts / 2) {
            ours = add_idea(db, forum, 1);
            said = add_post(db, ours, 1, POST_IDEA, quoted);
        }
        if (is_first)
            idea = add_idea(db, forum, writer);
        add_post(db, is_answer ? ours : idea, writer, is_first && !is_answer ? POST_IDEA : POST_REPLY, quotes ? with : text);
        n_said += is_answer;
    }
    must(db_commit(db, &e));
    return said;
}

static double now_s(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct span {
    double wall, cpu;
};

static struct span since(struct span start)
{
    return (struct span){now_s(CLOCK_MONOTONIC) - start.wall, now_s(CLOCK_THREAD_CPUTIME_ID) - start.cpu};
}

/* WHAT was done in one transaction since START; then the clock does the rest. */
static void say(struct db *db, const char *what, struct span start)
{
    struct span once = since(start), longest = {0}, all = {0};
    gint64 n = 0;

    for (bool more = true; more; n++) {
        struct span begin = since((struct span){0});
        must(unsaid_work(db, AT, &more, &e));
        struct span took = since(begin);
        longest.wall = MAX(longest.wall, took.wall);
        longest.cpu = MAX(longest.cpu, took.cpu);
        all.cpu += took.cpu;
        all.wall += took.wall;
    }
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    printf("unsaid, %s: at once %.1f ms (%.1f ms CPU); by the clock %" G_GINT64_FORMAT
           " transactions in %.2f s (%.2f s CPU), the longest %.1f ms (%.1f ms CPU); memory %.0f MB\n",
           what, once.wall * 1e3, once.cpu * 1e3, n, all.wall, all.cpu, longest.wall * 1e3, longest.cpu * 1e3,
           (double)use.ru_maxrss / 1024);
    fflush(stdout);
}

static void measure_quotes(struct db *db, gint64 n_posts, gint64 n_answers)
{
    row_id said = fill(db, n_posts, n_answers);
    must(db_exec(db, "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)", "bench", &e));

    struct span start = since((struct span){0});
    must(db_begin(db, &e) && posts_take(db, said, POST_WITHDRAWN, NULL, AT, &e) && db_commit(db, &e));
    say(db, "taken back", start);
    start = since((struct span){0});
    must(db_begin(db, &e) && posts_restore(db, said, AT, &e) && db_commit(db, &e));
    say(db, "come back", start);
    must(db_begin(db, &e) && posts_take(db, said, POST_WITHDRAWN, NULL, AT, &e) && db_commit(db, &e));
    start = since((struct span){0});
    must(db_begin(db, &e) && posts_forget(db, said, AT, &e) && db_commit(db, &e));
    say(db, "deleted before the clock had looked", start);
}

int main(int argc, char **argv)
{
    gint64 n_posts = 1000000, n_answers = 20000;
    struct erase_report report;

    for (int option; (option = getopt(argc, argv, "n:a:")) != -1;)
        *(option == 'n' ? &n_posts : &n_answers) = g_ascii_strtoll(optarg, NULL, 10);
    if (optind + 1 != argc)
        return 64;
    struct settings settings = {.storage_spool = g_path_get_dirname(argv[optind]), .zone = g_time_zone_new_utc()};
    g_autofree char *failed = g_build_filename(settings.storage_spool, "failed", NULL);
    g_mkdir(failed, 0700);
    bool is_new = !g_file_test(argv[optind], G_FILE_TEST_EXISTS);
    db_auto db = db_open(argv[optind], DB_CREATE, &e);
    must(db != NULL && db_exec(db, "PRAGMA synchronous = OFF", "bench", &e));
    struct gateway g = {.settings = &settings, .db = db};
    if (is_new)
        measure_quotes(db, n_posts, n_answers);
    must(db_exec(db, "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)", "bench", &e));
    struct span start = since((struct span){0});
    must(db_begin(db, &e) && erase_person(&g, "person0@example.net", "on request", AT, &report, &e) && db_commit(db, &e));
    say(db, "its author erased", start);
    return 0;
}
