/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The texts we send: a subset of mustache (variables, sections, inverted sections, comments, set delimiters, dotted
 * names, partials from files; no lambdas, no partial named by data) and the small tree of values that fills it.
 * Pure: sources come from the caller (flow/out/texts.h reads the files). A compiled template never changes, so it can be
 * expanded any number of times; the cost is linear in template, data and output, and limited by base/limits.h.
 */
#pragma once

#include "base/err.h"

#include <glib.h>
#include <stdbool.h>

/* ---- Values: a string, a bool, a list or a map. A tree has one owner: what is put into another is owned by it. */
struct value;
struct value *value_string(const char *text); /* copies; NULL is the empty string */
struct value *value_take(char *text);         /* takes over TEXT */
struct value *value_bool(bool is_true);
struct value *value_list(void);
struct value *value_map(void);
struct value *value_written(GBytes *page); /* what a page's template wrote: put into another one as it is. Takes a reference */
/* Under the name of a part ("_line") in a map of a list: in a mail the block N stands where that part would (text/block.h). */
struct value *value_block(guint n);
void value_append(struct value *list, struct value *item);
/* A key is set once; the last one wins in lookups. KEY is copied. */
void value_set(struct value *map, const char *key, struct value *item);
void value_set_string(struct value *map, const char *key, const char *text); /* NULL or "": left out, so falsy */
void value_set_line(struct value *map, const char *key, const char *text);   /* the same, made one line */
void value_set_number(struct value *map, const char *key, gint64 number);
void value_set_bool(struct value *map, const char *key, bool is_true);
guint value_length(const struct value *list);
void value_free(struct value *v);

typedef struct value value_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(value_autoptr_t, value_free)
#define value_auto g_autoptr(value_autoptr_t)

/* ---- What a value may not do where it lands. */
enum escape {
    ESCAPE_NONE,
    ESCAPE_TEXT, /* plain text: LF line ends, no controls but tab and LF, no bidi overrides */
    ESCAPE_LINE, /* a header's or subject's text: as TEXT, and every run of white space becomes one blank */
    ESCAPE_HTML, /* text or a quoted attribute: & < > " ' as references, no controls */
};
/* Appends TEXT to OUT, made harmless for WHERE. Invalid UTF-8 becomes U+FFFD. */
void escape_append(GString *out, const char *text, enum escape where);

/* ---- One template. */
struct template;
/* NULL if the source is malformed; E then names NAME, the line and what is wrong. */
struct template *template_compile(const char *name, const char *source, struct err *e);
/* Gives the template of a {{>partial}}, NULL if there is none (then it expands to nothing). */
typedef const struct template *template_finder(const char *name, const void *finder_data);
/* Appends the expansion to OUT. FIND may be NULL. False if a limit is hit; OUT then holds a part. */
bool template_expand(const struct template *t, const struct value *data, enum escape where, template_finder *find,
                     const void *finder_data, GString *out, struct err *e);
/* True if T, or a part it puts in, uses the value NAME (of the first part of a dotted name). */
bool template_uses(const struct template *t, const char *name, template_finder *find, const void *finder_data);
/* Does T itself put in the part NAME? */
bool template_uses_part(const struct template *t, const char *name);
/* Called for each tag of T itself that stands for something: the first part of a dotted name, or a part's name. */
typedef void template_name_seen(const char *template_name, const char *name, bool is_partial, const void *user);
void template_each_name(const struct template *t, template_name_seen *seen, const void *user);
void template_free(struct template *t);

typedef struct template template_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(template_autoptr_t, template_free)
#define template_auto g_autoptr(template_autoptr_t)
