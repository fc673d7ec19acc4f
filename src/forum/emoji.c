/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See emoji.h.
 */
#include "forum/emoji.h"

#include "forum/fold.h"

#include <glib.h>
#include <string.h>

#define MAX_NOTE_BYTES 200
#define MAX_NOTE_LINES 8

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

/* "Kurt reacted to your message", in what is said of it; the rest of it is a name. */
static bool is_note(const char *line)
{
    static const char *const ends[] = {"reacted to your message",
                                       "liked your message",
                                       "hat auf ihre nachricht reagiert",
                                       "hat auf deine nachricht reagiert",
                                       "reagierte auf ihre nachricht",
                                       "reagierte auf deine nachricht",
                                       "hat mit reagiert"};
    g_autofree char *folded = fold_words(line);
    bool found = false;

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
        found |= g_str_has_suffix(folded, ends[i]);
    return found && strlen(line) <= MAX_NOTE_BYTES;
}

/* LINE's signs alone. */
static enum emoji emoji_in(const char *line)
{
    g_autoptr(GString) signs = g_string_new(NULL);

    for (const char *p = line; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_for(c) || is_sign(c) || is_joint(c))
            g_string_append_unichar(signs, c);
    }
    return emoji_of_text(signs->str);
}

enum emoji emoji_of_note(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", MAX_NOTE_LINES + 1);
    enum emoji found = EMOJI_NONE;
    bool has_note = false;

    for (char **l = lines; *l != NULL; l++) {
        const char *line = g_strstrip(*l);
        if (*line == '\0')
            continue;
        bool is_said = is_note(line);
        if (!is_said && emoji_of_text(line) == EMOJI_NONE)
            return EMOJI_NONE;
        has_note |= is_said;
        if (found == EMOJI_NONE)
            found = emoji_in(line);
    }
    return has_note ? found : EMOJI_NONE;
}
