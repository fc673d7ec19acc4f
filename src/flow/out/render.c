/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A notice to a mail; see render.h. The order: rows, is there still something to say, sender and answer address,
 * threading, text, bytes.
 */
#include "flow/out/render_job.h"

#include "text/wrap.h"

#include <string.h>

/* Only what somebody subscribed to bears one: a question whether they want it shall be nothing but that. */
static bool shows_logo(const struct job *j)
{
    return j->r->logo != NULL && (j->row->shows & SHOW_ISSUE) != 0;
}

static struct kept *write_mail(struct job *j)
{
    struct written w = {0};
    value_auto data = job_data(j);

    if (data == NULL || !templates_write(j->r->t, j->v.language, j->row->word, data, &w, j->e))
        return NULL;
    struct kept *k = g_new0(struct kept, 1);
    g_autoptr(GString) initiative = g_string_new(NULL);
    escape_append(initiative, j->list != NULL ? j->list->title : j->r->g->settings->initiative_title, ESCAPE_LINE);
    g_autofree char *body = job_place_issue(j, w.body);
    g_autofree char *master =
        g_strdup_printf("%c%s\n\n%s", MARK_BRAND, initiative->str, body); /* the first line says who writes */
    k->text = text_flowed(master, j->places);
    const struct mail_picture *picture = shows_logo(j) ? &j->r->logo->picture : NULL;
    k->html = text_html(master, w.language, w.subject, j->r->look, picture, j->places);
    k->language = g_strdup(w.language);
    k->subject = g_steal_pointer(&w.subject);
    written_clear(&w);
    return k;
}

/* Everybody who is told of one post in one language reads the same words, unless the text uses the reader's own name. */
bool render_is_alike(const struct templates *t, const struct notice *n, const struct idea *idea, const char *language)
{
    const struct purpose_row *row = purpose_row(n->purpose);
    bool has_own_address = idea != NULL && idea->ring == RING_MEMBERS && templates_uses(t, language, row->word, "idea_address");

    return row->thread == THREAD_POST && !has_own_address && !templates_uses(t, language, row->word, "public_name");
}

/* NULL: only for one. */
static char *key_of(const struct job *j)
{
    if (!render_is_alike(j->r->t, j->n, j->idea, j->v.language))
        return NULL;
    return g_strdup_printf("%" G_GINT64_FORMAT " %s", j->n->about.post, j->v.language);
}

/* The words that were written last, if this reader is told the same; else new ones. NULL: j->e. Borrowed. */
static struct kept *words_for(struct job *j)
{
    g_autofree char *key = key_of(j);
    struct kept *last = j->r->last;

    if (key != NULL && last != NULL && g_strcmp0(last->key, key) == 0)
        return last;
    g_clear_pointer(&j->r->last, kept_free);
    j->r->last = write_mail(j);
    if (j->r->last != NULL)
        j->r->last->key = g_steal_pointer(&key);
    return j->r->last;
}

static bool write_text(struct job *j, struct outgoing *o)
{
    struct kept *words = words_for(j);

    if (words == NULL)
        return false;
    bool is_for_one = words->key == NULL; /* nobody asks for them again */
    o->text = is_for_one ? g_steal_pointer(&words->text) : g_strdup(words->text);
    o->html = is_for_one ? g_steal_pointer(&words->html) : g_strdup(words->html);
    if (shows_logo(j))
        o->picture = g_bytes_ref(j->r->logo->entity);
    o->is_flowed = true;
    o->language = g_strdup(words->language);
    o->subject = g_strdup(words->subject);
    return true;
}

/* A domain is written so that every mail server takes it; but where the part before the @ needs SMTPUTF8, only one that knows
 * umlauts can take the address at all, and it stays as its owner writes it (RFC 6531 3.2). */
static char *envelope_address(const char *address, bool *needs_utf8_out)
{
    if (g_str_is_ascii(address) || !outgoing_is_address(address))
        return outgoing_written_address(address, needs_utf8_out);
    g_autofree char *local = g_strndup(address, (gsize)(strrchr(address, '@') - address));
    if (g_str_is_ascii(local))
        return outgoing_written_address(address, needs_utf8_out);
    *needs_utf8_out = true;
    return g_strdup(address);
}

static bool compose(struct job *j, gint64 now, struct rendered *out)
{
    const struct gateway *g = j->r->g;
    outgoing_auto o = outgoing_new();

    o->from_address = job_sender_address(j);
    o->from_name = job_sender_name(j);
    o->to_address = job_recipient(j);
    o->reply_to = job_answer_address(j);
    j->answers_to = o->reply_to != NULL ? o->reply_to : o->from_address;
    o->date_at = now;
    o->zone = g_time_zone_ref(g->settings->zone);
    o->auto_submitted = g_strdup(j->row->is_unasked ? "auto-generated" : "auto-replied");
    job_thread(j, o);
    job_add_headers(j, o);
    if (!write_text(j, o) || !job_enclose(j, o) || !outgoing_compose(o, out->bytes, &out->needs_utf8, j->e))
        return false;
    out->is_8bit = o->has_8bit;
    if (j->entries != NULL)
        out->entries = g_strdup(j->entries->str);
    if (j->row->is_proof)
        out->words = g_strdup_printf("%s\n\n%s", o->subject, o->text);
    g_autofree char *bounce = route_bounce_address(j->n->id, j->n->stream, g->domain, g->key);
    out->envelope_from = outgoing_written_address(bounce, &out->needs_utf8);
    out->recipient = envelope_address(o->to_address, &out->needs_utf8);
    return (out->envelope_from != NULL && out->recipient != NULL) || err_set(j->e, ERR_INPUT, "an address cannot be written");
}

static void reset(struct rendered *out)
{
    g_clear_pointer(&out->envelope_from, g_free);
    g_clear_pointer(&out->recipient, g_free);
    g_clear_pointer(&out->reason, g_free);
    g_clear_pointer(&out->words, g_free);
    out->needs_utf8 = out->is_8bit = false;
    g_clear_pointer(&out->entries, g_free);
    if (out->bytes == NULL)
        out->bytes = g_string_sized_new(16 * 1024);
    g_string_truncate(out->bytes, 0);
}

static struct job job_of(struct renderer *r, const struct notice *n, gint64 now, struct err *e)
{
    const struct purpose_row *row = purpose_row(n->purpose);

    return (struct job){.r = r,
                        .n = n,
                        .row = row,
                        .e = e,
                        .v = {.g = r->g, .t = r->t, .now = now, .reader = n->person_id, .is_for_many = row->list != LIST_NONE}};
}

enum render_outcome render_notice(struct renderer *r, const struct notice *n, gint64 now, struct rendered *out, struct err *e)
{
    struct job j = job_of(r, n, now, e);
    enum render_outcome outcome = RENDER_FAILED;

    reset(out);
    if (job_gather(&j)) {
        const char *reason = job_reason_to_drop(&j);
        if (e->kind == ERR_NONE && reason != NULL) {
            out->reason = g_strdup(reason);
            outcome = RENDER_DROP;
        } else if (e->kind == ERR_NONE && compose(&j, now, out)) {
            outcome = RENDER_OK;
        }
    }
    job_clear(&j);
    return outcome;
}

struct value *render_values(struct renderer *r, const struct notice *n, const char *language, gint64 now, struct err *e)
{
    struct job j = job_of(r, n, now, e);
    struct value *data = NULL;

    if (job_gather(&j)) {
        j.v.language = language;
        data = job_data(&j);
    }
    job_clear(&j);
    return data;
}

char *render_words(struct renderer *r, const struct notice *n, const char *language, gint64 now, char **html_out, struct err *e)
{
    struct job j = job_of(r, n, now, e);
    char *text = NULL;

    if (job_gather(&j)) {
        j.v.language = language;
        struct kept *k = write_mail(&j);
        if (k != NULL) {
            text = g_steal_pointer(&k->text);
            *html_out = g_steal_pointer(&k->html);
        }
        kept_free(k);
    }
    job_clear(&j);
    return text;
}

char *const *renderer_languages(const struct renderer *r)
{
    return r->g->settings->initiative_languages;
}

void rendered_clear(struct rendered *out)
{
    g_clear_pointer(&out->envelope_from, g_free);
    g_clear_pointer(&out->recipient, g_free);
    g_clear_pointer(&out->reason, g_free);
    g_clear_pointer(&out->words, g_free);
    g_clear_pointer(&out->entries, g_free);
    if (out->bytes != NULL)
        g_string_free(out->bytes, TRUE);
    out->bytes = NULL;
}
