/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What remembering all that we sent costs an answer: POSTS posts in a tenth as many discussions are put into a fresh database at DB; then
 * 1,000 of them are answered above a whole quote without marks. Without memory: reply_split() alone. With it: the look-ups, the memory of
 * the post made anew, the words told apart and the answered line looked for. Prints one line a figure.
 *
 *     memory [-n POSTS] DB
 */
#include "flow/gateway.h"
#include "forum/answered.h"
#include "forum/memory.h"
#include "mail/reply/reply.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

#include "meter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AT         1772400000
#define N_ANSWERED 1000
#define N_IN_TEXT  100
#define N_IN_IDEA  10
#define MOST       20

static struct err e;

static void must(bool ok)
{
    if (ok && e.kind == ERR_NONE)
        return;
    fprintf(stderr, "memory: %s\n", e.text != NULL ? e.text : "failed");
    exit(1);
}

static char *words(GRand *rand, int n)
{
    GString *out = g_string_new(NULL);

    for (int i = 0; i < n; i++)
        g_string_append_printf(out, "wort%d%s", g_rand_int_range(rand, 0, 20000), i % 10 == 9 ? ".\n" : " ");
    return g_string_free(out, FALSE);
}

static void fill(struct db *db, gint64 n_posts)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    struct forum f = {.name = "mobilitaet", .title = "Neue Mobilität", .language = "de"};
    struct person p = {.address = "erika@example.net", .digest_hour = -1, .confirmed_at = AT};
    row_id forum, person = 0, idea = 0;

    must(db_begin(db, &e) && forums_put(db, &f, AT, &forum, &e) && persons_add(db, &p, AT, &person, &e));
    for (gint64 i = 0; i < n_posts; i++) {
        g_autofree char *text = words(rand, N_IN_TEXT);
        struct idea fresh = {.forum_id = forum,
                             .author_id = person,
                             .title = "Idee",
                             .ring = RING_PUBLIC,
                             .state = IDEA_PUBLISHED,
                             .created_at = AT,
                             .published_at = AT};
        must(i % N_IN_IDEA != 0 || ideas_add(db, &fresh, &idea, &e));
        struct post post = {.idea_id = idea,
                            .person_id = person,
                            .kind = i % N_IN_IDEA == 0 ? POST_IDEA : POST_REPLY,
                            .state = POST_PUBLISHED,
                            .at = AT + i,
                            .text = text};
        must(posts_add(db, &post, &e));
    }
    must(db_commit(db, &e));
}

/* An answer to POST with all of it below; what is told apart is left to the compiler's eyes. */
static gsize answer(struct db *db, row_id id, bool remembers)
{
    struct reply_context context = {.subject = "Re: Idee", .is_answer = true};
    struct reply r = {0};
    post_auto post = posts_by_id(db, id, &e);
    must(post != NULL);
    g_autofree char *body = g_strdup_printf("Das sehe ich genauso.\n\nAm 27.11.2026 um 09:01 schrieb Karl:\n\n%s\n", post->text);

    if (!remembers) {
        reply_split(body, &context, &r);
    } else {
        g_autoptr(GPtrArray) written = posts_written(db, post->person_id, post->idea_id, MOST, &e);
        g_autoptr(GBytes) memory = memory_of(post->text);
        if (!memory_split(body, &context, &memory, 1, &r))
            reply_split(body, &context, &r);
        g_free(answered_keep(body, r.text, post->text));
        must(written != NULL);
    }
    gsize n = strlen(r.text);
    reply_clear(&r);
    return n;
}

static double cost_us(struct db *db, gint64 n_posts, bool remembers)
{
    gsize n = 0;
    double start = meter_cpu();

    for (gint64 i = 0; i < N_ANSWERED; i++)
        n += answer(db, 1 + i * n_posts / N_ANSWERED, remembers);
    if (n == 0)
        must(false);
    return (meter_cpu() - start) * 1e6 / N_ANSWERED;
}

int main(int argc, char **argv)
{
    gint64 n_posts = 100000;

    for (int option; (option = getopt(argc, argv, "n:")) != -1;)
        if (option == 'n')
            n_posts = g_ascii_strtoll(optarg, NULL, 10);
    if (optind + 1 != argc || n_posts < N_ANSWERED)
        return 64;
    db_auto db = db_open(argv[optind], DB_CREATE, &e);
    must(db != NULL);
    fill(db, n_posts);
    cost_us(db, n_posts, true); /* the file's pages come into the cache */
    double without = cost_us(db, n_posts, false), with = cost_us(db, n_posts, true);
    printf("memory, posts %" G_GINT64_FORMAT
           "\nanswer without memory %.0f us CPU\nanswer with memory %.0f us CPU\nmore %.3f ms CPU\n",
           n_posts, without, with, (with - without) / 1000);
    return 0;
}
