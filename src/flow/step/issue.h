/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An issue of a newsletter, from the draft to its release. Inside a transaction of the caller's; dispatch makes the mails
 * (store/issues.h).
 */
#pragma once

#include "flow/gateway.h"
#include "forum/list.h"
#include "text/markdown.h"

/* What stands in the way. */
enum issue_fault {
    ISSUE_FINE,
    ISSUE_RUNNING,     /* released before, by somebody else or the same */
    ISSUE_NEEDS_OTHER, /* another editor must release what this one drafted */
    ISSUE_NO_IMPRINT,  /* [initiative] imprint is empty: no mail goes to many without it */
    ISSUE_WRONG_STATE, /* nothing to stop, nothing to resume */
};

struct issue_enclosed {     /* borrowed */
    const GPtrArray *files; /* struct issue_file with content, which go along */
    const char *left_out;   /* names of files that came and do not, for the preview; NULL none */
};

/* A new draft; of I: list_id, subject, source, segment, drafted_by, message_id; WITH may be NULL. The range that its blocks tell of
 * is fixed here. Every editor gets the preview, and who drafted it the mail as subscribers get it. */
bool issue_draft(struct gateway *g, const struct list *l, struct issue *i, const struct issue_enclosed *with, gint64 now,
                 row_id *id_out, struct err *e);
/* ADDRESS gets the mail as subscribers do. */
bool issue_test(struct gateway *g, const struct issue *i, const char *address, gint64 now, struct err *e);
/* EDITOR 0: the operator, who may always. AT: not before. Of one that was stopped: it goes on then; of one that waits for its time: it
 * gets this one. Only ISSUE_FINE changed anything. */
bool issue_release(struct gateway *g, const struct list *l, const struct issue *i, row_id editor, gint64 at, gint64 now,
                   enum issue_fault *out, struct err *e);
bool issue_stop(struct gateway *g, const struct issue *i, gint64 now, enum issue_fault *out, struct err *e);
/* Too many of its readers' mailboxes are not there: stopped, if it still runs; its editors and the operator are told. */
bool issue_halt(struct gateway *g, const struct issue *i, gint64 now, struct err *e);
/* AT 0: now, or at the time it was released for, if that has not come. */
bool issue_resume(struct gateway *g, const struct issue *i, gint64 at, gint64 now, enum issue_fault *out, struct err *e);

/* What it is to people: an issue of which mails wait is still being sent. */
enum issue_state issue_shown_state(const struct issue *i);

/* Its Markdown with the blocks filled in from what is public now, in LANGUAGE. Caller frees; NULL if the database failed. */
char *issue_source(struct gateway *g, const struct list *l, const struct issue *i, const char *language, struct err *e);
