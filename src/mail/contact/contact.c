/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contact data in a text; see contact.h. One walk over the text; what begins at a place is asked of each kind in turn.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define MAX_REST          5   /* words beside the contact in a line of contact */
#define MAX_REST_OF_PLACE 2   /* "Hauptstraße 5 ist gefährlich" is somebody's sentence */
#define MAX_LINE          200 /* bytes */
#define MAX_LABEL         30

static const char *const labels[] = {
#define CONTACT(language, word) word,
#include "mail/word/signatures.def"
};

static const char *const masks[][2] = {
    [CONTACT_PHONE] = {"[Telefonnummer entfernt]", "[telephone number removed]"},
    [CONTACT_MAIL] = {"[E-Mail-Adresse entfernt]", "[e-mail address removed]"},
    [CONTACT_BANK] = {"[Kontonummer entfernt]", "[account number removed]"},
    [CONTACT_ADDRESS] = {"[Anschrift entfernt]", "[postal address removed]"},
    [CONTACT_PLATE] = {"[Kennzeichen entfernt]", "[number plate removed]"},
    [CONTACT_BIRTH] = {"[Geburtsdatum entfernt]", "[date of birth removed]"},
    [CONTACT_NUMBER] = {"[persönliche Nummer entfernt]", "[personal number removed]"},
};

/* What is somebody's by what stands in it or around it; it begins with a digit or, DIGIT being the next one, with a letter. */
static gsize told_at(struct contact_walk *w, gsize at, gsize digit, struct contact *out)
{
    gsize end = 0;

    out->kind = CONTACT_NUMBER;
    if (digit < at + CONTACT_NUMBER_BEFORE && (end = contact_identity_at(w, at)) > 0)
        return end;
    out->kind = CONTACT_BIRTH;
    if (digit < at + CONTACT_PLATE_BEFORE && (end = contact_birth_at(w, at)) > 0)
        return end;
    out->kind = CONTACT_ADDRESS;
    return digit == at || contact_may_be_bell(w, at) ? contact_door_at(w, at) : 0;
}

static gsize number_at(struct contact_walk *w, gsize at, gsize least, struct contact *out, gsize *from_out)
{
    const char *text = w->text;
    gsize end = 0;

    if (at > 0 && g_ascii_isdigit(text[at - 1]))
        return 0;
    if (g_ascii_isdigit(text[at]) && (end = told_at(w, at, at, out)) > 0)
        return end;
    out->kind = CONTACT_BANK;
    if (g_ascii_isdigit(text[at]) && (end = contact_account_at(w, at)) > 0)
        return end;
    if (g_ascii_isdigit(text[at]) && (end = contact_place_at(w, at, least, from_out, &out->kind)) > 0)
        return end;
    *from_out = at;
    out->kind = CONTACT_PHONE;
    end = contact_phone_at(w, at);
    return end > 0 ? at + end : contact_spelled_at(w, at);
}

/* A word that begins at AT: what is known by letters. */
static gsize word_at(struct contact_walk *w, gsize at, struct contact *out)
{
    gsize end = 0;
    char c = w->text[at];

    if (c == 'h' || c == 'H' || c == 'w' || c == 'W') {
        out->kind = CONTACT_PAGE;
        end = contact_page_at(w, at);
    }
    if (end > 0 || !contact_begins_word(w, at))
        return end;
    gsize digit = contact_next_digit(w, at); /* plates and accounts have one soon, which nearly no word has */
    if (digit == at + 2 || digit == at + 3) {
        out->kind = CONTACT_BANK;
        end = contact_iban_at(w, at);
    }
    if (end == 0)
        end = told_at(w, at, digit, out);
    if (end == 0 && digit < at + CONTACT_PLATE_BEFORE) {
        out->kind = CONTACT_PLATE;
        end = contact_plate_at(w, at);
    }
    if (end == 0 && g_ascii_isalpha(c)) {
        out->kind = CONTACT_PHONE;
        end = contact_spelled_at(w, at);
    }
    return end;
}

/* What begins at AT, or is known there by its middle; where it ends, 0 if nothing does. */
static gsize span_at(struct contact_walk *w, gsize at, gsize least, struct contact *out)
{
    const char *text = w->text;
    gsize n = w->n, from = at, end = 0;
    char c = text[at];

    bool is_plus = c == '+' && at + 2 < n && (g_ascii_isdigit(text[at + 1]) || g_ascii_isdigit(text[at + 2]));
    if (g_ascii_isdigit(c) || is_plus || (c == '(' && at + 1 < n && (g_ascii_isdigit(text[at + 1]) || text[at + 1] == '+')))
        end = number_at(w, at, least, out, &from);
    if (end == 0 && c != '\0' && strchr("@ ([{<", c) != NULL) {
        out->kind = CONTACT_MAIL;
        end = contact_mail_at(w, at, least, &from);
    } else if (end == 0 && (g_ascii_isalpha(c) || (guchar)c == 0xc3)) {
        end = word_at(w, at, out);
    }
    out->at = text + from;
    out->n = end > from ? end - from : 0;
    return end;
}

/* Most signs of a text are letters within a word, or blanks before one: nothing begins there. Blanks matter before what stands for an
 * "@" (contact_mail.c), letters where a word begins. */
static inline bool is_plain_letter(char c)
{
    return (guchar)((c | 0x20) - 'a') < 26;
}

static bool is_passed_over(const char *text, gsize n, gsize at)
{
    char c = text[at], next = at + 1 < n ? text[at + 1] : '\0';

    if (is_plain_letter(c))
        return at > 0 && g_ascii_isalnum(text[at - 1]);
    return c == ' ' && is_plain_letter(next) && (next | 0x20) != 'a' && (next | 0x20) != 'k';
}

GArray *contact_spans(const char *text, gsize n)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(struct contact));
    struct contact_walk w = {.text = text, .n = n, .at = G_MAXSIZE};
    gsize least = 0;

    for (gsize i = 0; i < n;) {
        struct contact found = {0};
        if (is_passed_over(text, n, i)) {
            bool is_within = text[i++] != ' ';
            while (is_within && i < n && is_plain_letter(text[i])) /* the rest of the word, likewise */
                i++;
            continue;
        }
        gsize end = span_at(&w, i, least, &found);
        if (end > i) {
            g_array_append_val(spans, found);
            least = i = end;
        } else {
            i++;
        }
    }
    return spans;
}

/* Words of a piece beside the contact that are no labels. */
static guint rest_words(const char *from, const char *to)
{
    g_autofree char *lower = g_utf8_strdown(from, to - from);
    guint n = 0;

    for (const char *p = lower; *p != '\0';) {
        const char *end = p;
        while (*end != '\0' && (g_unichar_isalnum(g_utf8_get_char(end)) || *end == '-'))
            end = g_utf8_next_char(end);
        if (end > p) {
            g_autofree char *word = g_strndup(p, (gsize)(end - p));
            n += !contact_is_one_of(word, labels, G_N_ELEMENTS(labels));
        }
        p = end > p ? end : g_utf8_next_char(p);
    }
    return n;
}

bool contact_is_line(const char *line, gsize n)
{
    while (n > 0 && g_ascii_isspace(line[n - 1]))
        n--;
    if (n == 0 || n > MAX_LINE)
        return false;
    g_autoptr(GArray) spans = contact_spans(line, n);
    const char *at = line;
    guint rest = 0;
    bool is_sure = false;

    if (spans->len == 0)
        return false;
    for (guint i = 0; i < spans->len; i++) {
        const struct contact *c = &g_array_index(spans, struct contact, i);
        rest += rest_words(at, c->at);
        is_sure |= c->kind < N_CONTACT_MASKED;
        at = c->at + c->n;
    }
    rest += rest_words(at, line + n);
    char last = line[n - 1];
    return rest <= (is_sure ? MAX_REST : MAX_REST_OF_PLACE) && last != '?' && last != '!' && (last != '.' || rest <= 1);
}

bool contact_is_labelled(const char *line, gsize n)
{
    const char *colon = memchr(line, ':', n);
    gsize length = colon != NULL ? (gsize)(colon - line) : 0;

    if (length == 0 || length > MAX_LABEL)
        return false;
    g_autofree char *label = g_utf8_strdown(line, (gssize)length);
    bool is_label = contact_is_one_of(g_strstrip(label), labels, G_N_ELEMENTS(labels));
    while (colon < line + n && !g_ascii_isdigit(*colon))
        colon++;
    return is_label && colon < line + n;
}

bool contact_is_own(const struct contact *c, const char *own_domain)
{
    gsize n = own_domain != NULL ? strlen(own_domain) : 0;

    return c->kind == CONTACT_MAIL && n > 0 && c->n > n && c->at[c->n - n - 1] == '@' &&
           g_ascii_strncasecmp(c->at + c->n - n, own_domain, n) == 0;
}

static char *mask_but(const char *text, const char *language, const char *own_domain, bool keeps_phones, guint *n_out)
{
    g_autoptr(GArray) spans = contact_spans(text, strlen(text));
    int column = language != NULL && g_ascii_strncasecmp(language, "de", 2) == 0 ? 0 : 1;
    GString *out = g_string_new(NULL);
    const char *at = text;
    guint n = 0;

    for (guint i = 0; i < spans->len; i++) {
        const struct contact *c = &g_array_index(spans, struct contact, i);
        if (c->kind >= N_CONTACT_MASKED || contact_is_own(c, own_domain) || (keeps_phones && c->kind == CONTACT_PHONE))
            continue;
        g_string_append_len(out, at, c->at - at);
        g_string_append(out, masks[c->kind][column]);
        at = c->at + c->n;
        n++;
    }
    g_string_append(out, at);
    if (n_out != NULL)
        *n_out = n;
    return g_string_free(out, FALSE);
}

char *contact_mask(const char *text, const char *language, const char *own_domain, guint *n_out)
{
    return mask_but(text, language, own_domain, false, n_out);
}

char *contact_mask_but_phones(const char *text, const char *language, const char *own_domain)
{
    return mask_but(text, language, own_domain, true, NULL);
}
