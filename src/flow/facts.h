/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks up, once, everything the rules may ask about one recipient of one mail.
 */
#pragma once

#include "flow/gateway.h"
#include "flow/shown.h"
#include "forum/policy.h"

struct looked_up { /* owns the rows that the facts point to */
    struct facts facts;
    const char *recipient;       /* where it came; borrowed */
    gint64 came_at;              /* when its words came first, which phases judge; 0 now. Set by who gathers */
    struct command_line command; /* parsed once */
    struct route route;
    struct forum *forum;
    struct idea *idea;
    struct post *parent;
    struct post *own; /* see struct facts */
    struct person *person;
    GPtrArray *written; /* char *: what the writer said in the discussion before; NULL nothing or no answer to a post */
    struct hold *hold;
    struct person *holder; /* whom a leave or digest address was given to */
    struct person *owner;  /* see struct facts */
    struct list *list;     /* newsletters: see struct facts */
    struct editor *editor;
    struct issue *issue;
    struct subscription *subscription;
    struct wish *wish;
    struct notice *notice; /* of a bounce or digest address, or answered by Message-ID */
    struct shown *shown;   /* entries of the digest that is answered, or that the hold is about; NULL none */
    gint64 seen_at;        /* orders: when the mail that they answer was sent; 0 none was, or it is not known */
    /* Members begin to talk about this public idea among themselves, and IDEA is as their discussion will be; 0 they do not. */
    row_id begins_inner;
    bool is_told;        /* a mail of ours named the discussion to the writer */
    const char *named;   /* the Message-ID by which PARENT was found; M's; NULL another way */
    GPtrArray *portions; /* struct portion: the answers to them; flow/in fills it; NULL there are no entries */
    GArray *chosen;      /* guint: the entries that an answer to "which one?" names */
    char *beside;        /* what else that answer says; NULL nothing */
    guint number; /* what the digest that is answered calls the only discussion it has; 0 it has several, or none is answered */
    guint given;  /* 1 + the entry of it whose own address the mail came to; 0 none */
};

/* What DEED would do to the text of H now: looks up forum, idea and the author's role afresh. A hold that is gone or whose
 * forum is gone cannot be published. */
bool facts_access(struct gateway *g, const struct hold *h, enum access_deed deed, gint64 now, enum access *out, struct err *e);

/* Is PERSON so well known to the moderators of FORUM that their texts are not read first any more? */
bool facts_is_trusted(struct gateway *g, const struct forum *forum, row_id person, gint64 now, bool *out, struct err *e);

/* FROM: lower case or NULL. ENVELOPE_FROM: "" null path. OUT is zero before, but for came_at. */
bool facts_gather(struct gateway *g, const struct message *m, const char *envelope_from, const char *from, const char *recipient,
                  gint64 now, struct looked_up *out, struct err *e);
/* The beginning of it: where RECIPIENT leads, for a forum or an idea the discussion, the post that M answers and the writer, for a digest
 * what it showed. */
bool facts_find_place(struct gateway *g, const struct message *m, const char *from, const char *recipient, struct looked_up *out,
                      struct err *e);
/* The same for one answer among several, as if it had come to the address of that ENTRY of S: TEXT is it. RECIPIENT is where it came,
 * HAS_TOKEN whether that proved itself. */
struct facts_entry {
    const struct shown *shown;
    guint entry;
    bool has_token;
    const char *text;
};
bool facts_gather_entry(struct gateway *g, const struct message *m, const char *envelope_from, const char *from,
                        const char *recipient, gint64 now, const struct facts_entry *entry, struct looked_up *out, struct err *e);
/* The same for one line of an answer to the list of texts that wait, as if it had come to PERSON's address for that HOLD. */
struct facts_held {
    row_id hold, person;
    bool has_token;
    const char *text;
};
bool facts_gather_held(struct gateway *g, const struct message *m, const char *envelope_from, const char *from,
                       const char *recipient, gint64 now, const struct facts_held *held, struct looked_up *out, struct err *e);
/* The same question as of what a mail answers, of its words, when L's text is known: does it say to everybody what the writer could
 * read only among members, six words in a row of it, or the title of their idea? */
void facts_find_inner_words(struct gateway *g, const struct message *m, gint64 now, struct looked_up *l, struct err *e);
/* The text of H, which waits, with "[…]" in place of each run of words that its author could read only among members, and of a new idea
 * the title, which is not theirs either; each NULL: it can stay. Caller frees them. */
bool facts_cut_inner_words(struct gateway *g, const struct hold *h, gint64 now, char **title_out, char **text_out, struct err *e);
/* The forum that R, an address of IDEA, names behind +intern-; 0: there is none of that name, or the idea is not shown in it. */
row_id facts_named_forum(struct gateway *g, const struct route *r, const struct idea *idea, struct err *e);
/* In which forum PERSON (0 nobody) talks about the idea among members: its home, or another one that it is shown in, if that is theirs. */
row_id facts_talks_in(struct gateway *g, const struct idea *idea, row_id person, struct err *e);
void looked_up_clear(struct looked_up *l);
/* The forum of a folded local part: its name, another name of it, or the only one with its skeleton. NULL none. */
struct forum *facts_find_forum(struct gateway *g, const char *name, struct err *e);
/* What only the database knows of a route: which idea the address of a proposal means (0 none); and "NAME+abo" is a newsletter's, or,
 * if there is none of that name, a forum's. */
bool facts_settle_route(struct gateway *g, struct route *r, struct err *e);
/* The address of the author as we key it: first From, lower case; NULL if there is none that mail can be sent to. */
char *facts_from_address(const struct message *m);
