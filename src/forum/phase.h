/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phases of an initiative: what is taken when. Pure; times are unix seconds, a phase lasts whole days of the initiative's zone, so FROM is
 * a midnight and TO the one after its last day. Without any phase for a forum everything is taken, with several what any of them allows,
 * between them nothing. Commands, STOPP, answers to questions, taking back, moderation and official answers are always taken.
 */
#pragma once

#include "forum/model.h"

enum phase_kind {                          /* bits */
                  PHASE_IDEA = 1 << 0,     /* new ideas */
                  PHASE_REPLY = 1 << 1,    /* contributions to ideas */
                  PHASE_SUPPORT = 1 << 2,  /* being for an idea */
                  PHASE_FEEDBACK = 1 << 3, /* contributions to proposals, and being for them */
                  PHASE_INNER = 1 << 4,    /* what members write among themselves */
};
/* What of a phase stands in the journal: bits. */
enum phase_instant { PHASE_OPENED = 1 << 0, PHASE_CLOSED = 1 << 1 };
struct phase {
    const char *name;
    row_id forum_id;       /* 0 the whole initiative */
    gint64 from_at, to_at; /* to_at: the first second after it; 0 no end */
    gint64 allows;         /* bits of enum phase_kind */
    gint64 n_changes;      /* of its end */
    gint64 changed_at;     /* when somebody made it what it is; 0 not known */
    row_id changed_by;     /* and who; 0 the operator */
    gint64 journaled;      /* bits of enum phase_instant */
};
void phase_free(struct phase *p);
/* What of it has come by NOW and is not in the journal: bits of enum phase_instant. Told once, however often a clock passes it. */
gint64 phase_passed(const struct phase *p, gint64 now);
/* Of P, changed at NOW, what stands in the journal of what it says now: what lies ahead is still to come, and one that was over begins again. */
gint64 phase_journaled(const struct phase *p, gint64 now);

/* Is KIND taken in FORUM at AT? PHASES: struct phase, all of the initiative. GRACE seconds after its end a phase still takes. */
bool phase_allows(const GPtrArray *phases, row_id forum, enum phase_kind kind, gint64 at, gint64 grace);
/* The first phase that takes it; NULL none. */
const struct phase *phase_taking(const GPtrArray *phases, row_id forum, enum phase_kind kind, gint64 at, gint64 grace);
/* The phase that allowed KIND and ended last before AT, the one that will allow it next; NULL none. */
const struct phase *phase_last(const GPtrArray *phases, row_id forum, enum phase_kind kind, gint64 at);
const struct phase *phase_next(const GPtrArray *phases, row_id forum, enum phase_kind kind, gint64 at);

/* What an office orders: "zuhoeren 1 3 2027 bis 10 4 2027 erlaubt idee antwort im forum energie", "zuhoeren ab 1 3", "zuhoeren titel
 * englisch", folded. */
struct phase_order {
    char *name;     /* as one writes a phase's; owned */
    char *forum;    /* as it is called; NULL not said; owned */
    char *language; /* of its title; NULL the initiative's first; owned */
    int from, to;   /* when_day() of its first and its last day; 0 not said */
    bool is_open;   /* it shall have no last day */
    bool is_title;  /* its title alone, which stands behind the colon */
    gint64 allows;  /* bits of enum phase_kind; 0 not said */
};
/* False: it is none. The caller clears OUT in either case. */
bool phase_order(const char *folded, struct phase_order *out);
void phase_order_clear(struct phase_order *o);
typedef struct phase_order phase_order_auto_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(phase_order_auto_t, phase_order_clear)
/* The one that somebody calls so: an umlaut may be written either way, a hyphen left out. NULL none, or several could be meant. */
const struct phase *phase_named(const GPtrArray *phases, const char *name);
/* One that could be mistaken for NAME, which shall be a new one's; NULL none. */
const struct phase *phase_like(const GPtrArray *phases, const char *name);
/* Can a phase, a field of action or a goal be called so? A word of a-z, 0-9 and -, no idea's address. */
bool phase_is_name(const char *name);
/* What a phase says, as a number that is another one if it is changed; of NULL, one that is not there, too. Never 0. */
gint64 phase_mark(const struct phase *p);

/* What the mail about another end carries: the phase's name, and the end that its reader knows (0 none). Caller frees. */
char *phase_told(const char *name, gint64 end);
gint64 phase_told_end(const char *told);
/* Of those PHASES the one that TOLD, or just a name, means; NULL it is gone. */
const struct phase *phase_called(const GPtrArray *phases, const char *told);

/* "idea,reply" <-> bits; 0 if one is none. phase_kind_names: by bit, NULL at the end. */
gint64 phase_kinds_parse(const char *words);
char *phase_kinds_text(gint64 kinds); /* caller frees */
extern const char *const phase_kind_names[];
