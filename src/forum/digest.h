/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which posts belong in whose digest, and when one is due. Pure. The scale of a digest is the order of publication: a
 * post's place. A reader's digest covers the places (from, to], so what it told once is never told again.
 */
#pragma once

#include "forum/model.h"

struct digest_post { /* a published post, as far as choosing goes; once for each forum that its idea is shown in */
    gint64 place;
    row_id forum_id, idea_id, person_id; /* person: the author */
    gint64 at;
    enum ring ring;
};
struct digest_reader { /* one person's place in one forum */
    row_id person_id, forum_id;
    enum role role;
    gint64 told_since;               /* since when by this delivery */
    int digest_hour, digest_weekday; /* the person's, as in struct person */
    gint64 last_to, last_made_at;    /* of the person's last digest by this delivery; 0 none */
    enum delivery delivery;          /* digests_places(): how they are told there */
};
struct digest_choice { /* one digest */
    gint64 from, to;   /* places it covers: (from, to] */
    gint64 n_posts;    /* never 0 */
    row_id forum_id;   /* if all are in one forum, else 0 */
};

struct digest_entry { /* a post in the digest of one reader */
    row_id idea_id;
    bool is_official; /* or a note of the moderators */
    bool is_answer;   /* to a post of the reader */
    bool is_in_own;   /* the idea is the reader's */
    gint64 n_bytes;   /* that it would take in the mail, as it is sent, in both forms */
    bool is_whole;    /* out: its text is shown, else one line */
};
/* Nobody reads two hundred texts: of many those that matter are shown whole. What is official comes first, then answers to
 * the reader, then what was written to ideas of theirs, then the ideas most discussed; among equals the earlier. All are
 * shown while they are few and short (limits.h), and the first of them always. Entries of one idea stand together. */
void digest_pick(struct digest_entry *entries, guint n_entries);

/* What a digest showed, in its order, as its row keeps it: each post with the number of its discussion. */
void digest_shown_add(GString *entries, guint number, row_id post);
/* The next of them; false at the end. *PLACE is the text at first. */
bool digest_shown_next(const char **place, guint *number_out, row_id *post_out);

/* The latest moment not after NOW at which a digest of DELIVERY leaves for somebody who chose HOUR and, for weekly
 * ones, WEEKDAY (1 Monday). A digest is due if the last one was made before it. */
gint64 digest_slot(gint64 now, GTimeZone *zone, enum delivery delivery, int hour, int weekday);

/* The published posts of a run. POSTS (struct digest_post, ascending places) is borrowed and must live as long. */
struct digest_index;
struct digest_index *digest_index_new(const GArray *posts);
void digest_index_free(struct digest_index *x);

/* True if a reader hears of the post at all: not their own, since they are told that way, and inside a ring they are
 * in. */
bool digest_concerns(const struct digest_post *post, const struct digest_reader *reader);
/* The digests (struct digest_choice) of one person, who has N_READERS places in forums: one, or several that follow
 * each other if there are more than MOST posts, or none. STOPPED holds the ids of ideas (row_id *) the person wants to
 * hear nothing of; NULL none. */
GArray *digest_choose(struct digest_index *x, const struct digest_reader *readers, guint n_readers, GHashTable *stopped,
                      gint64 from, gint64 to, gint64 most);
