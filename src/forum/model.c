/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of states and kinds, and the freeing of rows; see model.h.
 */
#include "forum/life.h"

#include <string.h>

/* Functions over one table of names: NAME_name(), and NAME_parse() where a door takes the word. */
#define WORDS_OF(prefix, ...) const char *const prefix##_names[] = {__VA_ARGS__, NULL};
#define NAMES_OF(type, prefix, ...)       \
    WORDS_OF(prefix, __VA_ARGS__)         \
    const char *prefix##_name(type value) \
    {                                     \
        return prefix##_names[value];     \
    }
#define PARSE_OF(type, prefix)                            \
    bool prefix##_parse(const char *name, type *out)      \
    {                                                     \
        for (gsize i = 0; prefix##_names[i] != NULL; i++) \
            if (strcmp(prefix##_names[i], name) == 0) {   \
                *out = (type)i;                           \
                return true;                              \
            }                                             \
        return false;                                     \
    }

NAMES_OF(enum ring, ring, "public", "members")
NAMES_OF(enum role, role, "none", "reader", "member", "lead", "moderator", "office")
NAMES_OF(enum delivery, delivery, "none", "each", "daily", "weekly", "missed", "news")
NAMES_OF(enum moderation, moderation, "none", "pre")
NAMES_OF(enum undecided, undecided, "hold", "release")
NAMES_OF(enum post_kind, post_kind, "idea", "reply", "official", "note")
NAMES_OF(enum post_state, post_state, "published", "in_review", "rejected", "removed", "withdrawn", "hidden")
NAMES_OF(enum hold_kind, hold_kind, "confirm", "review", "withdraw", "undo", "second", "entry", "letter")
NAMES_OF(enum hold_state, hold_state, "open", "confirmed", "released", "rejected", "expired")
NAMES_OF(enum wait, wait, "none", "turn", "ceiling", "stopped", "no-reply", "rate", "phase")
NAMES_OF(enum why, why, "forum", "rate", "name", "impostor", "ring", "late", "reported", "corrected", "removed", "redacted",
         "personal", "links")
NAMES_OF(enum next, next, "none", "deputy", "default", "answer", "complaint", "author")
WORDS_OF(yes, "publish", "support", "forward", "correct", "kind", "late", "voice")
WORDS_OF(remark_kind, "question", "answer", "complaint", "note", "report", "letter")
NAMES_OF(enum notice_state, notice_state, "due", "claimed", "sent", "failed", "dropped")
NAMES_OF(enum who, who, "author", "moderator", "lead", "office", "operator", "timer", "gateway")
NAMES_OF(enum stream, stream, "transactional", "forum", "bulk")
NAMES_OF(enum idea_state, idea_state, "submitted", "expired", "confirmed", "in_review", "published", "rejected", "assigned",
         "merged", "forwarded", "in_deliberation", "proposal", "adopted", "in_progress", "done", "not_pursued", "withdrawn",
         "removed")
NAMES_OF(enum keep, keep, "text", "waiting", "other", "report", "failed", "nothing", "empty", "bounce")
NAMES_OF(enum verdict_kind, verdict, "post", "review", "confirm", "accepted", "refused", "bounce", "ignore", "duplicate",
         "operator", "set-aside")

PARSE_OF(enum role, role)
PARSE_OF(enum delivery, delivery)
PARSE_OF(enum moderation, moderation)
PARSE_OF(enum undecided, undecided)
PARSE_OF(enum idea_state, idea_state)

void row_text_free(const char *text)
{
    g_free((char *)text);
}

void row_text_set(const char **field, char *text)
{
    row_text_free(*field);
    *field = text;
}

/* Frees a struct and the strings named; each row owns its strings and nothing else. */
static void free_strings(gpointer row, const char *const *strings, gsize n_strings)
{
    for (gsize i = 0; i < n_strings; i++)
        row_text_free(strings[i]);
    g_free(row);
}
#define FREE_ROW(x, ...)                                       \
    do {                                                       \
        if ((x) != NULL) {                                     \
            const char *const strings[] = {__VA_ARGS__};       \
            free_strings((x), strings, G_N_ELEMENTS(strings)); \
        }                                                      \
    } while (0)

void forum_free(struct forum *x)
{
    FREE_ROW(x, x->name, x->title, x->ministry, x->language);
}

void person_free(struct person *x)
{
    FREE_ROW(x, x->public_name, x->language, x->address);
}

void idea_free(struct idea *x)
{
    FREE_ROW(x, x->title);
}

void stage_free(struct stage *x)
{
    FREE_ROW(x, x->from_state, x->to_state, x->by, x->reason, x->by_second, x->was);
}

void post_free(struct post *x)
{
    FREE_ROW(x, x->text, x->language, x->taken_reason);
}

void hold_free(struct hold *x)
{
    FREE_ROW(x, x->address, x->title, x->text, x->language, x->reason, x->code, x->also);
}

void notice_free(struct notice *x)
{
    FREE_ROW(x, x->address, x->language, x->detail, x->last_reply);
}

void stored_message_free(struct stored_message *x)
{
    FREE_ROW(x, x->key, x->envelope_from, x->from_address, x->message_id, x->content_sha256, x->body_sha256, x->subject, x->kind,
             x->failed);
}

void event_free(struct event *x)
{
    FREE_ROW(x, x->kind, x->detail, x->actor);
}

void verdict_clear(struct verdict *v)
{
    row_text_set(&v->reason, NULL);
}
