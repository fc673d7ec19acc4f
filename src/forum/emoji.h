/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts of nothing but emoji: what somebody clicked or typed in place of words. Pure.
 */
#pragma once

#include <stdbool.h>

enum emoji {
    EMOJI_NONE,  /* there are words, or nothing */
    EMOJI_FOR,   /* thumb up, heart, clapping ...: at least one, in any colour of skin */
    EMOJI_OTHER, /* others alone */
};
/* TEXT: UTF-8. A "+" is not one: it could be a slip of the hand. */
enum emoji emoji_of_text(const char *text);
/* The same of the sentence that Outlook sends to who cannot see the click: "Kurt reacted to your message: 👍", and nothing else. */
enum emoji emoji_of_note(const char *text);
