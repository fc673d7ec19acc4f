/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Streets and places; see contact.h. "Waldweg 12" in a sentence is a place that a citizen speaks of; with postal code and town
 * behind it, or after "ich wohne", it is where somebody lives, unless "in der", "an der" before it says that it is a place.
 */
#include "mail/contact/contact.h"

#include <string.h>

#define MAX_BACK   48 /* bytes of a street's name */
#define POSTCODE   5  /* digits */
#define MAX_NUMBER 4  /* digits of a house's number */

/* How a street's name ends, lower case. */
static const char *const ends[] = {
    "straße", "strasse", "str",   "weg",    "gasse",   "platz",  "allee", "ring",   "damm",      "ufer",   "chaussee",
    "steig",  "pfad",    "stieg", "markt",  "kamp",    "hof",    "berg",  "graben", "wall",      "tor",    "zeile",
    "winkel", "heide",   "wiese", "garten", "park",    "feld",   "anger", "stiege", "promenade", "street", "road",
    "avenue", "lane",    "drive", "close",  "terrace", "square", "court", "sokak",  "caddesi",   "ulica",
};
/* What goes before a street of several words. */
static const char *const small[] = {"am",  "an",    "der", "den", "dem",  "im",    "in",   "auf", "zur",
                                    "zum", "unter", "von", "vom", "alte", "alter", "neue", "ul"};
static const char *const english[] = {"street", "st",    "road",    "rd",     "avenue", "ave", "lane",    "ln",      "drive",
                                      "dr",     "close", "terrace", "square", "court",  "way", "gardens", "crescent"};
/* Who lives there. */
static const char *const homes[] = {"wohne",     "wohnen",    "wohnhaft",      "wohn",          "wohnt",      "adresse",
                                    "anschrift", "hause",     "privatadresse", "postanschrift", "live",       "living",
                                    "address",   "home",      "wohnung",       "habite",        "habitons",   "domicile",
                                    "mieszkam",  "mieszkamy", "woon",          "wonen",         "oturuyorum", "oturuyoruz",
                                    "adresim",   "bydlím",    "vivo",          "abito",         "moro"};

/* "5 rue des Fleurs", "5, avenue Foch" */
static const char *const french[] = {"rue",    "avenue",  "boulevard", "place", "allée",
                                     "chemin", "impasse", "quai",      "route", "ruelle"};
static const char *const french_small[] = {"de", "des", "du", "la", "le", "les", "l", "d", "saint", "sainte"};

static bool is_street_word(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(word, ends[i]) &&
            (strlen(ends[i]) > 4 || strcmp(ends[i], "weg") == 0 || strcmp(ends[i], "str") == 0 || strlen(word) > strlen(ends[i])))
            return true;
    return false;
}

static gsize digits_at(const char *text, gsize n, gsize at)
{
    gsize i = at;
    while (i < n && g_ascii_isdigit(text[i]))
        i++;
    return i - at;
}

static bool is_upper_at(const char *text, gsize n, gsize at)
{
    return at < n && g_unichar_isupper(g_utf8_get_char(text + at));
}

static gsize word_end(const char *text, gsize n, gsize at)
{
    const char *p = text + at;
    while (p < text + n && (g_unichar_isalpha(g_utf8_get_char(p)) || *p == '-'))
        p = g_utf8_next_char(p);
    return (gsize)(p - text);
}

/* " 45127 Essen", "\nD-45127 Essen", ", LS1 4AP": where it ends, 0 if none begins at AT behind commas and blanks. */
static gsize place_behind(const char *text, gsize n, gsize at)
{
    gsize i = at;
    while (i < n && i < at + 4 && strchr(" ,\n;/|", text[i]) != NULL)
        i++;
    if (i + 2 < n && (text[i] == 'D' || text[i] == 'A') && text[i + 1] == '-')
        i += 2;
    gsize digits = digits_at(text, n, i);
    if (digits != POSTCODE && digits != POSTCODE - 1)
        return 0;
    gsize town = i + digits + 1;
    return i + digits < n && text[i + digits] == ' ' && is_upper_at(text, n, town) ? word_end(text, n, town) : 0;
}

/* The street's name ends at TO: where does it begin? It takes small words and capitalised ones with it. */
static gsize street_start(struct contact_walk *w, gsize least, gsize to, bool *is_street_out, bool *is_located_out)
{
    const char *text = w->text, *word;
    gsize from = to;

    *is_street_out = is_street_word(contact_word(w, to, 0));
    *is_located_out = false;
    for (guint i = 0; i < 4 && *(word = contact_word(w, to, i)) != '\0'; i++) {
        const char *p = text + from, *q;
        while (p > text + least && (q = g_utf8_find_prev_char(text + least, p)) != NULL && !g_unichar_isalnum(g_utf8_get_char(q)))
            p = q;
        bool is_apart = i > 0 && memchr(p, ',', (gsize)(text + from - p)) != NULL;
        bool is_small = contact_is_one_of(word, small, G_N_ELEMENTS(small));
        gsize bytes = strlen(word);
        if (is_apart || (gsize)(p - text) < least + bytes)
            break;
        gsize start = (gsize)(p - text) - bytes; /* WORD is in lower case, which may have another length */
        if (((guchar)text[start] & 0xc0) == 0x80)
            break;
        bool is_upper = g_unichar_isupper(g_utf8_get_char(text + start));
        if (i > 0 && !is_upper && is_small)
            *is_located_out = true; /* "in der Hauptstraße": the speaker's own word */
        if (i > 1 && is_upper && is_small && !*is_street_out)
            *is_located_out = false; /* "Unter den Linden": the street's name */
        if ((i > 0 && (*is_street_out || !is_small) && !(is_upper && i == 1 && is_small)) || (i == 0 && !is_upper))
            break;
        from = start;
    }
    return from;
}

static bool is_home(struct contact_walk *w, gsize from)
{
    for (guint i = 0; i < CONTACT_WORDS; i++)
        if (contact_is_one_of(contact_word(w, from, i), homes, G_N_ELEMENTS(homes)))
            return true;
    return false;
}

/* "12 Oak Road": the number first. */
static gsize english_at(const char *text, gsize n, gsize at, gsize digits)
{
    gsize i = at + digits;
    i += i < n && g_ascii_islower(text[i]);
    for (guint words = 0; words < 4 && i < n && text[i] == ' '; words++) {
        gsize end = word_end(text, n, i + 1);
        if (end <= i + 1 || !is_upper_at(text, n, i + 1))
            return 0;
        g_autofree char *word = g_utf8_strdown(text + i + 1, (gssize)(end - i - 1));
        if (words > 0 && contact_is_one_of(word, english, G_N_ELEMENTS(english)))
            return end;
        i = end;
    }
    return 0;
}

static gsize french_at(const char *text, gsize n, gsize at, gsize digits)
{
    gsize i = at + digits, last = 0;

    i += i < n && text[i] == ',';
    for (guint words = 0; words < 6 && i < n && strchr(" '-", text[i]) != NULL; words++) {
        gsize end = word_end(text, n, i + 1);
        g_autofree char *word = g_utf8_strdown(text + i + 1, (gssize)(end - i - 1));
        bool is_name = is_upper_at(text, n, i + 1);
        if (words == 0 ? !contact_is_one_of(word, french, G_N_ELEMENTS(french))
                       : !is_name && !contact_is_one_of(word, french_small, G_N_ELEMENTS(french_small)))
            break;
        i = end;
        last = is_name ? end : last;
    }
    return last;
}

/* "00-950 Warszawa", "1234 AB Utrecht", "110 00 Praha": where it ends, 0 if none begins at AT with DIGITS. */
static gsize postcode_at(const char *text, gsize n, gsize at, gsize digits)
{
    gsize i = at + digits, more = i + 1 < n ? digits_at(text, n, i + 1) : 0;
    bool is_polish = digits == 2 && more == 3 && text[i] == '-', is_nordic = digits == 3 && more == 2 && text[i] == ' ';
    bool is_dutch = digits == 4 && i + 3 < n && text[i] == ' ' && g_ascii_isupper(text[i + 1]) && g_ascii_isupper(text[i + 2]);
    gsize town = i + (is_dutch ? 3 : 1 + more);

    if (!(is_polish || is_nordic || is_dutch) || town >= n || text[town] != ' ' || !is_upper_at(text, n, town + 1))
        return 0;
    return word_end(text, n, town + 1);
}

/* ", Leeds LS1 4AP", ", Springfield, IL 62704" */
static gsize english_place(const char *text, gsize n, gsize at)
{
    gsize i = at;
    for (guint words = 0; words < 5 && i < n; words++) {
        while (i < n && strchr(" ,\n.", text[i]) != NULL)
            i++;
        gsize end = i;
        while (end < n && g_ascii_isalnum(text[end]))
            end++;
        bool has_digit = digits_at(text, n, end > i ? end - 1 : i) > 0 || (end > i + 1 && g_ascii_isdigit(text[i + 1]));
        if (end == i)
            return 0;
        if (digits_at(text, n, i) == 5 && end - i == 5)
            return end;
        if (has_digit && end - i <= 4 && g_ascii_isupper(text[i]) && end + 3 < n + 0 && text[end] == ' ' &&
            g_ascii_isdigit(text[end + 1]) && g_ascii_isupper(text[end + 2]) && g_ascii_isupper(text[end + 3]))
            return end + 4;
        if (!is_upper_at(text, n, i))
            return 0;
        i = end;
    }
    return 0;
}

static gsize street_english(struct contact_walk *w, gsize at, gsize digits, gsize *from_out, enum contact_kind *kind_out)
{
    gsize end = english_at(w->text, w->n, at, digits), place = end > 0 ? english_place(w->text, w->n, end) : 0;

    if (end == 0) {
        end = french_at(w->text, w->n, at, digits);
        place = end > 0 ? place_behind(w->text, w->n, end) : 0;
    }

    if (end == 0)
        return 0;
    *from_out = at;
    *kind_out = place > 0 || is_home(w, at) ? CONTACT_ADDRESS : CONTACT_STREET;
    return place > 0 ? place : end;
}

/* What could be a house's number: "5", "5a", "5 a"; where it ends. */
static gsize house_end(const char *text, gsize n, gsize end)
{
    bool ends_word = end + 1 >= n || !g_ascii_isalnum(text[end + 1]);

    if (end < n && g_ascii_isalpha(text[end]) && ends_word)
        return end + 1;
    if (end + 1 < n && text[end] == ' ' && text[end + 1] >= 'a' && text[end + 1] <= 'h' &&
        (end + 2 >= n || !g_ascii_isalnum(text[end + 2])))
        return end + 2;
    return end;
}

gsize contact_place_at(struct contact_walk *w, gsize at, gsize least, gsize *from_out, enum contact_kind *kind_out)
{
    const char *text = w->text;
    gsize n = w->n, digits = digits_at(text, n, at);

    *from_out = at;
    *kind_out = CONTACT_PLACE;
    if (digits == POSTCODE)
        return place_behind(text, n, at);
    bool is_behind_blank = at > 0 && text[at - 1] == ' ', is_first = at == 0 || text[at - 1] == '\n';
    bool is_behind_number = is_behind_blank && at > 1 && g_ascii_isdigit(text[at - 2]);
    if (digits == 0 || digits > MAX_NUMBER || !(is_behind_blank || is_first))
        return 0;
    gsize postcode = is_first ? postcode_at(text, n, at, digits) : 0;
    if (postcode > 0)
        return postcode;
    bool may_be_english =
        at + digits + 1 < n && (text[at + digits] == ' ' || text[at + digits] == ',' || g_ascii_islower(text[at + digits]));
    if (((is_first || is_behind_number) && !may_be_english) || !contact_look(w))
        return 0;
    if (is_first)
        return street_english(w, at, digits, from_out, kind_out);
    gsize end = house_end(text, n, at + digits);
    bool is_street, is_located;
    gsize from = street_start(w, MAX(least, at > MAX_BACK ? at - MAX_BACK : 0), at, &is_street, &is_located);
    gsize place = place_behind(text, n, end);
    bool is_at_home = from < at && is_home(w, from);
    if (from >= at || (!is_street && place == 0))
        return street_english(w, at, digits, from_out, kind_out);
    *from_out = from;
    *kind_out = is_at_home || (place > 0 && !is_located) ? CONTACT_ADDRESS : CONTACT_STREET;
    return place > 0 ? place : end;
}
