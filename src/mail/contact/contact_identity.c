/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person is told from all others by: the day of their birth, behind a word that says so, and the numbers that offices and banks
 * know them by. A payment card is known by its check sum (ISO/IEC 7812), a German pension number by the birthday within it, a tax number
 * by its check digit (ISO 7064 MOD 11,10); all others by their word. See contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define MAX_BYTES     28
#define MIN_SIGNS     7 /* of a number that is known by its word alone */
#define MIN_DIGITS    5
#define LEAST_DIGITS  4 /* among letters: "L7M2N4P9T" */
#define MIN_CARD      13
#define MAX_CARD      19
#define TAX_DIGITS    11
#define PENSION_SIGNS 12
#define MIN_YEAR      1900 /* who was born before is history */
#define MAX_YEAR      2049
#define BEHIND        3 /* words: "am 14.3.1951 geboren" */

/* clang-format off */
/* Of a person in any case; of a person who is the writer's, or has a title. */
static const char *const births[] = {
    "geb", "geburtsdatum", "gebdatum", "geb-datum", "birth", "dob", "birthdate", "doğum", "urodziłam", "urodziłem", "urodzenia", "geboortedatum", "naissance",
};
static const char *const told[] = {
    "geboren", "geborener", "geborene", "geburtstag", "born", "birthday", "doğumlu", "urodzony", "urodzona", "urodził", "urodziła", "ur", "geboortedag", "né", "née",
    "nato", "nata", "nascita",
};
static const char *const titles[] = {"frau", "herr", "herrn", "nachbar", "nachbarin", "tochter", "sohn", "mutter", "vater", "oma", "opa", "mr", "mrs", "ms"};
static const char *const behinds[] = {"geburtstag", "geboren", "geb", "doğdum", "doğumluyum", "doğumlu", "geborener", "geborene", "zur"};
static const char *const dead[] = {"gestorben", "starb", "verstorben", "died", "denkmal", "dichter", "dichterin"};
static const char *const months[] = {
    "januar", "februar", "märz", "maerz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember",
    "january", "february", "march", "may", "june", "july", "october", "december", "jan", "feb", "mär", "mrz", "apr", "jun", "jul", "aug", "sep",
    "sept", "okt", "oct", "nov", "dez", "dec", "ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım",
    "aralık", "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    "januari", "februari", "maart", "mei", "augustus",
};
/* What such a number is called, whole or by its end. */
static const char *const names[] = {
    "steuer-id", "steuerid", "idnr", "id-nr", "svnr", "sv-nr", "rvnr", "rv-nr", "kvnr", "kv-nr", "personalausweis", "ausweis", "reisepass", "passport",
    "führerschein", "pesel", "bsn", "kimlik", "tin", "vers", "vers-nr", "versnr", "st-id", "bahncard", "dowód", "dowodu", "kreditkarte", "ec-karte", "girokarte", "bankkarte", "karte", "card", "visa",
    "mastercard", "nino", "ssn", "kartennr",
};
static const struct contact_suffix name_ends[] = {
    CONTACT_SUFFIX("versichertennummer"), CONTACT_SUFFIX("versicherungsnummer"), CONTACT_SUFFIX("versichertennr"), CONTACT_SUFFIX("versicherungsnr"),
    CONTACT_SUFFIX("versicherten-nr"), CONTACT_SUFFIX("versicherungs-nr"), CONTACT_SUFFIX("sv-nummer"), CONTACT_SUFFIX("rv-nummer"),
    CONTACT_SUFFIX("rentennummer"), CONTACT_SUFFIX("identifikationsnummer"), CONTACT_SUFFIX("steuer-idnr"), CONTACT_SUFFIX("ausweisnummer"),
    CONTACT_SUFFIX("ausweis-nr"), CONTACT_SUFFIX("passnummer"), CONTACT_SUFFIX("pass-nr"), CONTACT_SUFFIX("scheinnummer"), CONTACT_SUFFIX("kartennummer"),
    CONTACT_SUFFIX("karten-nr"), CONTACT_SUFFIX("patientennummer"), CONTACT_SUFFIX("idnr"), CONTACT_SUFFIX("ausweisnr"), CONTACT_SUFFIX("ausweis"),
    CONTACT_SUFFIX("kassenkarte"), CONTACT_SUFFIX("gesundheitskarte"), CONTACT_SUFFIX("bankkarte"), CONTACT_SUFFIX("kreditkarte"), CONTACT_SUFFIX("postnummer"),
};
static const char *const links[] = {
    "nr", "nummer", "no", "number", "ist", "lautet", "is", "numara", "numarası", "numer", "meine", "my", "die", "karten", "endet", "insurance", "id", "kimlik", "bei", "der", "kasse", "barmer", "aok", "tk", "dak",
};
/* clang-format on */

/* ---- Days */

static gsize month_end(const struct contact_walk *w, gsize at)
{
    gsize end = contact_word_end(w, at);
    g_autofree char *word = end > at && end - at < 16 ? g_utf8_strdown(w->text + at, (gssize)(end - at)) : g_strdup("");

    return contact_is_one_of(word, months, G_N_ELEMENTS(months)) ? end + (end < w->n && w->text[end] == '.') : 0;
}

static gsize past_blank(const struct contact_walk *w, gsize i)
{
    return i + (i < w->n && w->text[i] == ' ');
}

/* A year of somebody who may be alive, in four digits, or in two behind a sign; where it ends. */
static gsize year_end(const struct contact_walk *w, gsize at, bool may_be_short)
{
    gsize digits = contact_digits(w, at);
    gint64 year = digits == 4 ? g_ascii_strtoll(w->text + at, NULL, 10) : 0;

    return (may_be_short && digits == 2) || (year >= MIN_YEAR && year <= MAX_YEAR) ? at + digits : 0;
}

/* "14.03.1951", "3. Mai 1938", "12 April 1962", "1951-03-14", "14/3/51"; where it ends. */
static gsize day_end(const struct contact_walk *w, gsize at)
{
    gsize digits = contact_digits(w, at), i = at + digits;

    if (digits == 4 && i < w->n && w->text[i] == '-') {
        gsize month = contact_digits(w, i + 1), day = i + 1 + month;
        bool is_whole = month == 2 && day < w->n && w->text[day] == '-' && contact_digits(w, day + 1) == 2;
        return is_whole && year_end(w, at, false) > 0 ? day + 3 : 0;
    }
    if (digits == 0 || digits > 2 || i >= w->n)
        return 0;
    gsize word = past_blank(w, i + (w->text[i] == '.')), month = month_end(w, word);
    if (month > 0)
        return year_end(w, past_blank(w, month), false);
    char sign = w->text[i];
    i = sign != '\0' && strchr("./-", sign) != NULL ? past_blank(w, i + 1) : w->n;
    digits = contact_digits(w, i);
    i += digits;
    bool is_joined = digits > 0 && digits <= 2 && i < w->n && w->text[i] == sign;
    return is_joined ? year_end(w, past_blank(w, i + 1), true) : 0;
}

/* "April 12, 1962" */
static gsize month_first_end(const struct contact_walk *w, gsize at)
{
    gsize word = contact_word_end(w, at);
    if (word + 1 >= w->n || w->text[word] != ' ' || !g_ascii_isdigit(w->text[word + 1]))
        return 0;
    gsize month = month_end(w, at), day = month > 0 ? past_blank(w, month) : 0, digits = day > 0 ? contact_digits(w, day) : 0;
    gsize i = day + digits;

    if (digits == 0 || digits > 2)
        return 0;
    i += i + 2 < w->n && (strncmp(w->text + i, "th", 2) == 0 || strncmp(w->text + i, "st", 2) == 0) ? 2 : 0;
    return year_end(w, past_blank(w, i + (i < w->n && w->text[i] == ',')), false);
}

static bool is_told_behind(const struct contact_walk *w, gsize end)
{
    gsize i = end;

    for (guint k = 0; k < BEHIND && i < w->n && w->text[i] == ' '; k++) {
        gsize to = contact_word_end(w, i + 1);
        g_autofree char *word = g_utf8_strdown(w->text + i + 1, (gssize)(to - i - 1));
        if (contact_is_one_of(word, behinds, G_N_ELEMENTS(behinds)))
            return strcmp(word, "zur") != 0 || strncmp(w->text + to, " Welt", 5) == 0;
        i = to;
    }
    return false;
}

/* "Geboren am ..." begins a line: of whom else than the writer? */
static bool is_first(const struct contact_walk *w, gsize at)
{
    gsize i = at;

    while (i > 0 && w->text[i - 1] != '\n')
        i--;
    return g_ascii_strncasecmp(w->text + i, "geboren", 7) == 0 || g_ascii_strncasecmp(w->text + i, "born", 4) == 0;
}

static bool is_birth(struct contact_walk *w, gsize at, gsize end)
{
    bool has_article = false, is_of_person = false;
    bool is_sure = (at > 0 && w->text[at - 1] == '*') || (at > 1 && w->text[at - 2] == '*'), is_told = is_told_behind(w, end);

    for (guint i = 0; i < CONTACT_WORDS; i++) {
        const char *word = contact_word(w, at, i);
        if (contact_is_one_of(word, dead, G_N_ELEMENTS(dead)))
            return false;
        bool is_word = contact_is_one_of(word, told, G_N_ELEMENTS(told));
        if (is_word && has_article && (strcmp(word, "geboren") == 0 || strcmp(word, "born") == 0))
            return false; /* "Geboren wurde die Idee am ..." */
        is_sure |= contact_is_one_of(word, births, G_N_ELEMENTS(births));
        is_told |= is_word;
        is_sure |= is_word && i == 0 && strcmp(word, "geburtstag") == 0;
        is_of_person |= contact_is_one_of(word, titles, G_N_ELEMENTS(titles));
        has_article |= contact_is_one_of(word, (const char *const[]){"die", "das", "der", "the", "unsere", "unser"}, 6);
    }
    return is_sure || (is_told && (is_of_person || is_first(w, at) || contact_is_mine(w, at, end)));
}

gsize contact_birth_at(struct contact_walk *w, gsize at)
{
    gsize end = g_ascii_isdigit(w->text[at]) ? day_end(w, at) : month_first_end(w, at);

    if (end == 0 || (end < w->n && g_ascii_isalnum(w->text[end])) || !contact_look(w))
        return 0;
    return is_birth(w, at, end) ? end : 0;
}

/* ---- Numbers */

struct sign_run {
    char signs[MAX_BYTES + 1]; /* digits and capitals without what joins them */
    gsize n, n_digits, n_groups;
    gsize end;
    bool is_fours; /* 4111 1111 1111 1111, 3782 822463 10005 */
};

/* Groups with one blank or hyphen between; a group of letters alone is a word of the sentence, but for one letter. */
static void read_run(const struct contact_walk *w, gsize at, struct sign_run *r)
{
    gsize i = at;

    memset(r, 0, sizeof *r);
    r->is_fours = true;
    while (i < w->n) {
        gsize to = i, n_digits = 0;
        for (; to < w->n && g_ascii_isalnum(w->text[to]); to++)
            n_digits += g_ascii_isdigit(w->text[to]);
        if (to == i || (n_digits == 0 && (to - i > 1 || !g_ascii_isupper(w->text[i]))) || r->n + (to - i) > MAX_BYTES)
            return;
        for (gsize k = i; k < to; k++)
            r->signs[r->n++] = g_ascii_toupper(w->text[k]);
        r->n_digits += n_digits;
        r->n_groups++;
        r->is_fours &= n_digits == to - i && to - i <= 6 && (to - i >= 4 || r->n_groups > 4);
        r->end = to;
        i = to + 1;
        if (to >= w->n || w->text[to] == '\0' || strchr(" -./", w->text[to]) == NULL)
            return;
    }
}

/* ISO/IEC 7812: every second digit from the right counts twice */
static bool is_card(const struct sign_run *r)
{
    guint sum = 0;

    if (r->n_digits != r->n || r->n < MIN_CARD || r->n > MAX_CARD || strchr("3456", r->signs[0]) == NULL)
        return false;
    for (gsize i = 0; i < r->n; i++) {
        guint digit = (guint)(r->signs[r->n - 1 - i] - '0') * (i % 2 == 0 ? 1 : 2);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0 && r->is_fours && r->n_groups >= 3;
}

/* Area, birthday, the first letter of a name, a serial number, a check digit */
static bool is_pension(const struct sign_run *r)
{
    if (r->n != PENSION_SIGNS || r->n_digits != PENSION_SIGNS - 1 || !g_ascii_isupper(r->signs[8]))
        return false;
    guint day = (guint)(r->signs[2] - '0') * 10 + (guint)(r->signs[3] - '0');
    guint month = (guint)(r->signs[4] - '0') * 10 + (guint)(r->signs[5] - '0');
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* ISO 7064 MOD 11,10 */
static bool is_tax(const struct sign_run *r)
{
    guint product = 10;

    if (r->n != TAX_DIGITS || r->n_digits != TAX_DIGITS || r->signs[0] == '0' || r->n_groups != 4)
        return false;
    for (gsize i = 0; i + 1 < r->n; i++) {
        guint sum = ((guint)(r->signs[i] - '0') + product) % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == (guint)(r->signs[TAX_DIGITS - 1] - '0');
}

static bool is_named(struct contact_walk *w, gsize at)
{
    for (guint i = 0; i < CONTACT_WORDS; i++) {
        const char *word = contact_word(w, at, i);
        if (contact_is_one_of(word, names, G_N_ELEMENTS(names)) || contact_has_suffix(word, name_ends, G_N_ELEMENTS(name_ends)))
            return true;
        bool is_insurance = strcmp(word, "insurance") == 0 && strcmp(contact_word(w, at, i + 1), "national") == 0;
        if (is_insurance || !contact_is_one_of(word, links, G_N_ELEMENTS(links)))
            return is_insurance;
    }
    return false;
}

gsize contact_identity_at(struct contact_walk *w, gsize at)
{
    struct sign_run r;

    read_run(w, at, &r);
    if (r.n < MIN_SIGNS || r.n_digits < (r.n > r.n_digits + 1 && r.n_groups == 1 ? LEAST_DIGITS : MIN_DIGITS) ||
        !contact_begins_word(w, at))
        return 0;
    if (is_card(&r) || is_pension(&r) || is_tax(&r))
        return r.end;
    return contact_look(w) && is_named(w, at) ? r.end : 0;
}
