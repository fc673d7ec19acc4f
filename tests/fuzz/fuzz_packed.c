/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as the answer of a reader that was taken over. What comes through can be packed again.
 */
#include "mail/message/message.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree guint8 *aligned = g_memdup2(data, size);
    g_autoptr(GVariant) v =
        g_variant_ref_sink(g_variant_new_from_data(G_VARIANT_TYPE(MESSAGE_PACKED_TYPE), aligned, size, FALSE, NULL, NULL));
    message_auto m = message_unpack(v);

    if (m == NULL)
        return 0;
    g_autoptr(GVariant) again = g_variant_ref_sink(message_pack(m));
    g_autoptr(GVariant) dictionary = g_variant_ref_sink(message_to_variant(m));
    if (!g_variant_is_normal_form(again) || !g_variant_is_normal_form(dictionary))
        abort();
    return 0;
}
