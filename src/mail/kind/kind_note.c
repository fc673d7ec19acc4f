/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See kind_note.h. The words are data: notes.def.
 */
#include "mail/kind/kind_note.h"

#include "base/hash.h"
#include "mail/kind/kind.h"
#include "mail/kind/kind_part.h"
#include "mail/word/phrases.h"
#include "mail/word/subject.h"

#include <string.h>

#define MOST_BYTES         1500 /* of a note; a longer text has more to say */
#define MOST_RECEIPT_BYTES 800
#define MOST_LABEL_BYTES   30
#define MOST_LEAD_BYTES    60 /* "Ihre Nachricht" */
#define MOST_NAME_LINES    8
#define LEAST_NUMBERS      2
#define WORDS_FOR_ONE      10 /* one word that is no note's is a name, in so many */
#define MOST_STRANGE       2  /* words behind those with which a program says so: its name */
#define WORDS_FOR_STRANGE  4  /* one is, among so many: where a program says that it wrote the text */
#define MOST_REFERRED      12 /* words in the sentence that names who helps instead */
#define MOST_NAME_WORDS    6

enum sort { CLASS_NONE, CLASS_strong, CLASS_thanks, CLASS_unread, CLASS_refer, CLASS_soon };

static const struct phrase selves[] = {
#define SELF(phrase) {phrase, 0, NULL},
#include "mail/kind/notes.def"
};
static const struct phrase held[] = {
#define HELD(phrase) {phrase, 0, NULL},
#include "mail/kind/notes.def"
};
static const struct phrase said[] = {
#define STRONG(phrase)        {phrase, CLASS_strong, NULL},
#define BESIDE(class, phrase) {phrase, CLASS_##class, NULL},
#include "mail/kind/notes.def"
};
static const char *const own_words[] = {
#define OWN(word) word,
#include "mail/kind/notes.def"
    NULL};
static const char *const words[] = {
#define WORDS(words) words,
#include "mail/kind/notes.def"
};

struct knowledge {
    struct phrases selves, held, said;
    GHashTable *words; /* that are of notes */
};

static struct knowledge *learn(void)
{
    struct knowledge *k = g_new0(struct knowledge, 1);

    phrases_init(&k->selves, selves, G_N_ELEMENTS(selves));
    phrases_init(&k->held, held, G_N_ELEMENTS(held));
    phrases_init(&k->said, said, G_N_ELEMENTS(said));
    k->words = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_auto(GStrv) of = g_strsplit(words[i], " ", -1);
        for (char **w = of; *w != NULL; w++)
            g_hash_table_add(k->words, g_strdup(*w));
    }
    return k;
}

/* Made once, by whichever thread comes first; it lives as long as the process. */
static const struct knowledge *known(void)
{
    static gsize made;

    if (g_once_init_enter(&made))
        g_once_init_leave(&made, GPOINTER_TO_SIZE(learn()));
    return GSIZE_TO_POINTER(made);
}

/* Does the stop at P, of a text from FROM on, end a sentence? Not of a date, of "p. Nowak" or "Tel. 22". */
static bool is_stop(const char *from, const char *p)
{
    if (strchr(".!?", *p) == NULL || p == from || strchr(" \t\n", p[1]) == NULL)
        return false;
    bool is_letter = p - from >= 2 && g_ascii_isspace(p[-2]);
    return !g_ascii_isdigit(p[-1]) && !is_letter && !(p[1] == ' ' && g_ascii_isdigit(p[2]));
}

/* The end of the sentence at P: a stop, or an empty line. */
static const char *sentence_end(const char *p)
{
    for (const char *from = p; *p != '\0'; p++)
        if (is_stop(from, p) || (*p == '\n' && p[1] == '\n'))
            return p + 1;
    return p;
}

/* "Mit freundlichen Grüßen", "Pozdrawiam": a short line with such a word in it. */
static bool is_closing(const char *line)
{
    static const char *const of[] = {"grüße",  "gruß",    "grüßen",     "regards",      "cordialement", "pozdrawiam",
                                     "groet",  "groeten", "saluti",     "saygılarımla", "selamlar",     "sincerely",
                                     "cheers", "saludo",  "hälsningar", "hilsen",       "повагою",      "pozdravem"};
    g_autofree char *folded = phrases_fold(line, MOST_LEAD_BYTES);

    for (gsize i = 0; strlen(line) < MOST_LEAD_BYTES && i < G_N_ELEMENTS(of); i++)
        if (strstr(folded, of[i]) != NULL)
            return true;
    return false;
}

/* TEXT without its closing and the few lines of a name below it. Caller frees. */
static char *without_closing(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint n = g_strv_length(lines), at = n;

    for (guint i = n; i-- > 0 && n - i <= MOST_NAME_LINES && strlen(lines[i]) <= MOST_LEAD_BYTES;)
        at = is_closing(lines[i]) ? i : at;
    if (at < n)
        g_clear_pointer(&lines[at], g_free);
    for (guint i = at + 1; i < n; i++)
        g_clear_pointer(&lines[i], g_free);
    return g_strjoinv("\n", lines);
}

/* The sentences of TEXT, folded. */
static GPtrArray *sentences_of(const char *text)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

    for (const char *p = text, *end; *p != '\0'; p = end) {
        end = sentence_end(p);
        g_autofree char *folded = phrases_fold(p, end - p);
        if (*g_strstrip(folded) != '\0')
            g_ptr_array_add(out, g_steal_pointer(&folded));
    }
    return out;
}

/* A link behind which somebody has to prove that they are no machine. */
static bool is_challenge(const char *text)
{
    g_autofree char *folded = phrases_fold(text, -1);
    bool has_way =
        strstr(folded, "https://") != NULL || strstr(folded, "http://") != NULL || strstr(folded, "click here") != NULL;

    return has_way && phrases_best(&known()->held, folded) != NULL;
}

/* Numbers, days, addresses and links are everybody's. */
static bool is_known(const char *word)
{
    return strpbrk(word, "0123456789@/") != NULL || g_hash_table_contains(known()->words, word);
}

/* Adds the words of SENTENCE, and those that are no note's. False: somebody speaks for themselves in it. */
static bool count_words(const char *sentence, guint *n_words, guint *n_strange)
{
    static const char *const titles[] = {"frau",     "herr",      "herrn",     "dr",      "mr",       "mrs",
                                         "ms",       "m",         "mme",       "dhr",     "mevrouw",  "pan",
                                         "pani",     "collega",   "colleague", "kollege", "kollegin", "kollegen",
                                         "collègue", "compañera", "compañero", "bey",     "hanım",    NULL};
    g_auto(GStrv) of = g_strsplit_set(sentence, " ,.;:!?()\"", -1);
    bool is_name = false; /* "an Herrn Winter" */

    for (char **w = of; *w != NULL; w++) {
        if (g_strv_contains(own_words, *w))
            return false;
        *n_words += **w != '\0';
        *n_strange += **w != '\0' && !is_name && !is_known(*w);
        is_name = **w != '\0' ? g_strv_contains(titles, *w) : is_name;
    }
    return strchr(sentence, '?') == NULL;
}

/* What kinds of phrases the sentence has, one bit each. */
static guint classes_of(const char *sentence)
{
    const struct phrase *found;
    const char *at = sentence;
    guint classes = 0;

    for (const char *p = sentence; (found = phrases_first(&known()->said, p, &at)) != NULL; p = at + strlen(found->text))
        classes |= 1u << (guint)found->value;
    return classes;
}

/* "Sehr geehrte Frau Beispiel,", "Ihr Service-Team": names somebody, in few words. */
static bool is_formula(const char *sentence, guint n_words)
{
    static const char *const begins[] = {"sehr geehrte", "guten ",  "hallo",       "liebe",   "dear ", "hello",
                                         "hi ",          "bonjour", "dzień dobry", "merhaba", "sayın", "ihr ",
                                         "ihre ",        "your ",   "votre ",      "gentile", "beste", "geachte",
                                         "buongiorno",   "hej",     "thanks",      "danke, "};

    for (gsize i = 0; n_words <= MOST_NAME_WORDS && i < G_N_ELEMENTS(begins); i++)
        if (g_str_has_prefix(sentence, begins[i]))
            return true;
    return false;
}

/* A number, an address, or a word for going there. */
static bool says_how(const char *sentence)
{
    static const char *const ways[] = {"wenden sie sich", "kontakt", "contact", "kontaktieren", "nachfolger", "ring ", "call "};
    bool found = strpbrk(sentence, "0123456789@") != NULL;

    for (gsize i = 0; !found && i < G_N_ELEMENTS(ways); i++)
        found = strstr(sentence, ways[i]) != NULL;
    return found;
}

/* Is SENTENCE one of a note, with phrases of CLASSES? Of who helps instead it may say name and office; of nobody's opinion anything. */
static bool is_of_note(const char *sentence, guint classes)
{
    guint n_words = 0, n_strange = 0;

    if (!count_words(sentence, &n_words, &n_strange))
        return false;
    if (classes == 1u << CLASS_refer)
        return n_strange <= (says_how(sentence) ? MOST_REFERRED : 2);
    if (classes != 0)
        return n_strange <= 1;
    return n_strange * WORDS_FOR_ONE <= n_words || is_formula(sentence, n_words);
}

/* What is behind the words with which SENTENCE says that a program wrote it. NULL: it does not say so. */
static const char *behind_self(const char *sentence)
{
    const struct phrase *self = phrases_at_start(&known()->selves, sentence);
    const char *rest = self != NULL ? sentence + strlen(self->text) : NULL;
    return rest != NULL ? rest + strcspn(rest, " ") : NULL;
}

/* "Dies ist eine automatisch erstellte Nachricht.": one of the first two sentences, or of the last two. People's programs say so below
 * what people wrote ("automatisch auf Viren geprüft", "automatisch übersetzt"): where more is said than notes say, a person says it. */
static bool says_itself(const GPtrArray *sentences)
{
    bool found = false;

    for (guint i = 0; i < sentences->len; i++) {
        const char *sentence = sentences->pdata[i], *rest = behind_self(sentence);
        guint n_words = 0, n_strange = 0;
        bool is_self = rest != NULL && (i < 2 || i + 2 >= sentences->len);
        if (!count_words(is_self ? rest : sentence, &n_words, &n_strange))
            return false;
        guint classes = is_self ? 0 : classes_of(sentence);
        bool is_few = n_strange <= MOST_STRANGE && (is_self || classes != 0);
        bool is_of_it = is_few || (!is_self && (n_strange * WORDS_FOR_STRANGE <= n_words || is_of_note(sentence, classes)));
        if (!is_of_it)
            return false;
        found |= is_self;
    }
    return found;
}

/* Nothing but what notes of absence and receipts of offices say: that, and one thing beside it. */
static bool is_made_of_notes(const GPtrArray *sentences, const char *subject)
{
    g_autofree guint *classes = g_new0(guint, sentences->len + 1);
    guint all = 0;

    for (guint i = 0; i < sentences->len; i++)
        all |= classes[i] = classes_of(sentences->pdata[i]);
    bool has_beside = (all & ~(1u << CLASS_strong)) != 0 || kind_is_weak_title(subject);
    if ((all & 1u << CLASS_strong) == 0 || !has_beside)
        return false;
    for (guint i = 0; i < sentences->len; i++)
        if (!is_of_note(sentences->pdata[i], classes[i]))
            return false;
    return true;
}

/* The value of "Betreff: Neue Idee", NULL if LINE is no such line: a word or two without digits, a colon, something. */
static const char *labelled(const char *line)
{
    gsize n = strcspn(line, ":0123456789.!?");

    if (line[n] != ':' || n == 0 || n > MOST_LABEL_BYTES)
        return NULL;
    const char *value = line + n + 1 + strspn(line + n + 1, " \t");
    return *value != '\0' ? value : NULL;
}

/* "28. November 2026 15:01" */
static bool has_numbers(const char *line)
{
    guint n = 0;

    for (const char *p = line; *p != '\0'; p++)
        n += g_ascii_isdigit(*p) && !g_ascii_isdigit(p[1]);
    return n >= LEAST_NUMBERS;
}

/* "Ihre Nachricht / An: P / Betreff: Neue Idee / wurde am ... gelesen." below the subject "Gelesen: Neue Idee": its first words, two or
 * more fields of which one is what the subject has behind its own colon, and one sentence that ends it. No address: a mail's head has
 * the one who wrote. */
static bool repeats_fields(const struct message *m)
{
    const char *colon = strchr(m->subject, ':'), *title = colon != NULL ? colon + 1 + strspn(colon + 1, " ") : "";
    guint n_fields = 0, n_before = 0, n_behind = 0;
    bool has_title = false, has_day = false;

    if (*title == '\0' || subject_kind(m->subject) != MARKER_NONE || strlen(m->text) > MOST_RECEIPT_BYTES)
        return false;
    g_auto(GStrv) lines = g_strsplit(m->text, "\n", -1);
    for (char **l = lines; *l != NULL; l++) {
        const char *value = labelled(g_strstrip(*l));
        if (**l == '\0')
            continue;
        has_title |= value != NULL && strcmp(value, title) == 0;
        n_fields += value != NULL;
        has_day |= value == NULL && n_fields > 0 && has_numbers(*l);
        n_before += value == NULL && n_fields == 0;
        n_behind += value == NULL && n_fields > 0;
        if (value == NULL && n_fields == 0 && strlen(*l) > MOST_LEAD_BYTES)
            return false;
    }
    return has_title && n_fields >= 2 && has_day && n_before == 1 && n_behind >= 1 && n_behind <= 2;
}

/* Who writes to us anew has a reason; who is away answers. */
static bool is_answer(const struct message *m)
{
    return m->in_reply_to->len + m->references->len > 0 || subject_kind(m->subject) == MARKER_REPLY;
}

bool kind_note(struct message *m)
{
    const char *why = NULL;

    if (m->kind != KIND_HUMAN || m->forwarded != NULL || m->attachments->len > 0 || strnlen(m->text, MOST_BYTES + 1) > MOST_BYTES)
        return false;
    if (kind_is_command_word(m->subject)) /* "This message was automatically generated by Gmail.": its user pressed the button */
        return false;
    g_autofree char *body = without_closing(m->text);
    g_autoptr(GPtrArray) sentences = sentences_of(body);
    if (says_itself(sentences))
        why = "says that a program wrote it";
    else if (is_challenge(m->text))
        why = "asks its receiver for a proof";
    else if (is_answer(m) && is_made_of_notes(sentences, m->subject))
        why = "a note of absence or a receipt, and nothing else";
    else if (repeats_fields(m))
        why = "a receipt that repeats our fields";
    if (why == NULL)
        return false;
    g_ptr_array_add(m->why, g_strdup_printf("text: %s", why));
    m->kind = KIND_AUTO_REPLY;
    m->may_reply = false;
    return true;
}
