/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See logo.h. Only PNG: its size stands in its first bytes (ISO 15948, 5.2 and 11.2.2), and every mail program shows it.
 */
#include "flow/out/logo.h"

#include "mail/write/enclosed.h"

#include <string.h>

#define HEAD_BYTES 24 /* signature, length and name of the first chunk, width, height */

static guint32 number_at(const char *bytes)
{
    guint32 n;

    memcpy(&n, bytes, sizeof n);
    return GUINT32_FROM_BE(n);
}

static bool read_size(const char *bytes, gsize n_bytes, struct mail_picture *out)
{
    static const char signature[] = "\x89PNG\r\n\x1a\n";

    if (n_bytes < HEAD_BYTES || memcmp(bytes, signature, 8) != 0 || memcmp(bytes + 12, "IHDR", 4) != 0)
        return false;
    guint64 width = number_at(bytes + 16), height = number_at(bytes + 20);
    if (width == 0 || height == 0 || width > 10000 || height > 10000)
        return false;
    out->height = LOGO_HEIGHT;
    out->width = (guint)MAX(width * LOGO_HEIGHT / height, 1);
    if (out->width > LOGO_WIDTH_MOST) {
        out->width = LOGO_WIDTH_MOST;
        out->height = (guint)MAX(height * LOGO_WIDTH_MOST / width, 1);
    }
    return true;
}

bool logo_load(const struct settings *s, struct logo **out, struct err *e)
{
    g_autofree char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    struct mail_picture picture = {.id = "logo"};
    gsize n_bytes;

    *out = NULL;
    if (s->initiative_logo == NULL || *s->initiative_logo == '\0')
        return true;
    if (!g_file_get_contents(s->initiative_logo, &bytes, &n_bytes, &error))
        return err_set(e, ERR_CONFIG, "[initiative] logo: %s", error->message);
    if (n_bytes > LIMIT_LOGO_BYTES)
        return err_set(e, ERR_CONFIG, "[initiative] logo: %s has %" G_GSIZE_FORMAT " bytes, at most %d go into every mail",
                       s->initiative_logo, n_bytes, LIMIT_LOGO_BYTES);
    if (!read_size(bytes, n_bytes, &picture))
        return err_set(e, ERR_CONFIG, "[initiative] logo: %s is no PNG file", s->initiative_logo);
    g_autoptr(GBytes) content = g_bytes_new_static(bytes, n_bytes);
    struct logo *l = g_new0(struct logo, 1);
    l->entity = enclosed_picture(picture.id, "image/png", content);
    l->text = g_strdup(s->initiative_logo_text != NULL && *s->initiative_logo_text != '\0' ? s->initiative_logo_text
                                                                                           : s->initiative_title);
    l->picture = picture;
    l->picture.text = l->text;
    *out = l;
    return true;
}

void logo_free(struct logo *l)
{
    if (l == NULL)
        return;
    g_clear_pointer(&l->entity, g_bytes_unref);
    g_free(l->text);
    g_free(l);
}
