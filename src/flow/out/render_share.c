/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One digest for many: readers who are told of the same posts in one language read the same words, but for the addresses that are
 * theirs alone. They are written once in a batch, and each reader's own addresses are put where the first one's stand. A text in
 * which the first reader's are not all found, or still are one, is written anew: nobody gets an address of somebody else.
 */
#include "flow/out/render_job.h"

#include "base/hash.h"
#include "forum/digest.h"

#include <string.h>

#define MOST_KEPT 32 /* different ones in a batch */

struct shared {
    struct kept *kept;
    row_id person; /* whose addresses stand in it */
    char *entries;
    char *url;         /* of that person's preferences; NULL none */
    GPtrArray *tokens; /* char *: of their addresses, in the order in which they stand */
};

void kept_free(struct kept *k)
{
    if (k == NULL)
        return;
    g_free(k->key);
    g_free(k->subject);
    g_free(k->text);
    g_free(k->html);
    g_free(k->language);
    g_free(k);
}

static void shared_free(struct shared *s)
{
    kept_free(s->kept);
    g_free(s->entries);
    g_free(s->url);
    g_ptr_array_unref(s->tokens);
    g_free(s);
}

static guint hash_key(gconstpointer key)
{
    gsize n;
    const void *bytes = g_bytes_get_data((GBytes *)(gpointer)key, &n);

    return (guint)hash_word(bytes, n);
}

GHashTable *shared_new(void)
{
    return g_hash_table_new_full(hash_key, g_bytes_equal, (GDestroyNotify)g_bytes_unref, (GDestroyNotify)shared_free);
}

/* All that the words hang on: purpose, language, the posts and which of them are whole. */
static GBytes *key_of(struct job *j)
{
    GByteArray *key = g_byte_array_sized_new(16 * (j->posts->len + 1));
    const struct digest_entry *picked = job_pick(j);

    g_byte_array_append(key, (const guint8 *)&j->n->purpose, sizeof j->n->purpose);
    g_byte_array_append(key, (const guint8 *)j->v.language, (guint)strlen(j->v.language) + 1);
    for (guint i = 0; i < j->posts->len; i++) {
        const struct post *post = j->posts->pdata[i];
        gint64 word = 2 * post->id + picked[i].is_whole;
        g_byte_array_append(key, (const guint8 *)&word, sizeof word);
    }
    return g_byte_array_free_to_bytes(key);
}

/* The reader's own parts of the addresses, in the order of the entries. */
static GPtrArray *tokens_of(struct job *j)
{
    GPtrArray *tokens = g_ptr_array_new_with_free_func(g_free);
    const struct digest_entry *picked = job_pick(j);

    for (guint i = 0; i < j->posts->len; i++) {
        const struct post *post = j->posts->pdata[i];
        if (!picked[i].is_whole)
            continue;
        g_autofree char *address = route_reply_address(post->idea_id, j->n->person_id, post->id, j->r->g->domain, j->r->g->key);
        const char *plus = strchr(address, '+'), *at = strchr(address, '@');
        g_ptr_array_add(tokens, g_strndup(plus + 1, (gsize)(at - plus - 1)));
    }
    return tokens;
}

/* TEXT with each of OLD, which stand in that order, become the one of NEW; NULL if one is missing. */
static char *exchange(const char *text, const GPtrArray *old, const GPtrArray *new)
{
    g_autoptr(GString) out = g_string_sized_new(strlen(text) + 64);
    const char *from = text;

    for (guint i = 0; i < old->len; i++) {
        const char *at = strstr(from, old->pdata[i]);
        if (at == NULL)
            return NULL;
        g_string_append_len(out, from, at - from);
        g_string_append(out, new->pdata[i]);
        from = at + strlen(old->pdata[i]);
    }
    g_string_append(out, from);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Does anything stand in TEXT that only PERSON may have? */
static bool is_left(const char *text, row_id person)
{
    g_autofree char *plain = g_strdup_printf("+%" G_GINT64_FORMAT "-", person), *escaped = g_strdup_printf("%%2B%s", plain + 1);

    return strstr(text, plain) != NULL || strstr(text, escaped) != NULL;
}

static char *for_reader(struct job *j, const struct shared *s, const GPtrArray *tokens, const char *text)
{
    g_autofree char *own = exchange(text, s->tokens, tokens);

    if (own == NULL || s->url == NULL)
        return own == NULL || is_left(own, s->person) ? NULL : g_steal_pointer(&own);
    g_autofree char *url = job_preferences_url(j);
    g_auto(GStrv) pieces = g_strsplit(own, s->url, -1);
    g_autofree char *whole = g_strjoinv(url, pieces);
    bool has_other = strstr(whole, strrchr(s->url, '/')) != NULL; /* written in another way */
    return has_other || is_left(whole, s->person) ? NULL : g_steal_pointer(&whole);
}

/* False: it must be written for this reader alone. */
static bool take(struct job *j, const struct shared *s, struct outgoing *o)
{
    if (s->person == j->n->person_id) {
        o->text = g_strdup(s->kept->text);
        o->html = g_strdup(s->kept->html);
    } else {
        g_autoptr(GPtrArray) tokens = tokens_of(j);
        g_autofree char *text = for_reader(j, s, tokens, s->kept->text), *html = for_reader(j, s, tokens, s->kept->html);
        if (text == NULL || html == NULL)
            return false;
        o->text = g_steal_pointer(&text);
        o->html = g_steal_pointer(&html);
        j->entries = j->entries != NULL ? j->entries : g_string_new(s->entries);
    }
    o->language = g_strdup(s->kept->language);
    o->subject = g_strdup(s->kept->subject);
    return true;
}

/* Other templates than ours may say more that is the reader's alone. */
static bool may_share(const struct job *j)
{
    static const char *const own[] = {"public_name", "answer_address", "idea_address"};

    for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
        if (templates_uses(j->r->t, j->v.language, j->row->word, own[i]))
            return false;
    return true;
}

bool job_write_shared(struct job *j, struct kept *(*write)(struct job *j), struct outgoing *o)
{
    g_autoptr(GBytes) key = may_share(j) ? key_of(j) : NULL;
    const struct shared *known = key != NULL ? g_hash_table_lookup(j->r->shared, key) : NULL;

    if (known != NULL && take(j, known, o))
        return true;
    struct kept *kept = write(j);
    if (kept == NULL)
        return false;
    struct shared *s = g_new0(struct shared, 1);
    *s = (struct shared){.kept = kept,
                         .person = j->n->person_id,
                         .entries = g_strdup(j->entries->str),
                         .url = job_preferences_url(j),
                         .tokens = tokens_of(j)};
    bool ok = take(j, s, o);
    if (key != NULL && known == NULL && g_hash_table_size(j->r->shared) < MOST_KEPT)
        g_hash_table_insert(j->r->shared, g_steal_pointer(&key), s);
    else
        shared_free(s);
    return ok;
}
