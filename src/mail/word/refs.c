/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Message ids in header fields: see refs.h. Seen in the wild and read here: ids folded in the middle, commas
 * between ids, comments and quoted phrases around them, no brackets at all, a missing ">", the same id twice,
 * thousands.
 */
#include "mail/word/refs.h"

#include "base/limits.h"

#include <stdbool.h>
#include <string.h>

/* The bytes FROM..TO without blanks, controls and brackets, in valid UTF-8; NULL if nothing is left. */
static char *clean_id(const char *from, const char *to)
{
    g_autoptr(GString) id = g_string_new(NULL);

    for (; from < to && id->len < LIMIT_ID_BYTES; from++)
        if ((guchar)*from > ' ' && *from != 0x7f && *from != '<' && *from != '>')
            g_string_append_c(id, *from);
    if (id->len == 0)
        return NULL;
    return g_utf8_make_valid(id->str, (gssize)id->len);
}

static void keep_id(GPtrArray *ids, char *id)
{
    if (id != NULL)
        g_ptr_array_add(ids, id);
}

/* Keeps the first and the last of the ids after FROM, then of equal ones the last: it is the parent. The
 * ceiling comes first, so comparing each with each stays small and no hash can be aimed at. */
static void limit_ids(GPtrArray *ids, guint from)
{
    if (ids->len - from > LIMIT_REFERENCES)
        g_ptr_array_remove_range(ids, from + 1, ids->len - from - LIMIT_REFERENCES);
    for (guint i = ids->len; i-- > from;)
        for (guint j = i; j-- > from;)
            if (g_str_equal(ids->pdata[i], ids->pdata[j])) {
                g_ptr_array_remove_index(ids, j);
                i--;
            }
}

/* Every <...>. A "<" inside one begins anew, so that a missing ">" costs one id only. */
static void parse_bracketed(const char *raw, GPtrArray *ids)
{
    const char *open = NULL;

    for (const char *at = raw; *at != '\0'; at++) {
        if (*at == '<') {
            open = at + 1;
        } else if (*at == '>' && open != NULL) {
            keep_id(ids, clean_id(open, at));
            open = NULL;
        }
    }
    if (open != NULL && strchr(open, '@') != NULL)
        keep_id(ids, clean_id(open, open + strcspn(open, " \t\r\n,;")));
}

/* A word in brackets that is no id (no "@") counts only if the field has nothing better. */
static void drop_words(GPtrArray *ids, guint from)
{
    bool has_id = false;
    guint kept = from;

    for (guint i = from; i < ids->len; i++)
        has_id = has_id || strchr(ids->pdata[i], '@') != NULL;
    for (guint i = from; has_id && i < ids->len; i++)
        if (strchr(ids->pdata[i], '@') != NULL) {
            char *id = ids->pdata[i];

            ids->pdata[i] = ids->pdata[kept];
            ids->pdata[kept++] = id;
        }
    if (has_id)
        g_ptr_array_set_size(ids, (gint)kept);
}

static void parse_bare(const char *raw, GPtrArray *ids)
{
    static const char *const between = " \t\r\n,;\"()";

    for (const char *at = raw; *at != '\0';) {
        gsize n;

        at += strspn(at, between);
        n = strcspn(at, between);
        if (memchr(at, '@', n) != NULL)
            keep_id(ids, clean_id(at, at + n));
        at += n;
    }
}

void refs_parse(const char *raw, GPtrArray *ids)
{
    guint from = ids->len;

    if (raw == NULL)
        return;
    parse_bracketed(raw, ids);
    if (ids->len == from)
        parse_bare(raw, ids);
    drop_words(ids, from);
    limit_ids(ids, from);
}

char *refs_message_id(const char *raw)
{
    const char *open, *close;

    if (raw == NULL)
        return NULL;
    open = strchr(raw, '<');
    close = open != NULL ? strchr(open, '>') : NULL;
    if (close != NULL)
        return clean_id(open + 1, close);
    raw = open != NULL ? open + 1 : raw + strspn(raw, " \t\r\n");
    return clean_id(raw, raw + strcspn(raw, " \t\r\n"));
}
