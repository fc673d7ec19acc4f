/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entities by GMime; see enclosed.h. What GMime is given it owns until its object is freed here, so nothing outlives a call; it writes no
 * field of a mail's own header, which it would mangle (compose.h).
 */
#include "mail/write/enclosed.h"

#include <gmime/gmime.h>
#include <string.h>

#define LINE_BYTES 998 /* RFC 5322 2.1.1 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeDataWrapper, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimePart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeFormatOptions, g_mime_format_options_free)

/* Who sends knows no GMime, so it is made ready here; it does not count by itself which thread comes first. */
static void make_ready(void)
{
    static gsize is_ready;

    if (g_once_init_enter(&is_ready)) {
        g_mime_init();
        g_once_init_leave(&is_ready, 1);
    }
}

static bool is_word(const char *s, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isalnum(s[i]) && strchr("!#$&-^_.+", s[i]) == NULL)
            return false;
    return n > 0 && n <= 127;
}

/* RFC 6838 4.2. What would be taken for words of the mail is a file like any other. */
static const char *safe_type(const char *type)
{
    static const char *const parts_of_mails[] = {"text/", "message/", "multipart/"};
    const char *slash = type != NULL ? strchr(type, '/') : NULL;
    bool is_fit = slash != NULL && is_word(type, (gsize)(slash - type)) && is_word(slash + 1, strlen(slash + 1));

    for (guint i = 0; is_fit && i < G_N_ELEMENTS(parts_of_mails); i++)
        is_fit = g_ascii_strncasecmp(type, parts_of_mails[i], strlen(parts_of_mails[i])) != 0;
    return is_fit ? type : "application/octet-stream";
}

/* Nothing in it leads anywhere or turns the direction of writing around. */
static char *safe_name(const char *name)
{
    GString *out = g_string_new(NULL);
    g_autofree char *valid = g_utf8_make_valid(name != NULL ? name : "", -1);
    glong n = 0;

    for (const char *p = valid; *p != '\0' && n < ENCLOSED_NAME_CHARS; p = g_utf8_next_char(p), n++) {
        gunichar c = g_utf8_get_char(p);
        bool is_odd = strchr("/\\:*?\"<>|", *p) != NULL || g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT;
        if (is_odd)
            g_string_append_c(out, '_');
        else
            g_string_append_unichar(out, c);
    }
    if (out->len == 0 || *out->str == '.')
        g_string_prepend(out, "datei");
    return g_string_free(out, FALSE);
}

static GMimePart *part_of(const char *type, GBytes *content, GMimeContentEncoding encoding)
{
    gsize n;
    const char *data = g_bytes_get_data(content, &n);
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(data != NULL ? data : "", n);
    g_autoptr(GMimeDataWrapper) wrapper = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    const char *slash = strchr(type, '/');
    g_autofree char *main_type = g_strndup(type, (gsize)(slash - type));
    GMimePart *part = g_mime_part_new_with_type(main_type, slash + 1);

    g_mime_part_set_content(part, wrapper);
    g_mime_part_set_content_encoding(part, encoding);
    return part;
}

/* With the name in both fields: some programs read only the older one. */
static void set_name(GMimePart *part, const char *name, const char *disposition)
{
    g_autofree char *safe = safe_name(name);

    g_mime_object_set_disposition(GMIME_OBJECT(part), disposition);
    g_mime_object_set_content_disposition_parameter(GMIME_OBJECT(part), "filename", safe);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "name", safe);
}

static GBytes *write_part(GMimePart *part)
{
    g_autoptr(GMimeFormatOptions) options = g_mime_format_options_new();
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new();

    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_object_write_to_stream(GMIME_OBJECT(part), options, stream);
    GByteArray *written = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    return g_bytes_new(written->data, written->len);
}

GBytes *enclosed_file(const char *name, const char *type, GBytes *content)
{
    make_ready();
    g_autoptr(GMimePart) part = part_of(safe_type(type), content, GMIME_CONTENT_ENCODING_BASE64);
    set_name(part, name, GMIME_DISPOSITION_ATTACHMENT);
    return write_part(part);
}

GBytes *enclosed_picture(const char *id, const char *type, GBytes *content)
{
    make_ready();
    g_autoptr(GMimePart) part = part_of(safe_type(type), content, GMIME_CONTENT_ENCODING_BASE64);
    set_name(part, id, GMIME_DISPOSITION_INLINE);
    g_mime_part_set_content_id(part, id);
    return write_part(part);
}

/* May every relay of today let it pass as it is? */
static bool is_lines(const char *data, gsize n, bool *is_8bit_out)
{
    gsize column = 0;

    *is_8bit_out = false;
    for (gsize i = 0; i < n; i++) {
        if (data[i] == '\r' && i + 1 < n && data[i + 1] == '\n') {
            column = 0;
            i++;
            continue;
        }
        if (data[i] == '\0' || data[i] == '\r' || data[i] == '\n' || ++column > LINE_BYTES)
            return false;
        *is_8bit_out = *is_8bit_out || (data[i] & 0x80) != 0;
    }
    return true;
}

GBytes *enclosed_mail(const char *name, GBytes *mail, bool *is_8bit_out)
{
    gsize n;
    const char *data = g_bytes_get_data(mail, &n);
    g_autofree char *file = g_strconcat(name, ".eml", NULL);

    make_ready();
    if (!is_lines(data, n, is_8bit_out)) {
        *is_8bit_out = false;
        return enclosed_file(file, "application/octet-stream", mail);
    }
    /* An empty part whose fields GMime writes; the mail follows as it is, since no writer may touch it. */
    g_autoptr(GBytes) nothing = g_bytes_new_static("", 0);
    g_autoptr(GMimePart) part =
        part_of("message/rfc822", nothing, *is_8bit_out ? GMIME_CONTENT_ENCODING_8BIT : GMIME_CONTENT_ENCODING_7BIT);
    set_name(part, file, GMIME_DISPOSITION_ATTACHMENT);
    g_autoptr(GBytes) fields = write_part(part);
    gsize n_fields;
    const guint8 *head = g_bytes_get_data(fields, &n_fields);
    GByteArray *all = g_byte_array_sized_new((guint)(n_fields + n));
    g_byte_array_append(all, head, (guint)n_fields);
    g_byte_array_append(all, (const guint8 *)data, (guint)n);
    return g_byte_array_free_to_bytes(all);
}
