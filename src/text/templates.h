/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All our texts by language and name, and the words beside them. Filled once at start (flow/out/texts.h), then never
 * changed, so threads may share it. A name is `purpose-action-reason`; looking up drops the last word until something
 * fits, then tries the fall-back language, so one general text can serve until a special one is written.
 *
 * A mail template's first line is `Subject: ...`, then a blank line, then the body as people read it, at most 72
 * columns wide. Wrapped paragraphs are joined when the template is added: a line break is kept where the next line's
 * first word would still have fitted, and never between lines of a list or around a tag that has its own line.
 * `# `, `## ` and `### ` start headings, `--` alone the footer, `~TAG` alone a part in another language (`~` ends it);
 * only a template can do that, never a value.
 */
#pragma once

#include "text/template.h"

struct templates;
struct templates *templates_new(const char *fallback_language);
void templates_free(struct templates *t);

/* Adds a mail template (with a Subject line) or a partial (name starts with "_", no Subject line). */
bool templates_add(struct templates *t, const char *language, const char *name, const char *source, struct err *e);
/* Adds the words of a language: lines `key = value`, # starts a comment. */
bool templates_add_words(struct templates *t, const char *language, const char *source, struct err *e);

/* The languages that have at least one mail template, sorted; owned by T, ends with NULL. */
const char *const *templates_languages(const struct templates *t);

/* The word for KEY in LANGUAGE or the fall-back language; KEY itself if nobody has it. Never NULL. */
const char *templates_word(const struct templates *t, const char *language, const char *key);
/* "2. März 2026", "2. März 2026, 7:05 Uhr": from the words `date`, `date_time` and month_1..12. Caller frees. */
char *templates_date(const struct templates *t, const char *language, gint64 at, GTimeZone *zone);
char *templates_date_time(const struct templates *t, const char *language, gint64 at, GTimeZone *zone);

/* Has LANGUAGE itself a text for NAME, be it a more general one? */
bool templates_has(const struct templates *t, const char *language, const char *name);
/* Adds a sentence (char *, owned by FINDINGS) for each tag that is not among KNOWN_TAGS and each part that is not there:
 * both would come out as nothing. */
void templates_lint(const struct templates *t, const char *const *known_tags, GPtrArray *findings);

/* ---- Pages: HTML by language and name, beside the mails and never mixed with them. A value is escaped for a text or a
 * quoted attribute, and a page where it would stand anywhere else (page_lint.h) is refused, so that none can break out. */

/* NAME "confirm", or "_head" of a part. */
bool templates_add_page(struct templates *t, const char *language, const char *name, const char *source, struct err *e);
/* Appends the page NAME in LANGUAGE, else in the fall-back language. */
bool templates_write_page(const struct templates *t, const char *language, const char *name, const struct value *data,
                          GString *out, struct err *e);

struct written {
    char *subject;        /* one line */
    char *body;           /* master text: see text/wrap.h */
    const char *language; /* the one that was found; owned by the templates */
};
/* Expands the template that NAME leads to. LANGUAGE may be NULL or longer ("de-AT"). */
bool templates_write(const struct templates *t, const char *language, const char *name, const struct value *data,
                     struct written *out, struct err *e);
void written_clear(struct written *w);
/* Appends the part ("_line") that the text which templates_write() would take puts in. False without failure (E untouched): it
 * puts in none of that name. */
bool templates_write_part(const struct templates *t, const char *language, const char *name, const char *part,
                          const struct value *data, GString *out, struct err *e);
bool templates_has_part(const struct templates *t, const char *language, const char *name, const char *part);
/* Does the text that templates_write() would take use the value KEY? */
bool templates_uses(const struct templates *t, const char *language, const char *name, const char *key);

typedef struct templates templates_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(templates_autoptr_t, templates_free)
#define templates_auto g_autoptr(templates_autoptr_t)
