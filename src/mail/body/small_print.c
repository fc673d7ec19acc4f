/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See small_print.h.
 */
#include "mail/body/small_print.h"

#include "mail/word/phrases.h"
#include "mail/word/reply_words.h"

#include <string.h>

#define MOST_BYTES         3000 /* of small print; what is longer is a letter */
#define RULE_BYTES         10
#define MIN_REGISTER_BYTES 8

static const struct phrase this_mail[] = {
#define THIS_MAIL(language, phrase) {phrase, 0, language},
#include "mail/body/small_print.def"
};
static const struct phrase done_to_mails[] = {
#define DONE_TO_MAILS(language, phrase) {phrase, 0, language},
#include "mail/body/small_print.def"
};

static const struct phrase wrong_recipients[] = {
#define WRONG_RECIPIENT(language, phrase) {phrase, 0, language},
#include "mail/body/small_print.def"
};

static const struct phrase strangers_duties[] = {
#define STRANGERS_DUTY(language, phrase) {phrase, 0, language},
#include "mail/body/small_print.def"
};

static const struct phrase registers[] = {
#define REGISTER(language, phrase) {phrase, 0, language},
#include "mail/body/small_print.def"
};

bool small_print_has_rule(const char *text)
{
    const char *line = text + strspn(text, " \t\n");
    gsize n = strlen(line) > 0 && strchr("_-=*#", line[0]) != NULL ? strspn(line, (const char[]){line[0], '\0'}) : 0;

    return n >= RULE_BYTES && line[n + strspn(line + n, " \t")] == '\n';
}

static bool has_phrase(const struct phrase *rows, gsize n_rows, const char *folded)
{
    struct phrases index;

    phrases_init(&index, rows, n_rows);
    return phrases_best(&index, folded) != NULL;
}

guint small_print_company(const char *line, gsize n)
{
    if (n < MIN_REGISTER_BYTES)
        return 0;
    g_autofree char *folded = phrases_fold(line, (gssize)n);
    guint found = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(registers); i++) {
        const char *at = strstr(folded, registers[i].text);
        found += at != NULL && (at == folded || !g_ascii_isalnum(at[-1]));
    }
    return found;
}

bool small_print_is_for_strangers(const char *text)
{
    if (strlen(text) > MOST_BYTES)
        return false;
    g_autofree char *folded = phrases_fold(text, -1);
    return has_phrase(this_mail, G_N_ELEMENTS(this_mail), folded) &&
           has_phrase(wrong_recipients, G_N_ELEMENTS(wrong_recipients), folded) &&
           has_phrase(strangers_duties, G_N_ELEMENTS(strangers_duties), folded);
}

bool small_print_is(const char *text)
{
    if (strlen(text) > MOST_BYTES)
        return false;
    g_autofree char *folded = phrases_fold(text, -1);
    if (words_have_footer(folded))
        return small_print_has_rule(text) || strstr(folded, "http") != NULL || strchr(folded, '@') != NULL;
    return has_phrase(this_mail, G_N_ELEMENTS(this_mail), folded) &&
           has_phrase(done_to_mails, G_N_ELEMENTS(done_to_mails), folded);
}
