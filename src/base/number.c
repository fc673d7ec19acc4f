/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See number.h.
 */
#include "base/number.h"

void number_append(GString *out, gint64 number)
{
    guint64 rest = number < 0 ? 0 - (guint64)number : (guint64)number;
    char digits[24];
    gsize at = sizeof digits;

    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        digits[--at] = '-';
    g_string_append_len(out, digits + at, (gssize)(sizeof digits - at));
}
