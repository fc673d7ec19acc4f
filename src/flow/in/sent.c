/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See sent.h. Called by receive.c for each answer to a post.
 */
#include "flow/in/sent.h"

#include "base/hash.h"
#include "base/limits.h"
#include "flow/filed.h"
#include "flow/out/render.h"
#include "flow/out/texts.h"
#include "forum/contact.h"
#include "forum/answered.h"
#include "forum/memory.h"
#include "forum/reference.h"
#include "store/unsaid.h"
#include "store/versions.h"

#include <string.h>

#define LONGEST_WORD 5 /* "fikir" before the number of an entry */

#define ENDS_WORDS       12 /* more than a run of words is long (forum/memory.h) */
#define ENDS_WORTH_BYTES 200

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

static void add_notice(struct renderer *r, const struct notice *n, struct memory_set *set)
{
    char *const *languages = renderer_languages(r);

    for (; *languages != NULL; languages++) {
        err_auto struct err e = {0};
        g_autofree char *html = NULL;
        g_autofree char *text = render_words(r, n, *languages, 0, &html, &e);
        if (text == NULL)
            continue;
        g_autofree char *seen = shown(html);
        memory_set_add(set, text);
        memory_set_add(set, seen);
    }
}

static GPtrArray *memories_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
}

static bool is_own(const struct looked_up *l)
{
    return l->person != NULL && l->person->id == l->parent->person_id;
}

/* The mail by which readers were told of the post. */
static struct notice telling(const struct looked_up *l)
{
    return (struct notice){.purpose = PURPOSE_POST,
                           .person_id = l->route.person,
                           .about.forum = l->idea->forum_id,
                           .about.idea = l->idea->id,
                           .about.post = l->parent->id};
}

/* Where the Nth word of TEXT ends, or the Nth last begins (N below 0); NULL if it has less. */
static const char *word_edge(const char *text, int n)
{
    const char *end = text + strlen(text), *p = n > 0 ? text : end;

    for (; n > 0 && p < end; n--)
        for (p += strspn(p, " \t\n"); p < end && strchr(" \t\n", *p) == NULL; p++)
            continue;
    for (; n < 0 && p > text; n++) {
        while (p > text && strchr(" \t\n", p[-1]) != NULL)
            p--;
        while (p > text && strchr(" \t\n", p[-1]) == NULL)
            p--;
    }
    return n == 0 ? p : NULL;
}

/* A mail about a post is remembered with the beginning and the end of its text only: what stands between is remembered as the text
 * that it is, once instead of for each language and form. NULL: it is short, or has what a mail may write in another way (links). */
static char *ends_of(const char *text)
{
    const char *first = word_edge(text, ENDS_WORDS), *last = word_edge(text, -ENDS_WORDS);

    if (first == NULL || last == NULL || last - first < ENDS_WORTH_BYTES || strstr(text, "://") != NULL ||
        strchr(text, '@') != NULL)
        return NULL;
    g_autofree char *beginning = g_strndup(text, (gsize)(first - text));
    return g_strconcat(beginning, "\n\n", last, NULL);
}

/* What the post said before its author corrected it, or before others took back what it quotes, for that is what some were told. */
static void add_versions(struct gateway *g, const struct looked_up *l, struct memory_set *set)
{
    err_auto struct err e = {0};
    g_autoptr(GPtrArray) all = versions_of_post(g->db, l->parent->id, &e);
    g_autofree char *whole = unsaid_whole(g->db, l->parent, &e);

    if (whole != NULL)
        memory_set_add(set, whole);
    for (guint i = 0; all != NULL && i < all->len; i++)
        memory_set_add(set, ((const struct version *)all->pdata[i])->text);
}

/* The post, the mail that told of it, and what its author was told, as one memory. */
static GBytes *remember(struct gateway *g, const struct templates *t, const struct looked_up *l)
{
    struct memory_set *set = memory_set_new();
    renderer_auto r = t != NULL ? renderer_new(g, t) : NULL;
    struct notice n = telling(l);
    g_autofree char *ends = ends_of(l->parent->text);

    memory_set_add(set, l->parent->text);
    add_versions(g, l, set);
    if (r != NULL && ends != NULL)
        renderer_tell(r, l->parent->id, ends);
    if (r != NULL)
        add_notice(r, &n, set);
    n.purpose = l->parent->kind == POST_IDEA ? PURPOSE_RECEIPT_PUBLISHED_IDEA : PURPOSE_RECEIPT_PUBLISHED_REPLY;
    if (r != NULL && is_own(l))
        add_notice(r, &n, set);
    return memory_set_end(set);
}

/* What the memory of a post hangs on; NULL: its mail is a different one for each reader. A new text of the post is another post. */
static char *key_of(struct gateway *g, const struct templates *t, const struct looked_up *l)
{
    struct notice n = telling(l);
    char *const *languages = g->settings->initiative_languages;

    for (; t != NULL && *languages != NULL; languages++)
        if (!render_is_alike(t, &n, l->idea, *languages))
            return NULL;
    return g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_MODIFIER "x %d", l->parent->id,
                           hash_word(l->parent->text, strlen(l->parent->text)), is_own(l));
}

/* Kept until there is no room: hot discussions are answered again and again. What was said stays said, so nothing in it gets
 * wrong. */
static GBytes *memory_of_post(struct gateway *g, const struct templates *t, const struct looked_up *l)
{
    g_autofree char *key = key_of(g, t, l);

    if (key == NULL)
        return remember(g, t, l);
    if (g->memories == NULL)
        g->memories = g_hash_table_new_full(hash_text, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    GBytes *kept = g_hash_table_lookup(g->memories, key);
    if (kept != NULL)
        return g_bytes_ref(kept);
    kept = remember(g, t, l);
    if (g->n_memory_bytes + g_bytes_get_size(kept) > LIMIT_MEMORIES_BYTES) {
        g_hash_table_remove_all(g->memories);
        g->n_memory_bytes = 0;
    }
    g->n_memory_bytes += g_bytes_get_size(kept);
    g_hash_table_insert(g->memories, g_steal_pointer(&key), g_bytes_ref(kept));
    return kept;
}

static GPtrArray *memories_of(struct gateway *g, const struct looked_up *l)
{
    GPtrArray *memories = memories_new();
    const struct templates *templates = templates_of(g);
    bool is_told = l->notice != NULL && l->notice->purpose == PURPOSE_POST && l->notice->about.post == l->parent->id;

    g_ptr_array_add(memories, memory_of_post(g, templates, l));
    if (l->notice != NULL && templates != NULL && !is_told) {
        renderer_auto r = renderer_new(g, templates);
        struct memory_set *set = memory_set_new();
        add_notice(r, l->notice, set);
        g_ptr_array_add(memories, memory_set_end(set));
    }
    return memories;
}

char *sent_source(const struct looked_up *l)
{
    if (l->idea == NULL || l->parent == NULL)
        return g_strdup("");
    guint64 written = 0;
    for (guint i = 0; l->written != NULL && i < l->written->len; i++)
        written = written * 31 + hash_word(l->written->pdata[i], strlen(l->written->pdata[i]));
    return g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_MODIFIER "x %" G_GINT64_FORMAT
                           " %" G_GINT64_FORMAT " %d %u %" G_GINT64_MODIFIER "x",
                           l->idea->id, l->parent->id, hash_word(l->parent->text, strlen(l->parent->text)),
                           l->notice != NULL ? l->notice->id : 0, l->route.person, is_own(l), l->number, written);
}

static char *new_words(const struct gateway *g, const struct message *m, GBytes *const *sent, gsize n_sent)
{
    if (*m->elided == '\0')
        return memory_cut(m->text, sent, n_sent, NULL);
    struct reply reply = {0};
    struct reply_context context = reply_context_of(m, g->domain);
    if (!memory_split(m->body, &context, sent, n_sent, &reply))
        return g_strdup(m->text);
    char *text = g_steal_pointer(&reply.text);
    reply_clear(&reply);
    return text;
}

/* TEXT with the lines that it answers, unless it begins with a word for us, or is about the writer's own post. */
static char *with_answered(struct gateway *g, const struct message *m, const struct looked_up *l, char *text)
{
    const char *from = text + strspn(text, " \t\r\n");
    g_autofree char *first = g_strndup(from, strcspn(from, "\n"));
    struct command_line c;

    if (is_own(l) || reference_of(text) != 0 || contact_is_courtesy(text))
        return text;
    g_autofree char *plain = filed_text(g, first);
    command_parse(plain != NULL ? plain : first, &c);
    bool is_word = c.command != COMMAND_NONE;
    command_clear(&c);
    char *kept = is_word ? NULL : answered_keep(m->body, text, l->parent->text);
    if (kept == NULL)
        return text;
    g_free(text);
    return kept;
}

/* Without what the writer said before, where their program quoted it. */
static char *without_written(const struct message *m, const struct looked_up *l, const GPtrArray *memories, char *text)
{
    g_autofree char *rest = memory_cut(m->body, (GBytes *const *)memories->pdata, memories->len, NULL);
    char *shorter = answered_drop_written(m->body, rest, text, l->written);

    if (shorter == NULL)
        return text;
    g_free(text);
    return shorter;
}

char *sent_new_words(struct gateway *g, const struct message *m, const struct looked_up *l)
{
    if (l->idea == NULL || l->parent == NULL)
        return g_strdup(m->text);
    g_autoptr(GPtrArray) memories = memories_of(g, l);
    char *text = new_words(g, m, (GBytes *const *)memories->pdata, memories->len);

    if (l->written != NULL)
        text = without_written(m, l, memories, text);
    if (l->number != 0) {
        g_autofree char *named = text;
        text = portions_without_name(named, l->number, l->idea->id);
    }
    return with_answered(g, m, l, text);
}

/* The digest itself, and the question about an answer to it. NULL: no templates. */
static GBytes *remember_digest(struct gateway *g, const struct looked_up *l)
{
    const struct templates *templates = templates_of(g);
    const struct hold *h = l->hold;
    struct notice digest = {.purpose = PURPOSE_DIGEST_DAILY, .person_id = l->shown->person, .about.digest = l->shown->digest};

    if (templates == NULL)
        return NULL;
    renderer_auto r = renderer_new(g, templates);
    struct memory_set *set = memory_set_new();
    add_notice(r, l->notice != NULL ? l->notice : &digest, set);
    if (h != NULL) {
        struct notice question = {.purpose = PURPOSE_ASK_ENTRY,
                                  .address = h->address,
                                  .about = {.forum = h->about.forum, .hold = h->id}};
        add_notice(r, &question, set);
    }
    return memory_set_end(set);
}

GBytes *sent_digest(struct gateway *g, const struct looked_up *l)
{
    return l->shown != NULL && l->notice != NULL && l->hold == NULL ? remember_digest(g, l) : NULL;
}

char *sent_portions(struct gateway *g, const struct message *m, struct looked_up *l, GBytes *digest)
{
    g_autoptr(GPtrArray) memories = memories_new();
    GBytes *told = digest != NULL && l->hold == NULL ? g_bytes_ref(digest) : remember_digest(g, l);

    if (told != NULL)
        g_ptr_array_add(memories, told);
    struct reply_context context = reply_context_of(m, g->domain);
    struct portions_mail mail = {.body = m->body,
                                 .context = &context,
                                 .entries = l->shown->entries,
                                 .n_entries = l->shown->n_entries,
                                 .sent = (GBytes *const *)memories->pdata,
                                 .n_sent = memories->len,
                                 .given = (gint)l->given - 1};
    g_autoptr(GString) all = g_string_new(NULL);

    l->facts.portions = l->portions = portions_split(&mail);
    if (l->hold != NULL) {
        g_autofree char *text = memory_cut(m->text, mail.sent, mail.n_sent, NULL);
        l->facts.chosen = portions_choose(text, l->shown->entries, l->shown->n_entries, &l->chosen, &l->beside);
    }
    for (guint i = 0; i < l->portions->len; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? "\n\n" : "", ((const struct portion *)l->portions->pdata[i])->text);
    return g_string_free(g_steal_pointer(&all), FALSE);
}

/* Does a line of TEXT begin like "zu 3:", "#3", "Idee 42:"? Only then is it worth while to look at the whole digest. */
static bool may_name_entry(const char *text)
{
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n') {
        const char *p = line + strspn(line, " \t*_#");
        for (int n = 0; g_ascii_isalpha(*p) && n < LONGEST_WORD; n++)
            p++;
        p += strspn(p, " \t-#");
        if (g_ascii_isdigit(*p))
            return true;
    }
    return false;
}

static bool names_other(const struct looked_up *l)
{
    for (guint i = 0; i < l->portions->len; i++) {
        const struct portion *p = l->portions->pdata[i];
        if (p->by == PORTION_NUMBER && p->entry + 1 != l->given)
            return true;
    }
    return false;
}

char *sent_beside_entry(struct gateway *g, const struct message *m, struct looked_up *l)
{
    g_autofree char *all = may_name_entry(m->text) ? sent_portions(g, m, l, NULL) : NULL;

    if (all != NULL && names_other(l)) {
        l->route.kind = ROUTE_DIGEST;
        return g_steal_pointer(&all);
    }
    l->number = all != NULL ? l->shown->entries[l->given - 1].number : 0;
    l->facts.portions = NULL;
    g_clear_pointer(&l->portions, g_ptr_array_unref);
    g_clear_pointer(&l->shown, shown_free);
    return sent_new_words(g, m, l);
}
