/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as the answer of a reader that was taken over. What comes through can be packed again, and stays the same.
 */
#include "mail/message/message.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    message_auto m = message_unpack(data, size);

    if (m == NULL)
        return 0;
    g_autoptr(GBytes) packed = message_pack(m);
    message_auto back = message_unpack(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
    g_autoptr(GBytes) again = back != NULL ? message_pack(back) : NULL;
    g_autoptr(GVariant) dictionary = g_variant_ref_sink(message_to_variant(m));
    if (again == NULL || !g_bytes_equal(packed, again) || !g_variant_is_normal_form(dictionary))
        abort();
    return 0;
}
