/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of answers; see shelf.h. When it is full it begins anew: everything in it is a minute old at most.
 */
#include "page/shelf.h"

#include "base/hash.h"

struct shelf {
    GHashTable *answers; /* char * -> struct one */
    gsize n_bytes;
    gint64 version;
};

struct one {
    struct http_response r;
    gint64 at;
};

static void one_free(void *data)
{
    struct one *one = data;

    http_response_clear(&one->r);
    g_free(one);
}

struct shelf *shelf_new(void)
{
    struct shelf *k = g_new0(struct shelf, 1);

    k->answers = g_hash_table_new_full(hash_text, g_str_equal, g_free, one_free);
    k->version = -1;
    return k;
}

void shelf_free(struct shelf *k)
{
    if (k == NULL)
        return;
    g_hash_table_unref(k->answers);
    g_free(k);
}

void shelf_forget(struct shelf *k)
{
    g_hash_table_remove_all(k->answers);
    k->n_bytes = 0;
    k->version = -1;
}

void shelf_renew(struct shelf *k, gint64 version)
{
    if (version < 0 || version != k->version)
        shelf_forget(k);
    k->version = version;
}

static void copy(struct http_response *to, const struct http_response *from)
{
    to->status = from->status;
    for (guint i = 0; from->headers != NULL && i + 1 < from->headers->len; i += 2)
        http_response_add(to, from->headers->pdata[i], from->headers->pdata[i + 1]);
    to->body = from->body != NULL ? g_bytes_ref(from->body) : NULL;
}

bool shelf_answer(struct shelf *k, const char *key, gint64 now, struct http_response *r)
{
    const struct one *one = g_hash_table_lookup(k->answers, key);

    if (one == NULL || now < one->at || now - one->at >= SHELF_S)
        return false;
    copy(r, &one->r);
    return true;
}

void shelf_put(struct shelf *k, const char *key, gint64 version, gint64 now, const struct http_response *r)
{
    gsize n = r->body != NULL ? g_bytes_get_size(r->body) : 0;

    if (version < 0 || version != k->version || n > SHELF_BYTES)
        return;
    if (k->n_bytes + n > SHELF_BYTES) {
        shelf_forget(k);
        k->version = version;
    }
    struct one *one = g_new0(struct one, 1);
    one->at = now;
    copy(&one->r, r);
    g_hash_table_insert(k->answers, g_strdup(key), one);
    k->n_bytes += n; /* what it replaces is counted, too: then it begins anew a little sooner */
}
