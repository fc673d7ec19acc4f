/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in a mail a command stands and whether it stands alone; see command.h. The words are command_words.c's.
 */
#include "forum/command.h"

#include "base/limits.h"
#include "forum/command_block.h"
#include "forum/command_tail.h"
#include "forum/command_words.h"
#include "forum/contact.h"
#include "forum/fold.h"
#include "forum/reason.h"
#include "forum/when.h"

#define MAX_SENTENCE_BYTES 200 /* a longer paragraph is text */

static bool is_void(gunichar c)
{
    return g_unichar_isspace(c) || g_unichar_type(c) == G_UNICODE_FORMAT;
}

/* Takes blanks of any kind, and invisible signs, from both ends of LINE. */
static void strip(char *line)
{
    const char *from = line;
    char *end = line + strlen(line);

    while (*from != '\0' && is_void(g_utf8_get_char(from)))
        from = g_utf8_next_char(from);
    while (end > from && is_void(g_utf8_get_char(g_utf8_prev_char(end))))
        end = g_utf8_prev_char(end);
    memmove(line, from, (gsize)(end - from));
    line[end - from] = '\0';
}

/* The lines of TEXT without blanks around them; what came before the first word is left out, a greeting too. */
static char **body_lines(const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    bool begun = false, greeted = false;
    gsize n = 0;

    for (char **l = lines; *l != NULL; l++) {
        g_autofree char *line = *l;
        strip(line);
        if (!begun && (command_is_blank(line) || command_is_quote(line)))
            continue;
        if (!begun && !greeted && command_words_formula(line) == FORMULA_GREETING && command_words_match(line) == COMMAND_NONE) {
            greeted = true;
            continue;
        }
        begun = true;
        lines[n++] = g_steal_pointer(&line);
    }
    lines[n] = NULL;
    return lines;
}

/* "ablehnen werbung" is a decision, "ablehnen wäre falsch" a sentence; a forum's name is one word. */
static bool is_fitting(enum command c, const char *given)
{
    if (given == NULL)
        return true;
    return c == COMMAND_REJECT || c == COMMAND_REMOVE ? reason_is_word(given)
                                                      : (c != COMMAND_TO && c != COMMAND_ASSIGN) || strchr(given, ' ') == NULL;
}

/* The number or name that a line gave. */
static void take_argument(char *argument, struct command_line *out)
{
    g_autofree char *given = argument;

    if (given == NULL)
        return;
    out->number = g_ascii_strtoll(given + strcspn(given, "0123456789"), NULL, 10);
    out->name = g_steal_pointer(&given);
}

/* "ABLEHNEN: reason", "Ablehnen - reason", "stand umgesetzt: what was done", or the text on the lines below. SIGNS end the
 * word; its row TAKES such a text. */
static bool parse_text(char *const *lines, const char *signs, enum takes takes, struct command_line *out)
{
    const char *dash = takes == TAKES_REASON ? strstr(lines[0], "\u2013") : NULL;
    gsize n = strcspn(lines[0], signs);
    if (dash != NULL && (gsize)(dash - lines[0]) < n)
        n = (gsize)(dash - lines[0]);
    g_autofree char *word = g_strndup(lines[0], n);
    g_autofree char *given = NULL;
    enum command found = command_words_find(word, &given);

    if ((command_row(found)->takes & takes) == 0 || !is_fitting(found, given))
        return false;
    g_autofree char *below = g_strjoinv("\n", (char **)lines + 1);
    const char *behind = lines[0] + n, *between = found == COMMAND_REDACT ? ":,;- " : ":,;- \""; /* a passage has its marks */
    while (*behind != '\0' && (strchr(between, *behind) != NULL || g_str_has_prefix(behind, "\u2013")))
        behind = g_utf8_next_char(behind);
    g_autofree char *whole = g_strstrip(g_strconcat(command_is_blank(behind) ? "" : behind, "\n", below, NULL));
    g_autofree char *reason = found == COMMAND_ANSWER ? command_words_of_office(whole) : command_without_sender(whole);
    out->command = found;
    take_argument(g_steal_pointer(&given), out);
    if (!command_is_blank(reason))
        out->argument = g_steal_pointer(&reason);
    return true;
}

/* Asking back is no consent and no order. */
static bool is_question(const char *sentence)
{
    return strchr(sentence, '?') != NULL || strstr(sentence, "\uff1f") != NULL;
}

/* The command that the first line, or the first paragraph if it is one short sentence, is. */
static enum command parse_sentence(char *const *lines, struct command_line *out)
{
    g_autoptr(GString) sentence = g_string_new(NULL);

    for (; *lines != NULL && **lines != '\0' && sentence->len < MAX_SENTENCE_BYTES; lines++) {
        g_string_append(g_string_append(sentence, sentence->len > 0 ? " " : ""), *lines);
        if (sentence->len > MAX_SENTENCE_BYTES)
            break;
        g_autofree char *given = NULL;
        enum command found = command_words_find(sentence->str, &given);
        bool counts = found != COMMAND_NONE && is_fitting(found, given) &&
                      (!is_question(sentence->str) || found == COMMAND_HELP || found == COMMAND_STOP);
        if (counts && command_is_tail(lines + 1)) {
            take_argument(g_steal_pointer(&given), out);
            return found;
        }
    }
    return COMMAND_NONE;
}

/* "IDEE 12", "idea-12", "12". */
static bool parse_idea(const char *line, gint64 *number_out)
{
    g_autofree char *folded = fold_words(line);
    const char *p = folded;

    while (g_ascii_isalpha(*p))
        p++;
    gsize n = (gsize)(p - folded);
    if (n != 0 && (n != 4 || (memcmp(folded, "idee", n) != 0 && memcmp(folded, "idea", n) != 0)))
        return false;
    p += *p == ' ';
    gsize digits = strspn(p, "0123456789");
    *number_out = digits > 0 && digits <= 12 && p[digits] == '\0' ? g_ascii_strtoll(p, NULL, 10) : 0;
    return *number_out > 0;
}

/* Nothing but quotes and blanks. */
static bool is_silent(const char *text)
{
    while (*text != '\0') {
        text += strspn(text, " \t\r\n");
        if (*text != '\0' && !command_is_quote(text))
            return false;
        text += strcspn(text, "\n");
    }
    return true;
}

/* The beginning of TEXT in which a command would stand: whole lines. Nobody commands in more than LIMIT_COMMAND_BYTES of their own
 * words; NULL then. Quotes may follow. Caller frees. */
static char *commanding(const char *text)
{
    gsize n = strnlen(text, LIMIT_COMMAND_BYTES + 1);

    if (n <= LIMIT_COMMAND_BYTES)
        return g_strdup(text);
    while (n > 0 && text[n - 1] != '\n')
        n--;
    return n > 0 && is_silent(text + n) ? g_strndup(text, n) : NULL;
}

/* One word of LINE that stands in OF, both folded. */
static bool shares_word(const char *line, const char *of)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    g_auto(GStrv) others = g_strsplit(of, " ", -1);

    for (char **w = words; *w != NULL; w++)
        if (g_utf8_strlen(*w, -1) > 1 && g_strv_contains((const char *const *)others, *w))
            return true;
    return false;
}

/* Or one that begins the part of the address before the @, or ends it: "pmaier". */
static bool is_in_address(const char *line, const char *address)
{
    g_autofree char *local = g_strndup(address, strcspn(address, "@+"));
    g_autofree char *folded = fold_words(g_strdelimit(local, "._-0123456789", ' '));
    g_auto(GStrv) words = g_strsplit(line, " ", -1);

    for (char **w = words; *w != NULL; w++)
        if (g_utf8_strlen(*w, -1) > 2 && strstr(folded, *w) != NULL)
            return true;
    return false;
}

bool command_is_signed_by(const char *text, const char *name, const char *address)
{
    g_autofree char *beginning = commanding(text);
    g_auto(GStrv) lines = beginning != NULL ? body_lines(beginning) : g_new0(char *, 1);
    g_autofree char *known = fold_words(name != NULL ? name : "");

    for (char **l = lines; *known != '\0' && *l != NULL && !command_is_rule(*l) && command_words_formula(*l) != FORMULA_CLOSING;
         l++) {
        bool is_theirs = command_is_blank(*l) || command_is_quote(*l) || command_words_match(*l) != COMMAND_NONE ||
                         !contact_is_name(*l, false);
        g_autofree char *folded = fold_words(*l);
        if (l > lines && !is_theirs && !shares_word(folded, known) && !is_in_address(folded, address != NULL ? address : ""))
            return false;
    }
    return true;
}

char *command_only_line(const char *text)
{
    g_autofree char *beginning = commanding(text);
    g_auto(GStrv) lines = g_strsplit(beginning != NULL ? beginning : "", "\n", -1);
    char **l = lines;

    while (*l != NULL && (**l == '\0' || strspn(*l, " \t\r") == strlen(*l)))
        l++;
    return *l != NULL && command_is_tail(l + 1) ? command_bare(*l) : NULL;
}

void command_parse(const char *text, struct command_line *out)
{
    g_autofree char *beginning = commanding(text);
    g_auto(GStrv) lines = beginning != NULL ? body_lines(beginning) : g_new0(char *, 1);

    *out = (struct command_line){.command = COMMAND_NONE, .lines = block_parse(lines)};
    if (out->lines != NULL) {
        out->command = COMMAND_BLOCK;
        return;
    }
    if (lines[0] == NULL || parse_text(lines, ":,;-", TAKES_REASON, out) || parse_text(lines, ":", TAKES_TEXT, out))
        return;
    if (when_is(lines[0]) && command_is_tail(lines + 1)) {
        out->command = COMMAND_AT;
        out->argument = g_strdup(lines[0]);
        return;
    }
    out->command = parse_sentence(lines, out);
    if (command_row(out->command)->is_line) /* with a line that is none of theirs, or a word that says nothing alone */
        out->command = COMMAND_NONE;
    if (out->command == COMMAND_NONE && parse_idea(lines[0], &out->number) && command_is_tail(lines + 1))
        out->command = COMMAND_IDEA;
}

void command_clear(struct command_line *c)
{
    g_clear_pointer(&c->argument, g_free);
    g_clear_pointer(&c->name, g_free);
    g_clear_pointer(&c->lines, g_ptr_array_unref);
}

enum command command_of(const char *text)
{
    struct command_line c;

    command_parse(text, &c);
    command_clear(&c);
    return c.command;
}

char *command_public_name(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", 7);

    for (int i = 0; lines[i] != NULL && i < 6; i++) {
        g_autofree char *name = command_name_given(lines[i]);
        if (name == NULL)
            continue;
        g_autofree char *folded = g_utf8_strdown(name, -1);
        bool unwanted =
            *name == '\0' || strcmp(folded, "ohne") == 0 || strcmp(folded, "ohne namen") == 0 || strcmp(folded, "none") == 0;
        return unwanted ? g_strdup("") : g_steal_pointer(&name);
    }
    return NULL;
}
