/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See defect.h.
 */
#include "mail/message/defect.h"

#include <string.h>

void defect_add(GPtrArray *defects, const char *word)
{
    for (guint i = 0; i < defects->len; i++)
        if (strcmp(g_ptr_array_index(defects, i), word) == 0)
            return;
    g_ptr_array_add(defects, g_strdup(word));
}
