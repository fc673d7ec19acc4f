/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who renders: its words, its looks, and what it keeps from one notice to the next; see render.h.
 */
#include "flow/out/digest_news.h"
#include "flow/out/render_job.h"

#include "base/log.h"

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

static GHashTable *rows_new(GDestroyNotify free_row)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, free_row);
}

/* Without its logo a mail still says everything; the operator finds the line in the log, and `check` says the same. */
static void read_look(struct renderer *r)
{
    struct colours colours;
    err_auto struct err e = {0};

    colours_of(r->g->settings->page_accent, &colours);
    r->look = mail_look_new(&colours);
    if (!logo_load(r->g->settings, &r->logo, &e))
        log_event(LOG_LEVEL_ERROR, NULL, "logo.not-read", "why", e.text, NULL);
}

static void forget_look(struct renderer *r)
{
    g_clear_pointer(&r->look, mail_look_free);
    g_clear_pointer(&r->logo, logo_free);
}

struct renderer *renderer_new(struct gateway *g, const struct templates *t)
{
    struct renderer *r = g_new0(struct renderer, 1);

    r->g = g;
    r->t = t;
    read_look(r);
    r->forums = rows_new((GDestroyNotify)forum_free);
    r->ideas = rows_new((GDestroyNotify)idea_free);
    r->posts = rows_new((GDestroyNotify)post_free);
    r->persons = rows_new((GDestroyNotify)person_free);
    r->lists = rows_new((GDestroyNotify)list_free);
    r->issues = rows_new((GDestroyNotify)issue_free);
    r->texts = rows_new(g_free);
    r->sizes = rows_new(NULL);
    r->news = digest_news_new();
    r->blocks = blocks_new(LIMIT_DIGEST_BLOCKS_BYTES);
    return r;
}

void renderer_forget_issue(struct renderer *r)
{
    if (r->issue_key != NULL)
        markdown_clear(&r->issue_text);
    g_clear_pointer(&r->issue_key, g_free);
}

static void forget_enclosed(struct renderer *r)
{
    g_clear_pointer(&r->enclosed, g_ptr_array_unref);
    r->enclosed_of = 0;
}

void renderer_forget(struct renderer *r)
{
    renderer_forget_issue(r);
    digest_news_forget(r->news);
    blocks_forget(r->blocks);
    g_hash_table_remove_all(r->lists);
    g_hash_table_remove_all(r->issues);
    g_clear_pointer(&r->last, kept_free);
    g_hash_table_remove_all(r->forums);
    g_hash_table_remove_all(r->ideas);
    g_hash_table_remove_all(r->posts);
    g_hash_table_remove_all(r->persons);
    g_hash_table_remove_all(r->texts);
    g_hash_table_remove_all(r->sizes);
}

void renderer_tell(struct renderer *r, row_id post, const char *text)
{
    g_hash_table_insert(r->texts, g_memdup2(&post, sizeof post), text_unwrap(text));
}

void renderer_use(struct renderer *r, const struct templates *t)
{
    renderer_forget(r); /* the text kept for the next reader is in the old words */
    r->t = t;
    forget_look(r);
    read_look(r);
}

void renderer_free(struct renderer *r)
{
    if (r == NULL)
        return;
    g_hash_table_unref(r->forums);
    g_hash_table_unref(r->ideas);
    g_hash_table_unref(r->posts);
    g_hash_table_unref(r->persons);
    g_hash_table_unref(r->texts);
    g_hash_table_unref(r->sizes);
    g_hash_table_unref(r->lists);
    g_hash_table_unref(r->issues);
    renderer_forget_issue(r);
    forget_enclosed(r);
    forget_look(r);
    digest_news_free(r->news);
    blocks_free(r->blocks);
    kept_free(r->last);
    g_free(r);
}
