/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contact data in a text; see contact.h. One walk over the text; what begins at a place is asked of each kind in turn.
 */
#include "mail/contact/contact.h"

#include <string.h>

#define MAX_LOCAL         64 /* RFC 5321 4.5.3.1 */
#define MAX_DOMAIN        255
#define MAX_REST          5   /* words beside the contact in a line of contact */
#define MAX_REST_OF_PLACE 2   /* "Hauptstraße 5 ist gefährlich" is somebody's sentence */
#define MAX_LINE          200 /* bytes */
#define MAX_LABEL         30
#define MIN_IBAN          15
#define MAX_IBAN          34

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
};

/* ---- Mail and web */
static bool is_local(char c)
{
    return g_ascii_isalnum(c) || (guchar)c >= 0x80 || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

static bool is_host(char c)
{
    return g_ascii_isalnum(c) || (guchar)c >= 0x80 || c == '-' || c == '.';
}

/* The sign of an address at AT: "@", or what people write against collectors. Its length, 0 if it is none. */
static gsize at_sign(const char *text, gsize n, gsize at)
{
    static const char *const signs[] = {" (at) ", "(at)", " [at] ", "[at]", " (ät) ", " {at} "};
    gsize bracket = at + (text[at] == ' ');

    if (text[at] == '@')
        return 1;
    if (bracket + 1 >= n || strchr("([{", text[bracket]) == NULL ||
        (g_ascii_tolower(text[bracket + 1]) != 'a' && text[bracket + 1] != '\303'))
        return 0;
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (at + strlen(signs[i]) <= n && g_ascii_strncasecmp(text + at, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    return 0;
}

static gsize host_end(const char *text, gsize n, gsize at)
{
    gsize i = at, most = MIN(n, at + MAX_DOMAIN);
    bool has_dot = false;

    while (i < most) {
        gsize dot = i + 7 <= n && g_ascii_strncasecmp(text + i, " (dot) ", 7) == 0   ? 7
                    : i + 7 <= n && g_ascii_strncasecmp(text + i, " [dot] ", 7) == 0 ? 7
                                                                                     : 0;
        if (dot == 0 && !is_host(text[i]))
            break;
        bool is_dot = dot > 0 || text[i] == '.';
        has_dot |= is_dot && i > at && i + MAX(dot, 1) < n && g_ascii_isalpha(text[i + MAX(dot, 1)]);
        i += MAX(dot, 1);
    }
    while (i > at && i < n && ((guchar)text[i] & 0xc0) == 0x80) /* cut by its length: not within a character */
        i--;
    while (i > at && (text[i - 1] == '.' || text[i - 1] == '-'))
        i--;
    return has_dot ? i : 0;
}

static gsize mail_at(const char *text, gsize n, gsize at, gsize least, gsize *from_out)
{
    gsize sign = at_sign(text, n, at), from = at;

    while (from > least && at - from < MAX_LOCAL && is_local(text[from - 1]))
        from--;
    while (from < at && (((guchar)text[from] & 0xc0) == 0x80 || strchr("'/.=", text[from]) != NULL))
        from++;
    gsize end = sign > 0 && from < at ? host_end(text, n, at + sign) : 0;
    *from_out = from;
    return end;
}

static gsize page_at(const char *text, gsize n, gsize at)
{
    static const char *const starts[] = {"http://", "https://", "www."};
    bool is_start = at == 0 || !g_ascii_isalnum(text[at - 1]);

    for (gsize i = 0; is_start && i < G_N_ELEMENTS(starts); i++) {
        gsize length = strlen(starts[i]), end = at + length;
        if (end >= n || g_ascii_strncasecmp(text + at, starts[i], length) != 0)
            continue;
        while (end < n && !strchr(" \t\n<>\"()", text[end]))
            end++;
        return end;
    }
    return 0;
}

/* ---- Banks */
/* ISO 7064: letters are 10 to 35; the rest by 97 of all signs up to here. */
static guint rest_with(guint rest, char c)
{
    return g_ascii_isdigit(c) ? (rest * 10 + (guint)(c - '0')) % 97 : (rest * 100 + (guint)(g_ascii_toupper(c) - 'A' + 10)) % 97;
}

/* REST: of what stands behind the country and its two digits, which go behind it; the whole leaves 1. */
static bool is_iban(guint rest, const char *country)
{
    for (guint i = 0; i < 4; i++)
        rest = rest_with(rest, country[i]);
    return rest == 1;
}

/* Of the many when there were too many: those of digits alone, which most countries have. */
static gsize iban_at(struct contact_walk *w, gsize at)
{
    const char *text = w->text;
    gsize n = w->n, n_signs = 0, best = 0;
    guint rest = 0;

    if (at + MIN_IBAN > n || !g_ascii_isalpha(text[at + 1]) || !g_ascii_isdigit(text[at + 2]) || !g_ascii_isdigit(text[at + 3]) ||
        (at > 0 && g_ascii_isalnum(text[at - 1])))
        return 0;
    bool takes_letters = contact_look(w);
    for (gsize i = at; i < n && n_signs < MAX_IBAN; i++) {
        bool is_sign = g_ascii_isalnum(text[i]);
        if (is_sign && ++n_signs > 4 && !takes_letters && g_ascii_isalpha(text[i]))
            break;
        if (is_sign && n_signs > 4)
            rest = rest_with(rest, text[i]);
        if (!is_sign && (!strchr(" -.", text[i]) || (i + 1 < n && !g_ascii_isalnum(text[i + 1]))))
            break;
        bool is_whole = i + 1 >= n || !g_ascii_isalnum(text[i + 1]);
        if (is_whole && n_signs >= MIN_IBAN && is_iban(rest, text + at))
            best = i + 1;
    }
    return best;
}

/* "Konto 1234567", "BLZ 360 501 05" */
static gsize account_at(struct contact_walk *w, gsize at)
{
    static const char *const words[] = {"konto",   "kontonummer", "kto",          "ktonr",   "kto-nr", "konto-nr",
                                        "kontonr", "blz",         "bankleitzahl", "account", "acct",   "iban"};
    const char *text = w->text, *before;
    gsize n = w->n, end = at, n_digits = 0;
    bool is_behind_number = at > 1 && text[at - 1] == ' ' && g_ascii_isdigit(text[at - 2]);

    for (gsize i = at; !is_behind_number && i < n && i < at + MAX_IBAN &&
                       (g_ascii_isdigit(text[i]) || (text[i] == ' ' && i + 1 < n && g_ascii_isdigit(text[i + 1])));
         i++) {
        n_digits += text[i] != ' ';
        end = i + 1;
    }
    if (n_digits < 5 || !contact_look(w))
        return 0;
    before = contact_word(w, at, 0);
    if (contact_is_one_of(before, (const char *const[]){"nr", "nummer", "number", "no"}, 4))
        before = contact_word(w, at, 1);
    return contact_is_one_of(before, words, G_N_ELEMENTS(words)) ? end : 0;
}

/* ---- Cars: "E-AB 1234", only where a word says that it is one */
static gsize plate_at(struct contact_walk *w, gsize at)
{
    const char *text = w->text;
    static const char *const words[] = {"kennzeichen", "kfz",      "auto",  "autokennzeichen", "wagen",
                                        "pkw",         "fahrzeug", "plate", "registration",    "kfz-kennzeichen",
                                        "lkw",         "motorrad", "car"};
    gsize n = w->n, i = at, letters = 0, digits = 0;

    for (const char *p = text + i; i < n && g_unichar_isupper(g_utf8_get_char(p)) && letters < 4; p = text + i, letters++)
        i = (gsize)(g_utf8_next_char(p) - text);
    if (letters == 0 || letters > 3 || i >= n || (text[i] != '-' && text[i] != ' ') || (at > 0 && g_ascii_isalnum(text[at - 1])))
        return 0;
    gsize second = ++i;
    while (i < n && g_ascii_isupper(text[i]))
        i++;
    if (i == second || i - second > 2)
        return 0;
    i += i < n && (text[i] == ' ' || text[i] == '-');
    for (; i < n && g_ascii_isdigit(text[i]); i++)
        digits++;
    i += i < n && (text[i] == 'E' || text[i] == 'H');
    if (digits == 0 || digits > 4 || (i < n && g_ascii_isalnum(text[i])))
        return 0;
    bool is_looked_at = contact_look(w);
    for (guint k = 0; is_looked_at && k < CONTACT_WORDS; k++)
        if (contact_is_one_of(contact_word(w, at, k), words, G_N_ELEMENTS(words)))
            return i;
    return 0;
}

/* ---- All of them */
static gsize number_at(struct contact_walk *w, gsize at, gsize least, struct contact *out, gsize *from_out)
{
    const char *text = w->text;
    gsize end = 0;

    if (at > 0 && g_ascii_isdigit(text[at - 1]))
        return 0;
    out->kind = CONTACT_BANK;
    if (g_ascii_isdigit(text[at]) && (end = account_at(w, at)) > 0)
        return end;
    if (g_ascii_isdigit(text[at]) && (end = contact_place_at(w, at, least, from_out, &out->kind)) > 0)
        return end;
    out->kind = CONTACT_PHONE;
    end = contact_phone_at(w, at);
    return end > 0 ? at + end : 0;
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
    if (end == 0 && (c == '@' || c == ' ' || c == '(' || c == '[')) {
        from = at;
        out->kind = CONTACT_MAIL;
        end = at_sign(text, n, at) > 0 ? mail_at(text, n, at, least, &from) : 0;
    } else if (end == 0 && (c == 'h' || c == 'H' || c == 'w' || c == 'W')) {
        out->kind = CONTACT_PAGE;
        end = page_at(text, n, at);
    }
    if (end == 0 && g_ascii_isalpha(c)) {
        out->kind = CONTACT_BANK;
        end = iban_at(w, at);
    }
    if (end == 0 && (g_ascii_isupper(c) || (guchar)c == 0xc3)) {
        out->kind = CONTACT_PLATE;
        end = plate_at(w, at);
    }
    out->at = text + from;
    out->n = end > from ? end - from : 0;
    return end;
}

GArray *contact_spans(const char *text, gsize n)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(struct contact));
    struct contact_walk w = {.text = text, .n = n, .at = G_MAXSIZE};
    gsize least = 0;

    for (gsize i = 0; i < n;) {
        struct contact found = {0};
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

static bool is_own(const struct contact *c, const char *own_domain)
{
    gsize n = own_domain != NULL ? strlen(own_domain) : 0;

    return c->kind == CONTACT_MAIL && n > 0 && c->n > n && c->at[c->n - n - 1] == '@' &&
           g_ascii_strncasecmp(c->at + c->n - n, own_domain, n) == 0;
}

char *contact_mask(const char *text, const char *language, const char *own_domain, guint *n_out)
{
    g_autoptr(GArray) spans = contact_spans(text, strlen(text));
    int column = language != NULL && g_ascii_strncasecmp(language, "de", 2) == 0 ? 0 : 1;
    GString *out = g_string_new(NULL);
    const char *at = text;
    guint n = 0;

    for (guint i = 0; i < spans->len; i++) {
        const struct contact *c = &g_array_index(spans, struct contact, i);
        if (c->kind >= N_CONTACT_MASKED || is_own(c, own_domain))
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
