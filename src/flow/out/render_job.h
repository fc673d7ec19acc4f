/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One notice on its way to a mail, between the files that render (render.c, render_rows.c, render_data.c).
 */
#pragma once

#include "base/limits.h"
#include "flow/out/blocks.h"
#include "flow/out/logo.h"
#include "flow/out/render.h"
#include "flow/view/view.h"
#include "forum/route.h"
#include "mail/write/compose.h"
#include "store/subscriptions.h"
#include "store/wishes.h"
#include "text/block.h"
#include "text/markdown.h"
#include "text/wrap.h"

struct digest_news;
struct digest_entry;
struct renderer {
    struct blocks *blocks;    /* what stands in many digests, since renderer_forget() */
    struct digest_news *news; /* of digests, for all readers since renderer_forget() */
    struct gateway *g;
    const struct templates *t;
    /* Rows looked up since renderer_forget(), by id; a missing row is not kept. */
    GHashTable *forums, *ideas, *posts, *persons;
    GHashTable *texts; /* of posts: unwrapped, char * */
    GHashTable *sizes; /* of posts: what they take in a digest, GINT_TO_POINTER */
    GHashTable *lists, *issues;
    struct mail_look *look;
    struct logo *logo;   /* NULL none */
    row_id enclosed_of;  /* of which issue the entities in `enclosed` are; 0 none */
    GPtrArray *enclosed; /* GBytes (mail/write/enclosed.h) */
    char *issue_key;     /* of which issue in which language issue_text is; NULL none */
    struct markdown issue_text;
    struct kept *last; /* the text written last, for the next person who is told the same; NULL none */
};

struct kept {
    char *key; /* what it depends on */
    char *subject, *text, *html, *language;
};
void kept_free(struct kept *k);

struct job {
    struct renderer *r;
    const struct notice *n;
    const struct purpose_row *row; /* of its purpose: what this mail is like */
    struct view v;                 /* who reads it, in which language */
    const char *answers_to;        /* where an answer goes: Reply-To, or From */
    /* Borrowed from the renderer; NULL where the notice names none or the row is gone. */
    const struct forum *forum;
    const struct idea *idea;
    const struct post *post;
    const struct person *person; /* the recipient, if we know them */
    const struct person *author; /* of post */
    const struct list *list;     /* of the newsletter */
    const struct issue *issue;
    /* Owned */
    struct subscription *subscription;
    struct editor *editor; /* the reader, if they may write for the list */
    struct hold *hold;
    struct wish *wish; /* a question to the owner of the address; NULL none, or answered */
    struct stored_message *message;
    struct digest_entry *picked; /* of a digest: job_pick() */
    GString *entries;            /* of a digest: what is shown of it, for its row; NULL otherwise */
    GPtrArray *posts;            /* struct post: of a digest, in its order; NULL otherwise */
    GPtrArray *joined;           /* struct notice: what a mail with news of several ideas still has to tell; NULL otherwise */
    GArray *places;              /* struct text_place: blocks in it; NULL none */
    GString *own_data;           /* what is held about the reader, as a file that goes along; NULL: not asked for */
    struct err *e;
};

/* Looks up what the notice names. False if the database failed. */
bool job_gather(struct job *j);
void job_clear(struct job *j);
/* Rows by id through the renderer's memory; NULL gone, or failed with j->e set. */
const struct forum *job_forum(struct job *j, row_id id);
const struct idea *job_idea(struct job *j, row_id id);
const struct post *job_post(struct job *j, row_id id);
const struct person *job_person(struct job *j, row_id id);
/* May whoever the mail goes to be told anything about IDEA, its title above all? */
bool job_may_read(struct job *j, const struct idea *idea);
/* The post's text as logical lines; owned by the renderer. */
const char *job_post_text(struct job *j, const struct post *post);

const struct list *job_list(struct job *j, row_id id);
const struct issue *job_issue(struct job *j, row_id id);
/* render_issue.c: what newsletters need beside. The rows; the placeholders; BODY with the issue in its place (owned by the caller);
 * the header; the page that ends the subscription (owned by the caller; NULL there are no pages). */
void job_gather_news(struct job *j);
void job_set_news(struct value *data, struct job *j);
char *job_place_issue(struct job *j, const char *body);
void job_newsletter_headers(const struct job *j, struct outgoing *o);
/* What goes along: the issue's files, a citizen's mail as it came for whoever must answer it. False: the database failed. */
bool job_enclose(struct job *j, struct outgoing *o);
char *job_unsubscribe_url(const struct job *j);
void renderer_forget_issue(struct renderer *r);

/* Why the mail is not sent any more, static; NULL: send it. Failed if j->e is set. */
const char *job_reason_to_drop(struct job *j);
/* All placeholders of templates/README that this notice can fill. NULL if the database failed. */
struct value *job_data(struct job *j);
/* Adds what was left out of the mail MESSAGE (0: nothing is known). */
void job_set_left_out(struct value *data, struct job *j, row_id message);
/* Adds the idea's state, who is for it, what happened since (news), where it may go (error-step). */
void job_set_steps(struct value *data, struct job *j);
/* Takes out of the joined notices what there is nothing to say of any more. False: j->e. */
bool job_sift_joined(struct job *j);
/* The texts of a forum that wait for the reader's word. */
void job_set_listed(struct value *data, struct job *j);
/* Adds each of their ideas with what happened to it. */
void job_set_joined(struct value *data, struct job *j);
/* Of a digest: the same of IDEA, which is its entry NUMBER; NULL nothing. Of all others but BUT (ids), numbered behind NUMBER, and
 * phases that end on another day. The last number; of which rings they are. */
struct value *job_stand_of(struct job *j, row_id idea, guint number);
guint job_set_stands(struct value *data, struct job *j, GHashTable *but, guint number, bool *has_public, bool *has_inner);
/* The word for STATE, if it is one. */
void job_set_state(struct value *data, const struct job *j, const char *name, const char *state);
/* Why something was not done, a word. */
void job_set_why(struct value *data, const char *why);
/* What waits in the forum. */
void job_set_actions(struct value *data, struct job *j);
void job_set_waiting(struct value *data, struct job *j);
/* Which phase is meant, and which comes next. */
void job_set_phase(struct value *data, struct job *j);
/* What a proposal is made of. */
void job_set_proposal(struct value *data, struct job *j);
/* Adds what came of the commands of a mail, and what they asked to read. */
void job_set_told(struct value *data, struct job *j);
/* Adds a digest. */
void job_set_digest(struct value *data, struct job *j);
/* Which of its posts are whole, one for each of j->posts; the job's. */
const struct digest_entry *job_pick(struct job *j);
/* What many are told in the same words, written once (render_blocks.c). */
struct block_spec {
    const char *part; /* the template's, "_digest_line" */
    GString *key;     /* all that its words hang on, but for language and part, which are added */
    char *const *own; /* what in it is this reader's own, in that order; ends with NULL */
    void (*fill)(struct job *j, struct value *data, void *user); /* the values of the part, for this reader */
};
/* Adds to ENTRY the block that stands where the part would. False: j->e. */
bool job_set_block(struct job *j, struct value *entry, const struct block_spec *spec, void *user);

/* From whom, to whom, where answers go (render_from.c); the caller's. */
char *job_sender_address(const struct job *j);
char *job_sender_name(const struct job *j);
char *job_recipient(const struct job *j);
char *job_answer_address(struct job *j); /* NULL: to the sender's */
/* Threading and the fields that stand in no text (render_fields.c). */
void job_thread(struct job *j, struct outgoing *o);
void job_add_headers(const struct job *j, struct outgoing *o);
/* Adds what became of the answers to a digest; the entries that a waiting one may be for. */
void job_set_answers(struct value *data, struct job *j);
void job_set_entries(struct value *data, struct job *j);
/* Adds to ENTRY all that we hold about the reader. */
void job_set_own_data(struct value *entry, struct job *j);
/* Adds why the text of the hold waits and what was said about it; the sentences of the reason for which it was refused. */
void job_set_remarks(struct value *data, struct job *j);
void job_set_code(struct value *data, struct job *j);
/* The same of a removal, whose reason begins with the code. */
void job_set_removal(struct value *data, const struct job *j, const char *reason);
/* Of a hold that was refused: what was decided, and what a complaint about it came to. */
void job_set_complained(struct value *data, const struct job *j);
/* To its author: why the text waits, until when somebody should have read it. */
void job_set_waits(struct value *data, struct job *j);
/* Adds the public ideas that are about the same as the one that came. */
void job_set_similar(struct value *data, struct job *j);
/* Of an order about a phase, folded: what somebody else made of that meanwhile, who and when. */
/* PACKED (phase_pack()): how it will stand; of what is wrong with one that was ordered the value that says so. */
void job_set_phase_to_come(struct value *entry, struct job *j, const char *packed);
void job_set_phase_fault(struct value *entry, const char *word);
void job_set_phase_changed(struct value *entry, struct job *j, const char *ordered);
/* The phase ends when the reader thinks it does, or is gone. */
bool job_is_phase_back(struct job *j);
/* News: the idea is where it was before. */
bool job_is_undone(struct job *j);
/* Adds the addresses that end something, where the notice offers them (stopped, error-stop-which). */
void job_set_stops(struct value *data, struct job *j);
/* Adds the links to pages, where there are pages: confirm_url, preferences_url. */
void job_set_links(struct value *data, const struct job *j);
/* The page that ends what this mail is one of, for List-Unsubscribe (RFC 8058). NULL: there are no pages. Caller frees. */
char *job_leave_url(const struct job *j, enum leave what, row_id id);
