/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the database costs of one reply, in one thread: the look-ups and rows of flow/in/receive.c for a known person's
 * answer in an existing discussion (mail, post, words, follower, notices, journal, verdict), BATCH replies a commit.
 *
 *     store-write [-n REPLIES] [-b BATCH] [-p POSTS] [-t BYTES] [-r BYTES] DB
 *
 * A DB that is not there is made, with POSTS posts before the clock starts (without syncs). Prints one line.
 */
#include "base/digest.h"
#include "base/limits.h"
#include "store/db_private.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define AT           1772400000
#define N_FORUMS     20
#define N_PEOPLE     10000
#define N_IDEAS      20000
#define TALKERS      6 /* of an idea: who answers in it and follows it */
#define MEMBERS_EACH 4 /* of a forum: who gets a notice of every post */

struct bench {
    struct db *db;
    struct err e;
    GRand *random;
    gint64 n_replies, batch, n_before, n_text, n_raw;
    char *raw; /* n_raw bytes; the head of each mail differs */
    gint64 serial;
    double slowest_ms;
};

static void must(struct bench *b, bool ok)
{
    if (ok && b->e.kind == ERR_NONE)
        return;
    fprintf(stderr, "store-write: %s\n", b->e.text != NULL ? b->e.text : "failed");
    exit(1);
}

/* German-looking words with a long tail, so that the index of words grows as it would. */
static char *make_text(struct bench *b, gsize n_bytes)
{
    static const char *const parts[] = {"rad",   "weg",   "bus",  "stadt", "verkehr", "schule", "grün", "halt",
                                        "plan",  "ruhr",  "bahn", "lich",  "ung",     "en",     "er",   "neu",
                                        "markt", "platz", "haus", "strom", "fluß",    "brück",  "zeit", "geld"};
    GString *text = g_string_sized_new(n_bytes + 32);

    while (text->len < n_bytes) {
        gint n_parts = 1 + g_rand_int_range(b->random, 0, 3);
        for (gint i = 0; i < n_parts; i++) {
            double u = g_rand_double(b->random);
            g_string_append(text, parts[(gsize)(u * u * G_N_ELEMENTS(parts))]);
        }
        if (g_rand_int_range(b->random, 0, 30) == 0)
            g_string_append_printf(text, "%d", g_rand_int_range(b->random, 0, 100000));
        g_string_append_c(text, ' ');
    }
    return g_string_free(text, FALSE);
}

static void make_people(struct bench *b)
{
    for (int i = 0; i < N_PEOPLE; i++) {
        g_autofree char *address = g_strdup_printf("person%d@example.net", i);
        struct person p = {.address = address, .digest_hour = -1, .confirmed_at = AT};
        row_id id = 0;
        must(b, persons_add(b->db, &p, AT, &id, &b->e));
        struct member m = {1 + i % N_FORUMS, id, ROLE_MEMBER, i < N_FORUMS * MEMBERS_EACH ? DELIVERY_EACH : DELIVERY_DAILY, AT};
        must(b, members_put(b->db, &m, &b->e));
    }
}

static void make_forums(struct bench *b)
{
    for (int i = 0; i < N_FORUMS; i++) {
        g_autofree char *name = g_strdup_printf("forum%d", i);
        struct forum f = {.name = name, .title = name, .language = "de"};
        row_id id = 0;
        must(b, forums_put(b->db, &f, AT, &id, &b->e));
    }
}

static void make_ideas(struct bench *b)
{
    for (int i = 0; i < N_IDEAS; i++) {
        struct idea idea = {.forum_id = 1 + i % N_FORUMS,
                            .author_id = 1 + i % N_PEOPLE,
                            .title = "Mehr Radwege",
                            .state = IDEA_PUBLISHED,
                            .created_at = AT,
                            .published_at = AT};
        g_autofree char *text = make_text(b, (gsize)b->n_text);
        row_id id = 0;
        must(b, ideas_add(b->db, &idea, &id, &b->e));
        struct post p = {.idea_id = id, .person_id = idea.author_id, .kind = POST_IDEA, .at = AT, .text = text};
        must(b, posts_add(b->db, &p, &b->e) && ideas_follow(b->db, id, idea.author_id, false, &b->e));
    }
}

/* A mail of this serial number: key, Message-ID and bytes that no other has. */
static row_id add_mail(struct bench *b, const char *from)
{
    gint64 serial = b->serial++;
    g_autofree char *key = g_strdup_printf("%016" G_GINT64_MODIFIER "x", serial);
    g_autofree char *message_id = g_strdup_printf("m%" G_GINT64_FORMAT ".%u@mail.example.net", serial, g_str_hash(key));
    memcpy(b->raw, key, 16);
    g_autofree char *content = digest_sha256_hex(b->raw, (gsize)b->n_raw);
    g_autofree char *body = digest_sha256_hex(b->raw + 16, (gsize)b->n_raw - 16);
    struct stored_message m = {.key = key,
                               .received_at = AT + serial / 100,
                               .envelope_from = from,
                               .from_address = from,
                               .message_id = message_id,
                               .content_sha256 = content,
                               .body_sha256 = body,
                               .subject = "Re: Mehr Radwege [RK-2026-0042]",
                               .kind = "human",
                               .standing = STANDING_PROVED,
                               .n_bytes = b->n_raw};
    row_id id = 0;

    stored_message_auto same = messages_same(b->db, message_id, body, from, &b->e);
    g_assert(same == NULL);
    must(b, messages_add(b->db, &m, b->raw, (gsize)b->n_raw, &id, &b->e));
    return id;
}

static void look_up(struct bench *b, row_id idea, const char *from)
{
    gint64 now = AT + b->serial / 100;
    idea_auto i = ideas_by_id(b->db, idea, &b->e);
    post_auto parent = posts_by_message_id(b->db, "m0.1@mail.example.net", &b->e);
    post_auto first = posts_by_number(b->db, idea, 1, &b->e);
    forum_auto f = forums_by_id(b->db, i->forum_id, &b->e);
    person_auto p = persons_by_address(b->db, from, &b->e);
    g_autofree struct member *m = members_find(b->db, f->id, p->id, &b->e);

    g_assert(first != NULL);
    gint64 n = 0, n_bytes = 0;
    must(b, messages_tally(b->db, from, now - 3600, now, 100, &n, &n_bytes, &b->e));
    must(b, holds_count_open(b->db, p->id, false, LIMIT_HELD_PER_MAILBOX, &b->e) >= 0 &&
                holds_count_open(b->db, p->id, true, LIMIT_HELD_PER_MAILBOX, &b->e) >= 0);
}

static void write_reply(struct bench *b, row_id mail, row_id idea, row_id person)
{
    g_autofree char *text = make_text(b, (gsize)b->n_text);
    struct post p =
        {.idea_id = idea, .person_id = person, .message_id = mail, .kind = POST_REPLY, .at = AT, .text = text, .language = "de"};
    struct verdict v = {.kind = VERDICT_POST, .reason = "known T3"};

    must(b, posts_add(b->db, &p, &b->e) && ideas_follow(b->db, idea, person, false, &b->e));
    must(b, notices_add_for_post(b->db, p.id, AT, NULL, &b->e));
    struct event told = {.at = AT,
                         .kind = "post.published",
                         .about = {.message = mail, .person = person, .forum = 1, .idea = idea, .post = p.id}};
    struct event ended = {.at = AT,
                          .kind = "message.post",
                          .about.message = mail,
                          .about.person = person,
                          .about.post = p.id,
                          .detail = "known T3"};
    must(b, events_add(b->db, &told, &b->e));
    v.post_id = p.id;
    must(b, verdicts_add(b->db, mail, "idee-42@forum.example", &v, &b->e) && events_add(b->db, &ended, &b->e));
}

static void one_reply(struct bench *b)
{
    double u = g_rand_double(b->random); /* a few ideas get most of the answers */
    row_id idea = 1 + (row_id)(u * u * N_IDEAS);
    row_id person = 1 + (idea * 7 + g_rand_int_range(b->random, 0, TALKERS)) % N_PEOPLE;
    g_autofree char *from = g_strdup_printf("person%d@example.net", (int)person - 1);

    must(b, db_savepoint(b->db, &b->e));
    row_id mail = add_mail(b, from);
    look_up(b, idea, from);
    write_reply(b, mail, idea, person);
    must(b, db_savepoint_keep(b->db, &b->e));
}

static void replies(struct bench *b, gint64 n, gint64 batch)
{
    for (gint64 done = 0; done < n; done += batch) {
        gint64 start = g_get_monotonic_time();
        must(b, db_begin(b->db, &b->e));
        for (gint64 i = 0; i < batch && done + i < n; i++)
            one_reply(b);
        must(b, db_commit(b->db, &b->e));
        b->slowest_ms = MAX(b->slowest_ms, (double)(g_get_monotonic_time() - start) / 1000);
    }
}

static double cpu_s(void)
{
    struct rusage use;

    getrusage(RUSAGE_SELF, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) + (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

/* One mail in the bench's own making (text, digests), without the database: subtracted from the CPU figure. */
static double own_cost_s(struct bench *b)
{
    double start = cpu_s();

    for (int i = 0; i < 1000; i++) {
        g_autofree char *text = make_text(b, (gsize)b->n_text);
        g_autofree char *content = digest_sha256_hex(b->raw, (gsize)b->n_raw);
        g_autofree char *body = digest_sha256_hex(b->raw + 16, (gsize)b->n_raw - 16);
    }
    return (cpu_s() - start) / 1000;
}

static void prepare(struct bench *b)
{
    must(b, db_begin(b->db, &b->e));
    make_forums(b);
    make_people(b);
    make_ideas(b);
    must(b, db_commit(b->db, &b->e));
    must(b, db_exec(b->db, "PRAGMA synchronous = OFF", "bench", &b->e));
    replies(b, b->n_before, 2000);
    must(b, db_exec(b->db, "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)", "bench", &b->e));
    b->slowest_ms = 0;
}

static void measure(struct bench *b)
{
    struct rusage use;
    double own = own_cost_s(b);
    const char *tune = g_getenv("STORE_TUNE"); /* pragmas, for studies */
    gint64 n_before = 0, n_notices = 0;

    must(b, notices_count(b->db, NOTICE_DUE, &n_before, &b->e));
    if (tune != NULL)
        must(b, db_exec(b->db, tune, "tune", &b->e));
    double start_cpu = cpu_s();
    gint64 start = g_get_monotonic_time();
    replies(b, b->n_replies, b->batch);
    double wall = (double)(g_get_monotonic_time() - start) / 1e6, cpu = cpu_s() - start_cpu;
    getrusage(RUSAGE_SELF, &use);
    must(b, notices_count(b->db, NOTICE_DUE, &n_notices, &b->e));
    printf("store-write: %.0f replies/s, %.0f us CPU each, %.1f notices each, %" G_GINT64_FORMAT
           " a commit, slowest commit %.0f ms, RSS %ld MiB\n",
           (double)b->n_replies / wall, (cpu / (double)b->n_replies - own) * 1e6,
           (double)(n_notices - n_before) / (double)b->n_replies, b->batch, b->slowest_ms, use.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
    struct bench b = {.n_replies = 10000, .batch = 10, .n_text = 600, .n_raw = 5000};
    const GOptionEntry options[] = {
        {"replies", 'n', 0, G_OPTION_ARG_INT64, &b.n_replies, "replies to write", "N"},
        {"batch", 'b', 0, G_OPTION_ARG_INT64, &b.batch, "replies a commit", "N"},
        {"posts", 'p', 0, G_OPTION_ARG_INT64, &b.n_before, "posts of a new database", "N"},
        {"text", 't', 0, G_OPTION_ARG_INT64, &b.n_text, "bytes of a post's text", "N"},
        {"raw", 'r', 0, G_OPTION_ARG_INT64, &b.n_raw, "bytes of a raw mail", "N"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new("DB");
    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, NULL) || argc != 2) {
        g_printerr("usage: store-write [-n N] [-b N] [-p N] [-t BYTES] [-r BYTES] DB\n");
        return 64;
    }
    bool is_new = !g_file_test(argv[1], G_FILE_TEST_EXISTS);
    b.db = db_open(argv[1], DB_CREATE, &b.e);
    must(&b, b.db != NULL);
    b.random = g_rand_new_with_seed(1);
    b.raw = make_text(&b, (gsize)b.n_raw);
    b.n_raw = (gint64)strlen(b.raw);
    if (is_new)
        prepare(&b);
    must(&b, db_exec_int(b.db, "SELECT count(*) FROM message", &b.serial, &b.e));
    g_rand_set_seed(b.random, (guint32)b.serial);
    measure(&b);
    db_close(b.db);
    g_rand_free(b.random);
    g_free(b.raw);
    return 0;
}
