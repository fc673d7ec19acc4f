/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See filename.h.
 */
#include "mail/word/filename.h"

#include "mail/word/charset.h"

#include <string.h>

char *filename_clean(const char *raw)
{
    const char *slash = strrchr(raw, '/'), *name = slash != NULL ? slash + 1 : raw;
    const char *back = strrchr(name, '\\');

    if (back != NULL && back[1] != '\0' && g_ascii_isalpha(name[0]) && name[1] == ':')
        name = back + 1; /* C:\Documents\letter.pdf */
    char *clean = charset_to_utf8(name, strlen(name), NULL, NULL);
    charset_clean_name(clean);
    g_strstrip(clean);
    if (*clean == '\0' || strcmp(clean, ".") == 0 || strcmp(clean, "..") == 0)
        g_clear_pointer(&clean, g_free);
    return clean;
}
