/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may write and who may read, asked at the moment of the deed. Pure. What was true when a mail came in need not be
 * true when its author says yes or a moderator releases it: they left the forum, the forum was closed, the idea was
 * withdrawn or removed, somebody else decided. So the same question is asked by the rules (policy.h), by the steps of
 * a contribution (flow/step/content.h) and at the desk (forumpost hold).
 */
#pragma once

#include "forum/model.h"

enum access_deed {
    DEED_WRITE,   /* a mail comes in */
    DEED_CONFIRM, /* its author says yes to a text that waits */
    DEED_RELEASE, /* a moderator lets out a text that waits */
};

enum access {
    ACCESS_GRANTED,
    ACCESS_DECIDED,       /* somebody decided the hold before */
    ACCESS_EXPIRED,       /* the time for the author's yes is over */
    ACCESS_CLOSED,        /* the forum takes nothing any more */
    ACCESS_MEMBERS_ONLY,  /* the author is not, or no longer, a member */
    ACCESS_IDEA_NOT_OPEN, /* the idea is not public yet, or no more */
    ACCESS_OWN_TEXT,      /* who wants to decide wrote it */
};

struct access_facts { /* borrowed */
    enum access_deed deed;
    const struct forum *forum;
    const struct idea *idea; /* NULL: a new one */
    const struct hold *hold; /* NULL: none, DEED_WRITE */
    enum ring ring;
    enum role role; /* of the author, now */
    gint64 now;
};

/* May the text be published now? A forum's end is asked when a text comes and when its author says yes; what was said
 * in time may still be released. */
enum access access_ask(const struct access_facts *f);
/* The rule's name, as `forumpost explain` shows it; NULL for ACCESS_GRANTED. */
const char *access_rule(enum access a);
/* The mail that tells the author; PURPOSE_NONE where there is nothing to tell. */
enum purpose access_answer(enum access a);
/* The same as a sentence for the command line. */
const char *access_sentence(enum access a);

/* May somebody in ROLE, or its author, be told anything about IDEA, its title above all? */
bool access_may_read(const struct idea *idea, enum role role, bool is_author);
/* Is the number of IDEA known to the world, so that anybody may write to its plain address? */
bool access_is_known(const struct idea *idea);

/* May ROLE draft an official answer, release what another person drafted, write a note? */
bool official_may_draft(enum role role);
bool official_may_release(enum role role);
bool official_may_note(enum role role);
