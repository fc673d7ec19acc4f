/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The values of a mail's placeholders; templates/README lists them. No address of anybody but us and the operator is
 * ever put in.
 */
#include "flow/out/render_job.h"

#include "base/limits.h"
#include "flow/step/inner_talk.h"
#include "flow/step/mask.h"
#include "forum/command_hint.h"
#include "forum/life.h"
#include "forum/command.h"
#include "forum/contact.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/reports.h"
#include "text/hide.h"
#include "text/wrap.h"

#include <string.h>

#define ABOUT_CHARS 100 /* of a report among others */

static bool shows(const struct job *j, enum show what)
{
    return (j->row->shows & what) != 0;
}

static void set_common(struct value *data, const struct job *j)
{
    view_set_initiative(data, &j->v);
    value_set_line(data, "answer_address", j->answers_to);
    if (j->person != NULL)
        value_set_line(data, "public_name", j->person->public_name);
    if (j->message != NULL) {
        value_set_line(data, "subject", j->message->subject);
        view_set_short(data, "subject_short", j->message->subject);
        value_set_line(data, "message_key", j->message->key);
    }
}

/* Whoever is asked about a mail that came unproved may never have written it: they get no link that could be clicked
 * and no endless text of somebody else's, unless they ask for it (ZEIGEN). */
static bool is_careful(const struct job *j)
{
    return shows(j, SHOW_CAREFULLY) && !j->hold->is_proved;
}

/* TEXT without links, at most LIMIT_QUESTION_CHARS of it; *IS_CHANGED if anything is missing. */
static char *careful_text(const struct job *j, const char *text, bool *is_changed)
{
    glong n_chars = g_utf8_strlen(text, -1);
    g_autofree char *start = g_utf8_substring(text, 0, MIN(n_chars, 4 * LIMIT_QUESTION_CHARS));
    g_autofree char *hidden = text_hide_links(start, templates_word(j->r->t, j->v.language, "link_to"),
                                              templates_word(j->r->t, j->v.language, "address_at"));

    *is_changed = *is_changed || strcmp(hidden, text) != 0;
    if (g_utf8_strlen(hidden, -1) <= LIMIT_QUESTION_CHARS && n_chars <= 4 * LIMIT_QUESTION_CHARS)
        return g_steal_pointer(&hidden);
    g_autofree char *cut = g_utf8_substring(hidden, 0, MIN(g_utf8_strlen(hidden, -1), LIMIT_QUESTION_CHARS - 2));
    *is_changed = true;
    return g_strconcat(cut, " …", NULL);
}

/* How many more of that mailbox wait, because strangers are asked about one text at a time. */
static void set_waiting(struct value *data, const struct job *j)
{
    const struct hold *h = j->hold;
    gint64 n = h->kind != HOLD_CONFIRM || h->is_proved || h->mailbox == 0
                   ? 0
                   : holds_count_open(j->r->g->db, h->mailbox, false, LIMIT_HELD_PER_MAILBOX, j->e);

    if (n > 1)
        value_set_number(data, "n_waiting", n - 1);
}

/* A text that waits: what will be public, word for word, unless that must not be shown yet. */
static void set_hold(struct value *data, struct job *j)
{
    const struct hold *h = j->hold;
    bool is_shortened = false, careful = is_careful(j);
    g_autofree char *whole = text_unwrap(h->text);
    g_autofree char *text = careful ? careful_text(j, whole, &is_shortened) : g_strdup(whole);
    g_autofree char *title = careful ? careful_text(j, h->title, &is_shortened) : g_strdup(h->title);

    /* An official answer has no title, and a step that two decide a state in its place. */
    const struct idea *about = h->kind == HOLD_SECOND ? job_idea(j, h->about.idea) : NULL;

    if (j->idea == NULL) {
        value_set_line(data, "idea_title", about != NULL ? view_idea_title(&j->v, about) : title);
        value_set_bool(data, "is_public", h->ring == RING_PUBLIC);
    }
    view_set_taken(data, "text_quoted", text_quote(text));
    value_set_bool(data, "is_shortened", is_shortened);
    job_set_complained(data, j);
    value_set_bool(data, "is_word", h->kind == HOLD_CONFIRM && command_of(h->text) == COMMAND_BLOCK);
    if (h->kind == HOLD_SECOND && h->about.post == 0)
        job_set_state(data, j, "new_state", h->title);
    value_set_bool(data, "is_unproved", h->kind == HOLD_CONFIRM && !h->is_proved && h->state == HOLD_OPEN);
    set_waiting(data, j);
    bool may_talk = false;
    value_set_bool(data, "is_why_ring", h->why == WHY_RING);
    value_set_bool(data, "may_inner", h->why == WHY_RING && inner_talk_may(j->r->g, h, &may_talk, j->e) && may_talk);
    value_set_bool(data, "is_voice", h->yes == YES_VOICE);
    if (h->expires_at != 0)
        view_set_taken(data, "deadline", templates_date(j->r->t, j->v.language, h->expires_at - 1, j->r->g->settings->zone));
}

/* What the privacy sentence says depends on what stays in the text. */
static void set_name_in_text(struct value *data, const struct job *j)
{
    g_autofree char *name = contact_name(j->hold->text, j->hold->address);

    value_set_line(data, "name_in_text", name);
}

static void set_decision(struct value *data, struct job *j)
{
    const struct hold *h = j->hold;
    const struct post *post = job_post(j, h->about.post);
    bool is_taken_back = post != NULL && post->state == POST_WITHDRAWN;

    value_set_bool(data, "is_released", h->state == HOLD_RELEASED);
    value_set_bool(data, "is_rejected", h->state == HOLD_REJECTED && !is_taken_back);
    value_set_bool(data, "is_taken_back", is_taken_back);
    value_set_bool(data, "is_own_decision", h->decided_by != 0 && h->decided_by == j->n->person_id);
    view_set_taken(data, "decided", view_date_time(&j->v, h->decided_at));
    value_set_string(data, "reason", is_taken_back ? NULL : h->reason); /* why it was refused before is none of that */
}

static void set_quoted_post(struct value *data, struct job *j)
{
    /* What was refused, or waits for a second person, stands nowhere else. */
    bool is_version = j->hold != NULL && j->hold->why == WHY_CORRECTED && *j->hold->text != '\0' &&
                      (j->n->purpose == PURPOSE_COMPLAINT || j->hold->kind == HOLD_SECOND);

    if (!is_version)
        view_set_taken(data, "text_quoted", text_quote(job_post_text(j, j->post)));
}

/* A new version stands: where is its idea? */
static void set_corrected(struct value *data, const struct job *j)
{
    const struct idea *idea = j->idea;
    bool is_on = idea != NULL && idea->state != IDEA_MERGED && idea->state != IDEA_PUBLISHED;
    g_autofree char *key = is_on ? g_strconcat("state_", idea_state_name(idea->state), NULL) : NULL;

    if (idea != NULL && idea->state == IDEA_MERGED)
        value_set_number(data, "merged_into", idea->merged_into);
    value_set_string(data, "state_word", key != NULL ? templates_word(j->r->t, j->v.language, key) : NULL);
}

/* ---- What the operator hears */
static struct value *report_value(const struct job *j, const struct report *r)
{
    struct value *entry = value_map();
    bool is_mail = purpose_row(r->purpose)->about == ABOUT_MESSAGE &&
                   purpose_row(r->purpose)->detail == DETAIL_WORDS; /* its detail is the whole text */
    const char *about = is_mail || r->detail == NULL ? r->subject : r->detail;
    g_autofree char *masked = about != NULL ? mask_addresses(about) : NULL;
    g_autofree char *shown = masked != NULL ? text_shorten(masked, ABOUT_CHARS) : NULL;

    value_set_line(entry, "what", templates_word(j->r->t, j->v.language, purpose_name(r->purpose)));
    view_set_taken(entry, "received", view_date_time(&j->v, r->at));
    value_set_line(entry, "about", shown);
    value_set_line(entry, "message_key", r->message_key);
    return entry;
}

static void set_reports(struct value *data, const struct job *j)
{
    g_autoptr(GPtrArray) reports = reports_of(j->r->g->db, j->n->id, LIMIT_REPORTS_SHOWN, j->e);
    g_autoptr(GPtrArray) counts = reports != NULL ? reports_counts(j->r->g->db, j->n->id, j->e) : NULL;
    struct value *list = value_list(), *kinds = value_list();
    gint64 n = 0;

    for (guint i = 0; reports != NULL && i < reports->len; i++)
        value_append(list, report_value(j, reports->pdata[i]));
    for (guint i = 0; counts != NULL && i < counts->len; i++) {
        const struct report_count *c = counts->pdata[i];
        struct value *entry = value_map();
        value_set_number(entry, "n", c->n);
        value_set_line(entry, "what", templates_word(j->r->t, j->v.language, purpose_name(c->purpose)));
        value_append(kinds, entry);
        n += c->n;
    }
    value_set_number(data, "n_reports", n);
    if (n > value_length(list))
        value_set_number(data, "n_more", n - value_length(list));
    value_set(data, "reports", list);
    value_set(data, "kinds", kinds);
}

/* ---- Details */
/* Why a name cannot be shown. */
static void set_name_fault(struct value *data, const struct job *j)
{
    enum purpose p = j->n->purpose;

    value_set_bool(data, "is_protected", p == PURPOSE_ASK_NAME_PROTECTED);
    value_set_bool(data, "is_taken", p == PURPOSE_ASK_NAME_TAKEN);
    value_set_bool(data, "is_mixed", p == PURPOSE_ASK_NAME_MIXED);
    value_set_bool(data, "is_signs", p == PURPOSE_ASK_NAME_SIGNS);
    value_set_bool(data, "is_address", p == PURPOSE_ASK_NAME_ADDRESS);
    value_set_bool(data, "is_long", p == PURPOSE_ASK_NAME_LONG);
}

/* "j…@example.com": enough to know one's own, or to see that it is none. Whoever holds a link to the preferences can ask for an
 * address of theirs, or mistype their own; no mail shows anybody an address whole that may be somebody else's. */
static char *hint_of(const char *address)
{
    const char *at = strrchr(address, '@');
    g_autofree char *first = g_utf8_substring(address, 0, 1);

    return g_strconcat(first, "…", at != NULL ? at : "", NULL);
}

/* What is asked, or what came of it: is_data, is_erase, is_address, is_address_new, is_writer; is_half, is_taken, is_fine, is_reported. */
static void set_wish(struct value *data, const struct job *j)
{
    const char *what = j->wish != NULL ? wish_kind_name(j->wish->kind) : j->n->detail;

    value_set_bool(data, "is_data", strcmp(what, "data") == 0);
    value_set_bool(data, "is_erase", strcmp(what, "erase") == 0);
    value_set_bool(data, "is_address", strcmp(what, "address") == 0);
    value_set_bool(data, "is_address_new", strcmp(what, "address-new") == 0);
    value_set_bool(data, "is_orders", strcmp(what, "order") == 0);
    value_set_bool(data, "is_writer", strcmp(what, "writer") == 0);
    value_set_bool(data, "is_fine", strcmp(what, "fine") == 0);
    value_set_bool(data, "is_reported", strcmp(what, "reported") == 0);
    value_set_bool(data, "is_half", strcmp(what, "half") == 0);
    value_set_bool(data, "is_taken", strcmp(what, "taken") == 0);
    /* Of who only wrote nothing is told. */
    bool is_known = j->wish != NULL && j->wish->other != NULL && j->wish->kind != WISH_WRITER;
    g_autofree char *second = is_known ? hint_of(j->wish->other) : g_strdup("");
    value_set_string(data, "second_address", second);
    if (j->wish == NULL)
        return;
    view_set_taken(data, "deadline", templates_date(j->r->t, j->v.language, j->wish->expires_at - 1, j->r->g->settings->zone));
    view_set_taken(data, "asked_since", view_date_time(&j->v, j->wish->created_at));
    value_set_bool(data, "is_proved", j->wish->other != NULL);
    value_set_bool(data, "is_unproved", !j->wish->is_proved);
}

static void set_detail(struct value *data, const struct job *j)
{
    const char *detail = j->n->detail;

    if (detail == NULL)
        return;
    switch (j->row->detail) {
    case DETAIL_LINE: {
        g_autofree char *masked = mask_addresses(detail);
        value_set_line(data, "detail", masked);
        break;
    }
    case DETAIL_REASON:
        if (j->n->purpose == PURPOSE_REMOVED || j->n->purpose == PURPOSE_HIDDEN || j->n->purpose == PURPOSE_REDACTED)
            job_set_removal(data, j, detail);
        else
            view_set_taken(data, "reason", text_unwrap(detail));
        break;
    case DETAIL_WHY:
        job_set_why(data, detail);
        break;
    case DETAIL_RETURNED: {
        const char *text = strchr(detail, '\n');
        g_autofree char *why = g_strndup(detail, strcspn(detail, "\n"));
        job_set_why(data, why);
        if (text != NULL && text[1] != '\0') {
            g_autofree char *whole = text_unwrap(text + 1);
            view_set_taken(data, "detail_quoted", text_quote(whole));
        }
        break;
    }
    case DETAIL_WISH:
        set_wish(data, j);
        break;
    case DETAIL_STEP:
    case DETAIL_NAME:
    case DETAIL_TOLD:
    case DETAIL_ANSWERS:
        break;
    case DETAIL_WORDS: {
        g_autofree char *text = text_unwrap(detail);
        view_set_taken(data, "detail_quoted", text_quote(text));
        break;
    }
    }
}

/* Who may say C, as people call them. Caller frees. */
static char *roles_of(const struct job *j, enum command c)
{
    GString *roles = g_string_new(NULL);

    for (enum role role = ROLE_LEAD; role <= ROLE_OFFICE; role++) {
        enum who who;
        if ((command_row(c)->roles & COMMAND_ROLE(role)) == 0 || !who_of_role(role, &who))
            continue;
        g_autofree char *key = g_strconcat("who_", who_name(who), NULL);
        g_string_append_printf(roles, "%s%s", roles->len > 0 ? ", " : "", templates_word(j->r->t, j->v.language, key));
    }
    return g_string_free(roles, FALSE);
}

/* The author of a text that begins with a word of ours reads how that works. */
static void set_word_hint(struct value *data, struct job *j)
{
    bool is_receipt = j->post != NULL && j->idea != NULL && j->person != NULL && j->post->person_id == j->person->id;
    enum role role = ROLE_NONE;
    g_autofree char *word = NULL;

    if (!is_receipt || !members_voice(j->r->g->db, j->idea, j->person->id, &role, j->e))
        return;
    enum command c = command_hint(j->post->text, role, &word);
    if (c == COMMAND_NONE)
        return;
    bool is_theirs = command_row(c)->roles == 0 || (command_row(c)->roles & COMMAND_ROLE(role)) != 0;
    if (is_theirs)
        value_set_line(data, "word_hint", word);
    else
        value_set_line(data, "order_hint", word);
    g_autofree char *roles = roles_of(j, c);
    value_set_line(data, "order_roles", roles);
}

struct value *job_data(struct job *j)
{
    value_auto data = value_map();

    set_common(data, j);
    value_set_bool(data, "is_error", g_str_has_prefix(j->row->word, "error"));
    job_set_links(data, j);
    if (j->forum != NULL)
        view_set_forum(data, &j->v, j->forum);
    if (j->idea != NULL)
        view_set_idea(data, &j->v, j->idea);
    if (j->post != NULL)
        view_set_post(data, &j->v, j->post, j->author, job_post_text(j, j->post));
    else if (j->message != NULL)
        view_set_taken(data, "received", view_date_time(&j->v, j->message->received_at));
    if (j->hold != NULL)
        set_hold(data, j);
    if (shows(j, SHOW_FILED))
        value_set_bool(data, "is_filed", j->r->g->settings->retention_withdrawn == WITHDRAWN_KEEP);
    if (j->n->purpose == PURPOSE_REPORTED_UNPROVED)
        value_set_bool(data, "is_unproved", true); /* of a question set_hold() says it */
    if (j->post != NULL && shows(j, SHOW_POST_QUOTED))
        set_quoted_post(data, j);
    if (j->hold != NULL && shows(j, SHOW_NAME_IN_TEXT))
        set_name_in_text(data, j);
    if (j->hold != NULL && shows(j, SHOW_DECISION))
        set_decision(data, j);
    if (j->hold != NULL && shows(j, SHOW_REMARKS))
        job_set_remarks(data, j);
    if (shows(j, SHOW_HELD))
        job_set_waits(data, j);
    if (shows(j, SHOW_SIMILAR))
        job_set_similar(data, j);
    if (j->hold != NULL && shows(j, SHOW_CODE))
        job_set_code(data, j);
    if (j->posts != NULL)
        job_set_digest(data, j);
    else if (j->joined != NULL)
        job_set_joined(data, j);
    if (shows(j, SHOW_FORUMS))
        view_set_forums(data, &j->v, j->e);
    set_word_hint(data, j);
    job_set_left_out(data, j, j->post != NULL ? j->post->message_id : j->n->about.message);
    job_set_stops(data, j);
    if (shows(j, SHOW_STEPS))
        job_set_steps(data, j);
    if (j->n->purpose == PURPOSE_RECEIPT_CORRECTED)
        set_corrected(data, j);
    if (j->n->purpose == PURPOSE_DAILY_ACTIONS)
        job_set_actions(data, j);
    if (shows(j, SHOW_WAITING))
        job_set_waiting(data, j);
    if (shows(j, SHOW_LISTED))
        job_set_listed(data, j);
    if (shows(j, SHOW_PHASE))
        job_set_phase(data, j);
    if (shows(j, SHOW_PROPOSAL))
        job_set_proposal(data, j);
    job_set_news(data, j);
    if (j->row->detail == DETAIL_TOLD || (j->wish != NULL && j->wish->kind == WISH_ORDER))
        job_set_told(data, j);
    if (j->row->detail == DETAIL_ANSWERS)
        job_set_answers(data, j);
    if (j->hold != NULL && shows(j, SHOW_ENTRIES))
        job_set_entries(data, j);
    if (shows(j, SHOW_REPORTS))
        set_reports(data, j);
    if (shows(j, SHOW_NAME_FAULT))
        set_name_fault(data, j);
    set_detail(data, j);
    return j->e->kind == ERR_NONE ? g_steal_pointer(&data) : NULL;
}
