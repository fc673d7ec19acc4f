/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command line of a door that is a table: which verb, are there as many arguments as it takes, does every option
 * belong to it and say something possible. Whatever does not fit is refused with a sentence, never guessed.
 */
#include "cmd/door_private.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct door_option json_option = {"json", DOOR_FLAG, NULL, "one JSON object a line", 0, 0, 0};

static guint n_options(const struct door_spec *spec)
{
    guint n = 0;

    while (spec->options != NULL && spec->options[n].name != NULL)
        n++;
    return n;
}

/* The last one is --json, which no table needs to have. */
static const struct door_option *option_at(const struct door_spec *spec, guint i)
{
    return i < n_options(spec) ? &spec->options[i] : &json_option;
}

/* Does the verb take the option? *MUST_OUT (may be NULL): it has to be given. */
static bool takes(const struct door_verb *verb, const char *option, bool *must_out)
{
    g_auto(GStrv) names = g_strsplit(verb->options, " ", -1);
    gsize n = strlen(option);

    for (char **name = names; *name != NULL; name++)
        if (strncmp(*name, option, n) == 0 && ((*name)[n] == '\0' || (*name)[n] == '!')) {
            if (must_out != NULL)
                *must_out = (*name)[n] == '!';
            return true;
        }
    return false;
}

/* ---- Help */
static char *option_text(const struct door_option *o)
{
    return o->kind == DOOR_FLAG ? g_strdup_printf("--%s", o->name) : g_strdup_printf("--%s=%s", o->name, o->argument);
}

/* "forumpost forum add NAME --title=TEXT [--language=CODE]" */
static char *line_of(const struct door_spec *spec, const struct door_verb *verb)
{
    GString *line = g_string_new("forumpost ");

    g_string_append(line, spec->name);
    if (*verb->word != '\0')
        g_string_append_printf(line, " %s", verb->word);
    if (*verb->arguments != '\0')
        g_string_append_printf(line, " %s", verb->arguments);
    for (guint i = 0; i <= n_options(spec); i++) {
        const struct door_option *o = option_at(spec, i);
        g_autofree char *text = option_text(o);
        bool must;
        if (takes(verb, o->name, &must))
            g_string_append_printf(line, must ? " %s" : " [%s]", text);
    }
    return g_string_free(line, FALSE);
}

static bool is_used(const struct door_spec *spec, const struct door_option *o)
{
    for (const struct door_verb *v = spec->verbs; v->word != NULL; v++)
        if (takes(v, o->name, NULL))
            return true;
    return false;
}

static void print_help(const struct door_spec *spec)
{
    printf("forumpost %s: %s\n\n", spec->name, spec->summary);
    for (const struct door_verb *v = spec->verbs; v->word != NULL; v++) {
        g_autofree char *line = line_of(spec, v);
        printf("  %s\n", line);
        if (v->help != NULL)
            printf("      %s\n", v->help);
    }
    fputs("\nOptions:\n", stdout);
    for (guint i = 0; i <= n_options(spec); i++) {
        const struct door_option *o = option_at(spec, i);
        g_autofree char *text = option_text(o);
        char letter[5] = "";
        if (o->letter != '\0')
            g_snprintf(letter, sizeof letter, "-%c, ", o->letter);
        if (is_used(spec, o))
            printf("  %s%-*s %s\n", letter, o->letter != '\0' ? 26 : 30, text, o->help);
    }
    printf("  %-30s %s\n", "--help", "this text");
}

/* ---- Wrong use */
static bool refuse(const struct door_spec *spec, int *code_out, const char *format, ...) G_GNUC_PRINTF(3, 4);
static bool refuse(const struct door_spec *spec, int *code_out, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    fprintf(stderr, "forumpost %s: %s; try --help\n", spec->name, valid);
    *code_out = EX_USAGE;
    return false;
}

/* A value that is none: else as above. */
static bool refuse_value(const struct door_spec *spec, int *code_out, const char *text)
{
    refuse(spec, code_out, "%s", text);
    *code_out = EX_DATAERR;
    return false;
}

static bool refuse_verb(const struct door_spec *spec, const char *given, int *code_out)
{
    g_autoptr(GString) words = g_string_new("");

    for (const struct door_verb *v = spec->verbs; v->word != NULL; v++)
        g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "", v->word);
    return given != NULL ? refuse(spec, code_out, "'%s' is none of its words: %s", given, words->str)
                         : refuse(spec, code_out, "it needs one of the words %s", words->str);
}

/* ---- The verb and its arguments */
static guint n_words(const char *text)
{
    guint n = *text != '\0';

    for (; *text != '\0'; text++)
        n += *text == ' ';
    return n;
}

/* How many of GIVEN are the verb's words; 0 if they are not. */
static guint matches(const struct door_verb *verb, char **given)
{
    g_auto(GStrv) words = g_strsplit(verb->word, " ", -1);
    guint n = 0;

    for (; words[n] != NULL; n++)
        if (given[n] == NULL || strcmp(words[n], given[n]) != 0)
            return 0;
    return n;
}

static bool fits(const char *arguments, guint n_given)
{
    g_auto(GStrv) names = g_strsplit(arguments, " ", -1);
    guint n_least = 0, n_most = 0;

    for (char **name = names; *name != NULL; name++) {
        if (**name == '\0')
            continue;
        n_least += **name != '[';
        n_most = strstr(*name, "...") != NULL ? G_MAXUINT : n_most + 1;
    }
    return n_given >= n_least && n_given <= n_most;
}

/* The longest run of words wins; of two with the same words the one whose arguments are as many. */
static bool find_verb(struct door *d, char **given, int *code_out)
{
    const struct door_verb *best = NULL;
    guint n_best = 0, n_given = g_strv_length(given);

    for (const struct door_verb *v = d->spec->verbs; v->word != NULL; v++) {
        guint n = matches(v, given);
        if (n == 0 && *v->word != '\0')
            continue;
        if (best == NULL || n > n_best || (n == n_best && fits(v->arguments, n_given - n))) {
            best = v;
            n_best = n;
        }
    }
    if (best == NULL)
        return refuse_verb(d->spec, given[0], code_out);
    d->verb = best;
    d->argv = given + n_best;
    if (fits(best->arguments, n_given - n_best))
        return true;
    g_autofree char *line = line_of(d->spec, best);
    const char *what = n_given - n_best < n_words(best->arguments) ? "an argument is missing" : "there are too many arguments";
    return refuse(d->spec, code_out, "%s: it is `%s`", what, line);
}

/* ---- Options */
static bool is_given(const struct door_value *v)
{
    return v->is_set || v->texts != NULL;
}

static bool is_one_of(const char *word, const char *choices)
{
    g_auto(GStrv) words = g_strsplit(choices, "|", -1);

    return g_strv_contains((const char *const *)words, word);
}

static bool is_utf8(char *const *texts)
{
    for (; texts != NULL && *texts != NULL; texts++)
        if (!g_utf8_validate(*texts, -1, NULL))
            return false;
    return true;
}

static bool check_value(const struct door *d, const struct door_option *o, struct door_value *v, int *code_out)
{
    const char *text = v->texts != NULL ? v->texts[0] : NULL;
    char *end = NULL;

    if (!is_utf8(v->texts))
        return refuse(d->spec, code_out, "--%s is not UTF-8", o->name);
    switch (o->kind) {
    case DOOR_FLAG:
    case DOOR_LIST:
        return true;
    case DOOR_TEXT:
    case DOOR_WORD:
    case DOOR_NUMBER:
        break;
    }
    if (v->texts[1] != NULL)
        return refuse(d->spec, code_out, "--%s is given twice", o->name);
    if (o->kind == DOOR_WORD && !is_one_of(text, o->argument)) {
        g_auto(GStrv) words = g_strsplit(o->argument, "|", -1);
        g_autofree char *choices = g_strjoinv(", ", words);
        g_autofree char *wrong = g_strdup_printf("--%s is one of %s, not '%s'", o->name, choices, text);
        return refuse_value(d->spec, code_out, wrong);
    }
    if (o->kind != DOOR_NUMBER)
        return true;
    v->number = g_ascii_strtoll(text, &end, 10);
    if (*text != '\0' && *end == '\0' && !g_ascii_isspace(*text) && v->number >= o->low && v->number <= o->high)
        return true;
    g_autofree char *limit = o->high == G_MAXINT64 ? g_strdup("") : g_strdup_printf(" to %" G_GINT64_FORMAT, o->high);
    g_autofree char *wrong =
        g_strdup_printf("--%s is a number from %" G_GINT64_FORMAT "%s, not '%s'", o->name, o->low, limit, text);
    return refuse_value(d->spec, code_out, wrong);
}

static bool check_options(struct door *d, int *code_out)
{
    for (guint i = 0; i <= n_options(d->spec); i++) {
        const struct door_option *o = option_at(d->spec, i);
        bool must = false, may = takes(d->verb, o->name, &must);
        g_autofree char *line = line_of(d->spec, d->verb);
        if (is_given(&d->values[i]) && !may)
            return refuse(d->spec, code_out, "--%s does not belong here: it is `%s`", o->name, line);
        if (!is_given(&d->values[i]) && must)
            return refuse(d->spec, code_out, "--%s is missing: it is `%s`", o->name, line);
        if (is_given(&d->values[i]) && !check_value(d, o, &d->values[i], code_out))
            return false;
    }
    d->as_json = d->values[n_options(d->spec)].is_set;
    return true;
}

/* GOption reads; every value is bytes here ("file names", which no locale converts), so that one sentence of ours says what is wrong with it. */
static bool parse(struct door *d, int *argc, char ***argv, int *code_out)
{
    guint n = n_options(d->spec);
    g_autofree GOptionEntry *entries = g_new0(GOptionEntry, n + 2);
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    d->values = g_new0(struct door_value, n + 1);
    for (guint i = 0; i <= n; i++) {
        const struct door_option *o = option_at(d->spec, i);
        bool is_flag = o->kind == DOOR_FLAG;
        entries[i] = (GOptionEntry){o->name,
                                    o->letter,
                                    0,
                                    is_flag ? G_OPTION_ARG_NONE : G_OPTION_ARG_FILENAME_ARRAY,
                                    is_flag ? (gpointer)&d->values[i].is_set : (gpointer)&d->values[i].texts,
                                    NULL,
                                    NULL};
    }
    g_option_context_set_help_enabled(options, FALSE);
    g_option_context_add_main_entries(options, entries, NULL);
    if (g_option_context_parse(options, argc, argv, &error))
        return true;
    return refuse(d->spec, code_out, "%s", error->message);
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

/* GOption leaves the "--" that ended the options where what follows looks like one. */
static void drop_end_of_options(int *argc, char **argv)
{
    int i = 1;

    while (i < *argc && strcmp(argv[i], "--") != 0)
        i++;
    if (i == *argc)
        return;
    memmove(&argv[i], &argv[i + 1], sizeof(char *) * (gsize)(*argc - i));
    (*argc)--;
}

bool door_read(struct door *d, int argc, char **argv, int *code_out)
{
    *code_out = 0;
    if (wants_help(argc, argv)) {
        print_help(d->spec);
        return false;
    }
    if (!parse(d, &argc, &argv, code_out))
        return false;
    drop_end_of_options(&argc, argv);
    if (!find_verb(d, argv + 1, code_out))
        return false;
    if (strstr(d->verb->arguments, "FILE") == NULL && !is_utf8(d->argv))
        return refuse(d->spec, code_out, "an argument is not UTF-8");
    return check_options(d, code_out);
}

void door_forget(struct door *d)
{
    for (guint i = 0; d->values != NULL && i <= n_options(d->spec); i++)
        g_strfreev(d->values[i].texts);
    g_clear_pointer(&d->values, g_free);
}

/* ---- What was given */
static const struct door_value *value_of(const struct door *d, const char *option)
{
    for (guint i = 0; i <= n_options(d->spec); i++)
        if (strcmp(option_at(d->spec, i)->name, option) == 0)
            return &d->values[i];
    g_error("the door %s has no option --%s", d->spec->name, option);
}

bool door_has(const struct door *d, const char *option)
{
    return is_given(value_of(d, option));
}

const char *door_text(const struct door *d, const char *option)
{
    const struct door_value *v = value_of(d, option);

    return v->texts != NULL ? v->texts[0] : NULL;
}

char **door_list(const struct door *d, const char *option)
{
    return value_of(d, option)->texts;
}

gint64 door_number(const struct door *d, const char *option, gint64 if_not_given)
{
    const struct door_value *v = value_of(d, option);

    return v->texts != NULL ? v->number : if_not_given;
}

bool door_any(const struct door *d)
{
    for (guint i = 0; i < n_options(d->spec); i++)
        if (is_given(&d->values[i]))
            return true;
    return false;
}
