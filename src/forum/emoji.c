/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See emoji.h.
 */
#include "forum/emoji.h"

#include <glib.h>

/* Who clicks on one of these is for it. */
static bool is_for(gunichar c)
{
    static const gunichar signs[] = {
        0x1f44d,
        /* thumb up */ 0x2764,
        /* heart */ 0x2665,
        /* of cards */ 0x1f44f, /* clapping */
        0x1f64c,
        /* raised hands */ 0x1f389,
        /* party */ 0x1f38a,
        0x2705,
        0x2714,
        0x2611, /* check marks */
        0x1f4af,
        /* 100 */ 0x1f970,
        /* with hearts */ 0x1f60d,
        /* heart eyes */ 0x1f929,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (c == signs[i])
            return true;
    return (c >= 0x1f493 && c <= 0x1f49d) || c == 0x1f5a4 || c == 0x1f90d || c == 0x1f90e ||
           c == 0x1f9e1; /* hearts, but the broken one */
}

/* Colours it or joins it to the next one. */
static bool is_joint(gunichar c)
{
    return c == 0x200d || c == 0xfe0e || c == 0xfe0f || c == 0x20e3 || (c >= 0x1f3fb && c <= 0x1f3ff) ||
           (c >= 0xe0020 && c <= 0xe007f);
}

static bool is_sign(gunichar c)
{
    GUnicodeType type = g_unichar_type(c);

    return c > 0xff && (type == G_UNICODE_OTHER_SYMBOL || type == G_UNICODE_MODIFIER_SYMBOL ||
                        (type == G_UNICODE_UNASSIGNED && c >= 0x1f000 && c < 0x20000));
}

enum emoji emoji_of_text(const char *text)
{
    enum emoji found = EMOJI_NONE;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_for(c))
            found = EMOJI_FOR;
        else if (is_sign(c))
            found = found == EMOJI_NONE ? EMOJI_OTHER : found;
        else if (!is_joint(c) && !g_unichar_isspace(c))
            return EMOJI_NONE;
    }
    return found;
}
