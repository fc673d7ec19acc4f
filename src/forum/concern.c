/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a text tells of others; see concern.h. The words of a sentence are sorted into classes; who is nearest to a piece of contact owns it.
 */
#include "forum/concern.h"

#include "base/hash.h"
#include "base/letter.h"
#include "base/limits.h"
#include "forum/fold.h"
#include "mail/contact/contact.h"

#include <string.h>

#define WORD         40 /* bytes of a word that are looked at */
#define NEAR         12 /* words from a piece of contact to whose it is */
#define BEHIND       6
#define HEADING      3  /* so few words behind it are no sentence */
#define SENTENCE     80 /* words of one before and behind a word: hostile texts have no full stop */
#define MOST_AT_ONCE 64 /* words for which room is made */
#define NEAR_STATE   8  /* from a name to what somebody is */

enum sort { CLASS_NONE, TITLE, KIN, THEIRS, LIVES, MINE, SELF, OFFICE, LINK, STATE, GIVEN };

struct word {
    const char *at;
    guint n;
    char low[WORD];
    bool is_upper, ends_sentence;
    enum sort class;
};

static const struct {
    enum sort class;
    const char *word;
    gsize n; /* bytes of it */
} rows[] = {
#define CONCERN(class, word) {class, word, sizeof(word) - 1},
#include "forum/concern.def"
};

#define N_SLOTS 1024 /* a power of 2, more than twice as many as rows */
G_STATIC_ASSERT(2 * G_N_ELEMENTS(rows) < N_SLOTS);

/* Where each word's row is: slots of row numbers from 1, 0 free; who finds a slot taken goes to the next. Of a word that stands there
 * twice the last row counts. Made once; lives as long as the process. What has "-" at its end is looked for only where a name stands. */
static const guint16 *row_slots(void)
{
    static gsize made;

    if (g_once_init_enter(&made)) {
        guint16 *slots = g_new0(guint16, N_SLOTS);
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
            guint slot = hash_slot(rows[i].word, rows[i].n, N_SLOTS);
            while (slots[slot] != 0 && strcmp(rows[slots[slot] - 1].word, rows[i].word) != 0)
                slot = (slot + 1) & (N_SLOTS - 1);
            slots[slot] = (guint16)(i + 1);
        }
        g_once_init_leave(&made, GPOINTER_TO_SIZE(slots));
    }
    return GSIZE_TO_POINTER(made);
}

static enum sort class_of(const guint16 *slots, const char *low, gsize n)
{
    for (guint slot = hash_slot(low, n, N_SLOTS); slots[slot] != 0; slot = (slot + 1) & (N_SLOTS - 1)) {
        gsize row = slots[slot] - 1u;
        if (rows[row].n == n && memcmp(rows[row].word, low, n) == 0)
            return rows[row].class;
    }
    return CLASS_NONE;
}

static bool is_state(const struct word *w)
{
    if (w->class == STATE)
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize n = rows[i].n;
        if (rows[i].class == STATE && rows[i].word[n - 1] == '-' && strncmp(w->low, rows[i].word, n - 1) == 0)
            return true;
    }
    return false;
}

/* "Str.", "Dr.", "z. B.": a full stop behind few letters ends no sentence, nor one before a small letter. */
static bool ends_sentence(const char *end, gsize n)
{
    if (*end == '!' || *end == '?' || (end[0] == '\n' && end[1] == '\n'))
        return true;
    if (*end != '.' || n <= 3)
        return false;
    const char *next = end + 1 + strspn(end + 1, " \n");
    return next > end + 1 && !g_unichar_islower(g_utf8_get_char(next));
}

/* Nearly all letters are ASCII's, and every text is walked through: GLib is asked about the others alone. */
static bool is_letter(const char *p)
{
    return (guchar)*p < 0x80 ? g_ascii_isalpha(*p) : g_unichar_isalpha(g_utf8_get_char(p));
}

static const char *next_letter(const char *p)
{
    return (guchar)*p < 0x80 ? p + 1 : g_utf8_next_char(p);
}

static inline bool is_plain_letter(char c)
{
    return (guchar)((c | 0x20) - 'a') < 26;
}

/* The word that begins at P; returns where it ends, P if none begins there. Its small letters are cut off where there are too many: no
 * word of the table has so many. *N_LOW_OUT: bytes of them. */
static const char *read_word(const char *p, struct word *w, gsize *n_low_out)
{
    const char *end = p;
    gsize n = 0;

    for (;;) {
        if (is_plain_letter(*end)) {
            if (n + 7 < WORD)
                w->low[n++] = (char)(*end | 0x20);
            end++;
        } else if ((guchar)*end >= 0x80 && is_letter(end)) {
            if (n + 7 < WORD)
                n += (gsize)g_unichar_to_utf8(g_unichar_tolower(g_utf8_get_char(end)), w->low + n);
            end = g_utf8_next_char(end);
        } else {
            break;
        }
    }
    w->low[n] = '\0';
    w->at = p;
    w->n = (guint)(end - p);
    *n_low_out = n;
    return end;
}

static GArray *words_of(const char *text)
{
    GArray *words = g_array_sized_new(FALSE, FALSE, sizeof(struct word), MOST_AT_ONCE);
    const guint16 *slots = row_slots();
    struct word w;

    for (const char *p = text; *p != '\0' && words->len < LIMIT_CONCERN_WORDS;) {
        gsize n_low;
        const char *end = read_word(p, &w, &n_low);
        if (end == p) {
            p = next_letter(p);
            continue;
        }
        w.is_upper = (guchar)*p < 0x80 ? g_ascii_isupper(*p) : g_unichar_isupper(g_utf8_get_char(p));
        w.class = class_of(slots, w.low, n_low);
        w.ends_sentence = ends_sentence(end, w.n);
        g_array_append_val(words, w);
        p = end;
    }
    return words;
}

static const struct word *at(const GArray *words, guint i)
{
    return &g_array_index(words, struct word, i);
}

/* Is the word one of those that the author is called by? */
static bool is_author(const char *author, const struct word *w)
{
    g_autoptr(GArray) names = author != NULL ? words_of(author) : NULL;

    for (guint i = 0; names != NULL && i < names->len; i++)
        if (strcmp(at(names, i)->low, w->low) == 0)
            return true;
    return false;
}

/* "Frau Klein", "Klaus Meier", "mein Nachbar Karl": does a name of somebody else begin at I? *N_OUT: its words. */
static bool is_name(const GArray *words, guint i, const char *author, guint *n_out)
{
    const struct word *w = at(words, i);
    const struct word *next = i + 1 < words->len && !(w->ends_sentence) ? at(words, i + 1) : NULL;

    *n_out = 2;
    if (next == NULL || !next->is_upper || next->n < 2 || (next->at - (w->at + w->n)) > 2 || is_author(author, next) ||
        next->class == OFFICE)
        return false;
    if (w->class == TITLE)
        return w->is_upper;
    return w->is_upper && w->class == GIVEN && !is_author(author, w);
}

/* From which word on the sentence goes that word I is in; and before which it ends. */
static guint sentence_start(const GArray *words, guint i)
{
    for (guint n = 0; n < SENTENCE && i > 0 && !at(words, i - 1)->ends_sentence; n++)
        i--;
    return i;
}

static guint sentence_end(const GArray *words, guint i)
{
    for (guint n = 0; n < SENTENCE && i < words->len && !at(words, i)->ends_sentence; n++)
        i++;
    return MIN(i + 1, words->len);
}

static bool has_class(const GArray *words, guint from, guint to, enum sort class)
{
    for (guint i = from; i < to; i++)
        if (at(words, i)->class == class)
            return true;
    return false;
}

/* ---- Contact */
enum whose { WHOSE_UNKNOWN, WHOSE_MINE, WHOSE_THEIRS };

static bool is_kins(const GArray *words, guint i)
{
    return i + 1 < words->len && (at(words, i + 1)->class == KIN || (i + 2 < words->len && at(words, i + 2)->class == KIN));
}

/* "Ich, Ursula Behrens", "mein Name ist Jürgen Böhm", "I have lived": does the writer speak of themselves up to word I? */
static bool is_of_writer(const GArray *words, guint i)
{
    for (guint k = sentence_start(words, i); k < i; k++)
        if (at(words, k)->class == MINE && !is_kins(words, k))
            return true;
    return false;
}

/* "Ich bin die Frau Yilmaz", "Ihr Nachbar Willi" */
static bool is_self(const GArray *words, guint i)
{
    return (i > 0 && at(words, i - 1)->class == SELF) || (i > 1 && at(words, i - 2)->class == SELF);
}

static enum whose whose_word(const GArray *words, guint i, const char *author)
{
    const struct word *w = at(words, i);
    guint n;
    bool is_named = is_name(words, i, author, &n);

    if ((is_named && w->class == GIVEN) || w->class == LIVES)
        return is_of_writer(words, i) ? WHOSE_MINE : WHOSE_THEIRS;
    if (is_named || w->class == KIN)
        return is_self(words, i) ? WHOSE_MINE : WHOSE_THEIRS;
    if (w->class == THEIRS)
        return WHOSE_THEIRS;
    return w->class == MINE && !is_kins(words, i) ? WHOSE_MINE : WHOSE_UNKNOWN;
}

/* "Familie Celik, Bochumer Straße 188.", or a line with nothing but a name: so people say who they are. */
static bool is_heading(const GArray *words, guint from, guint name, guint before, guint behind, const char *author)
{
    guint n, n_behind = behind < words->len ? sentence_end(words, behind) - behind : 0;
    bool is_own_line = is_name(words, name, author, &n) && at(words, name + 1)->at[at(words, name + 1)->n] == '\n' &&
                       (name == 0 || at(words, name)->at[-1] == '\n');

    if (is_own_line)
        return true;
    return (name == from || at(words, name)->class == GIVEN) && is_name(words, name, author, &n) && name + n > before &&
           n_behind < HEADING;
}

/* Whose is the contact before which word I stands last, and behind which word BEHIND stands first? */
static enum whose whose(const GArray *words, guint before, guint behind, const char *author)
{
    guint from = before < words->len ? sentence_start(words, before) : before;
    guint to = behind < words->len ? sentence_end(words, behind) : behind;
    bool is_office = before < words->len && has_class(words, from, before + 1, OFFICE);

    for (guint k = 0; before < words->len && k < NEAR && before >= from + k; k++) {
        enum whose found = whose_word(words, before - k, author);
        if (found == WHOSE_THEIRS && (is_office || is_heading(words, from, before - k, before, behind, author)))
            return WHOSE_UNKNOWN;
        if (found != WHOSE_UNKNOWN)
            return found;
    }
    for (guint i = behind; i < to && i < behind + BEHIND; i++) {
        enum whose found = whose_word(words, i, author);
        if (found != WHOSE_UNKNOWN)
            return found == WHOSE_THEIRS && is_office ? WHOSE_UNKNOWN : found;
    }
    return WHOSE_UNKNOWN;
}

/* Is a piece of contact somebody else's? A car is, unless somebody says that it is theirs. */
static bool has_others_contact(const GArray *words, const char *text, const char *author, const char *own_domain)
{
    g_autoptr(GArray) spans = contact_spans(text, strlen(text));
    guint behind = 0;

    for (guint i = 0; i < spans->len; i++) {
        const struct contact *c = &g_array_index(spans, struct contact, i);
        if (c->kind >= N_CONTACT_MASKED || contact_is_own(c, own_domain))
            continue;
        while (behind < words->len && at(words, behind)->at < c->at + c->n)
            behind++;
        guint before = behind;
        while (before > 0 && at(words, before - 1)->at >= c->at)
            before--;
        bool is_begun = before > 0 && !at(words, before - 1)->ends_sentence;
        bool goes_on = strchr(".!?\n", c->at[c->n]) == NULL;
        enum whose w = whose(words, is_begun ? before - 1 : G_MAXUINT, goes_on ? behind : G_MAXUINT, author);
        if (w == WHOSE_THEIRS || (w == WHOSE_UNKNOWN && c->kind == CONTACT_PLATE))
            return true;
    }
    return false;
}

/* ---- Health and the like */
/* "Frau Klein ist dement", "der demente Herr Klein", "wegen der Demenz von Frau Klein" */
static bool tells_state(const GArray *words, guint name, guint n_name)
{
    guint from = sentence_start(words, name), to = sentence_end(words, name);
    bool is_linked = false;

    if (has_class(words, from, to, OFFICE))
        return false;
    for (guint i = name + n_name; i < to && i < name + n_name + NEAR_STATE; i++) {
        is_linked |= at(words, i)->class == LINK;
        if (at(words, i)->class == MINE)
            return false;
        if (is_linked && is_state(at(words, i)))
            return true;
    }
    bool is_of = name > from + 1 && (strcmp(at(words, name - 1)->low, "von") == 0 || strcmp(at(words, name - 1)->low, "of") == 0);
    return (name > from && is_state(at(words, name - 1))) || (is_of && is_state(at(words, name - 2)));
}

bool concern_is_personal(const char *text, const char *author, const char *own_domain, bool has_contact)
{
    g_autoptr(GArray) words = words_of(text);
    guint n_name;

    for (guint i = 0; i < words->len; i++)
        if ((at(words, i)->class == TITLE || at(words, i)->class == GIVEN) && is_name(words, i, author, &n_name) &&
            tells_state(words, i, n_name))
            return true;
    return has_contact && has_others_contact(words, text, author, own_domain);
}
