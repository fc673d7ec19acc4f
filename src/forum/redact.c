/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See redact.h.
 */
#include "forum/redact.h"

#include "base/limits.h"

#include <string.h>

#define SHORTEST_CHARS 2 /* of a passage: one letter stands everywhere */

/* Which signs end a passage that begins with this one; "" it begins none. */
static const char *ends_of(gunichar c)
{
    switch (c) {
    case '"':
    case 0x201C: /* “ */
    case 0x201D: /* ” */
        return "\"\u201C\u201D";
    case 0x201E: /* „ */
        return "\u201C\u201D\"";
    case 0x00AB: /* « */
        return "\u00BB";
    case 0x00BB: /* » */
        return "\u00AB";
    default:
        return "";
    }
}

static void add_passage(struct redaction *r, const char *from, gsize n)
{
    g_autofree char *passage = g_strstrip(g_strndup(from, n));

    if (g_utf8_strlen(passage, -1) >= SHORTEST_CHARS)
        g_ptr_array_add(r->passages, g_steal_pointer(&passage));
}

bool redaction_read(const char *argument, struct redaction *out)
{
    g_autoptr(GString) rest = g_string_new(NULL);

    *out = (struct redaction){.passages = g_ptr_array_new_with_free_func(g_free)};
    for (const char *p = argument != NULL ? argument : ""; *p != '\0';) {
        gunichar c = g_utf8_get_char(p);
        const char *ends = ends_of(c), *next = g_utf8_next_char(p), *end = next;
        while (*ends != '\0' && *end != '\0' && g_utf8_strchr(ends, -1, g_utf8_get_char(end)) == NULL)
            end = g_utf8_next_char(end);
        bool is_passage = *ends != '\0' && *end != '\0';
        if (is_passage)
            add_passage(out, next, (gsize)(end - next));
        else
            g_string_append_len(rest, p, next - p);
        p = is_passage ? g_utf8_next_char(end) : next;
    }
    out->reason = g_strdup(g_strstrip(rest->str));
    /* "..." , "..." : what stands between them says nothing */
    gsize n = strspn(out->reason, " ,;:.-\r\n");
    memmove(out->reason, out->reason + n, strlen(out->reason) - n + 1);
    if (out->passages->len > 0 && out->passages->len <= LIMIT_PASSAGES)
        return true;
    redaction_clear(out);
    return false;
}

void redaction_clear(struct redaction *r)
{
    g_clear_pointer(&r->passages, g_ptr_array_unref);
    g_clear_pointer(&r->reason, g_free);
}

const char *redaction_mark(const char *language)
{
    return language == NULL || g_str_has_prefix(language, "de") ? "[von der Moderation gekürzt]"
                                                                : "[shortened by the moderators]";
}

/* The words of PASSAGE with any white space between them. */
static GRegex *pattern_of(const char *passage)
{
    g_auto(GStrv) words = g_strsplit_set(passage, " \t\r\n", -1);
    g_autoptr(GString) s = g_string_new(NULL);

    for (char **w = words; *w != NULL; w++) {
        g_autofree char *word = g_regex_escape_string(*w, -1);
        if (**w != '\0')
            g_string_append_printf(s, "%s%s", s->len > 0 ? "[\\s>]+" : "", word);
    }
    return g_regex_new(s->str, G_REGEX_OPTIMIZE, 0, NULL);
}

char *redaction_apply(const struct redaction *r, const char *text, const char *mark, bool *found)
{
    g_autofree char *out = g_strdup(text);
    bool is_changed = false;

    for (guint i = 0; i < r->passages->len; i++) {
        g_autoptr(GRegex) pattern = pattern_of(r->passages->pdata[i]);
        bool stands = pattern != NULL && g_regex_match(pattern, out, 0, NULL);
        char *next = stands ? g_regex_replace_literal(pattern, out, -1, 0, mark, 0, NULL) : NULL;
        if (found != NULL)
            found[i] |= next != NULL;
        if (next == NULL)
            continue;
        g_free(out);
        out = next;
        is_changed = true;
    }
    return is_changed ? g_steal_pointer(&out) : NULL;
}

char *redaction_apply_quoted(const struct redaction *r, const char *text, const char *mark)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    bool is_changed = false;

    for (guint i = 0; lines[i] != NULL;) {
        g_autoptr(GString) block = g_string_new(lines[i]); /* a run of quoted lines, or one of the author's */
        bool is_quote = *lines[i++] == '>';
        for (; is_quote && lines[i] != NULL && *lines[i] == '>'; i++)
            g_string_append_printf(block, "\n%s", lines[i]);
        g_autofree char *changed = is_quote ? redaction_apply(r, block->str, mark, NULL) : NULL;
        g_string_append(out, changed != NULL ? changed : block->str);
        g_string_append(out, lines[i] != NULL ? "\n" : "");
        is_changed |= changed != NULL;
    }
    return is_changed ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

bool redaction_is_of(const char *redacted, const char *original, const char *mark)
{
    g_auto(GStrv) pieces = g_strsplit(redacted, mark, -1);
    guint n = g_strv_length(pieces);
    const char *at = original;

    if (n == 0 || !g_str_has_prefix(original, pieces[0]) || !g_str_has_suffix(original, pieces[n - 1]))
        return false;
    for (guint i = 0; i < n && at != NULL; i++) {
        at = strstr(at, pieces[i]);
        at = at != NULL ? at + strlen(pieces[i]) : NULL;
    }
    return n > 1 ? at != NULL : strcmp(redacted, original) == 0;
}
