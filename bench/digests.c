/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What digests cost: PEOPLE members of 20 forums, each in FORUMS of them with daily delivery, and POSTS new posts. A
 * fresh database is made at DB (without counting); then one run of digests is timed, and then the writing of all
 * their mails, as dispatch does it. Prints one line a figure.
 *
 *     digests [-n PEOPLE] [-f FORUMS] [-p POSTS] [-m MAILS] [-d 1] DB
 *
 * With -d 1 no two readers are told the same: each has FORUMS of the 20 by chance, ideas of their own, and one in ten does not
 * want to hear of some idea.
 */
#include "flow/clock/digest_run.h"
#include "flow/out/render.h"
#include "flow/out/texts.h"
#include "store/digests.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define AT       1772400000
#define N_FORUMS 20
#define N_IDEAS  200

struct bench {
    struct settings settings;
    struct installation installation;
    struct gateway g;
    gint64 n_people, n_forums, n_posts, n_mails, is_different;
    GRand *chance;
    struct err e;
};

static void must(struct bench *b, bool ok)
{
    if (ok && b->e.kind == ERR_NONE)
        return;
    fprintf(stderr, "digests: %s\n", b->e.text != NULL ? b->e.text : "failed");
    exit(1);
}

static void add_forums(struct bench *b, row_id *forums)
{
    for (int i = 0; i < N_FORUMS; i++) {
        g_autofree char *name = g_strdup_printf("forum%d", i);
        struct forum f = {.name = name, .title = "Neue Mobilität", .language = "de"};
        must(b, forums_put(b->g.db, &f, AT, &forums[i], &b->e));
    }
}

/* N_FORUMS of FORUMS: in turn, or by chance. */
static void join(struct bench *b, gint64 turn, row_id person, const row_id *forums)
{
    gint64 n = 0;

    for (gint64 f = 0; f < N_FORUMS && n < b->n_forums; f++) {
        bool is_chosen = !b->is_different || g_rand_int_range(b->chance, 0, (gint32)(N_FORUMS - f)) < b->n_forums - n;
        struct member m = {forums[(turn + f) % N_FORUMS], person, ROLE_MEMBER, DELIVERY_DAILY, AT};
        if (is_chosen)
            must(b, members_put(b->g.db, &m, &b->e));
        n += is_chosen;
    }
}

static void add_people(struct bench *b, const row_id *forums)
{
    for (gint64 i = 0; i < b->n_people; i++) {
        g_autofree char *address = g_strdup_printf("person%" G_GINT64_FORMAT "@example.net", i);
        struct person p = {.address = address, .digest_hour = -1, .confirmed_at = AT};
        row_id id = 0;
        must(b, persons_add(b->g.db, &p, AT, &id, &b->e));
        join(b, b->is_different ? 0 : i, id, forums);
    }
}

static void add_posts(struct bench *b, const row_id *forums)
{
    g_autoptr(GString) text = g_string_new(NULL);
    row_id ideas[N_IDEAS];

    while (text->len < 1000)
        g_string_append(text, "Wir möchten, dass die Busse im Ruhrgebiet öfter und länger fahren. ");
    for (int i = 0; i < N_IDEAS; i++) {
        struct idea idea = {.forum_id = forums[i % N_FORUMS],
                            .author_id = b->is_different ? g_rand_int_range(b->chance, 1, (gint32)b->n_people + 1) : 1,
                            .title = "Mehr Busse am Abend",
                            .ring = RING_PUBLIC,
                            .state = IDEA_PUBLISHED,
                            .created_at = AT,
                            .published_at = AT};
        must(b, ideas_add(b->g.db, &idea, &ideas[i], &b->e));
    }
    for (gint64 i = 0; i < b->n_posts; i++) {
        struct post p = {.idea_id = ideas[i % N_IDEAS],
                         .person_id = 1 + i % b->n_people,
                         .kind = POST_REPLY,
                         .state = POST_PUBLISHED,
                         .at = AT + i,
                         .text = text->str};
        must(b, posts_add(b->g.db, &p, &b->e));
    }
    for (gint64 i = 1; b->is_different && i <= b->n_people; i += 10) {
        row_id idea = ideas[g_rand_int_range(b->chance, 0, N_IDEAS)];
        must(b, ideas_follow(b->g.db, idea, i, true, &b->e) && ideas_unfollow(b->g.db, idea, i, AT, &b->e));
    }
}

static void fill(struct bench *b)
{
    row_id forums[N_FORUMS];

    must(b, db_begin(b->g.db, &b->e));
    add_forums(b, forums);
    add_people(b, forums);
    add_posts(b, forums);
    must(b, db_commit(b->g.db, &b->e));
}

static double seconds_since(gint64 start)
{
    return (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

static void time_run(struct bench *b)
{
    struct digest_report report;
    gint64 start = g_get_monotonic_time();

    must(b, digest_run(&b->g, AT + 3 * 86400, &report, &b->e));
    printf("digests=%" G_GINT64_FORMAT " posts=%" G_GINT64_FORMAT " seconds=%.2f\n", report.n_made, report.n_posts,
           seconds_since(start));
}

static void time_mails(struct bench *b)
{
    templates_auto t = texts_load(NULL, "de", &b->e);
    must(b, t != NULL);
    renderer_auto r = renderer_new(&b->g, t);
    struct rendered mail = {0};
    gsize n_bytes = 0;
    gint64 n = 0, start = g_get_monotonic_time();
    clock_t cpu = clock();

    static const gint64 no_limit[N_STREAMS] = {G_MAXINT32, G_MAXINT32, G_MAXINT32};

    while (n < b->n_mails) {
        must(b, db_begin(b->g.db, &b->e));
        g_autoptr(GPtrArray) due = notices_claim(b->g.db, AT + 4 * 86400, MIN(200, b->n_mails - n), no_limit, &b->e);
        must(b, due != NULL && db_commit(b->g.db, &b->e));
        if (due->len == 0)
            break;
        renderer_forget(r);
        for (guint i = 0; i < due->len; i++, n++) {
            must(b, render_notice(r, due->pdata[i], AT, &mail, &b->e) == RENDER_OK);
            n_bytes += mail.bytes->len;
        }
    }
    double seconds = seconds_since(start);
    printf("mails=%" G_GINT64_FORMAT " mail_seconds=%.2f per_second=%.0f cpu_ms_each=%.3f kb_each=%.0f\n", n, seconds,
           (double)n / seconds, (double)(clock() - cpu) * 1000 / CLOCKS_PER_SEC / (double)MAX(n, 1),
           (double)n_bytes / 1000 / (double)MAX(n, 1));
    rendered_clear(&mail);
}

static void settle(struct bench *b, const char *path)
{
    static char *languages[] = {"de", NULL};

    b->settings.initiative_title = "Ruhr-Konferenz";
    b->settings.initiative_domain = "beteiligung.example.org";
    b->settings.initiative_languages = languages;
    b->settings.web_url = b->settings.initiative_operator = b->settings.initiative_imprint = "";
    b->settings.initiative_contact = "team@operator.example";
    b->settings.digest_hour = 7;
    b->settings.digest_weekday = 1;
    b->settings.zone = g_time_zone_new_identifier("Europe/Berlin");
    b->installation.instance = "bench";
    b->g = (struct gateway){.settings = &b->settings,
                            .installation = &b->installation,
                            .domain = b->settings.initiative_domain,
                            .key = b->installation.token_key};
    b->g.db = db_open(path, DB_CREATE, &b->e);
    must(b, b->g.db != NULL);
}

int main(int argc, char **argv)
{
    struct bench b = {.n_people = 10000, .n_forums = 1, .n_posts = 1000, .n_mails = 1000, .chance = g_rand_new_with_seed(5)};

    static const char letters[] = "nfpmd";
    gint64 *const fields[] = {&b.n_people, &b.n_forums, &b.n_posts, &b.n_mails, &b.is_different};

    for (int option; (option = getopt(argc, argv, "n:f:p:m:d:")) != -1;) {
        const char *at = strchr(letters, option);
        if (at == NULL || (*fields[at - letters] = g_ascii_strtoll(optarg, NULL, 10)) <= 0)
            return 64;
    }
    if (argc != optind + 1 || b.n_forums > N_FORUMS || g_file_test(argv[optind], G_FILE_TEST_EXISTS)) {
        fprintf(stderr, "usage: digests [-n PEOPLE] [-f FORUMS, at most 20] [-p POSTS] [-m MAILS] [-d 1] NEW-DB\n");
        return 64;
    }
    settle(&b, argv[optind]);
    fill(&b);
    time_run(&b);
    time_mails(&b);
    db_close(b.g.db);
    return 0;
}
