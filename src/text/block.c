/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See block.h.
 */
#include "text/block.h"

#include <string.h>

struct text_block {
    gatomicrefcount count;
    struct text_block_form form;
    GStrv holes;
    GPtrArray *plain, *html; /* char *: what stands before each hole, and behind the last one */
    bool is_whole;           /* all holes were found */
};

/* TEXT in pieces around HOLES; where one is missing the rest is one piece. */
static GPtrArray *cut(const char *text, char *const *holes)
{
    GPtrArray *pieces = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; holes[i] != NULL; i++) {
        const char *at = strstr(text, holes[i]);
        if (at == NULL)
            break;
        g_ptr_array_add(pieces, g_strndup(text, (gsize)(at - text)));
        text = at + strlen(holes[i]);
    }
    g_ptr_array_add(pieces, g_strdup(text));
    return pieces;
}

struct text_block *text_block_new(const char *plain, const char *html, const struct text_block_form *form, char *const *holes)
{
    struct text_block *b = g_new0(struct text_block, 1);

    g_atomic_ref_count_init(&b->count);
    b->form = *form;
    b->holes = g_strdupv((GStrv)holes);
    b->plain = cut(plain, holes);
    b->html = cut(html, holes);
    guint n_pieces = g_strv_length(b->holes) + 1;
    b->is_whole = b->plain->len == n_pieces && b->html->len == n_pieces;
    return b;
}

struct text_block *text_block_ref(struct text_block *b)
{
    g_atomic_ref_count_inc(&b->count);
    return b;
}

void text_block_unref(struct text_block *b)
{
    if (b == NULL || !g_atomic_ref_count_dec(&b->count))
        return;
    g_strfreev(b->holes);
    g_ptr_array_unref(b->plain);
    g_ptr_array_unref(b->html);
    g_free(b);
}

static bool has(const GPtrArray *pieces, const char *word)
{
    for (guint i = 0; i < pieces->len; i++)
        if (strstr(pieces->pdata[i], word) != NULL)
            return true;
    return false;
}

bool text_block_is_free_of(const struct text_block *b, const char *word)
{
    return b->is_whole && !has(b->plain, word) && !has(b->html, word);
}

static gsize count_bytes(const GPtrArray *pieces)
{
    gsize n = 0;

    for (guint i = 0; i < pieces->len; i++)
        n += strlen(pieces->pdata[i]) + sizeof(gpointer);
    return n;
}

gsize text_block_n_bytes(const struct text_block *b)
{
    return sizeof *b + count_bytes(b->plain) + count_bytes(b->html);
}

static void clear_place(gpointer data)
{
    struct text_place *p = data;

    text_block_unref(p->block);
    g_strfreev(p->fills);
}

GArray *text_places_new(void)
{
    GArray *places = g_array_new(FALSE, TRUE, sizeof(struct text_place));

    g_array_set_clear_func(places, clear_place);
    return places;
}

const struct text_place *text_places_at(const GArray *places, const char *number)
{
    guint64 i = g_ascii_strtoull(number, NULL, 10);

    return places != NULL && i < places->len ? &g_array_index(places, struct text_place, i) : NULL;
}

const struct text_block_form *text_block_form(const struct text_block *b)
{
    return &b->form;
}

static void put(GString *out, const GPtrArray *pieces, char *const *fills)
{
    for (guint i = 0; i < pieces->len; i++) {
        g_string_append(out, pieces->pdata[i]);
        if (i + 1 < pieces->len)
            g_string_append(out, fills[i]);
    }
}

void text_place_put_plain(GString *out, const struct text_place *p)
{
    put(out, p->block->plain, p->fills != NULL ? p->fills : p->block->holes);
}

void text_place_put_html(GString *out, const struct text_place *p)
{
    put(out, p->block->html, p->fills != NULL ? p->fills : p->block->holes);
}
