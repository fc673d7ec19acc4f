/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mails we owe: one row of purpose.def each. Whoever makes a mail due names its purpose and what it is about; the row says
 * the rest, from the stream it waits in to the address that answers go to. Nothing else in the program knows a mail by its
 * name. Columns say what is usual with their first value, so a row of the table names only what is special.
 */
#pragma once

#include <stdbool.h>

enum purpose {
    PURPOSE_NONE, /* no mail; also how a row is read whose word no program of ours knows */
#define PURPOSE(id, word, ...) PURPOSE_##id,
#include "forum/purpose.def"
#undef PURPOSE
    N_PURPOSES
};

enum stream { STREAM_TRANSACTIONAL, STREAM_FORUM, STREAM_BULK };
#define N_STREAMS 3

/* What the notice must name for there to be something to say. */
enum about_what {
    ABOUT_MESSAGE,
    ABOUT_NOTHING,
    ABOUT_FORUM,
    ABOUT_IDEA,
    ABOUT_POST,
    ABOUT_HOLD,
    ABOUT_DIGEST,
    ABOUT_PERSON,
    ABOUT_ISSUE,
    ABOUT_SUBSCRIPTION
};
/* When it is not sent any more, as the world is when its turn comes. */
enum drop {
    DROP_DECIDED = 1 << 0,        /* the hold is no longer open */
    DROP_REVIEWED = 1 << 1,       /* the post no longer waits for a moderator */
    DROP_NOT_PUBLIC = 1 << 2,     /* the post is not public, or no more */
    DROP_TAKEN_AGAIN = 1 << 3,    /* the post was taken back once more */
    DROP_DELETED = 1 << 4,        /* the post's text is gone */
    DROP_NOT_WANTED = 1 << 5,     /* the reader stopped the idea, left, or chose a digest */
    DROP_IDEA_UNKNOWN = 1 << 21,  /* the idea may not be read, and not for a reason that may be told: taken back, removed */
    DROP_IDEA_HIDDEN = 1 << 6,    /* the idea may not be named to everybody: a yes would be refused */
    DROP_NO_MEMBER = 1 << 7,      /* of an inner discussion: the reader is no member any more */
    DROP_NOTHING_LEFT = 1 << 9,   /* no post of the digest is left */
    DROP_UNDONE = 1 << 10,        /* the idea is where it was before */
    DROP_NO_WISH = 1 << 11,       /* it was answered, or its time is over */
    DROP_STOPPED = 1 << 12,       /* the issue was stopped; it is due again when that is undone */
    DROP_NO_STAFF = 1 << 13,      /* the reader has no part in leading the forum any more */
    DROP_UNSUBSCRIBED = 1 << 14,  /* the reader does not get the newsletter any more */
    DROP_ANSWERED = 1 << 15,      /* the subscription needs no yes any more */
    DROP_NO_SECOND = 1 << 16,     /* the reader may not release what an office says */
    DROP_RESTORED = 1 << 20,      /* what was taken down is public again */
    DROP_PHASE_BACK = 1 << 19,    /* the phase ends when its reader thinks it does */
    DROP_NOT_FOLLOWED = 1 << 18,  /* the reader stopped the idea meanwhile */
    DROP_JUDGED = 1 << 22,        /* the complaint is decided, or its text was taken back */
    DROP_HEARD = 1 << 23,         /* something happened to the idea: it is not silent any more */
    DROP_NOTHING_WAITS = 1 << 24, /* no text of the forum waits for the reader's word */
    DROP_NO_EDITOR = 1 << 17,     /* nor may the reader write for the newsletter */
};
/* Why, in the row of the notice: a post that comes back finds by it what was not told meanwhile. */
#define DROPPED_NOT_PUBLIC  "not public"
#define DROPPED_IDEA_HIDDEN "idea not public"
#define DROPPED_UNDONE      "undone" /* what it would have told was undone before it left */
/* These two stand in the journal as well: what is promised to be said, and need not be. */
#define DROPPED_JUDGED "complaint decided"
#define DROPPED_HEARD  "something happened"
enum sender {
    SENDER_FORUM,  /* the forum's address; hilfe@ where there is none */
    SENDER_IDEA,   /* the idea's, an inner discussion's own for each member; as above where there is none */
    SENDER_AUTHOR, /* the same, in the name of the post's author */
    SENDER_POSTMASTER,
    SENDER_LIST, /* the newsletter's */
};
enum answer {
    ANSWER_SENDER,
    ANSWER_QUESTION,  /* the hold's token; an answer that comes elsewhere, by its thread, is led there too */
    ANSWER_TOKEN,     /* the hold's token, where there is a hold */
    ANSWER_WISH,      /* the wish's token */
    ANSWER_ASKED,     /* to the question that was misunderstood, the author's or the moderator's */
    ANSWER_MODERATOR, /* the hold's token of this moderator; led there as ANSWER_QUESTION */
    ANSWER_POST,      /* the post's token of this reader */
    ANSWER_AUTHOR,    /* what the reader writes there goes to the author of the idea alone */
    ANSWER_DIGEST,
    ANSWER_LEAVE,     /* the address that asks what shall not be sent any more */
    ANSWER_HELP,      /* hilfe@, where orders of who leads a forum are read, a line each */
    ANSWER_CONTACT,   /* a person at the operator */
    ANSWER_WRITER,    /* the mail's author: only the operator may be told that address */
    ANSWER_SUBSCRIBE, /* the subscription's token: a yes there makes it */
    ANSWER_READER,    /* the subscription's: STOPP there ends it, anything else reaches people */
    ANSWER_EDITOR,    /* the issue's token of this editor */
};
enum thread {
    THREAD_MAIL,  /* below the mail it answers */
    THREAD_POST,  /* as the post itself, below its parent: the same for all its readers */
    THREAD_ALONE, /* the Message-ID of somebody else's mail is none of the reader's business */
};
/* RFC 2369, 2919: only on mail that goes to many. */
enum list_kind {
    LIST_NONE,
    LIST_IDEA,
    LIST_NEWS,
    LIST_DIGEST,
    LIST_NEWSLETTER
}; /* NEWS: of several ideas, so STOPP asks which */
/* As an automatic answer: against LIMIT_REPLIES_PER_DAY of the mailbox, and one of a kind a day; COMMANDS: of somebody whom we
 * know and who proves to be them LIMIT_TRANSCRIPTS_PER_DAY, of who leads a forum LIMIT_TRANSCRIPTS_STAFF, and not among all; WORDS: to
 * who proved to have written LIMIT_TRANSCRIPTS_PER_DAY, too, since it is their own text that comes back. */
enum ceiling { CEILING_NONE, CEILING_DAY, CEILING_COMMANDS, CEILING_WORDS };
/* What the notice's detail is. */
enum detail {
    DETAIL_LINE,     /* a line, addresses masked: {{detail}} */
    DETAIL_REASON,   /* somebody's reason, whole: {{reason}} */
    DETAIL_WORDS,    /* what the mail said: {{detail_quoted}} */
    DETAIL_WHY,      /* a word: {{is_WORD}} */
    DETAIL_RETURNED, /* a word, and below it what was written, as in WHY and WORDS */
    DETAIL_NAME,     /* of a phase; not shown itself */
    DETAIL_TOLD,     /* what came of commands, a line each; not shown itself */
    DETAIL_ANSWERS,  /* what became of the answers to a digest, a line each; not shown itself */
    DETAIL_WISH,     /* the number of a wish, or what it was; not shown itself */
    DETAIL_STEP,     /* the number of a step; not shown itself */
};
/* What is shown beside forum, idea, post, hold and message, which are shown wherever the notice names them. */
enum show {
    SHOW_POST_QUOTED = 1 << 0,
    SHOW_CAREFULLY = 1 << 1,    /* without links and at most so long, while From is not proved */
    SHOW_NAME_IN_TEXT = 1 << 2, /* the writer's name where it stands in the text that waits */
    SHOW_NAME_FAULT = 1 << 3,   /* why a name cannot be shown */
    SHOW_DECISION = 1 << 4,     /* what somebody decided about the hold */
    SHOW_FORUMS = 1 << 5,       /* all that are open */
    SHOW_STOPS = 1 << 6,        /* the addresses that end something */
    SHOW_STOP_IDEAS = 1 << 7,   /* also of single ideas */
    SHOW_FILED = 1 << 8,        /* whether the operator keeps what was withdrawn */
    SHOW_REPORTS = 1 << 9,      /* what the operator is told together */
    SHOW_WAITING = 1 << 10,     /* ideas of the forum that wait for a sign */
    SHOW_PHASE = 1 << 11,       /* the phase that ended, changed, or comes next */
    SHOW_PROPOSAL = 1 << 12,    /* what the proposal is made of and where it stands */
    SHOW_STEPS = 1 << 13,       /* what happened to the idea since, and how many are for it */
    SHOW_REMARKS = 1 << 14,     /* why the text waits, what was said about it */
    SHOW_SIMILAR = 1 << 15,     /* ideas about the same as the one that came */
    SHOW_CODE = 1 << 16,        /* the sentences of the reason for which it was refused */
    SHOW_ISSUE = 1 << 17,       /* the issue as its readers get it */
    SHOW_PREVIEW = 1 << 18,     /* who gets it, what is wrong with it, how it is released */
    SHOW_ORIGINAL = 1 << 19,    /* the mail as it came goes along, for who must answer it */
    SHOW_ROOM = 1 << 20,        /* how large an issue may be */
    SHOW_DESK = 1 << 21,        /* the link that opens the desk */
    SHOW_ENTRIES = 1 << 22,     /* the entries of the digest that a waiting text answers */
    SHOW_LISTED = 1 << 25,      /* the texts of the forum that wait, each with the address of this moderator */
    SHOW_HELD = 1 << 24,        /* why its author's text waits, until when, and when somebody is there */
    SHOW_LEFT_OUT = 1 << 23,    /* what of the answered mail cannot be shown; without it only of posts and texts that wait */
};

struct purpose_row {
    const char *word;
    enum stream stream;
    enum about_what about;
    unsigned drop; /* enum drop */
    enum sender sender;
    enum answer answer;
    enum thread thread;
    enum list_kind list;
    enum ceiling ceiling;
    enum detail detail;
    unsigned shows;  /* enum show */
    bool is_unasked; /* no answer to a mail of the reader's: Auto-Submitted: auto-generated, else auto-replied (RFC 3834) */
    bool is_for_operator;
    bool is_proof; /* its words are kept with the consent once they were sent */
};

/* Its row; for PURPOSE_NONE one with the word "none" that says nothing. */
const struct purpose_row *purpose_row(enum purpose p);
const char *purpose_name(enum purpose p);
/* By value, NULL at the end: for the column of the database. */
extern const char *const purpose_names[];
