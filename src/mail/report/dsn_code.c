/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes and reasons in what servers say: see dsn_code.h. Decisions: 5.2.2 (full) is not permanent, "delayed"
 * never is, what was refused before a recipient was named (554 at the banner) is the infrastructure's, and
 * what policy or a block list refuses says nothing about the person.
 */
#include "mail/report/dsn_code.h"

#include "base/limits.h"
#include "mail/word/phrases.h"

#include <string.h>

enum reason { no_user, mailbox_full, blocked, host, policy, too_big, other, later };

static const char *const reason_names[] = {
    [no_user] = "no_user", [mailbox_full] = "mailbox_full", [blocked] = "blocked", [host] = "host",
    [policy] = "policy",   [too_big] = "too_big",           [other] = "other",     [later] = "host",
};

static const struct phrase sayings[] = {
#define SAYS(reason, status, text) {text, reason, status},
#include "mail/report/reasons.def"
};
enum stage { sender, content, retried };

static const struct phrase stages[] = {
#define STAGE(stage, text) {text, stage, NULL},
#include "mail/report/reasons.def"
};
static const struct phrase hints[] = {
#define HINTS(reason, status, text) {text, reason, status},
#include "mail/report/reasons.def"
};

struct report_recipient *report_recipient_new(const char *address, const char *action)
{
    struct report_recipient *r = g_new0(struct report_recipient, 1);

    r->address = g_strdup(address);
    r->action = g_strdup(action);
    r->status = g_strdup("");
    r->smtp = g_strdup("");
    r->reason = g_strdup("other");
    r->diagnostic = g_strdup("");
    return r;
}

static gsize count_digits(const char *at)
{
    gsize n = 0;

    while (n < 4 && g_ascii_isdigit(at[n]))
        n++;
    return n;
}

/* The length of an enhanced status at AT, 0 if it is none. */
static gsize status_length(const char *at)
{
    gsize subject, detail;

    if ((at[0] != '2' && at[0] != '4' && at[0] != '5') || at[1] != '.')
        return 0;
    subject = count_digits(at + 2);
    if (subject < 1 || subject > 3 || at[2 + subject] != '.')
        return 0;
    detail = count_digits(at + 3 + subject);
    if (detail < 1 || detail > 3)
        return 0;
    at += 3 + subject + detail;
    return g_ascii_isalnum(at[0]) || (at[0] == '.' && g_ascii_isdigit(at[1])) ? 0 : 3 + subject + detail;
}

static bool is_reply_code(const char *at)
{
    static const char *const never_after = ".:/@-_=&?%";

    if ((at[0] != '4' && at[0] != '5' && at[0] != '2') || at[1] < '0' || at[1] > '7' || count_digits(at) != 3)
        return false;
    if (g_ascii_isalpha(at[3]) || (at[3] == '.' && g_ascii_isdigit(at[4])))
        return false;
    return at[3] == '\0' || strchr(never_after, at[3]) == NULL || at[3] == '-' || at[3] == '.' || at[3] == ':';
}

/* What stands before AT decides whether a number there can be a code. */
static bool may_begin(const char *text, const char *at)
{
    static const char *const never_before = ".@/_=&?%-+$";

    if (at == text)
        return true;
    if (at[-1] == '-' && at - text >= 4 && g_ascii_isdigit(at[-2]))
        return is_reply_code(at - 4);
    return !g_ascii_isalnum(at[-1]) && (guchar)at[-1] < 0x80 && strchr(never_before, at[-1]) == NULL;
}

/* Words after which a three-digit number is meant as a reply code. */
static bool is_introduced(const char *text, const char *at)
{
    static const char *const words[] = {"said",    "says",   "response", "reason", "code",   "error", "returned",     "smtp",
                                        "replied", "answer", "reply",    "with",   "status", "was",   "response from"};
    const char *end = at;

    while (end > text && (strchr(" \t:;='\"([<>|*\n", end[-1]) != NULL))
        end--;
    if (end == text || memchr(end, '\n', (gsize)(at - end)) != NULL || (end < at && memchr(end, ':', (gsize)(at - end))))
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        gsize n = strlen(words[i]);

        if ((gsize)(end - text) >= n && g_ascii_strncasecmp(end - n, words[i], n) == 0)
            return true;
    }
    return false;
}

/* "550 5.1.1", "550-5.1.1", "550 #5.1.1", "550 (5.1.1": how far the status lies behind the reply code; 0:
 * not. */
static gsize paired_status(const char *reply)
{
    gsize gap = 3 + strspn(reply + 3, " -#([:'\t");

    return gap > 3 && gap < 8 && status_length(reply + gap) > 0 ? gap : 0;
}

struct finding {
    int smtp_rank, status_rank;
};

static void take_reply(const char *text, const char *at, struct finding *f, struct dsn_codes *out)
{
    gsize gap = paired_status(at);
    int rank = gap > 0 ? 3 : is_introduced(text, at) ? 2 : 1;

    if (at[0] == '2' && rank < 3)
        return;
    if (rank > f->smtp_rank) {
        f->smtp_rank = rank;
        g_strlcpy(out->smtp, at, sizeof out->smtp);
    }
    if (gap > 0 && f->status_rank < 3) {
        f->status_rank = 3;
        out->is_paired = true;
        g_strlcpy(out->status, at + gap, MIN(sizeof out->status, status_length(at + gap) + 1));
    }
}

static void take_status(const char *text, const char *at, gsize n, struct finding *f, struct dsn_codes *out)
{
    int rank = at > text && strchr("#([", at[-1]) != NULL ? 2 : 1;

    if (rank > f->status_rank) {
        f->status_rank = rank;
        g_strlcpy(out->status, at, MIN(sizeof out->status, n + 1));
    }
}

void dsn_code_read(const char *text, struct dsn_codes *out)
{
    struct finding f = {0, 0};

    memset(out, 0, sizeof *out);
    for (const char *at = text; *at != '\0'; at++) {
        gsize n;

        if (!g_ascii_isdigit(*at) || !may_begin(text, at))
            continue;
        n = status_length(at);
        if (n > 0) {
            take_status(text, at, n, &f, out);
            at += n - 1;
        } else if (is_reply_code(at)) {
            take_reply(text, at, &f, out);
            at += 2;
        }
    }
}

static const struct phrase *find_phrase(const char *text, const struct phrase *rows, gsize n_rows)
{
    g_autofree char *folded = phrases_fold(text, LIMIT_DIAGNOSTIC_BYTES);
    struct phrases index;

    phrases_init(&index, rows, n_rows);
    return phrases_best(&index, folded);
}

static const struct phrase *find_saying(const char *text)
{
    return find_phrase(text, sayings, G_N_ELEMENTS(sayings));
}

static const struct phrase *find_hint(const char *text)
{
    return find_phrase(text, hints, G_N_ELEMENTS(hints));
}

bool dsn_code_is_explained(const char *text)
{
    struct dsn_codes codes;

    dsn_code_read(text, &codes);
    return codes.smtp[0] != '\0' || codes.status[0] != '\0' || find_saying(text) != NULL;
}

bool dsn_code_is_telling(const char *text)
{
    return dsn_code_is_explained(text) || find_hint(text) != NULL;
}

/* x.0.0, x.3.0, x.5.0: "something failed"; x.4.7: "time ran out", whatever the cause. */
static bool is_vague(const char *status)
{
    return g_str_has_suffix(status, ".0.0") || g_str_has_suffix(status, ".3.0") || g_str_has_suffix(status, ".5.0") ||
           g_str_has_suffix(status, ".4.7");
}

const char *dsn_code_better_status(const char *field, const struct dsn_codes *spoken)
{
    if (field[0] == '\0')
        return spoken->status;
    if (spoken->status[0] != field[0] || g_str_has_suffix(spoken->status, ".0.0"))
        return field;
    return spoken->is_paired || is_vague(field) ? spoken->status : field;
}

/* What a status alone says. */
static enum reason reason_of_status(const char *status)
{
    static const struct {
        const char *tail;
        enum reason reason;
    } rows[] = {
        {".1.1", no_user},      {".1.10", no_user}, {".1.3", no_user}, {".1.6", no_user}, {".1.0", no_user},
        {".2.2", mailbox_full}, {".2.3", too_big},  {".3.4", too_big}, {".1.2", host},    {".4.4", host},
        {".4.6", host},         {".1.8", policy},   {".1.7", policy},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (status[0] != '\0' && g_str_equal(status + 1, rows[i].tail))
            return rows[i].reason;
    if (status[0] != '\0' && g_str_has_prefix(status + 1, ".4."))
        return later;
    if (status[0] != '\0' && g_str_has_prefix(status + 1, ".7."))
        return policy;
    return other;
}

static bool is_dead(enum reason reason, const char *status)
{
    switch (reason) {
    case no_user:
    case host:
        return true;
    case other: /* a broken server (x.3) or content (x.6) says nothing about the address */
        return !g_str_has_prefix(status, "5.3") && !g_str_has_prefix(status, "5.6");
    case mailbox_full:
    case blocked:
    case policy:
    case too_big:
    case later:
        return false;
    }
    return false;
}

static void replace(char **field, const char *value)
{
    if (*field != value) {
        g_free(*field);
        *field = g_strdup(value);
    }
}

static bool is_at_stage(const struct report_recipient *r, enum stage stage)
{
    const struct phrase *found = find_phrase(r->diagnostic, stages, G_N_ELEMENTS(stages));

    return found != NULL && found->value == (int)stage;
}

/* What the words mean, or else the code. *SAYING_OUT is the phrase that decided, NULL if none did. */
static enum reason reason_of(const struct report_recipient *r, const char *status, const struct dsn_codes *codes,
                             const struct phrase **saying_out)
{
    enum reason reason;

    *saying_out = find_saying(r->diagnostic);
    reason = *saying_out != NULL ? (enum reason)(*saying_out)->value : reason_of_status(status);
    if (reason == later && reason_of_status(status) != other) /* "giving up" tells less than a code */
        reason = reason_of_status(status);
    if (*saying_out == NULL && reason == other && (*saying_out = find_hint(r->diagnostic)) != NULL)
        reason = (enum reason)(*saying_out)->value;
    if (*saying_out == NULL && reason == other &&
        (codes->smtp[0] == '4' || status[0] == '4' || g_str_equal(r->action, "delayed")))
        return later;
    if (is_at_stage(r, sender) && (reason == no_user || reason == host || reason == other))
        return policy;
    return reason;
}

void dsn_code_judge(struct report_recipient *r)
{
    bool is_failed = g_str_equal(r->action, "failed"), is_delayed = g_str_equal(r->action, "delayed");
    const struct phrase *saying;
    enum reason reason;
    struct dsn_codes codes;
    g_autofree char *stated = NULL, *derived = NULL;
    const char *status;

    dsn_code_read(r->diagnostic, &codes);
    status = stated = g_strdup(dsn_code_better_status(r->status, &codes));
    reason = reason_of(r, status, &codes, &saying);
    if (status[0] == '\0' && codes.smtp[0] == '\0' && (is_failed || is_delayed)) {
        derived = g_strdup(saying != NULL ? saying->note : "5.0.0");
        derived[0] = is_delayed || is_at_stage(r, retried) ? '4' : derived[0];
        status = derived;
    }
    replace(&r->smtp, codes.smtp);
    replace(&r->status, status);
    replace(&r->reason, reason_names[reason]);
    r->is_permanent = is_failed && is_dead(reason, status) && !(reason == other && is_at_stage(r, content)) &&
                      (status[0] == '5' || (status[0] == '\0' && codes.smtp[0] == '5'));
}
