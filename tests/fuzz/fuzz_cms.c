/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as S/MIME content. What is inside is no longer than what it came from.
 */
#include "mail/mime/cms.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) content = g_bytes_new(data, size);
    enum cms kind = cms_kind(content);
    g_autoptr(GBytes) inner = cms_signed_content(content);

    require(inner == NULL || (kind == CMS_SIGNED && g_bytes_get_size(inner) <= size));
    return 0;
}
