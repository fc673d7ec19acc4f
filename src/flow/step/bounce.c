/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports about mails of ours; see bounce.h.
 */
#include "flow/step/bounce.h"

#include "base/limits.h"
#include "flow/step/answer.h"
#include "flow/step/issue.h"
#include "flow/step/letter.h"
#include "flow/step/subscribe.h"
#include "forum/pace.h"
#include "store/bounces.h"
#include "store/digests.h"
#include "store/events.h"
#include "store/issues.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/subscriptions.h"
#include "store/posts.h"

#include <string.h>

#define DAY_S      86400
#define HOUR_S     3600
#define CLOCK_STEP 100

/* The address a notice went to, lower case; NULL if it is gone. */
static char *address_of(struct gateway *g, const struct notice *notice, struct err *e)
{
    if (notice->address != NULL)
        return persons_key(notice->address);
    subscription_auto s = notice->subscription_id != 0 ? subscriptions_by_id(g->db, notice->subscription_id, e) : NULL;
    if (s != NULL)
        return g_strdup(s->address);
    person_auto p = notice->person_id != 0 ? persons_by_id(g->db, notice->person_id, e) : NULL;
    return p != NULL && p->address != NULL ? persons_key(p->address) : NULL;
}

/* --- domains that refuse all of us --- */

/* The longer the more often: what was paused within a day before is paused longer. Told once for each time. */
static bool pause_domain(struct gateway *g, const char *domain, const char *said, gint64 now, struct err *e)
{
    struct destination *was = destinations_by_domain(g->db, domain, e);
    bool is_paused = was != NULL && was->paused_until > now;
    gint64 n = was != NULL && now - was->paused_until < DAY_S ? was->n_pauses + 1 : 1;
    struct destination d = {.domain = domain, .paused_at = now, .n_pauses = n, .said = (said != NULL ? said : "")};

    destination_free(was);
    if (is_paused || e->kind != ERR_NONE)
        return e->kind == ERR_NONE;
    d.paused_until = now + pace_pause_s(n);
    g_autofree char *detail = g_strdup_printf("%s: %s", domain, d.said);
    struct event ev = {.at = now, .kind = "destination.paused", .detail = domain};
    return destinations_put(g->db, &d, e) && events_add(g->db, &ev, e) &&
           (n > 1 || answer_tell_operator(g, PURPOSE_OPERATOR_BLOCKED, 0, detail, now, e));
}

/* A report is a mail that anybody can write who got one of ours: it says nothing about others. Only when several addresses that
 * belong to people of ours are refused within an hour is it the domain's matter. */
static bool look_at_domain(struct gateway *g, const struct bounce *b, struct err *e)
{
    gint64 n = 0;

    if (b->kind == BOUNCE_POLICY || b->kind == BOUNCE_INFRASTRUCTURE)
        n = bounces_count_refused(g->db, b->domain, b->kind, b->at - HOUR_S, e);
    if (n < 0)
        return false;
    if (b->deed == BOUNCE_SPARED || n >= LIMIT_DOMAIN_REFUSALS)
        return pause_domain(g, b->domain, b->said, b->at, e);
    return true;
}

/* Nobody's mail is lost because a provider did not speak to us: it goes out again when the pause is over, or after as long. */
static bool send_again(struct gateway *g, const struct bounce *b, const struct notice *notice, struct err *e)
{
    if (b->kind != BOUNCE_INFRASTRUCTURE || notice->state != NOTICE_SENT || notice->n_tries >= LIMIT_BOUNCE_RESENDS)
        return true;
    struct destination *d = destinations_by_domain(g->db, b->domain, e);
    gint64 at = MAX(d != NULL ? d->paused_until : 0, b->at + pace_pause_s(1));
    destination_free(d);
    return e->kind == ERR_NONE && notices_record(g->db, notice->id, NOTICE_DUE, at, b->said, e);
}

/* --- counting --- */

static bool note_deed(struct gateway *g, const struct bounce *b, struct err *e)
{
    static const char *const kinds[] = {[BOUNCE_PAUSED] = "person.suspended",
                                        [BOUNCE_OFF] = "person.switched-off",
                                        [BOUNCE_STOPPED] = "person.complained",
                                        [BOUNCE_SPARED] = "person.spared"};
    const char *kind = b->deed < G_N_ELEMENTS(kinds) ? kinds[b->deed] : NULL;
    struct event ev = {.at = b->at,
                       .kind = kind,
                       .about.message = b->message_id,
                       .about.person = b->person_id,
                       .notice_id = b->notice_id};

    return kind == NULL || events_add(g->db, &ev, e);
}

/* A newsletter goes no further than the address it refuses; the rest is the operator's list. */
static bool suspend(struct gateway *g, const struct bounce *b, struct err *e)
{
    if (b->deed == BOUNCE_STOPPED)
        return subscribe_suspend(g, b->address, WAY_COMPLAINT, b->at, e);
    return (b->deed != BOUNCE_PAUSED && b->deed != BOUNCE_OFF) || subscribe_suspend(g, b->address, WAY_BOUNCE, b->at, e);
}

/* A run to many that finds too many mailboxes gone is a bad list, and costs us our name: it stops, and people look at it. Each
 * issue answers for itself: what comes back late from an earlier one says nothing about this. */
static bool look_at_issue(struct gateway *g, const struct bounce *b, const struct notice *notice, struct err *e)
{
    gint64 n_last, n_unknown;

    if (b->kind != BOUNCE_HARD || notice->purpose != PURPOSE_NEWSLETTER || notice->issue_id == 0)
        return true;
    issue_auto i = issues_by_id(g->db, notice->issue_id, e);
    if (i == NULL || issue_shown_state(i) != ISSUE_SENDING)
        return e->kind == ERR_NONE; /* there is nothing left to stop */
    if (!bounces_unknown(g->db, notice->issue_id, notice->id, LIMIT_RUN_LAST, &n_last, &n_unknown, e))
        return false;
    return !bounce_is_run_bad(n_unknown, n_last, g->settings->dispatch_unknown_percent) || issue_halt(g, i, b->at, e);
}

/* B without its deed, which is found here. */
static bool take(struct gateway *g, struct bounce *b, const struct notice *notice, struct err *e)
{
    struct bounce_state state;
    bool is_known;
    gint64 n_paused = bounces_count_deed(g->db, b->domain, BOUNCE_PAUSED, b->at - DAY_S, e);
    struct bounce_case c = {.kind = b->kind,
                            .now = b->at,
                            .sent_at = notice->sent_at,
                            .is_probe = notice->purpose == PURPOSE_PROBE,
                            .n_paused = n_paused};

    if (n_paused < 0 || !bounces_is_known(g->db, b->address, &is_known, e) || !bounces_state(g->db, b->address, &state, e))
        return false;
    b->deed = bounce_count(&state, &c);
    if (!is_known && b->deed != BOUNCE_LATE)
        b->deed = BOUNCE_NOTED; /* a stranger's: there is nothing to pause */
    const char *address = b->address;
    b->address = is_known ? b->address : NULL;
    return (!is_known || bounces_set_state(g->db, address, &state, e)) && bounces_add(g->db, b, NULL, e) && note_deed(g, b, e) &&
           suspend(g, b, e) &&
           (b->deed == BOUNCE_LATE || (look_at_domain(g, b, e) && look_at_issue(g, b, notice, e) && send_again(g, b, notice, e)));
}

static char *domain_of(const char *address)
{
    const char *at = strrchr(address, '@');

    return g_utf8_strdown(at != NULL ? at + 1 : "", -1);
}

/* What they said without the address they said it about; whom to write to about it stays in. */
static char *shorten(const char *said, const char *address)
{
    g_auto(GStrv) words = said != NULL && *said != '\0' ? g_strsplit(said, " ", -1) : NULL;

    for (char **word = words; word != NULL && *word != NULL; word++) {
        g_autofree char *lower = g_utf8_strdown(*word, -1);
        if (strstr(lower, address) == NULL)
            continue;
        g_free(*word);
        *word = g_strdup("...");
    }
    g_autofree char *masked = words != NULL ? g_strjoinv(" ", words) : NULL;
    return masked != NULL ? g_utf8_substring(masked, 0, MIN(g_utf8_strlen(masked, -1), LIMIT_BOUNCE_SAID_CHARS)) : NULL;
}

bool bounce_report(struct gateway *g, const struct message *m, const struct notice *notice, row_id message, gint64 now,
                   struct err *e)
{
    g_autofree char *kind = g_strconcat("report.", message_kind_name(m->kind), NULL);
    const struct report_recipient *first = m->recipients->len > 0 ? m->recipients->pdata[0] : NULL;
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = message,
                       .about.person = notice != NULL ? notice->person_id : 0,
                       .notice_id = notice != NULL ? notice->id : 0,
                       .detail = first != NULL ? first->status : NULL};
    enum bounce_kind what = bounce_kind_of_report(m);

    if (!events_add(g->db, &ev, e))
        return false;
    g_autofree char *address = notice != NULL && what != BOUNCE_NOTHING ? address_of(g, notice, e) : NULL;
    if (address == NULL)
        return e->kind == ERR_NONE;
    g_autofree char *domain = domain_of(address), *said = shorten(first != NULL ? first->diagnostic : NULL, address);
    struct bounce b = {.at = now,
                       .kind = what,
                       .stream = (int)notice->stream,
                       .notice_id = notice->id,
                       .person_id = notice->person_id,
                       .address = address,
                       .domain = domain,
                       .message_id = message,
                       .status = (first != NULL ? first->status : ""),
                       .said = said};
    return take(g, &b, notice, e) && (what != BOUNCE_HARD || letter_failed(g, notice, now, e));
}

bool bounce_refused(struct gateway *g, const struct notice *notice, const char *address, enum bounce_kind kind,
                    const char *status, const char *reply, gint64 now, struct err *e)
{
    g_autofree char *domain = domain_of(address), *said = shorten(reply, address);
    struct bounce b = {.at = now,
                       .kind = kind,
                       .stream = (int)notice->stream,
                       .notice_id = notice->id,
                       .person_id = notice->person_id,
                       .address = address,
                       .domain = domain,
                       .status = status,
                       .said = said};

    return kind == BOUNCE_NOTHING || take(g, &b, notice, e);
}

/* --- all is well again --- */

/* Posts that were published while nothing was sent, and on the day before, of which the mails came back; who gets digests finds them in the next one. */
static bool tell_missed(struct gateway *g, row_id person, gint64 since, gint64 now, struct err *e)
{
    gint64 from = person != 0 ? digests_place_at(g->db, since, e) : 0, to = person != 0 ? posts_last_publication(g->db, e) : 0;
    struct digest d = {.person_id = person, .delivery = DELIVERY_MISSED, .from_post = from, .to_post = to, .made_at = now};
    struct notice n = {.purpose = PURPOSE_DIGEST_MISSED, .person_id = person, .due_at = now};
    bool made;

    if (from < 0 || to < 0)
        return false;
    return from == to || digests_add(g->db, &d, &n, &made, e);
}

static bool revive(struct gateway *g, const char *address, row_id person, const struct bounce_state *was, enum way way,
                   gint64 now, struct err *e)
{
    const char *event = way == WAY_OPERATOR ? "person.revived" : "person.well-again";
    struct event ev = {.at = now, .kind = event, .about.person = person};

    return bounces_set_state(g->db, address, &(struct bounce_state){0}, e) && events_add(g->db, &ev, e) &&
           subscribe_revive(g, address, way, now, e) &&
           ((was->suspended_at == 0 && was->complained_at == 0) ||
            tell_missed(g, person, (was->suspended_at != 0 ? was->suspended_at : was->complained_at) - DAY_S, now, e));
}

bool bounce_undo(struct gateway *g, const char *address, gint64 now, struct err *e)
{
    struct bounce_state was;
    bool is_known;
    person_auto p = persons_by_address(g->db, address, e);

    if (e->kind != ERR_NONE || !bounces_state(g->db, address, &was, e) || !bounces_is_known(g->db, address, &is_known, e))
        return false;
    if (!is_known)
        return err_set(e, ERR_ABSENT, "nobody has the address '%s'; `forumpost person list` shows everybody", address);
    return bounces_undo(g->db, address, now, e) && revive(g, address, p != NULL ? p->id : 0, &was, WAY_OPERATOR, now, e);
}

/* --- by the clock --- */

static bool send_probe(struct gateway *g, const struct probe *p, gint64 now, struct err *e)
{
    struct bounce_state state = p->state;
    struct notice n = {.purpose = PURPOSE_PROBE, .person_id = p->person_id, .address = p->written, .due_at = now};
    struct event ev = {.at = now, .kind = "person.probed", .about.person = p->person_id};

    state.probed_at = now;
    state.probe_at = now + LIMIT_BOUNCE_WAIT_S;
    return bounces_set_state(g->db, p->address, &state, e) && notices_add(g->db, &n, NULL, e) && events_add(g->db, &ev, e);
}

static bool look_at_probe(struct gateway *g, const struct probe *p, gint64 now, struct err *e)
{
    if (p->state.probed_at == 0)
        return send_probe(g, p, now, e);
    return !bounce_is_well_again(&p->state, now) || revive(g, p->address, p->person_id, &p->state, WAY_BOUNCE, now, e);
}

bool bounce_clock(struct gateway *g, gint64 now, struct err *e)
{
    gint64 n;
    g_autoptr(GPtrArray) probes = bounces_probes(g->db, now, CLOCK_STEP, e);

    for (guint i = 0; probes != NULL && i < probes->len; i++)
        if (!look_at_probe(g, probes->pdata[i], now, e))
            return false;
    return probes != NULL && bounces_forget(g->db, now - g->settings->retention_bounce_days * DAY_S, CLOCK_STEP, &n, e) &&
           destinations_forget(g->db, now - 2 * DAY_S, e);
}
