/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A copy of everything that an installation is, made while it works, and the way back. A backup is a folder:
 *
 *     BACKUP          what it is, when and by which version it was made, the digest of the database
 *     forumpost.db    the database as of one moment, one file
 *     spool/blob/     the large mails that it names
 *     spool/failed/   the mails that were set aside
 *     forumpost.conf  the configuration, to read; it is not put back
 *
 * Everything that was answered 250 before the backup began is in it. A plain copy of the database's file is no backup: what
 * was committed last still lies in the -wal file beside it.
 */
#pragma once

#include "flow/gateway.h"

struct backup_report {
    gint64 made_at;
    gint64 n_bytes; /* of all files */
    gint64 n_blobs, n_failed;
};

/* Makes the folder TO, which must not exist, in one step once all is verified: structure of the copy, references, the
 * journal's chain, each blob against its name. The journal has a line before. G is open for writing and in no transaction. */
bool backup_make(struct gateway *g, const char *to, struct backup_report *out, struct err *e);

struct restore_wish {
    bool drops_news;  /* mails about posts and digests that were owed then are not sent again */
    gint64 next_idea; /* number of the first new idea; 0: RESTORE_IDEA_GAP behind the last one of the backup */
};
struct restore_report {
    gint64 made_at;
    gint64 n_blobs, n_failed;
    gint64 n_owed; /* mails that will be sent, perhaps for the second time */
    gint64 n_dropped;
    gint64 next_idea;
};
/* Puts the backup FROM where SETTINGS say the database and the spool are. There must be no database; the spool may have
 * files, and nothing in it is overwritten. The numbers of ideas, posts, holds, mails, digests and people go on behind a gap,
 * so that what was given out after the backup and is lost now is never given to something else: tokens, numbers and
 * Message-IDs stand in people's mailboxes. ACTOR: who sits here, for the journal. */
bool restore_run(const struct settings *settings, const char *from, const struct restore_wish *wish, const char *actor,
                 struct restore_report *out, struct err *e);
