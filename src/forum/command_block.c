/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See command_block.h.
 */
#include "forum/command_explain.h"
#include "forum/command_block.h"

#include "base/limits.h"
#include "forum/command_tail.h"
#include "forum/command_words.h"
#include "forum/fold.h"
#include "forum/life.h"
#include "forum/order.h"
#include "forum/when.h"

#include <string.h>

#define MOST_NAME_WORDS 3
#define LINE_BYTES      1000 /* a longer line is no command, but for what it gives */

void block_line_free(struct block_line *l)
{
    g_free(l->written);
    g_free(l->name);
    g_free(l->argument);
    g_free(l);
}

bool block_line_is_all(const struct block_line *l)
{
    static const char *const words[] = {"alle", "alles", "all", "everything", "hepsi", "wszystko", NULL};

    return l->command == COMMAND_UNSUBSCRIBE && l->name != NULL && g_strv_contains(words, l->name);
}

/* "18", "18 Uhr", "18:00": -1 if it is no hour. */
static gint64 hour_of(const char *name)
{
    gsize n = name != NULL ? strspn(name, "0123456789") : 0;
    gint64 hour = n > 0 && n <= 2 ? g_ascii_strtoll(name, NULL, 10) : -1;
    const char *rest = n > 0 ? name + n : "";

    if (strcmp(rest, "") != 0 && strcmp(rest, " uhr") != 0 && strcmp(rest, " 00") != 0 && strcmp(rest, " 00 uhr") != 0)
        return -1;
    return hour <= 23 ? hour : -1;
}

/* In the languages of ours, folded: 1 Monday, 0 none. */
static gint64 weekday_of(const char *name)
{
    static const char *const days[][7] = {
        {"mo", "montag", "mon", "monday", "pazartesi", "poniedzialek", NULL},
        {"di", "dienstag", "tue", "tuesday", "sali", "wtorek", NULL},
        {"mi", "mittwoch", "wed", "wednesday", "carsamba", "sroda", NULL},
        {"do", "donnerstag", "thu", "thursday", "persembe", "czwartek", NULL},
        {"fr", "freitag", "fri", "friday", "cuma", "piatek", NULL},
        {"sa", "samstag", "sat", "saturday", "cumartesi", "sobota", NULL},
        {"so", "sonntag", "sun", "sunday", "pazar", "niedziela", NULL},
    };

    for (gint64 i = 0; name != NULL && i < (gint64)G_N_ELEMENTS(days); i++)
        if (g_strv_contains(days[i], name))
            return i + 1;
    return 0;
}

static void take_number(struct block_line *l)
{
    switch (command_row(l->command)->wants) {
    case WANTS_IDEA:
        l->number = l->name != NULL ? g_ascii_strtoll(l->name + strcspn(l->name, "0123456789"), NULL, 10) : 0;
        l->is_proposal = l->name != NULL && (*l->name == 'v' || *l->name == 'p');
        l->post_number =
            l->name != NULL && strchr(l->name, ' ') != NULL ? g_ascii_strtoll(strchr(l->name, ' ') + 1, NULL, 10) : 0;
        break;
    case WANTS_HOUR:
        l->number = hour_of(l->name);
        break;
    case WANTS_WEEKDAY:
        l->number = weekday_of(l->name);
        break;
    case WANTS_NOTHING:
    case WANTS_FORUM:
    case WANTS_WORDS:
    case WANTS_LANGUAGE:
    case WANTS_NAME:
    case WANTS_ADDRESS:
        break;
    }
}

/* Where "bis 10 4 2026" begins in NAME, and the day behind it; NULL: nowhere. */
static const char *find_day(const char *name, const char **day_out)
{
    static const char *const until[] = {"bis zum", "bis", "until", "till", "do dnia", "do", NULL};

    for (const char *p = name; p != NULL; p = strchr(p, ' ')) {
        p += *p == ' ';
        for (guint i = 0; until[i] != NULL; i++) {
            gsize n = strlen(until[i]);
            if (strncmp(p, until[i], n) == 0 && p[n] == ' ') {
                *day_out = p + n + 1;
                return p;
            }
        }
    }
    return NULL;
}

/* "mobilitaet bis 10 4 2026": the day is taken off. */
static void take_day(struct block_line *l)
{
    const char *day = NULL, *at = l->name != NULL ? find_day(l->name, &day) : NULL;

    if (at == NULL || !command_row(l->command)->has_day)
        return;
    l->day = when_day(day);
    char *rest = g_strchomp(g_strndup(l->name, (gsize)(at - l->name)));
    g_free(l->name);
    l->name = *rest != '\0' ? rest : NULL;
    if (l->name == NULL)
        g_free(rest);
}

/* "mobilitaet in beratung": the state is taken off. */
static void take_state(struct block_line *l)
{
    enum idea_state state;

    for (char *p = l->command == COMMAND_LIST ? l->name : NULL; p != NULL; p = strchr(p + 1, ' ')) {
        if (!life_state_called(p + (*p == ' '), &state))
            continue;
        l->page = (gint64)state + 1;
        *p = '\0';
        if (*l->name == '\0')
            g_clear_pointer(&l->name, g_free);
        return;
    }
}

/* "17 2": the second number is the page. */
static void take_page(struct block_line *l)
{
    const char *blank = l->command == COMMAND_THREAD && l->name != NULL ? strrchr(l->name, ' ') : NULL;

    if (blank != NULL && g_ascii_isdigit(blank[-1]))
        l->page = g_ascii_strtoll(blank + 1, NULL, 10);
}

/* "Abmelden beim Amt muss leichter werden": no forum, language or hour has so many words. */
static bool is_sentence(enum command c, const char *name)
{
    guint n_blanks = 0;

    if (c == COMMAND_EXPLAIN)
        return name == NULL || !command_can_explain(name);

    for (const char *p = name != NULL ? name : ""; *p != '\0'; p++)
        n_blanks += *p == ' ';
    enum wants wants = command_row(c)->wants;
    return n_blanks >= MOST_NAME_WORDS && wants != WANTS_WORDS && wants != WANTS_NAME && wants != WANTS_ADDRESS;
}

/* "Suche: Radweg", "NAME: Erika"; of "Suche Mitfahrer: wer kommt?" the colon is its own. */
static bool is_opened(const char *line)
{
    const char *word = line;

    while (*word != '\0' && !g_unichar_isalnum(g_utf8_get_char(word)))
        word = g_utf8_next_char(word);
    gsize n = strcspn(word, ": \t");
    return word[n + strspn(word + n, " \t")] == ':';
}

/* "NAME:" and ten thousand signs are no sentence: the word is what stands before them, and whoever wrote it hears what is wrong with the
 * name. Of other words so long a line is text. */
static enum command find_word(const char *written, char **name_out)
{
    if (strlen(written) <= LINE_BYTES || !is_opened(written))
        return command_words_find(written, name_out);
    const char *end = g_utf8_find_prev_char(written, written + LINE_BYTES);
    g_autofree char *beginning = g_strndup(written, end != NULL ? (gsize)(end - written) : 0);
    enum command c = command_words_find(beginning, name_out);
    enum wants wants = command_row(c)->wants;

    if (wants == WANTS_NAME || wants == WANTS_ADDRESS)
        return c;
    g_clear_pointer(name_out, g_free);
    return COMMAND_NONE;
}

static struct block_line *line_of(const char *written)
{
    struct block_line *l = g_new0(struct block_line, 1);

    l->written = g_strdup(written);
    l->has_colon = strchr(written, ':') != NULL;
    l->is_opened = is_opened(written);
    if (order_read(written, l))
        return l;
    enum command c = find_word(written, &l->name);
    if (c == COMMAND_TEST)
        c = COMMAND_PROBE;
    l->command = c;
    take_day(l);
    take_state(l);
    take_page(l);
    if (strchr(written, '?') != NULL || !command_row(c)->is_line || is_sentence(c, l->name) || l->day < 0)
        l->command = COMMAND_NONE;
    take_number(l);
    return l;
}

static bool are_empty(char *const *lines)
{
    while (*lines != NULL && command_is_blank(*lines))
        lines++;
    return *lines == NULL;
}

/* The rest of a mail is the text of the last order that takes a long one. */
static void take_rest(struct block_line *l, char *const *lines)
{
    g_autofree char *below = g_strjoinv("\n", (char **)lines);
    g_autofree char *whole = g_strstrip(g_strconcat(l->argument != NULL ? l->argument : "", "\n", below, NULL));
    char *text = l->command == COMMAND_ANSWER ? command_words_of_office(whole) : command_without_sender(whole);

    g_free(l->argument);
    l->argument = *text != '\0' ? text : NULL;
    if (l->argument == NULL)
        g_free(text);
}

/* An order that names an idea of its own is never part of another one's text: it would be published instead of obeyed. */
static bool has_order(char *const *lines)
{
    bool found = false;

    for (; !found && *lines != NULL; lines++) {
        struct block_line l = {.about = 0};
        found = order_read(*lines, &l) && command_row(l.command)->is_order && l.about != 0;
        g_free(l.name);
        g_free(l.argument);
    }
    return found;
}

/* An order alone that names no idea: command.c reads it, with all that stands below. */
static bool is_alone(const GPtrArray *lines)
{
    const struct block_line *first = lines->len == 1 ? lines->pdata[0] : NULL;
    bool is_other_word = first != NULL && first->command == COMMAND_RESTORE; /* to command.c it is UNDO */

    return first != NULL && !is_other_word &&
           (first->command == COMMAND_PROBE || (command_row(first->command)->is_order && first->about == 0));
}

GPtrArray *block_parse(char *const *lines)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func((GDestroyNotify)block_line_free);
    struct block_line *last = NULL;
    char *const *behind = lines; /* the last command */

    bool has_more = false;

    for (; *lines != NULL && out->len < LIMIT_COMMAND_LINES; lines++) {
        bool is_comment = **lines == '#' && !g_ascii_isdigit((*lines)[1]) && !command_is_blank(*lines);
        has_more |= is_comment;
        if (is_comment || command_is_blank(*lines))
            continue;
        struct block_line *l = line_of(*lines);
        if (l->command == COMMAND_NONE && out->len == 0) { /* nearly every mail */
            block_line_free(l);
            return NULL;
        }
        bool is_end = l->command == COMMAND_END || (l->command == COMMAND_NONE && command_is_tail(lines));
        bool is_rest = !is_end && l->command == COMMAND_NONE && last != NULL && order_takes_rest(last) && !has_order(lines);
        if (is_end || is_rest) {
            has_more |= l->command == COMMAND_END && !are_empty(lines + 1);
            block_line_free(l);
            if (is_rest)
                take_rest(last, behind);
            break;
        }
        g_ptr_array_add(out, last = l);
        behind = lines + 1;
    }
    if (out->len > 0)
        ((struct block_line *)out->pdata[0])->has_more = has_more;
    return out->len > 0 && !is_alone(out) ? g_steal_pointer(&out) : NULL;
}

bool block_is_whole(const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++)
        if (((const struct block_line *)lines->pdata[i])->command == COMMAND_NONE)
            return false;
    return lines->len < LIMIT_COMMAND_LINES && (lines->len == 0 || !((const struct block_line *)lines->pdata[0])->has_more);
}
