/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See mask.h.
 */
#include "flow/step/mask.h"

#include <glib.h>
#include <string.h>

char *mask_addresses(const char *text)
{
    GString *out = g_string_new(NULL);

    while (*text != '\0') {
        gsize blanks = strspn(text, " \t\n<>()[]\"',;:"), n;
        g_string_append_len(out, text, (gssize)blanks);
        text += blanks;
        n = strcspn(text, " \t\n<>()[]\"',;:");
        if (memchr(text, '@', n) != NULL)
            g_string_append(out, "...");
        else
            g_string_append_len(out, text, (gssize)n);
        text += n;
    }
    return g_string_free(out, FALSE);
}
