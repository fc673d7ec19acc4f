/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See order.h.
 */
#include "forum/order.h"

#include "base/limits.h"
#include "forum/command_tail.h"
#include "forum/command_words.h"
#include "forum/fold.h"
#include "forum/life.h"
#include "forum/phase.h"
#include "forum/reason.h"
#include "forum/when.h"

#include <string.h>

#define MOST_WORDS  20
#define MOST_DIGITS 12
#define FIELDS      11 /* of a packed line */

/* "17" and nothing else; "17/4" with the number of a post. 0 none. */
static row_id number_in(const char *word, row_id *post_out)
{
    gsize n = strspn(word, "0123456789");
    const char *behind = word + n;
    gsize n_post = *behind == '/' ? strspn(behind + 1, "0123456789") : 0;

    if (n == 0 || n > MOST_DIGITS || n_post > MOST_DIGITS || (*behind != '\0' && (n_post == 0 || behind[1 + n_post] != '\0')))
        return 0;
    *post_out = n_post > 0 ? g_ascii_strtoll(behind + 1, NULL, 10) : 0;
    return g_ascii_strtoll(word, NULL, 10);
}

/* How many of WORDS name an idea or a proposal: "17", "#17", "idee-17", "Idee 17", "V3", "vorschlag-3". 0 none. */
static guint target(char *const *words, struct block_line *out)
{
    static const struct {
        const char *before;
        bool is_proposal;
    } forms[] = {{"#", false},        {"idee-", false}, {"idea-", false}, {"vorschlag-", true},
                 {"proposal-", true}, {"v", true},      {"", false}};

    for (guint i = 0; words[0] != NULL && i < G_N_ELEMENTS(forms); i++) {
        gsize n = strlen(forms[i].before);
        if (g_ascii_strncasecmp(words[0], forms[i].before, n) != 0)
            continue;
        out->about = number_in(words[0] + n, &out->post_number);
        out->is_proposal = forms[i].is_proposal;
        if (out->about != 0)
            return 1;
    }
    out->is_proposal = false;
    bool is_word = words[0] != NULL && (g_ascii_strcasecmp(words[0], "idee") == 0 || g_ascii_strcasecmp(words[0], "idea") == 0);
    out->about = is_word && words[1] != NULL ? number_in(words[1], &out->post_number) : 0;
    return out->about != 0 ? 2 : 0;
}

static bool is_one_word(const char *name)
{
    return name != NULL && strchr(name, ' ') == NULL;
}

/* Is the row's argument there, and one that it can be? */
static bool is_whole(const struct block_line *l, bool has_text)
{
    g_auto(phase_order_auto_t) phase = {0};
    enum idea_state state;

    switch (l->command) {
    case COMMAND_STATE:
        return l->name != NULL && life_state_called(l->name, &state);
    case COMMAND_DEADLINE:
        return l->name != NULL && (when_day(l->name) >= 0 || when_is_no_day(l->name));
    case COMMAND_PHASE:
        return phase_order(l->name, &phase) && (has_text || !phase.is_title);
    case COMMAND_ASSIGN:
        return l->name == NULL || is_one_word(l->name);
    case COMMAND_MOVE:
    case COMMAND_ALSO:
    case COMMAND_NOT_ALSO:
        return is_one_word(l->name);
    case COMMAND_REMOVE:
        return l->name != NULL ? reason_is_word(l->name) : has_text;
    case COMMAND_FORWARD:
    case COMMAND_RESTORE:
    case COMMAND_REDACT:
    case COMMAND_ANSWER:
    case COMMAND_NOTE:
    case COMMAND_PROPOSE:
    case COMMAND_TITLE:
        return has_text;
    default:
        return command_row(l->command)->is_order;
    }
}

/* WORDS without N of them from FROM on are an order. */
static bool try_words(char *const *words, guint from, guint n, bool has_text, struct block_line *out)
{
    g_autoptr(GString) s = g_string_new(NULL);
    char *name = NULL;

    for (guint i = 0; words[i] != NULL; i++)
        if (i < from || i >= from + n)
            g_string_append(g_string_append(s, s->len > 0 ? " " : ""), words[i]);
    enum command c = command_words_find(s->str, &name);
    g_free(out->name);
    out->name = name;
    out->command = c;
    if (c == COMMAND_UNDO && has_text &&
        (g_ascii_strcasecmp(s->str, "wiederherstellen") == 0 || g_ascii_strcasecmp(s->str, "restore") == 0))
        out->command = COMMAND_RESTORE; /* its author has no reason to give */
    enum idea_state state;
    if (n > 0 && from == 0 && c == COMMAND_NONE && life_state_called(s->str, &state)) { /* "17 beraten" */
        out->command = COMMAND_STATE;
        out->name = fold_words(s->str);
    }
    out->number = out->name != NULL ? g_ascii_strtoll(out->name + strcspn(out->name, "0123456789"), NULL, 10) : 0;
    return command_row(out->command)->is_order && is_whole(out, has_text);
}

static bool read_words(char *const *words, bool has_text, struct block_line *out)
{
    guint n = target(words, out);

    if (n > 0 && words[n] != NULL)
        return try_words(words, 0, n, has_text, out);
    struct block_line none = {.written = out->written, .has_colon = out->has_colon};
    bool is_proposal = try_words(words, 0, 0, has_text, &none) && none.command == COMMAND_PROPOSE; /* its numbers are its own */
    n = is_proposal || words[0] == NULL ? 0 : target(words + 1, out);
    if (n > 0 && try_words(words, 1, n, has_text, out)) {
        g_free(none.name);
        return true;
    }
    g_free(out->name);
    *out = none;
    return command_row(out->command)->is_order && is_whole(out, has_text);
}

bool order_read(const char *line, struct block_line *out)
{
    const char *colon = strchr(line, ':');
    g_autofree char *head = colon != NULL ? g_strndup(line, (gsize)(colon - line)) : g_strdup(line);
    g_autofree char *text = g_strstrip(g_strdup(colon != NULL ? colon + 1 : ""));
    g_auto(GStrv) split = g_strsplit_set(g_strstrip(head), " \t", MOST_WORDS + 1);
    struct block_line l = {0};
    char *words[MOST_WORDS + 2] = {NULL};
    guint n = 0;

    for (char **w = split; *w != NULL; w++)
        if (**w != '\0')
            words[n++] = *w;
    bool is_order = n <= MOST_WORDS && strchr(head, '?') == NULL && read_words(words, colon != NULL, &l) &&
                    (colon == NULL || command_row(l.command)->takes == TAKES_TEXT);
    if (!is_order) {
        g_free(l.name);
        return false;
    }
    out->command = l.command;
    out->name = l.name;
    out->number = l.number;
    out->about = l.about;
    out->post_number = l.post_number;
    out->is_proposal = l.is_proposal;
    g_autofree char *clean = l.command == COMMAND_ANSWER ? command_words_of_office(text) : command_without_sender(text);
    out->argument = *clean != '\0' ? g_steal_pointer(&clean) : NULL;
    return true;
}

bool order_takes_rest(const struct block_line *l)
{
    bool is_dated =
        l->command == COMMAND_DEADLINE || l->command == COMMAND_PHASE; /* a word beside the date, a title, and no more */

    return command_row(l->command)->is_order && command_row(l->command)->takes == TAKES_TEXT && !is_dated && l->has_colon;
}

static enum command command_called(const char *name)
{
    for (int c = COMMAND_NONE + 1; c < N_COMMANDS; c++)
        if (strcmp(command_row((enum command)c)->name, name) == 0)
            return (enum command)c;
    return COMMAND_NONE;
}

char *order_pack(const GPtrArray *lines)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++) {
        const struct block_line *l = lines->pdata[i];
        g_autofree char *name = g_strescape(l->name != NULL ? l->name : "", NULL);
        g_autofree char *argument = g_strescape(l->argument != NULL ? l->argument : "", NULL);
        g_autofree char *written = g_strescape(l->written, NULL);
        g_string_append_printf(out,
                               "%s\t%" G_GINT64_FORMAT "\t%d\t%d\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%d\t%s\t%s\t%s\t\n",
                               command_row(l->command)->name, l->number, l->day, l->has_colon, l->about, l->post_number,
                               l->is_proposal, name, argument, written);
    }
    return g_string_free(out, FALSE);
}

static char *text_of(const char *escaped)
{
    return *escaped != '\0' ? g_strcompress(escaped) : NULL;
}

GPtrArray *order_unpack(const char *packed)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func((GDestroyNotify)block_line_free);
    g_auto(GStrv) lines = g_strsplit(packed, "\n", -1);

    for (char **line = lines; *line != NULL && **line != '\0'; line++) {
        g_auto(GStrv) f = g_strsplit(*line, "\t", -1);
        enum command c = g_strv_length(f) == FIELDS ? command_called(f[0]) : COMMAND_NONE;
        if (c == COMMAND_NONE || out->len >= LIMIT_COMMAND_LINES)
            return NULL;
        struct block_line *l = g_new0(struct block_line, 1);
        *l = (struct block_line){.command = c,
                                 .number = g_ascii_strtoll(f[1], NULL, 10),
                                 .day = (int)g_ascii_strtoll(f[2], NULL, 10),
                                 .has_colon = *f[3] == '1',
                                 .about = g_ascii_strtoll(f[4], NULL, 10),
                                 .post_number = g_ascii_strtoll(f[5], NULL, 10),
                                 .is_proposal = *f[6] == '1',
                                 .name = text_of(f[7]),
                                 .argument = text_of(f[8]),
                                 .written = g_strcompress(f[9])};
        g_ptr_array_add(out, l);
    }
    return out->len > 0 ? g_steal_pointer(&out) : NULL;
}
