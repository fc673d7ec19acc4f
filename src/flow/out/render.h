/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A notice and what is now true in the store, made a mail: the row says whom we owe what, the texts come from the
 * templates, so what was erased or withdrawn in between is never sent. Who sends decides what to do with the answer
 * and logs it. One renderer belongs to one thread, like its gateway.
 */
#pragma once

#include "flow/gateway.h"
#include "text/templates.h"

enum render_outcome {
    RENDER_OK,
    RENDER_DROP,   /* there is nothing to send any more (erased, withdrawn, decided, switched off): NOTICE_DROPPED */
    RENDER_FAILED, /* see the err: the database, or a template that is wrong; the notice stays due */
};

struct rendered {
    char *envelope_from; /* bounce+...@ the domain, or as its stream has it: names the notice, proved by its MAC */
    char *recipient;     /* the only one; both with A-labels, as SMTP wants them */
    GString *bytes;      /* RFC 5322, CRLF */
    bool is_8bit;        /* not 7 bit: somebody's mail goes along as it came */
    bool needs_utf8;     /* the next hop must offer SMTPUTF8 */
    char *words;         /* what it says, where that is proof (purpose.h); NULL otherwise */
    char *entries;       /* of a digest: what it shows (forum/digest.h); NULL otherwise */
    char *reason;        /* of RENDER_DROP: a word or two, for the row; NULL otherwise */
};

struct renderer;
/* G and T are borrowed. */
struct renderer *renderer_new(struct gateway *g, const struct templates *t);
void renderer_free(struct renderer *r);
/* Rows looked up once are used again for the notices that follow; call this between batches, so that what changed
 * meanwhile is seen. */
void renderer_forget(struct renderer *r);
/* Until then the words of POST are TEXT, for who wants to know what stands around them. */
void renderer_tell(struct renderer *r, row_id post, const char *text);
/* Other templates from the next notice on, borrowed as the ones before. */
void renderer_use(struct renderer *r, const struct templates *t);

/* OUT is zero, or was used before and is overwritten (its buffer is kept). NOW stands in the Date field. */
enum render_outcome render_notice(struct renderer *r, const struct notice *n, gint64 now, struct rendered *out, struct err *e);
void rendered_clear(struct rendered *out);

/* The words of N in LANGUAGE, whether it was sent or not, from what is true NOW: plain text, and *HTML_OUT. NULL if they cannot
 * be told. Both owned by the caller. */
char *render_words(struct renderer *r, const struct notice *n, const char *language, gint64 now, char **html_out, struct err *e);
/* What its template is filled with, for a page that shows the same. NULL: the database failed. Owned by the caller. */
struct value *render_values(struct renderer *r, const struct notice *n, const char *language, gint64 now, struct err *e);
/* Does everybody whom a mail like N tells of its post, of IDEA, read the same words in LANGUAGE, so that they need be told once? */
bool render_is_alike(const struct templates *t, const struct notice *n, const struct idea *idea, const char *language);
/* The languages that its gateway writes in, ends with NULL; borrowed. */
char *const *renderer_languages(const struct renderer *r);

typedef struct renderer renderer_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(renderer_autoptr_t, renderer_free)
#define renderer_auto g_autoptr(renderer_autoptr_t)
