/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What looking for ideas about the same costs: IDEAS ideas of some 130 words each, taken from a vocabulary as uneven as a language, are
 * put into a fresh database at DB; then 300 of them are asked about, as a receipt is written. Prints one line a figure.
 *
 *     similar [-n IDEAS] DB
 */
#include "flow/view/similar.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define AT        1772400000
#define N_WORDS   20000
#define N_ASKED   300
#define N_IN_TEXT 130

static struct err e;

static void must(bool ok)
{
    if (ok && e.kind == ERR_NONE)
        return;
    fprintf(stderr, "similar: %s\n", e.text != NULL ? e.text : "failed");
    exit(1);
}

/* Word number r is about r times as rare as the first, as in any language (Zipf); its letters say nothing. */
static void add_word(GString *out, GRand *rand)
{
    static const char *const parts[] = {"ba", "ter", "lim", "os", "fen", "gul", "ra", "stei", "nor", "wik"};
    int r = (int)exp(g_rand_double(rand) * log(N_WORDS));

    for (int n = r + 1000; n > 0; n /= 10)
        g_string_append(out, parts[n % 10]);
    g_string_append_c(out, ' ');
}

static char *words(GRand *rand, int n)
{
    GString *out = g_string_new(NULL);

    for (int i = 0; i < n; i++)
        add_word(out, rand);
    return g_string_free(out, FALSE);
}

static void fill(struct gateway *g, gint64 n_ideas)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    struct forum f = {.name = "mobilitaet", .title = "Neue Mobilität", .language = "de"};
    struct person p = {.address = "erika@example.net", .digest_hour = -1, .confirmed_at = AT};
    row_id forum, person = 0;

    must(db_begin(g->db, &e) && forums_put(g->db, &f, AT, &forum, &e) && persons_add(g->db, &p, AT, &person, &e));
    for (gint64 i = 0; i < n_ideas; i++) {
        g_autofree char *title = words(rand, 5), *text = words(rand, N_IN_TEXT);
        struct idea idea = {.forum_id = forum,
                            .author_id = person,
                            .title = title,
                            .ring = RING_PUBLIC,
                            .state = IDEA_PUBLISHED,
                            .created_at = AT,
                            .published_at = AT};
        struct post post = {.person_id = person, .kind = POST_IDEA, .state = POST_PUBLISHED, .at = AT, .text = text};
        must(ideas_add(g->db, &idea, &post.idea_id, &e) && posts_add(g->db, &post, &e));
    }
    must(db_commit(g->db, &e));
}

static double cpu_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static gint by_size(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void ask(struct gateway *g, gint64 n_ideas)
{
    g_autoptr(GArray) ms = g_array_new(FALSE, FALSE, sizeof(double));

    for (gint64 i = 0; i < N_ASKED; i++) {
        row_id id = 1 + i * n_ideas / N_ASKED;
        idea_auto idea = ideas_by_id(g->db, id, &e);
        post_auto post = posts_by_number(g->db, id, 1, &e);
        must(idea != NULL && post != NULL);
        double start = cpu_ms();
        g_autoptr(GPtrArray) found = similar_ideas(g, idea, post->text, &e);
        must(found != NULL);
        double took = cpu_ms() - start;
        g_array_append_val(ms, took);
    }
    g_array_sort(ms, by_size);
    printf("similar, median %.2f ms CPU\nsimilar, 95 of 100 %.2f ms CPU\n", g_array_index(ms, double, N_ASKED / 2),
           g_array_index(ms, double, N_ASKED * 95 / 100));
}

int main(int argc, char **argv)
{
    gint64 n_ideas = 15000;
    struct settings settings = {0};

    for (int option; (option = getopt(argc, argv, "n:")) != -1;)
        if (option == 'n')
            n_ideas = g_ascii_strtoll(optarg, NULL, 10);
    if (optind + 1 != argc)
        return 64;
    db_auto db = db_open(argv[optind], DB_CREATE, &e);
    must(db != NULL);
    struct gateway g = {.settings = &settings, .db = db};
    fill(&g, n_ideas);
    ask(&g, n_ideas);
    return 0;
}
