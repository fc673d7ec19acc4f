/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Telephone numbers that were written so that no machine finds them: "null zwei null eins, vier sieben ...", "O172 884 21 09" with the
 * letter O. A run of digits, of words for them and of letters that look like them; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include "base/letter.h"

#include <string.h>

#define MIN_DIGITS   7
#define MIN_SHORT    5
#define MAX_DIGITS   15 /* ITU-T E.164 */
#define MAX_PIECES   24
#define MAX_BETWEEN  3  /* signs */
#define LEAST_WORDS  2  /* one word is somebody's sentence */
#define LONGEST_WORD 60 /* "null-eins-sieben-sechs" */

static const struct {
    const char *word;
    char digit;
} spelled[] = {
    {"null", '0'},  {"eins", '1'},  {"zwei", '2'},   {"zwo", '2'},   {"drei", '3'}, {"vier", '4'},  {"fünf", '5'},
    {"fuenf", '5'}, {"sechs", '6'}, {"sieben", '7'}, {"acht", '8'},  {"neun", '9'}, {"zero", '0'},  {"oh", '0'},
    {"one", '1'},   {"two", '2'},   {"double", 0},   {"triple", 0},  {"doppel", 0}, {"three", '3'}, {"four", '4'},
    {"five", '5'},  {"six", '6'},   {"seven", '7'},  {"eight", '8'}, {"nine", '9'},
};

struct run {
    gsize end;
    guint n_digits, n_words, n_letters; /* letters that stand for digits */
    char first;
};

/* Digits with the letter O among them: how long. */
static gsize look_alike(const struct contact_walk *w, gsize at, struct run *r)
{
    gsize i = at;
    guint n_letters = 0;

    for (; i < w->n && (g_ascii_isdigit(w->text[i]) || w->text[i] == 'O' || w->text[i] == 'o'); i++)
        n_letters += !g_ascii_isdigit(w->text[i]);
    bool is_end = i >= w->n || !g_ascii_isalnum(w->text[i]);
    if (i == at || i - at == n_letters || !is_end)
        return 0;
    if (r->n_digits == 0)
        r->first = g_ascii_isdigit(w->text[at]) ? w->text[at] : '0';
    r->n_letters += n_letters;
    r->n_digits += (guint)(i - at);
    return i - at;
}

/* Which word stands at AT, at most MOST bytes: its place in the table, G_N_ELEMENTS(spelled) none. */
static gsize spelled_here(const struct contact_walk *w, gsize at, gsize most)
{
    gsize i = 0;
    char first = letter_lower(w->text[at]);

    for (; i < G_N_ELEMENTS(spelled); i++) {
        gsize n = spelled[i].word[0] == first ? strlen(spelled[i].word) : 0;
        if (n > 0 && n <= most && g_ascii_strncasecmp(w->text + at, spelled[i].word, n) == 0)
            break;
    }
    return i;
}

/* A word, or several written as one: "nulleins". */
static gsize word_of_digit(const struct contact_walk *w, gsize at, struct run *r)
{
    gsize end = contact_word_end(w, at), k;
    struct run with = *r;

    if (end == at || end - at > LONGEST_WORD)
        return 0;
    for (gsize i = at; i < end; i += strlen(spelled[k].word)) {
        i += i > at && w->text[i] == '-';
        if ((k = spelled_here(w, i, end - i)) == G_N_ELEMENTS(spelled))
            return 0;
        if (with.n_digits == 0)
            with.first = spelled[k].digit;
        with.n_digits += spelled[k].digit != 0 || with.n_digits > 0; /* "double oh" */
        with.n_words++;
    }
    *r = with;
    return end - at;
}

static struct run read_run(const struct contact_walk *w, gsize at)
{
    struct run r = {.end = at};
    gsize i = at;

    for (guint k = 0; k < MAX_PIECES && i < w->n; k++) {
        gsize n = look_alike(w, i, &r);
        if (n == 0)
            n = word_of_digit(w, i, &r);
        if (n == 0)
            break;
        r.end = i += n;
        i += i + 7 < w->n && g_ascii_strncasecmp(w->text + i, ", dann ", 7) == 0 ? 7 : 0;
        for (gsize between = 0; between < MAX_BETWEEN && i < w->n && w->text[i] != '\0' && strchr(" ,./-", w->text[i]) != NULL;
             between++)
            i++;
    }
    return r;
}

/* A digit, or the first two letters of one of the words: few places of a text are. */
static bool may_begin(const struct contact_walk *w, gsize at)
{
    static const char *const seconds[] = {
        ['a'] = "c",  ['d'] = "ro", ['e'] = "i",   ['f'] = "\303uoi", ['n'] = "uei",
        ['o'] = "hn", ['s'] = "ei", ['t'] = "wrh", ['v'] = "i",       ['z'] = "we",
    };
    const char *s = w->text + at;
    guchar first = (guchar)letter_lower(*s);

    if (*s == '0' || (first == 'o' && at + 1 < w->n && g_ascii_isdigit(s[1])))
        return true;
    bool is_first = first < G_N_ELEMENTS(seconds) && seconds[first] != NULL && at + 1 < w->n && s[1] != '\0';
    for (const char *second = is_first ? seconds[first] : ""; *second != '\0'; second++)
        if (*second == letter_lower(s[1]))
            return true;
    return false;
}

/* Is AT within a run that began before it, and so was looked at? */
static bool is_behind_digit(const struct contact_walk *w, gsize at)
{
    gsize i = at;

    while (i > 0 && at - i < MAX_BETWEEN && w->text[i - 1] != '\0' && strchr(" ,./-", w->text[i - 1]) != NULL)
        i--;
    return i > 0 && g_ascii_isdigit(w->text[i - 1]);
}

/* "unter der zwei fünf vier acht neun zu erreichen" */
static bool is_reached(struct contact_walk *w, gsize at)
{
    guint i = contact_is_one_of(contact_word(w, at, 0), (const char *const[]){"der", "die", "nummer"}, 3);
    const char *word = contact_word(w, at, i);

    return strcmp(word, "unter") == 0 || strcmp(word, "nummer") == 0 || contact_names_phone(word);
}

/* Words of numbers that count something end in no zero: a telephone number begins with one, or its word stands before it. */
gsize contact_spelled_at(struct contact_walk *w, gsize at)
{
    if (!may_begin(w, at) || !contact_begins_word(w, at) || is_behind_digit(w, at))
        return 0;
    struct run r = read_run(w, at);
    bool is_short = r.n_digits >= MIN_SHORT && r.n_words == r.n_digits; /* without the code of its town */
    if ((r.n_digits < MIN_DIGITS && !is_short) || r.n_digits > MAX_DIGITS || (r.n_words < LEAST_WORDS && r.n_letters == 0) ||
        !contact_look(w))
        return 0;
    if (r.n_digits < MIN_DIGITS)
        return is_reached(w, at) ? r.end : 0;
    return r.first == '0' || contact_names_phone(contact_word(w, at, 0)) ? r.end : 0;
}
