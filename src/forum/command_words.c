/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a line is laid against the words of command.def, and the phrases around them; see command_words.h.
 */
#include "forum/command_words.h"

#include "base/hash.h"
#include "forum/fold.h"

#include <string.h>

#define MAX_LINE_BYTES      1000 /* no row fits a longer one */
#define LEAST_SLIP          9    /* bytes of a line that may be a slip of one word */
#define MOST_SLIP           16
#define LONGEST_FIRST_BYTES 64 /* no word with which a row begins is longer */

static const struct row {
    enum command command;
    const char *pattern;
} rows[] = {
#define COMMAND(id, text, ...)
#define WORDS(id, text) {COMMAND_##id, text},
#include "forum/command.def"
#undef COMMAND
#undef WORDS
};

static const struct formula_row {
    enum formula formula;
    const char *pattern;
} formulas[] = {
    {FORMULA_GREETING, "hallo|guten|liebes|liebe|lieber|sehr|moin|servus|hi|hello|dear|merhaba|sayın|dzień|cześć|szanowni"},
    {FORMULA_CLOSING, "mit? freundlichen|freundlichem|besten|herzlichen|vielen|lieben grüßen|gruß|gruessen"},
    {FORMULA_CLOSING, "viele|beste|liebe|herzliche|freundliche|schöne? grüße|gruß|gruesse"},
    {FORMULA_GREETING, "grüß gott|dich|euch|sie"},
    {FORMULA_CLOSING, "gruß|grüße|gruesse"},
    {FORMULA_CLOSING, "hochachtungsvoll|mfg|vg|lg|bg|ihr|ihre|danke|merci"},
    {FORMULA_CLOSING, "danke|dank sehr|schön|ihnen|euch|im? voraus?"},
    {FORMULA_CLOSING, "vielen|besten|herzlichen dank für? ihre|die? mühe|hilfe|arbeit?"},
    {FORMULA_CLOSING, "schönen|einen|ein? schönen|schönes? tag|abend|wochenende noch?"},
    {FORMULA_CLOSING, "kind|best|warm? regards|wishes|best|cheers|sincerely|thanks"},
    {FORMULA_CLOSING, "yours? sincerely|faithfully|truly"},
    {FORMULA_CLOSING, "thank|many you|thanks very? much?"},
    {FORMULA_CLOSING, "saygılarımla|selamlar|sevgiler|teşekkürler|iyi günler?"},
    {FORMULA_CLOSING, "z poważaniem"},
    {FORMULA_CLOSING, "z? pozdrawiam|pozdrowieniami|dziękuję|dzięki bardzo?"},
};

/* Said around a command, never one itself; pairs are written with a blank. */
static const char *const courtesies[] = {
    "bitte",     "danke",  "gerne",   "gern",        "vielen dank",     "besten dank", "herzlichen dank", "ok",
    "okay",      "doch",   "hiermit", "sofort",      "umgehend",        "mal",         "please",          "thanks",
    "thank you", "kindly", "lütfen",  "teşekkürler", "teşekkür ederim", "proszę",      "dziękuję",
};

/* How a line begins that takes something back, in any language of ours. */
static const char *const objections[] = {
    "aber", "nicht",  "kein", "keine", "nein",  "doch",  "erst", "noch", "nur",   "ohne",
    "wenn", "falls",  "oder", "ps",    "warum", "but",   "not",  "no",   "only",  "without",
    "if",   "unless", "why",  "ama",   "fakat", "değil", "ale",  "nie",  "tylko",
};

/* One word of a pattern, "a|b|c" of N bytes: does WORD fit? Pattern and word are folded. */
static bool choice_fits(const char *choice, gsize n, const char *word)
{
    gsize n_word = strlen(word);

    for (const char *p = choice, *end = choice + n; p < end;) {
        const char *bar = memchr(p, '|', (gsize)(end - p));
        gsize length = (gsize)((bar != NULL ? bar : end) - p);
        if (length == n_word && memcmp(p, word, n_word) == 0)
            return true;
        p += length + 1;
    }
    return false;
}

static bool is_number(const char *word)
{
    gsize n = word != NULL ? strspn(word, "0123456789") : 0;

    return n > 0 && n <= 12 && word[n] == '\0';
}

/* "3 7", "idee 3 und idee 7" */
static bool are_numbers(char *const *words)
{
    static const char *const between[] = {"idee", "idea", "ideen", "ideas", "und", "and", NULL};
    guint n = 0;

    for (; *words != NULL; words++) {
        bool counts = is_number(*words);
        if (!counts && !g_strv_contains(between, *words))
            return false;
        n += counts;
    }
    return n > 0;
}

/* "17", "idee 17", "idee-17" (folded: one word), "v3", "vorschlag 3"; HAS_PAGE: and behind it another number. */
static bool is_discussion(char *const *words, bool has_page)
{
    static const char *const kinds[] = {"idee", "idea", "vorschlag", "proposal", "v", ""};
    bool is_named = false;

    for (guint i = 0; !is_named && i < G_N_ELEMENTS(kinds); i++) {
        gsize n = g_str_has_prefix(*words, kinds[i]) ? strlen(kinds[i]) : 0;
        char *const *number = n > 1 && (*words)[n] == '\0' ? words + 1 : words;
        const char *digits = number == words ? *words + n : *number;
        is_named = is_number(digits) && (number[1] == NULL || (has_page && is_number(number[1]) && number[2] == NULL));
    }
    return is_named;
}

/* "#" is a number, also of "idee-17", "#/" with that of one of its posts, "17/2"; "%" is that of a proposal, too, "%%" with a page; "*" is what is left of the line. */
static bool argument_fits(const char *p, char *const *words)
{
    const char *word = *words;

    if (*p == '*')
        return true;
    if (*p == '%')
        return is_discussion(words, p[1] == '%');
    if (p[1] == '#')
        return are_numbers(words);
    if (g_str_has_prefix(word, "idee") || g_str_has_prefix(word, "idea"))
        word += 4;
    gsize n = strspn(word, "0123456789");
    char *const *behind = p[1] == '/' && words[1] != NULL && is_number(words[1]) ? words + 2 : words + 1; /* folded: two words */
    return n > 0 && n <= 12 && word[n] == '\0' && *behind == NULL;
}

/* Does the pattern from P on fit the WORDS from there on? It splits only at words that may be missing: a row has few.
 * *ARGUMENT_OUT: where the argument begins, which is always last. */
static bool pattern_matches(const char *p, char *const *words, char *const **argument_out)
{
    if (*p == '\0')
        return *words == NULL;
    if ((*p == '#' || *p == '*' || *p == '%') && *words != NULL && argument_fits(p, words)) {
        *argument_out = words;
        return true;
    }
    gsize n = strcspn(p, " ");
    const char *next = p[n] == ' ' ? p + n + 1 : p + n;
    bool may_miss = p[n - 1] == '?';
    if (*words != NULL && choice_fits(p, may_miss ? n - 1 : n, *words) && pattern_matches(next, words + 1, argument_out))
        return true;
    return may_miss && pattern_matches(next, words, argument_out);
}

/* A row as it is compared: each word folded, the signs of the pattern kept. */
static char *fold_pattern(const char *pattern)
{
    GString *out = g_string_new(NULL);

    while (*pattern != '\0') {
        gsize n = strcspn(pattern, " |?");
        g_autofree char *word = g_strndup(pattern, n);
        g_autofree char *folded = fold_words(word);
        g_string_append(out, *word != '\0' && strspn(word, "#*%/") == strlen(word) ? word : folded);
        pattern += n;
        if (*pattern != '\0')
            g_string_append_c(out, *pattern++);
    }
    return g_string_free(out, FALSE);
}

/* The tables as they are compared, in their order. */
struct folded {
    char *rows[G_N_ELEMENTS(rows)], *formulas[G_N_ELEMENTS(formulas)], *courtesies[G_N_ELEMENTS(courtesies)],
        *objections[G_N_ELEMENTS(objections)];
    guint64 row_starts[G_N_ELEMENTS(rows)], formula_starts[G_N_ELEMENTS(formulas)];
    /* How a line may begin that fits a row (courtesies too, behind which one may stand), or a formula: the first word, and which rows
     * (GArray of guint16, in order). NULL: in any way. */
    GHashTable *row_firsts, *formula_firsts;
};

static guint64 start(const char *word)
{
    return G_GUINT64_CONSTANT(1) << ((guchar)*word & 63);
}

static GArray *rows_of(GHashTable *firsts, const char *word, gsize n)
{
    g_autofree char *key = g_strndup(word, n);
    GArray *of = g_hash_table_lookup(firsts, key);

    if (of == NULL)
        g_hash_table_insert(firsts, g_steal_pointer(&key), of = g_array_new(FALSE, FALSE, sizeof(guint16)));
    return of;
}

/* With which bytes what fits the folded PATTERN of the Nth row may begin, one bit each: most rows are passed over by a line's first
 * letter. With which words goes into *FIRSTS, which is cleared if that is open. */
static guint64 starts_of(const char *pattern, gsize n_row, GHashTable **firsts)
{
    guint16 row = (guint16)n_row;
    guint64 starts = 0;

    for (bool goes_on = true; goes_on && *pattern != '\0';) {
        gsize n = strcspn(pattern, " ");
        if (*pattern == '#' || *pattern == '*' || *pattern == '%') {
            g_clear_pointer(firsts, g_hash_table_unref);
            return G_MAXUINT64;
        }
        for (const char *p = pattern; p != NULL && p < pattern + n; p = memchr(p, '|', (gsize)(pattern + n - p))) {
            p += *p == '|';
            starts |= start(p);
            if (*firsts != NULL)
                g_array_append_val(rows_of(*firsts, p, strcspn(p, "|? ")), row);
        }
        goes_on = pattern[n - 1] == '?';
        pattern += n + (pattern[n] == ' ');
    }
    return starts;
}

static struct folded *fold_tables(void)
{
    struct folded *f = g_new(struct folded, 1);

    f->row_firsts = g_hash_table_new_full(hash_text, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    f->formula_firsts = g_hash_table_new_full(hash_text, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        f->row_starts[i] = starts_of(f->rows[i] = fold_pattern(rows[i].pattern), i, &f->row_firsts);
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++)
        f->formula_starts[i] = starts_of(f->formulas[i] = fold_pattern(formulas[i].pattern), i, &f->formula_firsts);
    for (gsize i = 0; i < G_N_ELEMENTS(courtesies); i++) {
        g_autofree char *word = fold_words(courtesies[i]);
        f->courtesies[i] = g_strdup_printf(" %s ", word);
        if (f->row_firsts != NULL)
            rows_of(f->row_firsts, word, strcspn(word, " "));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(objections); i++)
        f->objections[i] = fold_words(objections[i]);
    return f;
}

/* The rows that the FOLDED line may fit by its first word; NULL none, as of nearly all lines of a text. FIRSTS is not NULL. */
static const GArray *may_be(GHashTable *firsts, const char *folded)
{
    char word[LONGEST_FIRST_BYTES];
    gsize n = strcspn(folded, " ");

    if (n >= sizeof word)
        return NULL;
    memcpy(word, folded, n);
    word[n] = '\0';
    return g_hash_table_lookup(firsts, word);
}

static bool may_fit(GHashTable *firsts, const char *folded)
{
    return firsts == NULL || may_be(firsts, folded) != NULL;
}

/* Does LINE begin with a word with which no row does, so that the rest of it need not be folded? */
static bool begins_otherwise(GHashTable *firsts, const char *line)
{
    char word[FOLD_FIRST_BYTES];

    return firsts != NULL && fold_first_word(line, word) && *word != '\0' && g_hash_table_lookup(firsts, word) == NULL;
}

/* What stands before the first sign of LINE that says something: "+", or a letter or digit. */
static const char *skip_signs(const char *line)
{
    while (*line != '\0' && *line != '+' && !g_ascii_isalnum(*line) &&
           ((guchar)*line < 0x80 || !g_unichar_isalnum(g_utf8_get_char(line))))
        line = g_utf8_next_char(line);
    return line;
}

static bool is_plus_one(const char *line)
{
    const char *p = skip_signs(line), *one = p[0] == '+' ? p + 1 + (p[1] == ' ') : p;

    return one > p && *one == '1' && !g_ascii_isdigit(one[1]);
}

/* Folding them costs milliseconds, so it is done once, whichever thread comes first. They live as long as the process. */
static const struct folded *folded_tables(void)
{
    static gsize folded;

    if (g_once_init_enter(&folded))
        g_once_init_leave(&folded, GPOINTER_TO_SIZE(fold_tables()));
    return GSIZE_TO_POINTER(folded);
}

/* The one sign that is a word: a plus before a one. */
static char *fold_line(const char *line)
{
    const char *p = skip_signs(line);
    bool is_plus = is_plus_one(p);
    g_autofree char *folded = fold_words(is_plus ? strchr(p, '1') + 1 : p);

    return is_plus ? g_strconcat("plus1", *folded != '\0' ? " " : "", folded, NULL) : g_steal_pointer(&folded);
}

/* Takes every courtesy out of a folded line. */
static char *without_courtesies(const struct folded *tables, const char *folded)
{
    g_autoptr(GString) s = g_string_new(NULL);

    g_string_printf(s, " %s ", folded);
    for (gsize i = 0; i < G_N_ELEMENTS(courtesies); i++) {
        const char *whole = tables->courtesies[i];
        for (char *at = strstr(s->str, whole); at != NULL; at = strstr(s->str, whole))
            g_string_erase(s, at - s->str, (gssize)strlen(whole) - 1);
    }
    return g_strstrip(g_strdup(s->str));
}

const char *command_words_row(guint n, enum command *command_out)
{
    if (n >= G_N_ELEMENTS(rows))
        return NULL;
    *command_out = rows[n].command;
    return rows[n].pattern;
}

enum command command_words_match(const char *line)
{
    return command_words_find(line, NULL);
}

static enum command find_in(const struct folded *tables, const char *folded, char **argument_out)
{
    const GArray *only = tables->row_firsts != NULL ? may_be(tables->row_firsts, folded) : NULL;
    gsize n = tables->row_firsts == NULL ? G_N_ELEMENTS(rows) : only != NULL ? only->len : 0;
    char *const *argument = NULL;

    if (n == 0 || *folded == '\0')
        return COMMAND_NONE;
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);
    for (gsize k = 0; k < n; k++) {
        gsize i = only != NULL ? g_array_index(only, guint16, k) : k;
        if ((tables->row_starts[i] & start(words[0])) != 0 && pattern_matches(tables->rows[i], words, &argument)) {
            if (argument != NULL && argument_out != NULL)
                *argument_out = g_strjoinv(" ", (char **)argument);
            return rows[i].command;
        }
    }
    return COMMAND_NONE;
}

/* "abestellen", "unsubscibe": one letter too many, too few, another one, or two the wrong way round. */
static bool is_slip_of(const char *word, const char *of)
{
    gsize n = strlen(word), n_of = strlen(of), same = 0;

    while (word[same] != '\0' && word[same] == of[same])
        same++;
    const char *rest = word + same, *rest_of = of + same;
    if (n == n_of)
        return *rest != '\0' && (strcmp(rest + 1, rest_of + 1) == 0 ||
                                 (rest[0] == rest_of[1] && rest[1] == rest_of[0] && strcmp(rest + 2, rest_of + 2) == 0));
    return (n == n_of + 1 && strcmp(rest + 1, rest_of) == 0) || (n + 1 == n_of && strcmp(rest, rest_of + 1) == 0);
}

/* A single word that can be nothing but a slip of one that ends what somebody is sent; no other word of a language is so near. */
static enum command slipped(const char *line)
{
    static const char *const words[] = {"abbestellen", "abbestellung", "unsubscribe", "deabonnieren"};
    gsize n = strcspn(line, " \t");

    if (n < LEAST_SLIP || n > MOST_SLIP || line[n] != '\0')
        return COMMAND_NONE;
    g_autofree char *folded = fold_words(line);
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (is_slip_of(folded, words[i]))
            return COMMAND_STOP;
    return COMMAND_NONE;
}

enum command command_words_find(const char *line, char **argument_out)
{
    const struct folded *tables = folded_tables();

    if (!is_plus_one(line) && begins_otherwise(tables->row_firsts, line))
        return slipped(line);
    g_autofree char *folded = strlen(line) <= MAX_LINE_BYTES ? fold_line(line) : g_strdup("");
    if (!may_fit(tables->row_firsts, folded))
        return COMMAND_NONE;
    g_autofree char *bare = without_courtesies(tables, folded);
    enum command found = find_in(tables, bare, argument_out);

    return found != COMMAND_NONE || strcmp(bare, folded) == 0 ? found
                                                              : find_in(tables, folded, argument_out); /* "sofort" is both */
}

bool command_words_may_begin(const char *line)
{
    const struct folded *tables = folded_tables();
    gsize n = strcspn(line, "-");

    if (strlen(line) > MAX_LINE_BYTES)
        return true;
    if (line[n] == '\0' && !is_plus_one(line) && begins_otherwise(tables->row_firsts, line))
        return false;
    g_autofree char *folded = fold_line(line), *head = g_strndup(line, line[n] == '-' ? n : 0), *folded_head = fold_line(head);
    return may_fit(tables->row_firsts, folded) ||
           may_fit(tables->row_firsts, folded_head); /* of "neu-bau" too, "neu" is cut off */
}

/* Words that a salutation shares with sentences: "Sehr geehrte Frau ...", not "Sehr gut!"; "Lieber Jörg", not "Lieber mit Dach." */
static bool is_salutation(const char *line, char *const *words)
{
    static const struct {
        const char *first, *second; /* how the second word may begin */
    } pairs[] = {{"sehr", "geehrt|verehrt|geschatzt|geschaetzt"},
                 {"guten", "tag|morgen|abend|mittag|nachmittag|vormittag|rutsch"},
                 {"dzien", "dobry"}};
    bool is_dear = g_str_has_prefix(words[0], "lieb");
    const char *behind = line + strcspn(line, " \t"), *name = behind + strspn(behind, " \t");
    gsize n = strlen(line);

    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (strcmp(words[0], pairs[i].first) != 0)
            continue;
        g_auto(GStrv) seconds = g_strsplit(pairs[i].second, "|", -1);
        for (char **s = seconds; *s != NULL; s++)
            if (words[1] != NULL && g_str_has_prefix(words[1], *s))
                return true;
        return false;
    }
    return !is_dear || words[1] == NULL || (g_unichar_isupper(g_utf8_get_char(name)) && strchr(".?", line[n - 1]) == NULL);
}

enum formula command_words_formula(const char *line)
{
    const struct folded *tables = folded_tables();
    char *const *none;

    if (begins_otherwise(tables->formula_firsts, line))
        return FORMULA_NONE;
    g_autofree char *folded = strlen(line) <= MAX_LINE_BYTES ? fold_words(line) : g_strdup("");
    if (*folded == '\0' || !may_fit(tables->formula_firsts, folded))
        return FORMULA_NONE;
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++) {
        char *first[] = {words[0], NULL};
        bool is_greeting = formulas[i].formula == FORMULA_GREETING;
        if ((tables->formula_starts[i] & start(words[0])) != 0 &&
            pattern_matches(tables->formulas[i], is_greeting ? first : words, &none))
            return is_greeting && (g_strv_length(words) > 6 || !is_salutation(line, words)) ? FORMULA_NONE : formulas[i].formula;
    }
    return FORMULA_NONE;
}

bool command_words_objects(const char *line)
{
    const struct folded *tables = folded_tables();
    char first[FOLD_FIRST_BYTES];
    g_autofree char *folded = fold_first_word(line, first) && *first != '\0' ? g_strdup(first) : fold_words(line);
    gsize n = strcspn(folded, " ");

    for (gsize i = 0; i < G_N_ELEMENTS(objections); i++) {
        const char *word = tables->objections[i];
        if (strlen(word) == n && memcmp(word, folded, n) == 0)
            return true;
    }
    return false;
}
