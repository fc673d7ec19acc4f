/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See attached.h.
 */
#include "mail/mime/attached.h"

#include "base/digest.h"
#include "mail/message/entity.h"
#include "mail/word/decode.h"

#include <string.h>

static GBytes *decode(const char *from, gsize n, guint32 transfer)
{
    bool is_broken = false; /* the reader has said so */

    if (transfer == TRANSFER_IDENTITY)
        return g_bytes_new(from, n);
    if (transfer == TRANSFER_BASE64)
        return decode_base64(from, n, &is_broken);
    return transfer == TRANSFER_QP ? decode_qp(from, n, &is_broken) : NULL;
}

GBytes *attached_content(const char *mail, gsize n_bytes, const struct attachment *a)
{
    if (a->n_raw == 0 || a->at > n_bytes || a->n_raw > n_bytes - a->at)
        return NULL;
    g_autoptr(GBytes) content = decode(mail + a->at, a->n_raw, a->transfer);
    gsize n = 0;
    const void *data = content != NULL ? g_bytes_get_data(content, &n) : NULL;
    if (data == NULL || n != a->n_bytes)
        return NULL;
    g_autofree char *digest = digest_sha256_hex(data, n);
    return strcmp(digest, a->sha256) == 0 ? g_steal_pointer(&content) : NULL;
}
