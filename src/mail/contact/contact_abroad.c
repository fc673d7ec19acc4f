/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Streets whose number stands first, and the postal codes of other countries; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

/* clang-format off */
static const char *const english[] = {
    "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "close", "terrace", "square", "court", "way", "gardens",
    "crescent", "grove", "hill", "mews", "rise", "row", "walk", "place", "parade", "boulevard", "blvd", "green", "park", "view", "gate",
    "house", "mansions", "cottages", "villas", "towers", "lodge", "yard", "bank", "highway", "parkway", "circle", "quay", "wharf", "embankment",
};
/* "5 rue des Fleurs", "5, avenue Foch" */
static const char *const french[] = {"rue", "avenue", "boulevard", "place", "allée", "chemin", "impasse", "quai", "route", "ruelle"};
static const char *const french_small[] = {"de", "des", "du", "la", "le", "les", "l", "d", "saint", "sainte"};
static const char *const flats[] = {"flat", "apartment", "apt", "unit"};
/* "ul. Lipowa 17", "via Garibaldi 18", "вул. Шевченка, 24" */
static const char *const heads[] = {
    "ul", "ulica", "ulicy", "al", "aleja", "alei", "aleje", "os", "osiedle", "osiedlu", "pl", "plac", "placu", "ulice", "ulici", "třída", "via", "viale",
    "corso", "piazza", "vicolo", "largo", "calle", "avenida", "rua", "rúa", "strada", "вул", "вулиця", "вулиці", "ул", "улица", "улице", "улицы", "просп",
    "проспект", "проспекті", "проспекте", "пров", "провулок", "пер", "бульвар", "площа",
};
/* "Gül Sokak No: 14", "Kerkstraat 45" */
static const char *const tails[] = {"sokak", "sokağı", "sok", "sk", "caddesi", "cad", "cd", "bulvarı", "mahallesi", "mah"};
static const struct contact_suffix dutch[] = {CONTACT_SUFFIX("straat"), CONTACT_SUFFIX("laan"),  CONTACT_SUFFIX("plein"), CONTACT_SUFFIX("gracht"),
                                              CONTACT_SUFFIX("kade"),   CONTACT_SUFFIX("dijk"),  CONTACT_SUFFIX("singel"), CONTACT_SUFFIX("steeg")};
static const char *const numbers[] = {"no", "nr", "numara", "nummer", "№", "numer"};
/* "24, кв. 7", "17 m. 4", "No: 14 Daire 3" */
static const char *const doors[] = {"кв", "квартира", "m", "daire", "d", "kat", "int", "interno", "bus", "byt"};
/* clang-format on */

#define MAX_NAMES  4  /* words of a street's name */
#define MAX_BACK   80 /* bytes of it */
#define MAX_BEFORE 40 /* bytes of "Flat 12a, Lancaster House, " */

/* "2 Beacon House, Hill Road": the street behind its house. */
static gsize with_street(const struct contact_walk *w, gsize end)
{
    gsize i = end + 1;

    if (end + 2 >= w->n || w->text[end] != ',' || w->text[i] != ' ')
        return end;
    for (guint words = 0; words < 4 && i < w->n && w->text[i] == ' ' && contact_is_upper(w, i + 1); words++) {
        gsize to = contact_word_end(w, i + 1);
        g_autofree char *word = g_utf8_strdown(w->text + i + 1, (gssize)(to - i - 1));
        if (words > 0 && contact_is_one_of(word, english, G_N_ELEMENTS(english)))
            return to;
        i = to;
    }
    return end;
}

/* "12 Oak Road": where it ends. *NAMES_OUT: where the capitalised words behind the number end, whether they name a street or not. */
static gsize english_street(const struct contact_walk *w, gsize at, gsize digits, gsize *names_out)
{
    gsize i = at + digits;

    i += i < w->n && g_ascii_islower(w->text[i]);
    *names_out = 0;
    for (guint words = 0; words < 4 && i < w->n && w->text[i] == ' '; words++) {
        gsize end = contact_word_end(w, i + 1);
        if (end <= i + 1 || !contact_is_upper(w, i + 1))
            return 0;
        g_autofree char *word = g_utf8_strdown(w->text + i + 1, (gssize)(end - i - 1));
        if (words > 0 && contact_is_one_of(word, english, G_N_ELEMENTS(english)))
            return with_street(w, end);
        if (contact_is_street(word)) /* "12 Birkenweg" */
            return end;
        *names_out = end;
        i = end;
    }
    return 0;
}

static gsize french_street(const struct contact_walk *w, gsize at, gsize digits)
{
    gsize i = at + digits, last = 0;

    if (w->n - i > 4 && (strncmp(w->text + i, " bis", 4) == 0 || strncmp(w->text + i, " ter", 4) == 0))
        i += 4;
    i += i < w->n && w->text[i] == ',';
    for (guint words = 0; words < 6 && i < w->n && strchr(" '-", w->text[i]) != NULL; words++) {
        gsize end = contact_word_end(w, i + 1);
        g_autofree char *word = g_utf8_strdown(w->text + i + 1, (gssize)(end - i - 1));
        bool is_name = contact_is_upper(w, i + 1);
        bool is_small = g_str_has_prefix(word, "d'") || contact_is_one_of(word, french_small, G_N_ELEMENTS(french_small));
        if (words == 0 ? !contact_is_one_of(word, french, G_N_ELEMENTS(french)) : !is_name && !is_small)
            break;
        i = end;
        last = is_name || g_str_has_prefix(word, "d'") ? end : last;
    }
    return last;
}

/* Where the word ends that lies before AT, behind blanks, full stops, colons and one comma; 0 if none does. */
static gsize word_before(const struct contact_walk *w, gsize at, gsize least)
{
    gsize i = at;

    while (i > least && strchr(" .:,", w->text[i - 1]) != NULL)
        i--;
    return i;
}

static gsize word_start(const struct contact_walk *w, gsize end, gsize least)
{
    gsize i = end;

    while (i > least &&
           (g_ascii_isalnum(w->text[i - 1]) || (guchar)w->text[i - 1] >= 0x80 || strchr("'-", w->text[i - 1]) != NULL))
        i--;
    return i;
}

static bool is_tail(const char *word)
{
    return contact_is_one_of(word, tails, G_N_ELEMENTS(tails)) || contact_has_suffix(word, dutch, G_N_ELEMENTS(dutch));
}

/* The street whose number is at AT and stands behind it: where it begins, AT if none does. */
static gsize street_before(const struct contact_walk *w, gsize at, gsize least)
{
    gsize from = at, bottom = MAX(least, at > MAX_BACK ? at - MAX_BACK : 0);
    bool has_tail = false;

    for (guint words = 0; words <= MAX_NAMES; words++) {
        gsize end = word_before(w, from, bottom), start = word_start(w, end, bottom);
        bool is_apart = words > 0 && memchr(w->text + end, ',', from - end) != NULL; /* "вул. Шевченка, 24" */
        if (start == end || is_apart)
            break;
        g_autofree char *word = g_utf8_strdown(w->text + start, (gssize)(end - start));
        if (contact_is_one_of(word, heads, G_N_ELEMENTS(heads)))
            return words > 0 ? start : at;
        bool is_number = words == 0 && contact_is_one_of(word, numbers, G_N_ELEMENTS(numbers)), is_end = is_tail(word);
        has_tail |= is_end;
        if (!is_number && !is_end && (!contact_is_upper(w, start) || g_ascii_isdigit(w->text[start])))
            break;
        from = start;
    }
    return has_tail ? from : at;
}

bool contact_is_abroad(const struct contact_walk *w, gsize at, gsize least)
{
    return street_before(w, at, least) < at;
}

/* A word of German, too: "ich fahre via Hagen 2 mal um". */
static bool is_doubtful(const struct contact_walk *w, gsize from)
{
    static const char *const words[] = {"via", "pl", "largo"};
    g_autofree char *word = g_utf8_strdown(w->text + from, (gssize)(contact_word_end(w, from) - from));

    return contact_is_one_of(word, words, G_N_ELEMENTS(words));
}

/* ", кв. 7", " Daire 3", "/4" behind the number that ends at END. */
static gsize with_door(const struct contact_walk *w, gsize end)
{
    gsize i = end;

    if (i + 1 < w->n && w->text[i] == '/' && contact_digits(w, i + 1) > 0)
        i += 1 + contact_digits(w, i + 1);
    gsize at = i + (i < w->n && w->text[i] == ',');
    at += at < w->n && w->text[at] == ' ';
    gsize to = at > i ? contact_word_end(w, at) : at;
    g_autofree char *word = g_utf8_strdown(w->text + at, (gssize)(to - at));
    if (!contact_is_one_of(word, doors, G_N_ELEMENTS(doors)))
        return i;
    while (to < w->n && strchr(".: ", w->text[to]) != NULL && w->text[to] != '\0')
        to++;
    return contact_digits(w, to) > 0 ? to + contact_digits(w, to) : i;
}

gsize contact_postcode_abroad(const struct contact_walk *w, gsize at, gsize digits)
{
    const char *text = w->text;
    gsize n = w->n, i = at + digits, more = i + 1 < n ? contact_digits(w, i + 1) : 0;
    bool is_polish = digits == 2 && more == 3 && text[i] == '-', is_nordic = digits == 3 && more == 2 && text[i] == ' ';
    bool is_dutch = digits == 4 && i + 3 < n && text[i] == ' ' && g_ascii_isupper(text[i + 1]) && g_ascii_isupper(text[i + 2]);
    gsize town = i + (is_dutch ? 3 : 1 + more);

    if (!(is_polish || is_nordic || is_dutch) || town >= n || text[town] != ' ' || !contact_is_upper(w, town + 1))
        return 0;
    return contact_word_end(w, town + 1);
}

/* "LS6 3QT", "62704" */
static gsize english_postcode(const struct contact_walk *w, gsize i, gsize end, bool is_british)
{
    const char *text = w->text;
    bool has_digit = g_ascii_isdigit(text[end - 1]) || (end > i + 1 && g_ascii_isdigit(text[i + 1]));

    if (!is_british && contact_digits(w, i) == 5 && end - i == 5)
        return end;
    if (has_digit && end - i <= 4 && g_ascii_isupper(text[i]) && end + 3 < w->n && text[end] == ' ' &&
        g_ascii_isdigit(text[end + 1]) && g_ascii_isupper(text[end + 2]) && g_ascii_isupper(text[end + 3]))
        return end + 4;
    return 0;
}

/* ", Leeds LS1 4AP", ", Springfield, IL 62704" */
static gsize english_place(const struct contact_walk *w, gsize at, bool is_british)
{
    gsize i = at;

    for (guint words = 0; words < 5 && i < w->n; words++) {
        while (i < w->n && w->text[i] != '\0' && strchr(" ,\n.", w->text[i]) != NULL)
            i++;
        gsize end = i;
        while (end < w->n && g_ascii_isalnum(w->text[end]))
            end++;
        gsize postcode = end > i ? english_postcode(w, i, end, is_british) : 0;
        if (postcode > 0)
            return postcode;
        if (end == i || !contact_is_upper(w, i))
            return 0;
        i = end;
    }
    return 0;
}

/* "Flat 3, " before AT belongs to it: where it begins. */
static gsize with_flat(const struct contact_walk *w, gsize at, gsize least)
{
    gsize i = at;

    while (i > least && at - i < MAX_BEFORE &&
           (w->text[i - 1] == ' ' || w->text[i - 1] == ',' || g_ascii_isalnum(w->text[i - 1]))) {
        i--;
        for (gsize k = 0; k < G_N_ELEMENTS(flats); k++) {
            gsize n = strlen(flats[k]);
            bool is_first = i == 0 || !g_ascii_isalnum(w->text[i - 1]);
            if (is_first && i + n < at && g_ascii_strncasecmp(w->text + i, flats[k], n) == 0 && w->text[i + n] == ' ' &&
                contact_digits(w, i + n + 1) > 0)
                return i;
        }
    }
    return at;
}

/* "Nr. 38 in der Talstraße", "Hausnummer 5 der Heidestraße": where the street ends; it begins at *FROM_OUT. */
static gsize numbered_street(struct contact_walk *w, gsize at, gsize digits, gsize *from_out)
{
    static const char *const words[] = {"nr", "hausnummer", "nummer", "hausnr", "haus"};
    static const char *const links[] = {" in der ", " der ", " am ", " im ", " an der ", " auf der ", " auf dem ", " in "};
    gsize i = contact_house_end(w, at + digits), from = at;

    if (!contact_is_one_of(contact_word(w, at, 0), words, G_N_ELEMENTS(words)))
        return 0;
    for (gsize k = 0; k < G_N_ELEMENTS(links); k++) {
        gsize n = strlen(links[k]), end = i + n < w->n ? contact_word_end(w, i + n) : 0;
        if (end <= i + n || strncmp(w->text + i, links[k], n) != 0 || !contact_is_upper(w, i + n))
            continue;
        g_autofree char *word = g_utf8_strdown(w->text + i + n, (gssize)(end - i - n));
        while (from > 0 && !g_ascii_isalpha(w->text[from - 1]))
            from--;
        while (from > 0 && g_ascii_isalpha(w->text[from - 1]))
            from--;
        *from_out = from;
        return contact_is_street(word) ? end : 0;
    }
    return 0;
}

gsize contact_abroad_at(struct contact_walk *w, gsize at, gsize digits, gsize least, gsize *from_out, enum contact_kind *kind_out)
{
    gsize names, end = numbered_street(w, at, digits, from_out), place = 0;

    if (end > 0 && *from_out >= least) {
        bool is_home = contact_is_home(w, *from_out) || contact_is_told(w, *from_out, end);
        *kind_out = is_home ? CONTACT_ADDRESS : CONTACT_STREET;
        return end;
    }
    end = english_street(w, at, digits, &names);
    if (end == 0 && names > 0 && (place = english_place(w, names, true)) > 0)
        end = place; /* a street's name of no kind that we know, and a postal code */
    else if (end > 0 && (place = contact_place_behind(w, end)) == 0)
        place = english_place(w, end, false);
    if (end == 0) {
        end = french_street(w, at, digits);
        place = end > 0 ? contact_place_behind(w, end) : 0;
    }
    gsize street = end == 0 ? street_before(w, at, least) : at;
    if (end == 0 && street == at)
        return 0;
    if (end == 0) {
        gsize number = at + digits;
        number +=
            number < w->n && g_ascii_isalpha(w->text[number]) && (number + 1 >= w->n || !g_ascii_isalnum(w->text[number + 1]));
        end = with_door(w, number);
        place = contact_place_behind(w, end);
    }
    *from_out = street < at ? street : with_flat(w, at, least);
    bool is_sure = place > 0 || contact_is_home(w, *from_out);
    bool is_home = is_sure || ((street == at || !is_doubtful(w, street)) &&
                               (contact_stands_beside(w, *from_out) || contact_is_told(w, *from_out, end)));
    *kind_out = is_home ? CONTACT_ADDRESS : CONTACT_STREET;
    return place > 0 ? place : end;
}
