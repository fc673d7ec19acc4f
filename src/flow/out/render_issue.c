/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Newsletters: the issue as its readers get it, what stands below it, and what its editors are told. The issue's text is made
 * once for all readers of one language; a template says where it stands.
 */
#include "flow/out/render_job.h"

#include "flow/step/issue.h"
#include "forum/lint.h"
#include "forum/when.h"
#include "store/issues.h"
#include "store/lists.h"
#include "store/persons.h"

#include <string.h>

/* Stands alone on the template's line until the issue is put there; no template writes it by chance. */
#define PLACE               "\uFFFC"
#define SUBJECT_SHORT_CHARS 40

static void set_taken(struct value *data, const char *key, char *text)
{
    value_set(data, key, value_take(text));
}

/* "erika@example.net" -> "e…a@e…e.net": enough for its owner. */
static char *masked(const char *address)
{
    const char *at = strrchr(address, '@'), *dot = at != NULL ? strrchr(at, '.') : NULL;
    GString *out = g_string_new(NULL);

    if (at == NULL || at == address)
        return g_string_free(out, FALSE);
    const char *last = g_utf8_find_prev_char(address, at), *host = at + 1,
               *end = dot != NULL && dot > host ? dot : at + strlen(at);
    const char *host_last = g_utf8_find_prev_char(host, end);
    g_string_append_len(out, address, g_utf8_next_char(address) - address);
    g_string_append(out, "…");
    g_string_append_len(out, last, at - last);
    g_string_append_c(out, '@');
    g_string_append_len(out, host, g_utf8_next_char(host) - host);
    g_string_append(out, "…");
    if (host_last != NULL)
        g_string_append_len(out, host_last, end - host_last);
    g_string_append(out, end);
    return g_string_free(out, FALSE);
}

static char *date_of(const struct job *j, gint64 at)
{
    return templates_date(j->r->t, j->v.language, at, j->r->g->settings->zone);
}

/* Read once for all who get it in this language. NULL: the database failed. */
static const struct markdown *read_issue(struct job *j)
{
    struct renderer *r = j->r;
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT " %s", j->issue->id, j->v.language);

    if (r->issue_key != NULL && strcmp(r->issue_key, key) == 0)
        return &r->issue_text;
    renderer_forget_issue(r);
    g_autofree char *source = issue_source(r->g, j->list, j->issue, j->v.language, j->e);
    if (source == NULL)
        return NULL;
    markdown_read(source, &r->issue_text);
    r->issue_key = g_steal_pointer(&key);
    return &r->issue_text;
}

char *job_place_issue(struct job *j, const char *body)
{
    const char *place = strstr(body, PLACE);
    const struct markdown *m = place != NULL && j->issue != NULL ? read_issue(j) : NULL;

    if (m == NULL)
        return g_strdup(body);
    g_autofree char *head = g_strndup(body, (gsize)(place - body));
    return g_strconcat(head, g_strchomp(m->master), place + strlen(PLACE), NULL);
}

/* ---- Below every issue */
static void set_subscription(struct value *data, const struct job *j)
{
    const struct gateway *g = j->r->g;
    const struct subscription *s = j->subscription;

    if (s == NULL)
        return;
    set_taken(data, "address_masked", masked(s->written));
    if (s->since != 0)
        set_taken(data, "since", date_of(j, s->since));
    value_set_bool(data, "is_by_operator", s->way == WAY_OPERATOR);
    value_set_bool(data, "is_imported", s->way == WAY_IMPORT);
    value_set_bool(data, "is_ordered", s->way != WAY_OPERATOR && s->way != WAY_IMPORT);
    set_taken(data, "deadline", date_of(j, when_days_over(j->v.now, LIMIT_SUBSCRIBE_DAYS, j->r->g->settings->zone) - 1));
    g_autofree char *url = job_unsubscribe_url(j);
    value_set_line(data, "unsubscribe_url", url);
    (void)g;
}

static void set_list(struct value *data, const struct job *j)
{
    const char *domain = j->r->g->domain;

    value_set_line(data, "list_title", j->list->title);
    set_taken(data, "list_address", route_list_address(j->list->name, LIST_WORD_NONE, domain));
    set_taken(data, "subscribe_address", route_list_address(j->list->name, LIST_WORD_SUBSCRIBE, domain));
    set_taken(data, "unsubscribe_address", route_list_address(j->list->name, LIST_WORD_UNSUBSCRIBE, domain));
}

/* ---- For editors */
struct findings {
    struct value *list;
    const struct job *j;
};

static void add_finding(enum lint what, const char *where, void *user)
{
    struct findings *f = user;
    struct value *entry = value_map();

    value_set_line(entry, "what", templates_word(f->j->r->t, f->j->v.language, lint_name(what)));
    value_set_line(entry, "where", where);
    value_append(f->list, entry);
}

/* Names and sizes of what goes along; how they look is the mail itself. */
static void set_files(struct value *data, const GPtrArray *files)
{
    struct value *list = value_list();

    for (guint i = 0; files != NULL && i < files->len; i++) {
        const struct issue_file *f = files->pdata[i];
        struct value *entry = value_map();
        value_set_line(entry, "name", f->name);
        value_set_number(entry, "n_kb", MAX((f->n_bytes + 500) / 1000, 1));
        value_append(list, entry);
    }
    value_set_bool(data, "has_files", value_length(list) > 0);
    value_set(data, "files", list);
}

static void set_findings(struct value *data, struct job *j, const struct markdown *m, const GPtrArray *files)
{
    const struct settings *s = j->r->g->settings;
    struct findings f = {value_list(), j};
    struct lint_issue i = {.subject = j->issue->subject,
                           .source = j->issue->source,
                           .markdown = m,
                           .own_domain = j->r->g->domain,
                           .contact = s->initiative_contact,
                           .has_imprint = *s->initiative_imprint != '\0',
                           .files = files};

    lint_look(&i, add_finding, &f);
    value_set_number(data, "n_findings", value_length(f.list));
    value_set(data, "findings", f.list);
    value_set_bool(data, "has_findings", value_length(f.list) > 0);
}

static gint64 set_counts(struct value *data, const char *key, const GPtrArray *counts)
{
    struct value *list = value_list();
    gint64 n = 0;

    for (guint i = 0; counts != NULL && i < counts->len; i++) {
        const struct issue_count *c = counts->pdata[i];
        struct value *entry = value_map();
        value_set_line(entry, "what", c->word);
        value_set_number(entry, "n", c->n);
        value_append(list, entry);
        n += c->n;
    }
    value_set(data, key, list);
    return n;
}

static void set_preview(struct value *data, struct job *j, const struct markdown *m)
{
    g_autoptr(GPtrArray) languages = issues_languages(j->r->g->db, j->issue->id, j->e);
    g_autoptr(GPtrArray) forums = languages != NULL ? issues_forums(j->r->g->db, j->issue->id, j->e) : NULL;
    g_autoptr(GPtrArray) files = forums != NULL ? issues_files(j->r->g->db, j->issue->id, j->e) : NULL;

    value_set_number(data, "n_recipients", set_counts(data, "languages", languages));
    set_counts(data, "forums_counted", forums);
    set_files(data, files);
    set_findings(data, j, m, files);
    value_set_bool(data, "is_own", j->editor != NULL && j->editor->id == j->issue->drafted_by && j->list->n_release == 2);
}

static void set_issue(struct value *data, struct job *j)
{
    const struct issue *i = j->issue;
    const struct markdown *m = read_issue(j);

    if (m == NULL)
        return;
    value_set_line(data, "issue_subject", i->subject);
    set_taken(data, "issue_short", text_shorten(i->subject, SUBJECT_SHORT_CHARS));
    value_set_line(data, "issue_title", m->title != NULL && *m->title != '\0' ? m->title : i->subject);
    value_set_number(data, "issue_number", i->number);
    set_taken(data, "issue_date", date_of(j, i->started_at != 0 ? i->started_at : j->v.now));
    if (i->release_at > j->v.now)
        set_taken(data, "release_at", templates_date_time(j->r->t, j->v.language, i->release_at, j->r->g->settings->zone));
    value_set_number(data, "n_sent", i->n_sent);
    value_set_line(data, "state", templates_word(j->r->t, j->v.language, issue_state_name(issue_shown_state(i))));
    if ((j->row->shows & SHOW_ISSUE) != 0)
        value_set_string(data, "issue", PLACE);
    if ((j->row->shows & SHOW_PREVIEW) != 0)
        set_preview(data, j, m);
}

/* What fits into an issue, for who wrote more. */
static void set_room(struct value *data)
{
    value_set_number(data, "most_text_kb", LIMIT_ISSUE_BYTES / 1024);
    value_set_number(data, "most_files", LIMIT_ISSUE_FILES);
    value_set_number(data, "most_files_kb", LIMIT_ISSUE_FILES_BYTES / 1000);
}

void job_set_news(struct value *data, struct job *j)
{
    if ((j->row->shows & SHOW_ROOM) != 0)
        set_room(data);
    if (j->list == NULL)
        return;
    set_list(data, j);
    set_subscription(data, j);
    if (j->issue != NULL)
        set_issue(data, j);
}

/* ---- Rows */
static void find_editor(struct job *j)
{
    if (j->row->answer != ANSWER_EDITOR || j->n->address == NULL || j->list == NULL)
        return;
    g_autofree char *key = persons_key(j->n->address);
    j->editor = editors_by_address(j->r->g->db, j->list->id, key, j->e);
}

void job_gather_news(struct job *j)
{
    const struct notice *n = j->n;

    if (n->subscription_id != 0 && j->e->kind == ERR_NONE)
        j->subscription = subscriptions_by_id(j->r->g->db, n->subscription_id, j->e);
    j->issue = job_issue(j, n->issue_id);
    j->list = job_list(j, j->issue != NULL ? j->issue->list_id : j->subscription != NULL ? j->subscription->list_id : 0);
    if (j->e->kind == ERR_NONE)
        find_editor(j);
}

/* ---- Header */
/* RFC 2369, 2919, 8058: of a newsletter nobody writes to. */
void job_newsletter_headers(const struct job *j, struct outgoing *o)
{
    const struct gateway *g = j->r->g;
    g_autofree char *title = text_shorten(j->list->title, 80);
    g_strdelimit(title, "<>\"", ' ');
    g_autofree char *id = g_strdup_printf("%s <%s.%s>", title, j->list->name, g->domain);
    g_autofree char *help = g_strdup_printf("<mailto:hilfe@%s?subject=HILFE>", g->domain);
    g_autofree char *subscribe = route_list_address(j->list->name, LIST_WORD_SUBSCRIBE, g->domain);
    g_autofree char *subscribe_url = g_strdup_printf("<mailto:%s>", subscribe);
    g_autofree char *stop = j->subscription != NULL
                                ? route_subscription_address(j->subscription->id, READER_STOP, g->domain, g->key)
                                : route_list_address(j->list->name, LIST_WORD_UNSUBSCRIBE, g->domain);
    g_autofree char *url = job_unsubscribe_url(j);
    g_autofree char *unsubscribe = url != NULL ? g_strdup_printf("<%s>, <mailto:%s?subject=STOPP>", url, stop)
                                               : g_strdup_printf("<mailto:%s?subject=STOPP>", stop);
    g_autofree char *owner = g_strdup_printf("<mailto:%s>", g->settings->initiative_contact);

    outgoing_add_header(o, "List-Id", id);
    outgoing_add_header(o, "List-Help", help);
    outgoing_add_header(o, "List-Subscribe", subscribe_url);
    outgoing_add_header(o, "List-Unsubscribe", unsubscribe);
    if (url != NULL)
        outgoing_add_header(o, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    outgoing_add_header(o, "List-Owner", owner);
    outgoing_add_header(o, "List-Post", "NO");
    if (*g->settings->dispatch_csa_complaints != '\0')
        outgoing_add_header(o, "X-CSA-Complaints", g->settings->dispatch_csa_complaints);
    if (*g->settings->web_url != '\0' && !j->list->is_members_only) {
        g_autofree char *archive = g_strdup_printf("<%s/newsletter/%s>", g->settings->web_url, j->list->name);
        outgoing_add_header(o, "List-Archive", archive);
    }
}
