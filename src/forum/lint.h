/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an editor should mend before an issue goes out. Pure; one table of rules, each finds its places. None of them forbids
 * anything: a person decides.
 */
#pragma once

#include "forum/list.h"
#include "text/markdown.h"

enum lint {
    LINT_REMOTE,     /* a picture or anything else that is fetched from elsewhere: it is left out */
    LINT_REDIRECTOR, /* a link that leads through a counter of clicks */
    LINT_DISGUISED,  /* the link's text is an address of another place */
    LINT_NO_ALT,     /* a picture without description */
    LINT_SENTENCE,   /* of more than LINT_SENTENCE_WORDS words */
    LINT_CAPITALS,
    LINT_IMPRINT,    /* the initiative has none */
    LINT_SUBJECT,    /* of more than LINT_SUBJECT_CHARS characters */
    LINT_ATTACHMENT, /* of more than LINT_ATTACHMENT_BYTES */
    LINT_PRIVATE,    /* a mail address that is neither ours nor an office's */
    LINT_HTML,       /* raw HTML: it is left out */
    LINT_TABLE,      /* what mails cannot show: it would stand there as lines of strokes */
    LINT_SIGNS,      /* pictures in the subject, which screen readers read aloud */
    N_LINTS
};
#define LINT_SENTENCE_WORDS   25
#define LINT_SUBJECT_CHARS    70
#define LINT_ATTACHMENT_BYTES (200 * 1000)

struct lint_issue { /* borrowed */
    const char *subject;
    const char *source; /* Markdown */
    const struct markdown *markdown;
    const char *own_domain;
    const char *contact; /* the operator's address */
    bool has_imprint;
    const GPtrArray *files; /* struct issue_file: what goes along; NULL none */
};

/* Calls for each place that a rule finds, WHERE is short and one line. */
typedef void lint_found(enum lint what, const char *where, void *user);
void lint_look(const struct lint_issue *i, lint_found *found, void *user);
const char *lint_name(enum lint what); /* "lint-remote": key of its sentence in templates/LANGUAGE/words */
