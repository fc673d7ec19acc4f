/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One incoming mail: keep the bytes, then for each recipient gather the facts, decide, apply, and write the verdict.
 * See receive.h; the rules are forum/policy.c, what they decide is done in flow/deed/.
 */
#include "flow/in/receive.h"

#include "base/digest.h"
#include "base/limits.h"
#include "flow/step/answer.h"
#include "flow/step/copy.h"
#include "flow/deed/deed.h"
#include "flow/step/incomplete.h"
#include "flow/step/inner_talk.h"
#include "flow/step/misuse.h"
#include "flow/in/foresee.h"
#include "flow/in/sent.h"
#include "forum/recipients.h"
#include "forum/reference.h"
#include "store/blobs.h"
#include "store/events.h"
#include "store/ideas.h"
#include "store/messages.h"
#include "store/posts.h"

#include <string.h>

struct story { /* one message on its way; borrowed where nothing else is said */
    struct gateway *g;
    const struct envelope *env;
    const struct message *m;
    const struct foreseen *foreseen; /* NULL: nothing is */
    const char *from;                /* lower case, NULL none usable */
    row_id row;                      /* of the message */
    GPtrArray *done;                 /* struct recipient_verdict so far, earlier deliveries of the same mail included */
    bool is_stronger;                /* than an earlier copy, so it is decided anew (flow/step/copy.h) */
    struct hold *waiting;            /* the text of a weaker copy, which waits for its author's yes; NULL none; owned */
    bool is_kept;                    /* refused, and its text waits for a phase that takes it */
    bool leaves_nothing;             /* it is about a text that was disowned or expired, and quotes it */
};

void receive_verdict_free(struct receive_verdict *v)
{
    g_free(v->recipient);
    g_free(v->rule);
    g_free(v);
}

bool receive_keep_bytes(struct gateway *g, GBytes *bytes, struct err *e)
{
    gsize n_bytes;
    const char *data = g_bytes_get_data(bytes, &n_bytes);

    if (n_bytes <= LIMIT_BLOB_INLINE_BYTES)
        return true;
    g_autofree char *sum = digest_sha256_hex(data, n_bytes);
    return blobs_put(g->settings->storage_spool, sum, data, n_bytes, e);
}

/* A mail without a Message-ID is known by its content. */
static char *identity_of(const struct message *m, const char *content_sha256)
{
    return m != NULL && m->message_id != NULL ? g_strdup(m->message_id) : g_strconcat("sha256:", content_sha256, NULL);
}

/* The row of this mail: the one of an earlier delivery of the very same mail, or a new one. */
static bool store_message(struct story *s, GBytes *bytes, const char *failure, struct err *e)
{
    gsize n_bytes;
    const char *given = g_bytes_get_data(bytes, &n_bytes), *data = given != NULL ? given : ""; /* a mail without a byte */
    struct envelope sums = {0};
    if (s->env->content_sha256 == NULL)
        envelope_weigh(&sums, bytes);
    g_autofree char *own_content = sums.content_sha256, *own_body = sums.body_sha256;
    char *content = own_content != NULL ? own_content : s->env->content_sha256;
    char *of_body = own_body != NULL ? own_body : s->env->body_sha256;
    g_autofree char *identity = identity_of(s->m, content);
    stored_message_auto same = messages_same(s->g->db, identity, of_body, s->from, e);
    enum standing standing = s->m != NULL ? policy_standing(s->m, s->env->sender) : STANDING_NONE;

    if (e->kind != ERR_NONE)
        return false;
    bool is_deleted = same != NULL && (same->keep == KEEP_NOTHING || same->keep == KEEP_EMPTY);
    bool is_same =
        same != NULL && strcmp(same->body_sha256, of_body) == 0 && (is_deleted || g_strcmp0(same->from_address, s->from) == 0);
    if (is_same && same->failed == NULL) {
        s->is_stronger = standing > same->standing;
        s->row = same->id;
        s->done = s->is_stronger ? copy_standing_verdicts(s->g, same->id, &s->waiting, e) : verdicts_of(s->g->db, s->row, e);
        if (s->done == NULL || !s->is_stronger)
            return s->done != NULL;
    }
    struct stored_message row = {.key = s->env->id,
                                 .received_at = s->env->received_at,
                                 .envelope_from = s->env->sender,
                                 .from_address = s->from,
                                 .message_id = identity,
                                 .content_sha256 = content,
                                 .body_sha256 = of_body,
                                 .subject = s->m != NULL ? s->m->subject : "",
                                 .kind = (s->m != NULL ? message_kind_name(s->m->kind) : "unread"),
                                 .n_bytes = (gint64)n_bytes,
                                 .failed = failure,
                                 .standing = standing};
    /* The clock removes what no row names, under the lock that we hold now: what is here will stay. */
    if (n_bytes > LIMIT_BLOB_INLINE_BYTES && !blobs_has(s->g->settings->storage_spool, content, n_bytes))
        return err_set(e, ERR_LATER, "the bytes of the mail were swept away before they were needed");
    if (!messages_add(s->g->db, &row, data, n_bytes, &s->row, e))
        return false;
    if (same == NULL || is_same)
        return true;
    struct event ev = {.at = s->env->received_at,
                       .kind = "message.same-id-other-content",
                       .about.message = s->row,
                       .detail = same->key};
    return events_add(s->g->db, &ev, e);
}

/* What an earlier recipient of the same mail made of it: one mail is one post. */
static const struct recipient_verdict *earlier_outcome(const struct story *s, const char *recipient)
{
    const struct recipient_verdict *outcome = NULL;

    for (guint i = 0; s->done != NULL && i < s->done->len; i++) {
        const struct recipient_verdict *v = s->done->pdata[i];
        if (strcmp(v->recipient, recipient) == 0)
            return v;
        if (v->verdict.kind == VERDICT_POST || v->verdict.kind == VERDICT_REVIEW || v->verdict.kind == VERDICT_CONFIRM)
            outcome = v;
    }
    return outcome;
}

static bool apply(struct story *s, const struct public_words *ready, const struct looked_up *l, const struct decision *d,
                  struct verdict *verdict, struct err *e)
{
    struct deed deed = {.g = s->g,
                        .m = s->m,
                        .sender = s->env->sender,
                        .recipients = s->env->recipients,
                        .from = s->from,
                        .message = s->row,
                        .message_key = s->env->id,
                        .now = s->env->received_at,
                        .waiting = s->waiting,
                        .ready = ready,
                        .l = l,
                        .decision = d,
                        .verdict = verdict,
                        .answer = d->answer,
                        .why = d->why};

    /* What a mail answers it quotes: it goes when that goes, even if nothing comes of it. */
    bool is_report = l->route.kind == ROUTE_BOUNCE && l->notice != NULL;
    row_id answered = is_report ? l->notice->about.post : l->parent != NULL ? l->parent->id : l->route.post;
    verdict->hold_id = l->hold != NULL ? l->hold->id : is_report ? l->notice->about.hold : 0;
    verdict->post_id = d->action == ACTION_ADD ? 0 : answered;
    bool ok = deed_do(&deed, e);
    s->leaves_nothing |= deed.leaves_nothing;
    s->is_kept |= deed.is_kept;
    g_autofree char *told = deed.told;
    const char *why = told != NULL ? told : deed.why;
    return ok && (deed.answer == PURPOSE_NONE ||
                  answer_send_why(s->g, l, deed.answer, why, s->from, s->m->language, s->row, s->env->received_at, e));
}

static bool write_verdict(struct story *s, const char *recipient, const struct verdict *v, row_id person, struct err *e)
{
    g_autofree char *kind = g_strconcat("message.", verdict_name(v->kind), NULL);
    struct event ev = {.at = s->env->received_at,
                       .kind = kind,
                       .about.message = s->row,
                       .about.person = person,
                       .about.post = v->post_id,
                       .about.hold = v->hold_id,
                       .detail = v->reason};

    return verdicts_add(s->g->db, s->row, recipient, v, e) && events_add(s->g->db, &ev, e);
}

/* "zu 3: ..." says more than the mail that was answered. A number that is no contribution of this idea says nothing. */
static bool take_reference(struct story *s, struct looked_up *l, struct err *e)
{
    gint64 number = l->idea != NULL ? reference_of(l->facts.text) : 0;
    post_auto named = number != 0 ? posts_by_number(s->g->db, l->idea->id, number, e) : NULL;

    if (named == NULL || named->state != POST_PUBLISHED)
        return e->kind == ERR_NONE;
    post_free(l->parent);
    l->facts.parent = l->parent = g_steal_pointer(&named);
    return true;
}

/* The first that a member says about a public idea among members begins their discussion. */
static bool take_inner(struct story *s, struct looked_up *l, struct err *e)
{
    if (l->begins_inner == 0)
        return true;
    struct idea about = {.id = l->begins_inner, .title = l->idea->title, .state = l->idea->state};
    row_id id;
    if (!inner_talk_begin(s->g, &about, l->forum->id, l->person->id, s->row, s->env->received_at, &id, e))
        return false;
    struct idea *inner = ideas_by_id(s->g->db, id, e);
    if (inner == NULL)
        return false;
    idea_free(l->idea);
    l->facts.idea = l->idea = inner;
    return true;
}

/* What of L's words would be published, if that is what the mail may be: made ready before, or made now (*OWN_OUT, the caller's). */
static const struct public_words *public_of(const struct story *s, const char *recipient, const struct looked_up *l,
                                            struct public_words **own_out)
{
    const struct public_words *ready = foreseen_public(s->foreseen, recipient);
    bool may_be_text = (l->route.kind == ROUTE_FORUM || l->route.kind == ROUTE_IDEA) && s->m->kind == KIND_HUMAN;

    if (!may_be_text || l->forum == NULL || public_words_are_of(ready, s->g, s->m, l, l->facts.text))
        return ready;
    return *own_out = public_words_new(s->g, s->m, l, l->facts.text);
}

/* Facts, decision, deed, verdict: the life of a mail for one recipient. */
static bool receive_for(struct story *s, const char *recipient, struct verdict *verdict, struct err *e)
{
    struct looked_up l = {.came_at = s->env->came_at};
    struct decision d = {0};
    bool ok = facts_gather(s->g, s->m, s->env->sender, s->from, recipient, s->env->received_at, &l, e);

    const char *foreseen = ok ? foreseen_words(s->foreseen, recipient, &l) : NULL;
    g_autofree char *words = !ok                ? NULL
                             : l.given != 0     ? sent_beside_entry(s->g, s->m, &l)
                             : l.shown != NULL  ? sent_portions(s->g, s->m, &l, foreseen_digest(s->foreseen, recipient, &l))
                             : foreseen != NULL ? g_strdup(foreseen)
                                                : sent_new_words(s->g, s->m, &l);
    l.facts.text = words;
    if (ok)
        facts_find_inner_words(s->g, s->m, s->env->received_at, &l, e);
    ok = ok && e->kind == ERR_NONE;
    public_words_auto own = NULL;
    const struct public_words *public = ok ? public_of(s, recipient, &l, &own) : NULL;
    ok = ok && (public == NULL || public_words_weigh(s->g, public, &l, s->env->received_at, e));
    if (ok) {
        s->leaves_nothing |=
            l.hold != NULL && (l.hold->state == HOLD_EXPIRED || (l.hold->kind == HOLD_CONFIRM && l.hold->state == HOLD_REJECTED));
        policy_decide(&l.facts, &d);
        verdict->kind = d.verdict;
        verdict->reason = g_strdup_printf("%s %s", d.rule, trust_name(d.trust));
        bool is_about_files = (purpose_row(d.answer)->shows & SHOW_LEFT_OUT) != 0, any;
        ok = (d.action != ACTION_ADD || (take_reference(s, &l, e) && take_inner(s, &l, e))) &&
             apply(s, public, &l, &d, verdict, e) &&
             (!is_about_files || incomplete_note(s->g, s->m, s->row, &l, s->env->recipients, 0, 0, &any, e)) &&
             (!policy_is_misused(&l.facts) || misuse_note(s->g, &l, s->row, s->env->received_at, e)) &&
             write_verdict(s, recipient, verdict, l.person != NULL ? l.person->id : 0, e);
    }
    decision_clear(&d);
    looked_up_clear(&l);
    return ok;
}

/* A second copy of what we have: nothing happens twice. */
static bool receive_again(struct story *s, const char *recipient, const struct recipient_verdict *earlier,
                          struct verdict *verdict, struct err *e)
{
    verdict->kind = VERDICT_DUPLICATE;
    verdict->reason = g_strdup("same-mail");
    verdict->post_id = earlier->verdict.post_id;
    verdict->hold_id = earlier->verdict.hold_id;
    if (strcmp(earlier->recipient, recipient) == 0 && !s->is_stronger) {
        struct event ev = {.at = s->env->received_at, .kind = "message.duplicate", .about.message = s->row, .detail = s->env->id};
        return events_add(s->g->db, &ev, e);
    }
    return write_verdict(s, recipient, verdict, 0, e);
}

/* No reader could read it: kept, named, and a person is told. */
static bool receive_failed(struct story *s, const char *recipient, const char *failure, struct verdict *verdict, struct err *e)
{
    verdict->kind = VERDICT_SET_ASIDE;
    verdict->reason = g_strdup(failure);
    return write_verdict(s, recipient, verdict, 0, e);
}

static void note(GPtrArray *verdicts_out, const char *recipient, const struct verdict *v)
{
    if (verdicts_out == NULL)
        return;
    struct receive_verdict *line = g_new0(struct receive_verdict, 1);
    line->recipient = g_strdup(recipient);
    line->kind = v->kind;
    line->rule = g_strdup(v->reason);
    g_ptr_array_add(verdicts_out, line);
}

static bool receive_recipient(struct story *s, const char *recipient, const char *failure, GPtrArray *verdicts_out, struct err *e)
{
    struct verdict verdict = {0};
    const struct recipient_verdict *earlier = earlier_outcome(s, recipient);
    struct route route;
    bool ok;

    route_parse(recipient, s->g->domain, s->g->key, &route);
    bool adds = route.kind == ROUTE_FORUM || (route.kind == ROUTE_IDEA && route.act <= ACT_INNER);
    route_clear(&route);
    if (earlier != NULL && (adds || strcmp(earlier->recipient, recipient) == 0))
        ok = receive_again(s, recipient, earlier, &verdict, e);
    else if (s->m == NULL)
        ok = receive_failed(s, recipient, failure, &verdict, e);
    else
        ok = receive_for(s, recipient, &verdict, e);
    if (ok) {
        struct recipient_verdict *v = g_new0(struct recipient_verdict, 1);
        v->recipient = g_strdup(recipient);
        v->verdict = verdict;
        v->verdict.reason = g_strdup(verdict.reason);
        g_ptr_array_add(s->done, v);
        note(verdicts_out, recipient, &verdict);
    }
    verdict_clear(&verdict);
    return ok;
}

/* Why its bytes are kept: the reason that lasts longest of all its recipients'. */
static enum keep keep_of(const struct story *s)
{
    static const enum keep reasons[] =
        {[VERDICT_POST] = KEEP_TEXT,       [VERDICT_REVIEW] = KEEP_TEXT,     [VERDICT_CONFIRM] = KEEP_WAITING,
         [VERDICT_ACCEPTED] = KEEP_TEXT,   [VERDICT_REFUSED] = KEEP_OTHER,   [VERDICT_BOUNCE] = KEEP_BOUNCE,
         [VERDICT_IGNORE] = KEEP_REPORT,   [VERDICT_DUPLICATE] = KEEP_OTHER, [VERDICT_OPERATOR] = KEEP_OTHER,
         [VERDICT_SET_ASIDE] = KEEP_FAILED};
    static const int weight[] =
        {[KEEP_FAILED] = 4, [KEEP_WAITING] = 3, [KEEP_TEXT] = 2, [KEEP_OTHER] = 1, [KEEP_BOUNCE] = 0, [KEEP_REPORT] = -1};
    enum keep keep = s->is_kept ? KEEP_WAITING : KEEP_REPORT;

    for (guint i = 0; i < s->done->len; i++) {
        enum keep reason = reasons[((const struct recipient_verdict *)s->done->pdata[i])->verdict.kind];
        if (weight[reason] > weight[keep])
            keep = reason;
    }
    return keep;
}

/* A report brings back our own mail and whatever it likes beside it. Who looks at it wants its beginning, and in a storm of
 * reports the rest would fill the disk. */
static bool cut_report(struct story *s, GBytes *bytes, gint64 now, struct err *e)
{
    gsize n_bytes;
    const char *data = g_bytes_get_data(bytes, &n_bytes);

    if (n_bytes <= LIMIT_BOUNCE_KEEP_BYTES)
        return true;
    const char *end = memrchr(data, '\n', LIMIT_BOUNCE_KEEP_BYTES);
    return messages_cut(s->g->db, s->row, data, end != NULL ? (gsize)(end + 1 - data) : LIMIT_BOUNCE_KEEP_BYTES, now, e);
}

/* How long it is kept is known once all its recipients had their turn. A second copy of a mail changes nothing. */
static bool settle_keeping(struct story *s, GBytes *bytes, bool is_new, gint64 now, struct err *e)
{
    if (s->leaves_nothing)
        return messages_forget(s->g->db, s->row, false, now, e);
    enum keep keep = keep_of(s);
    if (!is_new || keep == KEEP_TEXT)
        return true;
    return messages_set_keep(s->g->db, s->row, keep, e) && (keep != KEEP_BOUNCE || cut_report(s, bytes, now, e));
}

bool receive_message(struct gateway *g, const struct envelope *env, GBytes *bytes, const struct message *m, const char *failure,
                     GPtrArray *verdicts_out, struct err *e)
{
    return receive_foreseen(g, env, bytes, m, failure, NULL, verdicts_out, e);
}

bool receive_foreseen(struct gateway *g, const struct envelope *env, GBytes *bytes, const struct message *m, const char *failure,
                      const struct foreseen *foreseen, GPtrArray *verdicts_out, struct err *e)
{
    g_autofree char *from = m != NULL ? facts_from_address(m) : NULL;
    struct story s = {.g = g, .env = env, .m = m, .from = from, .foreseen = foreseen};
    g_autoptr(GPtrArray) recipients = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < env->recipients->len; i++)
        g_ptr_array_add(recipients, g_ascii_strdown(env->recipients->pdata[i], -1));
    recipients_sort(recipients, m);
    bool ok = store_message(&s, bytes, failure, e);
    bool is_new = s.done == NULL || s.is_stronger;
    if (s.done == NULL)
        s.done = g_ptr_array_new_with_free_func((GDestroyNotify)recipient_verdict_free);
    for (guint i = 0; ok && i < recipients->len; i++)
        ok = receive_recipient(&s, recipients->pdata[i], failure, verdicts_out, e);
    ok = ok && settle_keeping(&s, bytes, is_new, env->received_at, e);
    if (ok && m == NULL)
        ok = answer_tell_operator(g, PURPOSE_OPERATOR_FAILED, s.row, failure, env->received_at, e);
    g_ptr_array_unref(s.done);
    hold_free(s.waiting);
    return ok;
}
