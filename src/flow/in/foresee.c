/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See foresee.h.
 */
#include "flow/in/foresee.h"

#include "flow/in/sent.h"

#include <string.h>

struct foreseen {
    GPtrArray *ones;
};

struct one { /* of a recipient */
    char *recipient;
    char *source; /* sent_source() */
    char *words;
    struct public_words *public;
    GBytes *digest; /* sent_digest() of that notice; NULL none */
    row_id notice;
};

static void one_free(gpointer data)
{
    struct one *one = data;

    g_free(one->recipient);
    g_free(one->source);
    g_free(one->words);
    public_words_free(one->public);
    g_clear_pointer(&one->digest, g_bytes_unref);
    g_free(one);
}

static void add(struct foreseen *f, struct gateway *g, const struct message *m, const char *from, const char *recipient)
{
    struct looked_up l = {0};
    err_auto struct err e = {0};

    if (!facts_find_place(g, m, from, recipient, &l, &e)) {
        looked_up_clear(&l);
        return;
    }
    struct one *one = g_new0(struct one, 1);
    one->recipient = g_strdup(recipient);
    if (l.route.kind == ROUTE_FORUM || l.route.kind == ROUTE_IDEA) {
        one->source = sent_source(&l);
        one->words = sent_new_words(g, m, &l);
        one->public = public_words_new(g, m, &l, one->words);
    } else if (l.route.kind == ROUTE_DIGEST) {
        one->digest = sent_digest(g, &l);
        one->notice = l.notice != NULL ? l.notice->id : 0;
    }
    g_ptr_array_add(f->ones, one);
    looked_up_clear(&l);
}

struct foreseen *foreseen_new(struct gateway *g, const struct envelope *env, const struct message *m)
{
    g_autofree char *from = m != NULL ? facts_from_address(m) : NULL;

    if (m == NULL || m->kind != KIND_HUMAN || !db_begin_read(g->db, NULL))
        return NULL;
    struct foreseen *f = g_new0(struct foreseen, 1);
    f->ones = g_ptr_array_new_with_free_func(one_free);
    for (guint i = 0; i < env->recipients->len; i++)
        add(f, g, m, from, env->recipients->pdata[i]);
    db_rollback(g->db);
    return f;
}

void foreseen_free(struct foreseen *f)
{
    if (f == NULL)
        return;
    g_ptr_array_unref(f->ones);
    g_free(f);
}

static const struct one *find(const struct foreseen *f, const char *recipient)
{
    for (guint i = 0; f != NULL && i < f->ones->len; i++) {
        const struct one *one = f->ones->pdata[i];
        if (g_ascii_strcasecmp(one->recipient, recipient) == 0)
            return one;
    }
    return NULL;
}

const char *foreseen_words(const struct foreseen *f, const char *recipient, const struct looked_up *l)
{
    const struct one *one = find(f, recipient);
    g_autofree char *source = one != NULL ? sent_source(l) : NULL;

    return one != NULL && g_strcmp0(source, one->source) == 0 ? one->words : NULL;
}

GBytes *foreseen_digest(const struct foreseen *f, const char *recipient, const struct looked_up *l)
{
    const struct one *one = find(f, recipient);

    return one != NULL && l->notice != NULL && l->notice->id == one->notice ? one->digest : NULL;
}

const struct public_words *foreseen_public(const struct foreseen *f, const char *recipient)
{
    const struct one *one = find(f, recipient);

    return one != NULL ? one->public : NULL;
}
