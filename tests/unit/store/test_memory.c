/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite's memory (store/sqlite/memory.c): blocks of all sizes keep what was written into them, whichever thread gives them back, and
 * what a thread kept goes with it.
 */
#include "fixture.h"

#include <sqlite3.h>
#include <string.h>

#define N_BLOCKS 200
#define N_ROUNDS 20000

struct piece {
    guint8 *p;
    int n;
};

static void fill(struct piece *b, int n)
{
    b->n = n;
    memset(b->p, n % 251, (gsize)n);
}

static void check(const struct piece *b)
{
    for (int i = 0; i < b->n; i++)
        g_assert_cmpint(b->p[i], ==, b->n % 251);
}

/* Around the sizes of its classes and of a page, and what is far larger. */
static int some_size(GRand *rand)
{
    static const int steps[] = {1, 8, 63, 64, 65, 1024, 4096, 4608, 4609, 70000};

    return steps[g_rand_int_range(rand, 0, G_N_ELEMENTS(steps))] + g_rand_int_range(rand, 0, 3);
}

static gpointer churn(gpointer data)
{
    struct piece *blocks = data;
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);

    for (guint i = 0; i < N_ROUNDS; i++) {
        struct piece *b = &blocks[g_rand_int_range(rand, 0, N_BLOCKS)];
        int n = some_size(rand);
        if (b->p == NULL) {
            b->p = sqlite3_malloc(n);
            g_assert_cmpuint((gsize)b->p % 8, ==, 0);
        } else {
            check(b);
            b->p = sqlite3_realloc(b->p, n);
            for (int k = 0; k < MIN(n, b->n); k++)
                g_assert_cmpint(b->p[k], ==, b->n % 251);
        }
        g_assert_cmpuint(sqlite3_msize(b->p), >=, (guint)n);
        fill(b, n);
        if (g_rand_int_range(rand, 0, 3) == 0) {
            sqlite3_free(b->p);
            b->p = NULL;
        }
    }
    return NULL;
}

static void test_threads(void)
{
    struct piece blocks[N_BLOCKS] = {0};

    for (guint i = 0; i < 3; i++) /* the next one goes on with what the one before took, and it has ended */
        g_thread_join(g_thread_new("churn", churn, blocks));
    for (guint i = 0; i < N_BLOCKS; i++) {
        if (blocks[i].p != NULL)
            check(&blocks[i]);
        sqlite3_free(blocks[i].p);
    }
}

/* The next request of a size gets what was given back last. */
static void test_kept(void)
{
#ifdef __SANITIZE_ADDRESS__
    g_test_skip("the sanitizer looks after it");
#else
    void *first = sqlite3_malloc(100);
    sqlite3_free(first);
    void *second = sqlite3_malloc(128), *third = sqlite3_malloc(129);
    g_assert_true(first == second);
    g_assert_cmpuint(sqlite3_msize(second), ==, 128);
    g_assert_cmpuint(sqlite3_msize(third), ==, 192);
    sqlite3_free(second);
    sqlite3_free(third);
#endif
}

int main(int argc, char **argv)
{
    struct fixture f;

    g_test_init(&argc, &argv, NULL);
    fixture_open(&f); /* which sets it up */
    g_test_add_func("/store/memory/threads", test_threads);
    g_test_add_func("/store/memory/kept", test_kept);
    int code = g_test_run();
    fixture_close(&f);
    return code;
}
