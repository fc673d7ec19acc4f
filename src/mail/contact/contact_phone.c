/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Telephone numbers by plan and shape; see contact.h. A number is groups of digits with signs between them. What a date, a
 * span of time, a file number or a list of postal codes looks like is none, unless a word before it says so.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define MAX_BYTES           40
#define MAX_SIGNS           4 /* before the first digit: "(+ 49" */
#define MAX_BETWEEN         3 /* between groups */
#define MAX_GROUPS          12
#define MIN_DIGITS          8 /* of "0201 1234" */
#define MIN_LABELLED_DIGITS 5
#define MIN_WHOLE_DIGITS    10 /* in one piece without a word that names it: "05911000" is a key of an office */
#define MIN_APART_DIGITS    9  /* of "0 20 51 / 8 76 54" */
#define MAX_DIGITS          15 /* ITU-T E.164 */

static const char *const labels[] = {
#define CONTACT(language, word) word,
#include "mail/word/signatures.def"
};

/* What stands before a number that is no telephone's. */
/* clang-format off */
static const char *const others[] = {
    "az", "aktenzeichen", "vorlage", "drucksache", "ds", "bv", "beschluss", "vorgang", "vorgangsnummer", "ticket", "rechnung",
    "rechnungsnummer", "kundennummer", "mitgliedsnummer", "artikel", "artikelnummer", "flur", "flurstück", "bebauungsplan",
    "bplan", "plan", "isbn", "issn", "hrb", "hra", "steuernummer", "seriennummer", "linie", "linien", "bus", "buslinie",
    "buslinien", "los", "plz", "postleitzahl", "postleitzahlen", "auftrag", "auftragsnummer", "bestellnummer", "az.", "file", "ref",
    "reference", "order", "invoice", "case", "line", "lines", "route", "version", "antrag", "zeichen", "zählernummer",
    "id", "flurstücke", "art", "kd", "best", "rg", "kennziffer", "schlüssel", "code", "katalog", "seite", "page", "ean", "gz", "geschäftszeichen", "planfeststellung", "docket", "motion", "zip", "serial",
};
/* clang-format on */

/* Small words between a label and its number: "Telefon ist: 0201 ...", "Tel.-Nr. 0201 ...". */
static const char *const links[] = {"nr",    "nummer",     "no",  "number", "unter", "ist", "lautet", "is", "privat",
                                    "mobil", "dienstlich", "kom", "numer",  "nr.",   "pod", "al",     "au"};

static const char *const whose[] = {"meine", "unsere", "meiner", "unserer", "my", "our", "deine"};
/* Whose number is there for everybody in need. */
static const char *const rescues[] = {"notruf", "giftnotruf", "notrufnummer", "giftnotrufzentrale", "sperrnotruf"};

struct number {
    gsize n; /* bytes */
    guint digits, n_groups;
    guint sizes[MAX_GROUPS];
    gsize starts[MAX_GROUPS]; /* of each group, from the number's first byte */
    char joins[MAX_GROUPS];   /* the sign before each group; 0 before the first, ' ' a blank alone */
};

/* "0234" and below it "977 12 06": a number that its line's end cut in two, not a year or the next point of a list. */
static bool goes_on_below(const char *s, gsize n, gsize i, const struct number *x)
{
    gsize at = i + 1 + (i + 1 < n && s[i + 1] == ' '), digits = 0;

    while (at + digits < n && g_ascii_isdigit(s[at + digits]))
        digits++;
    bool is_year = digits == 4 && (s[at] == '1' || s[at] == '2');
    bool is_point = at + digits < n && strchr(".):", s[at + digits]) != NULL;
    const char *first = s + x->starts[0];
    bool is_mobile = x->n_groups > 0 && first[0] == '0' && first[1] == '1' && strchr("567", first[2]) != NULL; /* has 11 */
    bool is_begun = x->n_groups > 0 && x->digits >= 3 && x->digits < (is_mobile ? MIN_WHOLE_DIGITS : MIN_DIGITS) &&
                    (s[x->starts[0]] == '0' || *s == '+');
    return is_begun && digits >= 2 && !is_year && !is_point;
}

static void read_number(const char *s, gsize n, struct number *out)
{
    char join = 0;
    guint n_signs = 0; /* since the last digit */

    memset(out, 0, sizeof *out);
    for (gsize i = 0; i < MIN(n, MAX_BYTES) && out->n_groups < MAX_GROUPS;) {
        if (g_ascii_isdigit(s[i])) {
            guint g = out->n_groups++;
            out->starts[g] = i;
            out->joins[g] = join;
            for (; i < n && g_ascii_isdigit(s[i]); i++)
                out->sizes[g]++;
            out->digits += out->sizes[g];
            out->n = i;
            join = ' ';
            n_signs = 0;
            continue;
        }
        if (g_str_has_prefix(s + i, "\302\240") || g_str_has_prefix(s + i, "\342\200\223") ||
            g_str_has_prefix(s + i, "\342\200\221")) {
            i += s[i] == '\302' ? 2 : 3; /* no-break blank, en dash, no-break hyphen */
            n_signs++;
            continue;
        }
        if (s[i] == '\n' && goes_on_below(s, n, i, out)) {
            i += 1 + (s[i + 1] == ' ');
            continue;
        }
        bool is_sign = strchr(" ()/-._*~", s[i]) != NULL && s[i] != '\0';
        if (out->n_groups == 0 && i >= MAX_SIGNS)
            break;
        if ((!is_sign && !(s[i] == '+' && out->n_groups == 0)) || (out->n > 0 && n_signs >= MAX_BETWEEN))
            break;
        if (s[i] != ' ')
            join = s[i];
        n_signs++;
        i++;
    }
}

static gint64 group_at(const char *s, const struct number *x, guint i)
{
    return g_ascii_strtoll(s + x->starts[i], NULL, 10);
}

static bool is_year(const char *s, const struct number *x, guint i)
{
    gint64 value = x->sizes[i] == 4 ? group_at(s, x, i) : 0;

    return value >= 1900 && value <= 2099;
}

/* 24.12.2026, 1/2/26, 05/2023-07/2024, 06.30 - 20.00, 0231/2024 */
static bool is_date_or_file(const char *s, const struct number *x)
{
    guint n_two = 0, n_five = 0;
    bool has_stops = false;

    for (guint i = 0; i < x->n_groups; i++) {
        has_stops |= x->joins[i] == '.';
        n_two += x->sizes[i] <= 2;
        n_five += x->sizes[i] == 5;
    }
    bool is_french = x->n_groups == 5 && n_two == 5 && x->digits == 10;
    bool is_spaced_date = x->n_groups >= 3 && x->sizes[0] == 2 && x->sizes[1] == 2 && is_year(s, x, 2) &&
                          group_at(s, x, 0) <= 31 && group_at(s, x, 1) >= 1 && group_at(s, x, 1) <= 12; /* "05 12 2024" */
    bool is_date = x->n_groups >= 3 && x->sizes[0] <= 2 && x->sizes[1] <= 2 && x->joins[1] == x->joins[2] &&
                   strchr("./-", x->joins[1]) != NULL && (x->sizes[2] == 4 ? is_year(s, x, 2) : x->sizes[2] == 2);
    bool ends_in_year = x->n_groups >= 2 && is_year(s, x, x->n_groups - 1) && x->joins[x->n_groups - 1] != ' ';
    bool is_postal = n_five == x->n_groups;
    /* "(02 01) 4 71 18 - 25", "02 01 / 47 11 82 5": pairs, as they were once written; dates have full stops */
    bool is_paired = x->digits >= MIN_APART_DIGITS && s[x->starts[0]] == '0' && x->sizes[0] <= 2 && !has_stops;
    bool is_in_brackets = *s == '(' && x->n_groups >= 4;
    return !is_french && !(is_paired && (is_in_brackets || x->n_groups >= 5)) &&
           (is_date || is_spaced_date || ends_in_year || is_postal || n_two == x->n_groups);
}

static bool is_whole_of(const char *digits, const char *const *list, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(digits, list[i]) == 0)
            return true;
    return false;
}

/* Numbers that are there for everybody. */
static bool is_public(const char *s, const struct number *x)
{
    static const char *const whole[] = {"110",   "112",   "115", "116116", "116117", "116111", "116006", "116123",
                                        "19222", "19240", "911", "999",    "988",    "101",    "111"};
    static const char *const starts[] = {"0800", "0180", "0900",  "0137",   "0700",   "0808",
                                         "1800", "1888", "00800", "+49800", "+49180", "+49116"};
    char digits[MAX_BYTES + 2];
    gsize n = 0;

    for (gsize i = 0; i < x->n && n + 1 < sizeof digits; i++)
        if (g_ascii_isdigit(s[i]) || (s[i] == '+' && n == 0))
            digits[n++] = s[i];
    digits[n] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
        if (g_str_has_prefix(digits, starts[i]))
            return true;
    return is_whole_of(digits, whole, G_N_ELEMENTS(whole));
}

enum named { NAMED_NOTHING, NAMED_PHONE, NAMED_OTHER };

bool contact_names_phone(const char *word)
{
    return contact_is_one_of(word, labels, G_N_ELEMENTS(labels));
}

/* "Festnetznummer", "Vorgangsnummer", "Kunden-Nr": by what the number is of. */
static enum named named_by_compound(const char *word)
{
    static const char *const kinds[] = {"nummer", "nr", "ziffer", "zeichen", "number", "kennung"};
    static const char *const phones[] = {"tele",   "handy", "mobil", "ruf", "fest",     "fax", "kontakt", "privat",
                                         "dienst", "büro",  "wahl",  "not", "whatsapp", "fon", "netz",    "phone"};
    bool is_compound =
        g_str_has_suffix(word, "stellig") || (g_str_has_suffix(word, "nummern") && word[7] != '\0') /* "Kundennummern wie ..." */;

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        is_compound |= g_str_has_suffix(word, kinds[i]) && strlen(word) > strlen(kinds[i]);
    for (gsize i = 0; is_compound && i < G_N_ELEMENTS(phones); i++)
        if (strstr(word, phones[i]) != NULL)
            return NAMED_PHONE;
    return is_compound ? NAMED_OTHER : NAMED_NOTHING;
}

/* A comma or a full stop stands between the number and the word before it: "ich fahre um 6:30 los, 0160 ...". */
static bool stands_apart(struct contact_walk *w, gsize at)
{
    static const char *const short_ones[] = {"art", "ref", "best", "kd", "rg", "az",
                                             "gz",  "ds",  "bv",   "id", "nr", "no"}; /* "Az. 0201" */
    gsize i = at;

    while (i > 0 && w->text[i - 1] == ' ')
        i--;
    if (i == 0 || i == at)
        return false;
    bool is_stop = w->text[i - 1] == '.' && !contact_is_one_of(contact_word(w, at, 0), short_ones, G_N_ELEMENTS(short_ones));
    return is_stop || strchr(",;!?", w->text[i - 1]) != NULL;
}

/* "3 44 55 66 privat", "(abends)": what kind of number it is, said behind it. */
static bool is_named_behind(const struct contact_walk *w, gsize end)
{
    static const char *const kinds[] = {"privat",   "dienstlich", "mobil",  "handy",
                                        "festnetz", "tagsüber",   "abends", "geschäftlich"};
    gsize i = end;

    while (i < w->n && i < end + 2 && strchr(" (", w->text[i]) != NULL)
        i++;
    gsize to = contact_word_end(w, i);
    g_autofree char *word = to > i && to - i < MAX_BYTES ? g_utf8_strdown(w->text + i, (gssize)(to - i)) : g_strdup("");
    return contact_is_one_of(word, kinds, G_N_ELEMENTS(kinds));
}

/* "Vorwahl ist 0281, die Nummer 4 55 88" */
static bool is_behind_code(struct contact_walk *w, gsize at)
{
    bool is_number = strcmp(contact_word(w, at, 0), "nummer") == 0;

    for (guint i = 1; is_number && i < CONTACT_WORDS; i++)
        if (strcmp(contact_word(w, at, i), "vorwahl") == 0)
            return true;
    return false;
}

/* HAS_PLAN: a single letter ("T +49 ...") names only what could be a number anyway. */
static enum named named_before(struct contact_walk *w, gsize at, bool has_plan)
{
    bool is_apart = stands_apart(w, at);

    for (guint i = 0; i < CONTACT_WORDS; i++) {
        const char *word = contact_word(w, at, i);
        if (contact_names_phone(word) && (has_plan || word[0] == '\0' || word[1] != '\0'))
            return NAMED_PHONE;
        bool is_direct = strcmp(word, "line") == 0 && strcmp(contact_word(w, at, i + 1), "direct") == 0;
        bool is_mine = i < 3 && (strcmp(word, "nummer") == 0 || strcmp(word, "nummern") == 0) &&
                       contact_is_one_of(contact_word(w, at, i + 1), whose, G_N_ELEMENTS(whose)); /* "Meine Nummer ist" */
        if (is_direct || is_mine)
            return NAMED_PHONE;
        if (contact_is_one_of(word, others, G_N_ELEMENTS(others)))
            return has_plan && is_apart ? NAMED_NOTHING : NAMED_OTHER;
        enum named compound = named_by_compound(word);
        if (compound != NAMED_NOTHING)
            return compound;
        if (!contact_is_one_of(word, links, G_N_ELEMENTS(links)))
            return NAMED_NOTHING;
    }
    return NAMED_NOTHING;
}

/* By what it begins with: "+49 ...", "0049 ...", "0201 ...", "(0201) ...", "(555) 123-4567". */
static bool has_plan(const char *s, const struct number *x)
{
    const char *first = s + x->starts[0];
    bool is_zero = first[0] == '0' && (g_ascii_isdigit(first[1]) ? first[1] != '0' : x->sizes[0] == 1 && x->joins[1] == ')');
    bool is_apart = first[0] == '0' && x->sizes[0] == 1 && x->n_groups > 2 && x->digits >= MIN_APART_DIGITS && x->sizes[1] > 1 &&
                    first[2] != '0';                                                               /* "0 176 - 12 34 56 78" */
    bool is_single = first[0] == '0' && x->n_groups == x->digits && x->digits >= MIN_APART_DIGITS; /* "0 1 7 2 3 3 4 4 5" */
    bool is_bare_code = x->n_groups > 3 && x->sizes[0] == 2 && first[0] == '4' && first[1] == '9' &&
                        x->digits >= MIN_WHOLE_DIGITS && x->joins[1] == ' ' && first[3] != '0'; /* "49 201 7 65 43 21" */
    bool is_abroad = *s == '+' || (first[0] == '0' && first[1] == '0' && g_ascii_isdigit(first[2]) && first[2] != '0');
    bool is_american = x->n_groups == 3 && x->sizes[0] == 3 && x->sizes[1] == 3 && x->sizes[2] == 4 &&
                       (*s == '(' || x->joins[1] == '-') && x->joins[2] != ' ';

    return is_american || is_apart || is_single || is_bare_code || (is_abroad && x->digits >= MIN_DIGITS + (*s == '+' ? 0 : 2)) ||
           (is_zero && x->digits >= MIN_DIGITS);
}

/* Part of something longer ("VO/0231/2024", "A0231", "0,50 0201"), or an amount of something. */
static bool is_within(const char *text, gsize n, gsize at, gsize end)
{
    static const char *const units[] = {" €", "€", " euro", " eur", "%", " %", " qm", " m²", " kwh", " uhr", " $"};
    char before = at > 0 ? text[at - 1] : ' ', after = end < n ? text[end] : ' ';

    if (g_ascii_isalnum(before) || strchr("/-_#+=", before) != NULL || g_ascii_isalnum(after) || strchr("_@", after) != NULL)
        return true;
    if (after == ':' && end + 1 < n && g_ascii_isdigit(text[end + 1]))
        return true;
    if ((before == ',' || before == '.') && at > 1 && g_ascii_isdigit(text[at - 2]))
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++)
        if (end + strlen(units[i]) <= n && g_ascii_strncasecmp(text + end, units[i], strlen(units[i])) == 0)
            return true;
    return false;
}

/* Can the number be one by how it begins? Behind another number no word names it. */
static bool may_begin(const struct contact_walk *w, gsize at)
{
    const char *s = w->text + at, *before = s;

    while (before > w->text && strchr(" ()/-.", before[-1]) != NULL)
        before--;
    bool is_behind_number = before > w->text && g_ascii_isdigit(before[-1]);
    bool is_american = at + 3 < w->n && g_ascii_isdigit(s[1]) && g_ascii_isdigit(s[2]) && s[3] == '-';

    return !is_behind_number || *s == '+' || *s == '(' || is_american ||
           (*s == '0' && at + 1 < w->n && (g_ascii_isdigit(s[1]) || s[1] == ')'));
}

/* When there were too many to look at each: what begins as a number does and is long enough. */
static gsize phone_by_plan(const char *s, const struct number *x)
{
    return has_plan(s, x) ? x->n : 0;
}

/* "Durchwahl -1513", "App. 4711" */
static gsize extension_at(struct contact_walk *w, gsize at, const struct number *x)
{
    static const char *const words[] = {"durchwahl",   "dw",        "app", "apparat", "nebenstelle",
                                        "hausapparat", "extension", "ext", "dahili"};
    bool may_be = x->n_groups == 1 && x->digits >= 2 && contact_look(w);

    static const char *const between[] = {"ist", "die", "lautet", "nr", "is"};
    guint i = 0;

    while (may_be && i < 2 && contact_is_one_of(contact_word(w, at, i), between, G_N_ELEMENTS(between)))
        i++;
    return may_be && contact_is_one_of(contact_word(w, at, i), words, G_N_ELEMENTS(words)) ? x->n : 0;
}

gsize contact_phone_at(struct contact_walk *w, gsize at)
{
    const char *s = w->text + at;
    struct number x;

    if (!may_begin(w, at))
        return 0;
    read_number(s, w->n - at, &x);
    if (x.digits < MIN_LABELLED_DIGITS || x.n_groups == 0)
        return extension_at(w, at, &x);
    if (!contact_look(w))
        return phone_by_plan(s, &x);
    if (x.digits > MAX_DIGITS || is_within(w->text, w->n, at, at + x.n) || is_public(s, &x))
        return 0;
    bool is_plan = has_plan(s, &x);
    if (contact_is_one_of(contact_word(w, at, 0), rescues, G_N_ELEMENTS(rescues)))
        return 0;
    enum named named = named_before(w, at, is_plan);
    if (named == NAMED_NOTHING && x.n_groups > 1 && memchr(s, '.', x.n) == NULL && memchr(s, '/', x.n) == NULL &&
        (is_behind_code(w, at) || (x.digits > MIN_LABELLED_DIGITS && is_named_behind(w, at + x.n))))
        named = NAMED_PHONE;
    if (named == NAMED_PHONE)
        return x.n;
    bool is_sure = *s == '+' || (!is_date_or_file(s, &x) && (x.n_groups > 1 || x.digits >= MIN_WHOLE_DIGITS));
    return named == NAMED_NOTHING && is_plan && is_sure ? x.n : 0;
}
