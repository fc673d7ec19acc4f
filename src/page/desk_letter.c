/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One issue of a newsletter for its editors: what the preview says by mail, and its words FREI, a time, TEST, STOPP and WEITER as
 * buttons (flow/step/issue.h). What two editors do to one issue is decided by the issue: the second is told.
 */
#include "page/desk.h"

#include "flow/out/render.h"
#include "flow/step/issue.h"
#include "forum/when.h"
#include "page/public.h"
#include "store/events.h"
#include "store/issues.h"
#include "store/lists.h"

#include <string.h>

struct letter {
    struct page *p;
    const struct session *s;
    struct list *list;
    struct editor *editor;
    struct issue *issue;
};

static void letter_clear(struct letter *l)
{
    list_free(l->list);
    editor_free(l->editor);
    issue_free(l->issue);
}

/* ISSUE NULL: there is none; EDITOR NULL: it is not theirs, and it is not said whether there is one. */
static bool find(struct letter *l, struct err *e)
{
    struct db *db = l->p->g->db;
    row_id number = desk_number(l->p->part[1]);

    l->list = lists_by_name(db, l->p->part[0], e);
    if (l->list != NULL)
        l->editor = editors_by_address(db, l->list->id, l->s->address, e);
    if (l->editor != NULL && number != 0)
        l->issue = issues_by_number(db, l->list->id, number, e);
    return e->kind == ERR_NONE;
}

static struct notice notice_of(const struct letter *l, enum purpose purpose)
{
    return (struct notice){.purpose = purpose, .address = l->editor->written, .issue_id = l->issue->id, .due_at = l->p->now};
}

/* ---- What is shown */
static void set_deeds(const struct letter *l, struct value *data)
{
    const struct issue *i = l->issue;
    enum issue_state state = issue_shown_state(i);
    bool has_imprint = *l->p->g->settings->initiative_imprint != '\0';
    bool is_own = l->list->n_release == 2 && i->drafted_by == l->editor->id;

    value_set_bool(data, "is_draft", state == ISSUE_DRAFT);
    value_set_bool(data, "lacks_imprint", !has_imprint);
    value_set_bool(data, "may_release", state == ISSUE_DRAFT && !is_own && has_imprint);
    value_set_bool(data, "may_stop", state == ISSUE_RELEASED || state == ISSUE_SENDING);
    value_set_bool(data, "may_resume", state == ISSUE_STOPPED);
    value_set_number(data, "n_sent", i->n_sent);
    if (i->release_at > l->p->now)
        page_set_time(l->p, data, "goes", i->release_at);
}

/* What the mail says, without what stands above and below it in every mail. */
static bool set_words(const struct letter *l, struct renderer *r, struct value *data, struct err *e)
{
    struct notice n = notice_of(l, PURPOSE_NEWSLETTER_TEST);
    g_autofree char *html = NULL;
    g_autofree char *text = render_words(r, &n, l->list->language, l->p->now, &html, e);

    value_set_string(data, "mail_text", text != NULL ? text : "");
    value_set_string(data, "mail_language", l->list->language);
    return text != NULL;
}

static bool show(const struct letter *l, guint status, const char *said, struct err *e)
{
    struct page *p = l->p;
    struct notice n = notice_of(l, PURPOSE_ISSUE_PREVIEW);
    renderer_auto r = renderer_new(p->g, p->t);
    struct value *preview = render_values(r, &n, p->language, p->now, e);
    value_auto data = value_map();
    const char *at = page_field(p, "at");

    if (preview == NULL)
        return false;
    value_set(data, "letter", preview);
    g_autofree char *path =
        g_strdup_printf("%s/schreibtisch/newsletter/%s/%" G_GINT64_FORMAT, p->prefix, l->list->name, l->issue->number);
    g_autofree char *mail = g_strconcat(path, "/mail", NULL);
    value_set_string(data, "mail_path", mail);
    page_set_time(p, data, "written", l->issue->created_at);
    value_set_string(data, "typed_at", said != NULL && at != NULL ? at : "");
    for (const char *const *key =
             (const char *const[]){"said_stale", "said_running", "said_other", "said_imprint", "said_state", "said_unclear",
                                   "said_released", "said_stopped", "said_resumed", "said_tested", NULL};
         *key != NULL; key++)
        value_set_bool(data, *key, g_strcmp0(*key, said) == 0);
    value_set_bool(data, "is_wrong", status >= 400);
    value_set_bool(data, "is_done", said != NULL && status < 400);
    set_deeds(l, data);
    return set_words(l, r, data, e) && desk_show(p, l->s, DESK_LETTERS, status, "desk-letter", g_steal_pointer(&data), e);
}

/* ---- What is done */
static const char *said_of(enum issue_fault fault, const char *done)
{
    switch (fault) {
    case ISSUE_FINE:
        return done;
    case ISSUE_RUNNING:
        return "said_running";
    case ISSUE_NEEDS_OTHER:
        return "said_other";
    case ISSUE_NO_IMPRINT:
        return "said_imprint";
    case ISSUE_WRONG_STATE:
        return "said_state";
    }
    return done;
}

/* A test goes to its editor alone and changes nothing else; the journal is told all the same. */
static bool send_test(const struct letter *l, struct err *e)
{
    g_autofree char *detail = g_strdup_printf("list %" G_GINT64_FORMAT " issue %" G_GINT64_FORMAT, l->list->id, l->issue->number);
    struct event ev = {.at = l->p->now, .kind = "issue.tested", .about.person = l->s->person, .detail = detail};

    return issue_test(l->p->g, l->issue, l->editor->written, l->p->now, e) && events_add(l->p->g->db, &ev, e);
}

/* *SAID_OUT: what came of it; *FAULT_OUT: why it was not done. */
static bool act(const struct letter *l, const char *answer, const char **said_out, enum issue_fault *fault_out, struct err *e)
{
    struct gateway *g = l->p->g;
    g_autofree char *at = desk_field(l->p, "at");
    gint64 when = *at != '\0' ? when_parse(at, l->p->now, g->settings->zone) : l->p->now;

    *fault_out = ISSUE_FINE;
    *said_out = NULL;
    if (g_strcmp0(answer, "test") == 0)
        return (*said_out = "said_tested") && send_test(l, e);
    if (g_strcmp0(answer, "stop") == 0)
        return (*said_out = "said_stopped") && issue_stop(g, l->issue, l->p->now, fault_out, e);
    if (g_strcmp0(answer, "resume") == 0)
        return (*said_out = "said_resumed") && issue_resume(g, l->issue, 0, l->p->now, fault_out, e);
    if (g_strcmp0(answer, "release") != 0)
        return true;
    *said_out = when != 0 ? "said_released" : "said_unclear";
    return when == 0 || issue_release(g, l->list, l->issue, l->editor->id, when, l->p->now, fault_out, e);
}

static bool answer(struct letter *l, struct err *e)
{
    const char *said = NULL;
    enum issue_fault fault = ISSUE_FINE;

    if (!session_is_form(l->p, l->s))
        return show(l, 400, "said_stale", e); /* nobody's press of a button */
    if (!act(l, page_field(l->p, "answer"), &said, &fault, e))
        return false;
    issue_free(l->issue);
    l->issue = issues_by_number(l->p->g->db, l->list->id, desk_number(l->p->part[1]), e);
    if (l->issue == NULL)
        return false;
    bool is_unclear = g_strcmp0(said, "said_unclear") == 0;
    return show(l,
                said == NULL          ? 400
                : is_unclear          ? 422
                : fault != ISSUE_FINE ? 409
                                      : 200,
                said == NULL ? "said_stale" : said_of(fault, said), e);
}

/* Shows FN an issue that is theirs. */
static bool with_letter(struct page *p, const struct session *s, bool (*fn)(struct letter *l, struct err *e), struct err *e)
{
    struct letter l = {.p = p, .s = s};
    bool ok = find(&l, e);

    if (ok && l.issue != NULL)
        ok = fn(&l, e);
    else if (ok)
        ok = l.editor != NULL ? page_say(p, 404, "not-found", e) : desk_say_no_role(p, s, e);
    letter_clear(&l);
    return ok;
}

static bool show_or_answer(struct letter *l, struct err *e)
{
    return page_is_post(l->p) ? answer(l, e) : show(l, 200, NULL, e);
}

static bool at_letter(struct page *p, const struct session *s, struct err *e)
{
    return with_letter(p, s, show_or_answer, e);
}

bool page_desk_letter(struct page *p, struct err *e)
{
    return desk_open(p, at_letter, e);
}

/* ---- The mail itself */
/* Its styles stand in its elements, which no page of ours may have; so it is a document of its own, in a sandbox: no script, no form,
 * nothing loaded, nothing known of where it came from. */
static bool show_mail(struct letter *l, struct err *e)
{
    struct notice n = notice_of(l, PURPOSE_NEWSLETTER_TEST);
    renderer_auto r = renderer_new(l->p->g, l->p->t);
    g_autofree char *html = NULL;
    g_autofree char *text = render_words(r, &n, l->list->language, l->p->now, &html, e);

    if (text == NULL || html == NULL)
        return e->kind == ERR_NONE && page_say(l->p, 404, "not-found", e);
    g_autoptr(GBytes) bytes = g_bytes_new(html, strlen(html));
    page_bytes(l->p, "text/html; charset=utf-8", bytes);
    http_response_add(
        l->p->r, "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
    return true;
}

static bool at_mail(struct page *p, const struct session *s, struct err *e)
{
    return with_letter(p, s, show_mail, e);
}

bool page_desk_letter_mail(struct page *p, struct err *e)
{
    return desk_open(p, at_mail, e);
}
