/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memory for SQLite. One mail makes it ask for some 440 small blocks and give them back a moment later, most of them cursors and
 * records; its own answer to that (lookaside) is not in Debian's library. So what a thread gives back it keeps for its next request of
 * that size, up to KEPT_BYTES, and what is larger is malloc's. Blocks may go from one thread to another.
 */
#include "store/sqlite/private.h"

#include <stdlib.h>
#include <string.h>

#define STEP_BYTES  64
#define N_CLASSES   72            /* up to a page with what SQLite keeps beside it */
#define KEPT_BYTES  (1024 * 1024) /* by each thread, at most */
#define MOST_KEPT   STEP_BYTES *N_CLASSES
#define NO_CLASS(n) ((n) > MOST_KEPT)

/* Before each block that is handed out. */
struct block {
    union {
        struct block *next; /* while it is kept */
        guint64 n_bytes;    /* while it is in use: of what follows */
    };
};
G_STATIC_ASSERT(sizeof(struct block) == 8); /* SQLite wants what follows aligned to that */

struct kept {
    struct block *lists[N_CLASSES];
    gsize n_bytes;
    bool is_known, is_over; /* release() will be called when the thread ends; it was */
};
static _Thread_local struct kept kept;

static void release(gpointer data)
{
    struct kept *k = data;

    k->is_over = true;
    for (guint i = 0; i < N_CLASSES; i++)
        for (struct block *b = k->lists[i]; b != NULL; b = k->lists[i]) {
            k->lists[i] = b->next;
            free(b);
        }
    k->n_bytes = 0;
}
static GPrivate at_end = G_PRIVATE_INIT(release);

static guint class_of(gsize n)
{
    return (guint)((n + STEP_BYTES - 1) / STEP_BYTES) - 1;
}

static int round_up(int n)
{
    gsize step = NO_CLASS((gsize)n) ? sizeof(struct block) : STEP_BYTES;

    return (int)(((gsize)n + step - 1) / step * step);
}

static void *take(int n)
{
    gsize n_bytes = (gsize)round_up(MAX(n, 1));
    struct block **list = NO_CLASS(n_bytes) ? NULL : &kept.lists[class_of(n_bytes)], *b = list != NULL ? *list : NULL;

    if (b != NULL) {
        *list = b->next;
        kept.n_bytes -= n_bytes;
    } else if ((b = malloc(sizeof *b + n_bytes)) == NULL) {
        return NULL;
    }
    b->n_bytes = n_bytes;
    return b + 1;
}

static void give_back(void *p)
{
    struct block *b = (struct block *)p - 1;
    gsize n_bytes = (gsize)b->n_bytes;

    if (NO_CLASS(n_bytes) || kept.n_bytes + n_bytes > KEPT_BYTES || kept.is_over) {
        free(b);
        return;
    }
    if (!kept.is_known) {
        g_private_set(&at_end, &kept);
        kept.is_known = true;
    }
    b->next = kept.lists[class_of(n_bytes)];
    kept.lists[class_of(n_bytes)] = b;
    kept.n_bytes += n_bytes;
}

static int size_of(void *p)
{
    return (int)((struct block *)p - 1)->n_bytes;
}

static void *resize(void *p, int n)
{
    int before = size_of(p);

    if (round_up(n) == before)
        return p;
    void *new = take(n);
    if (new == NULL)
        return NULL;
    memcpy(new, p, (gsize)MIN(before, n));
    give_back(p);
    return new;
}

static int begin(void *unused)
{
    (void)unused;
    return SQLITE_OK;
}

static void end(void *unused)
{
    (void)unused;
}

void engine_keep_memory(void)
{
    static const struct sqlite3_mem_methods methods = {take, give_back, resize, size_of, round_up, begin, end, NULL};

#ifndef __SANITIZE_ADDRESS__ /* it should see what SQLite does with blocks that it gave back */
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
#else
    (void)methods;
#endif
}
