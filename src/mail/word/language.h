/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In which language a person wrote, for the choice of templates. By its letters where they tell, else by its
 * small words (languages.def). Of short texts of citizens that is right more often than comparing letter
 * statistics, and takes a tenth of the time: libexttextcat calls a sentence of English German, and needs 60
 * us for two lines.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* BCP 47 ("de"), NULL if unsure. TEXT is UTF-8; only its beginning is looked at. Caller frees. */
char *language_guess(const char *text);
/* In which of these languages is WORD (N bytes, lower case) a small word? One bit each, fewer than MAX_LANGUAGES. */
guint language_of_word(const char *word, gsize n);
#define MAX_LANGUAGES 16
static inline bool language_has_word(const char *word, gsize n)
{
    return language_of_word(word, n) != 0;
}
