/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who answers whom: see threads.h. Ids lie once in one arena; a node is 20 bytes and knows its parent by
 * number, so there are no pointers to chase and nothing to recurse into. Parents are only noted while
 * messages come in; loops are cut and roots found in one pass at the end, which is what keeps hostile orders
 * of mails linear.
 */
#include "mail/thread/threads.h"

#include "base/hash.h"
#include "base/limits.h"

#include <string.h>

#define NONE    G_MAXUINT32
#define MISSING 0x80000000u /* numbers from here on: no message; counted in the order their parents were guessed */

enum how { HOW_FIRST, HOW_REFERENCES, HOW_REPLY_TO, HOW_OTHERS, HOW_CUT };

struct node {
    guint32 id_at;  /* in the arena, NONE: no id */
    guint32 parent; /* a node, NONE: first message */
    guint32 root;   /* a node; while loops are looked for, the walk that came by */
    guint32 number; /* in the order of adding, or >= MISSING */
    guint8 how;
    bool is_duplicate : 1;
    bool is_answered : 1; /* somebody's parent in the end */
};

struct threads {
    GArray *nodes;     /* struct node */
    GArray *messages;  /* guint32: nodes in the order of adding */
    GArray *missing;   /* guint32: filled by finish */
    GByteArray *arena; /* ids, NUL-terminated */
    gsize n_missing_bytes;
    guint32 n_guesses;
    guint32 *slots; /* open addressing; NONE: free */
    gsize n_slots;  /* a power of two */
    gsize n_used;
    struct hash_key key;
};

static struct node *node_at(const struct threads *t, guint32 number)
{
    return &g_array_index(t->nodes, struct node, number);
}

static bool is_missing(const struct node *node)
{
    return node->number >= MISSING;
}

static const char *id_of(const struct threads *t, guint32 number)
{
    guint32 at = node_at(t, number)->id_at;

    return at == NONE ? NULL : (const char *)t->arena->data + at;
}

/* The slot of ID, or the free one where it belongs. */
static guint32 *find_slot(const struct threads *t, const char *id, gsize n)
{
    for (gsize at = hash_bytes(&t->key, id, n) & (t->n_slots - 1);; at = (at + 1) & (t->n_slots - 1))
        if (t->slots[at] == NONE || strcmp(id_of(t, t->slots[at]), id) == 0)
            return &t->slots[at];
}

static void set_slots(struct threads *t, gsize n_slots)
{
    g_autofree guint32 *old = t->slots;
    gsize n_old = t->n_slots;

    t->slots = g_new(guint32, n_slots);
    t->n_slots = n_slots;
    memset(t->slots, 0xff, n_slots * sizeof *t->slots);
    for (gsize i = 0; i < n_old; i++)
        if (old[i] != NONE)
            *find_slot(t, id_of(t, old[i]), strlen(id_of(t, old[i]))) = old[i];
}

struct threads *threads_new(guint64 seed)
{
    struct threads *t = g_new0(struct threads, 1);

    t->nodes = g_array_new(FALSE, FALSE, sizeof(struct node));
    t->messages = g_array_new(FALSE, FALSE, sizeof(guint32));
    t->missing = g_array_new(FALSE, FALSE, sizeof(guint32));
    t->arena = g_byte_array_new();
    t->key = (struct hash_key){{seed, (seed << 29 | seed >> 35) ^ 0x9e3779b97f4a7c15u}};
    set_slots(t, 1024);
    return t;
}

void threads_free(struct threads *t)
{
    if (t == NULL)
        return;
    g_array_unref(t->nodes);
    g_array_unref(t->messages);
    g_array_unref(t->missing);
    g_byte_array_unref(t->arena);
    g_free(t->slots);
    g_free(t);
}

static guint32 add_node(struct threads *t, guint32 id_at)
{
    struct node node = {.id_at = id_at, .parent = NONE, .root = NONE, .number = NONE};

    g_array_append_val(t->nodes, node);
    return t->nodes->len - 1;
}

static bool is_full(const struct threads *t, gsize n_more)
{
    return t->arena->len + n_more + 1 >= G_MAXINT32;
}

/* The node of ID, made if it is not known. NONE if it would be a missing mail too many. */
static guint32 intern(struct threads *t, const char *id, bool is_message)
{
    gsize n = strnlen(id, LIMIT_ID_BYTES);
    guint32 *slot, number;

    if (t->n_used * 2 >= t->n_slots)
        set_slots(t, t->n_slots * 2);
    slot = find_slot(t, id, n);
    if (*slot != NONE)
        return *slot;
    if (is_full(t, n) || (!is_message && t->n_missing_bytes + n > LIMIT_THREAD_MISSING_BYTES))
        return NONE;
    if (!is_message)
        t->n_missing_bytes += n + 1;
    number = add_node(t, t->arena->len);
    g_byte_array_append(t->arena, (const guint8 *)id, (guint)n);
    g_byte_array_append(t->arena, (const guint8 *)"", 1);
    *slot = number;
    t->n_used++;
    return number;
}

/* A new node for a message that has no id, or one that another message has already. */
static guint32 own_node(struct threads *t, const char *message_id)
{
    guint32 number;

    if (message_id == NULL || message_id[0] == '\0' || strlen(message_id) > LIMIT_ID_BYTES)
        return add_node(t, NONE);
    number = intern(t, message_id, true);
    if (number == NONE || is_missing(node_at(t, number)))
        return number;
    number = add_node(t, node_at(t, number)->id_at);
    node_at(t, number)->is_duplicate = true;
    return number;
}

static void guess_parent(struct threads *t, guint32 number, guint32 parent)
{
    struct node *node = node_at(t, number);

    if (!is_missing(node) || node->parent != NONE)
        return;
    node->parent = parent;
    node->how = HOW_OTHERS;
    node->number = MISSING + t->n_guesses++ % (MISSING - 1);
}

/* Notes that each of IDS follows the one before it, where nothing better is known; returns the last one's
 * node. The message's own id among its references says nothing. */
static guint32 link_chain(struct threads *t, const GPtrArray *ids, guint32 self)
{
    guint32 before = NONE;

    for (guint i = 0; i < ids->len; i++) {
        guint32 here;

        if (ids->len > LIMIT_THREAD_GUESSES && i > 0 && i <= ids->len - LIMIT_THREAD_GUESSES)
            continue;
        here = intern(t, ids->pdata[i], false);
        if (here == NONE || here == self || here == before)
            continue;
        if (before != NONE)
            guess_parent(t, here, before);
        before = here;
    }
    return before;
}

bool threads_add(struct threads *t, const char *message_id, const GPtrArray *references, const GPtrArray *in_reply_to)
{
    guint32 self, parent = NONE;
    guint8 how = HOW_REFERENCES;

    if (t->messages->len >= LIMIT_THREAD_MESSAGES)
        return false;
    self = own_node(t, message_id);
    if (self == NONE)
        return false;
    node_at(t, self)->number = t->messages->len;
    g_array_append_val(t->messages, self);
    if (references != NULL)
        parent = link_chain(t, references, self);
    for (guint i = 0; parent == NONE && in_reply_to != NULL && i < in_reply_to->len; i++) {
        how = HOW_REPLY_TO;
        parent = intern(t, in_reply_to->pdata[i], false);
        if (parent == self)
            parent = NONE;
    }
    node_at(t, self)->parent = parent;
    node_at(t, self)->how = parent == NONE ? HOW_FIRST : how;
    return true;
}

/* WITHIN is on a loop: drops the link of the node with the highest number: the latest guess, or the latest
 * message. */
static void cut_loop(struct threads *t, guint32 within)
{
    guint32 worst = within;

    for (guint32 at = node_at(t, within)->parent; at != within; at = node_at(t, at)->parent)
        if (node_at(t, at)->number > node_at(t, worst)->number)
            worst = at;
    node_at(t, worst)->parent = NONE;
    node_at(t, worst)->how = HOW_CUT;
}

/* Every node has at most one parent, so a walk upwards ends, meets an earlier walk, or meets itself: a loop.
 */
static void cut_loops(struct threads *t)
{
    for (guint32 start = 0; start < t->nodes->len; start++) {
        guint32 at = start;

        while (at != NONE && node_at(t, at)->root == NONE) {
            node_at(t, at)->root = start;
            at = node_at(t, at)->parent;
        }
        if (at != NONE && node_at(t, at)->root == start)
            cut_loop(t, at);
    }
    for (guint32 at = 0; at < t->nodes->len; at++)
        node_at(t, at)->root = NONE;
}

static void find_root(struct threads *t, guint32 start)
{
    guint32 top = start, root;

    while (node_at(t, top)->root == NONE && node_at(t, top)->parent != NONE)
        top = node_at(t, top)->parent;
    root = node_at(t, top)->root == NONE ? top : node_at(t, top)->root;
    for (guint32 at = start; at != NONE && node_at(t, at)->root == NONE; at = node_at(t, at)->parent)
        node_at(t, at)->root = root;
}

/* Marks whose id some message needs to know: its parents, up to the root. */
static void mark_answered(struct threads *t, guint32 from)
{
    for (guint32 at = node_at(t, from)->parent; at != NONE; at = node_at(t, at)->parent) {
        if (node_at(t, at)->is_answered)
            return;
        node_at(t, at)->is_answered = true;
    }
}

void threads_finish(struct threads *t)
{
    cut_loops(t);
    for (guint32 at = 0; at < t->nodes->len; at++)
        find_root(t, at);
    for (guint32 i = 0; i < t->messages->len; i++)
        mark_answered(t, g_array_index(t->messages, guint32, i));
    for (guint32 at = 0; at < t->nodes->len; at++)
        if (is_missing(node_at(t, at)) && node_at(t, at)->is_answered)
            g_array_append_val(t->missing, at);
}

guint threads_count(const struct threads *t)
{
    return t->messages->len + t->missing->len;
}

static const char *why_of(const struct node *node)
{
    static const char *const words[] = {
        [HOW_FIRST] = "no references",         [HOW_REFERENCES] = "References",       [HOW_REPLY_TO] = "In-Reply-To",
        [HOW_OTHERS] = "References of others", [HOW_CUT] = "loop of references, cut",
    };

    if (node->is_duplicate)
        return "duplicate Message-ID";
    if (is_missing(node) && node->how == HOW_FIRST)
        return "only referred to";
    return words[node->how];
}

void threads_line(const struct threads *t, guint number, struct thread_line *line_out)
{
    guint32 at = number >= t->messages->len ? g_array_index(t->missing, guint32, number - t->messages->len)
                                            : g_array_index(t->messages, guint32, number);
    const struct node *node = node_at(t, at);

    *line_out = (struct thread_line){
        .message_id = id_of(t, at),
        .parent = node->parent == NONE ? NULL : id_of(t, node->parent),
        .root = id_of(t, node->root),
        .why = why_of(node),
        .is_missing = is_missing(node),
    };
}
