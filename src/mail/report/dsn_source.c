/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See dsn_source.h.
 */
#include "mail/report/dsn_source.h"

#include "base/limits.h"
#include "mail/report/dsn.h"
#include "mail/word/refs.h"

#include <string.h>

char *dsn_cut(const char *text, gsize n_max)
{
    return g_utf8_make_valid(text, (gssize)strnlen(text, n_max));
}

char *dsn_leaf_text(const struct entity *e)
{
    const char *bytes;
    gsize n = 0;

    if (e->text != NULL)
        return dsn_cut(e->text, LIMIT_REPORT_BYTES);
    if (e->content == NULL)
        return g_strdup("");
    bytes = g_bytes_get_data(e->content, &n);
    return bytes == NULL ? g_strdup("") : g_utf8_make_valid(bytes, (gssize)MIN(n, LIMIT_REPORT_BYTES));
}

bool dsn_is_attached_mail(const struct entity *e)
{
    return g_str_has_prefix(e->type, "message/rfc822") || g_str_equal(e->type, "message/global");
}

const struct entity *dsn_next_own(const struct entity *root, const struct entity *e)
{
    return dsn_is_attached_mail(e) && e != root ? entity_skip(root, e) : entity_next(root, e);
}

/* Plain text, or what was announced as a multipart and has no parts. Caller frees; NULL if E is neither. */
static char *words_of_part(const struct entity *e)
{
    gsize n = 0;
    const char *bytes;

    if (g_str_equal(e->type, "text/plain") && e->text != NULL)
        return dsn_cut(e->text, LIMIT_REPORT_BYTES);
    if (!g_str_has_prefix(e->type, "multipart/") || e->content == NULL || (e->children != NULL && e->children->len > 0))
        return NULL;
    bytes = g_bytes_get_data(e->content, &n);
    return bytes == NULL ? NULL : g_utf8_make_valid(bytes, (gssize)MIN(n, LIMIT_REPORT_BYTES));
}

char *dsn_report_text(const struct message *m, const struct entity *root)
{
    g_autoptr(GString) text = g_string_new("\n");

    for (const struct entity *e = root; e != NULL && text->len < LIMIT_REPORT_BYTES; e = dsn_next_own(root, e)) {
        g_autofree char *words = words_of_part(e);

        if (words != NULL)
            g_string_append_printf(text, "%s\n", words);
    }
    if (text->str[strspn(text->str, " \t\r\n")] == '\0')
        g_string_append_len(text, m->body, (gssize)strnlen(m->body, LIMIT_REPORT_BYTES));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *copy_value(const struct entity *e, const char *name)
{
    const char *value = entity_value(e, name);

    return value == NULL ? NULL : g_strdup(value);
}

static void take_original_of(struct message *m, const struct entity *mail)
{
    const char *id = entity_raw(mail, "Message-ID");

    m->original = g_new0(struct original, 1);
    m->original->message_id = id == NULL ? NULL : refs_message_id(id);
    m->original->subject = copy_value(mail, "Subject");
    m->original->from = copy_value(mail, "From");
    m->original->to = copy_value(mail, "To");
}

void dsn_find_original(struct message *m, const struct entity *root)
{
    static const char *const header_types[] = {"text/rfc822-headers",    "text/rfc822-header", "message/rfc822-headers",
                                               "message/global-headers", "message/partial",    NULL};

    for (const struct entity *e = root; e != NULL && m->original == NULL; e = dsn_next_own(root, e)) {
        if (dsn_is_attached_mail(e) && e != root && e->children != NULL && e->children->len > 0) {
            take_original_of(m, g_ptr_array_index(e->children, 0));
        } else if (g_strv_contains(header_types, e->type) || (dsn_is_attached_mail(e) && e->children == NULL)) {
            g_autofree char *text = dsn_leaf_text(e);

            dsn_read_original(m, text);
        }
    }
}

/* "\x{HH}" of RFC 6533 to the character; "+HH" is left, for the DSN's fields are no xtext. */
static void append_unescaped(GString *out, const char *from, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        char *end = NULL;
        guint64 c = i + 4 < n && strncmp(from + i, "\\x{", 3) == 0 ? g_ascii_strtoull(from + i + 3, &end, 16) : 0;

        if (end != NULL && *end == '}' && end < from + n && g_unichar_validate((gunichar)c) && c >= 0x80) {
            g_string_append_unichar(out, (gunichar)c);
            i = (gsize)(end - from);
        } else if ((guchar)from[i] > ' ' && from[i] != 0x7f) {
            g_string_append_c(out, from[i]);
        }
    }
}

char *dsn_address(const char *value)
{
    const char *type_end = strchr(value, ';'), *open, *end;
    g_autoptr(GString) out = g_string_new(NULL);

    if (type_end != NULL && memchr(value, '@', (gsize)(type_end - value)) == NULL)
        value = type_end + 1;
    value += strspn(value, " \t\"'");
    if (value[0] == '|' || value[0] == '/') { /* a program or a file; X.400 keeps its blanks */
        g_string_append_len(out, value, (gssize)(value[0] == '|' ? strcspn(value, " \t") : strlen(value)));
        return g_utf8_make_valid(out->str, (gssize)out->len);
    }
    open = strchr(value, '<');
    if (open != NULL && strchr(open, '>') != NULL && strchr(open, '@') != NULL) {
        value = open + 1;
        end = strchr(open, '>');
    } else {
        end = strchr(value, '@');
        end = end == NULL ? value + strcspn(value, " \t(") : end + strcspn(end, " \t()>\"',;");
    }
    append_unescaped(out, value, (gsize)(end - value));
    while (out->len > 0 && strchr("<>\"'.", out->str[out->len - 1]) != NULL)
        g_string_truncate(out, out->len - 1);
    if (out->str[0] == '<')
        g_string_erase(out, 0, 1);
    return g_utf8_make_valid(out->str, (gssize)out->len);
}
