/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See sent.h. Called by receive.c for each answer to a post.
 */
#include "flow/in/sent.h"

#include "flow/out/render.h"
#include "flow/out/texts.h"
#include "forum/memory.h"

#include <string.h>

/* Read when the first answer comes, and once: a gateway whose templates cannot be read remembers the posts alone. */
static const struct templates *templates_of(struct gateway *g)
{
    err_auto struct err e = {0};

    if (g->templates == NULL && !g->has_tried_templates)
        g->templates = texts_load(NULL, g->settings->initiative_languages[0], &e);
    g->has_tried_templates = true;
    return g->templates;
}

/* TEXT without tags. */
static char *shown(const char *html)
{
    GString *out = g_string_new(NULL);

    for (const char *p = html; *p != '\0';) {
        const char *tag = strchr(p, '<'), *end = tag != NULL ? strchr(tag, '>') : NULL;
        g_string_append_len(out, p, tag != NULL ? tag - p : (gssize)strlen(p));
        g_string_append_c(out, ' ');
        p = end != NULL ? end + 1 : p + strlen(p);
    }
    return g_string_free(out, FALSE);
}

static void add(GPtrArray *memories, const char *text)
{
    g_ptr_array_add(memories, memory_of(text));
}

static void add_notice(struct renderer *r, const struct notice *n, GPtrArray *memories)
{
    char *const *languages = renderer_languages(r);

    for (; *languages != NULL; languages++) {
        err_auto struct err e = {0};
        g_autofree char *html = NULL;
        g_autofree char *text = render_words(r, n, *languages, &html, &e);
        if (text == NULL)
            continue;
        g_autofree char *seen = shown(html);
        add(memories, text);
        add(memories, seen);
    }
}

static GPtrArray *memories_of(struct gateway *g, const struct looked_up *l)
{
    GPtrArray *memories = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    const struct templates *templates = templates_of(g);
    struct notice post = {.purpose = PURPOSE_POST, .person_id = l->route.person, .forum_id = l->idea->forum_id, .idea_id = l->idea->id,
                          .post_id = l->parent->id};
    bool is_own = l->person != NULL && l->person->id == l->parent->person_id;
    bool is_told = l->notice != NULL && l->notice->purpose == PURPOSE_POST && l->notice->post_id == l->parent->id;

    add(memories, l->parent->text);
    if (templates == NULL)
        return memories;
    renderer_auto r = renderer_new(g, templates);
    if (l->notice != NULL)
        add_notice(r, l->notice, memories);
    if (!is_told)
        add_notice(r, &post, memories);
    post.purpose = l->parent->kind == POST_IDEA ? PURPOSE_RECEIPT_PUBLISHED_IDEA : PURPOSE_RECEIPT_PUBLISHED_REPLY;
    if (is_own) /* what its author was told */
        add_notice(r, &post, memories);
    return memories;
}

char *sent_new_words(struct gateway *g, const struct message *m, const struct looked_up *l)
{
    if (l->idea == NULL || l->parent == NULL)
        return g_strdup(m->text);
    g_autoptr(GPtrArray) memories = memories_of(g, l);
    GBytes *const *sent = (GBytes *const *)memories->pdata;
    if (*m->elided == '\0')
        return memory_cut(m->text, sent, memories->len, NULL);
    struct reply reply = {0};
    struct reply_context context = reply_context_of(m, g->domain);
    if (!memory_split(m->body, &context, sent, memories->len, &reply))
        return g_strdup(m->text);
    char *text = g_steal_pointer(&reply.text);
    reply_clear(&reply);
    return text;
}
