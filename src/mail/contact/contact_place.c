/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Streets and places; see contact.h. "Waldweg 12" in a sentence is a place that a citizen speaks of; with postal code and town
 * behind it, or after "ich wohne", it is where somebody lives, unless "in der", "an der" before it says that it is a place.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define MAX_BACK   48 /* bytes of a street's name */
#define POSTCODE   5  /* digits */
#define MAX_NUMBER 4  /* digits of a house's number */
#define MAX_NAME   4  /* words of a street's name */
#define MAX_BEHIND 7  /* words that are looked at behind it */
#define MIN_BOX    3  /* of a box at the post office */
#define MAX_BOX    8

/* clang-format off */
/* What goes before a street of several words. */
static const char *const small[] = {
    "am", "an", "der", "den", "dem", "im", "in", "auf", "zur", "zum", "unter", "von", "vom", "alte", "alter", "neue", "ul", "hinter", "vor", "bei",
};
/* What has a number and is no street, though a home stands in it. */
static const char *const others[] = {
    "jahr", "jahre", "jahren", "stock", "etage", "kreis", "bezirk", "stadtbezirk", "stadtteil", "ortsteil", "wahlkreis", "zimmer", "raum",
    "monat", "monaten", "tagen", "wochen", "stunden", "minuten", "januar", "februar", "märz", "april", "mai", "juni", "juli", "august",
    "september", "oktober", "november", "dezember", "linie", "zone", "art", "artikel", "abs", "absatz", "kapitel", "ziffer", "punkt", "seite", "gleis", "halle", "tor", "bus", "autobahn", "bundesstraße", "ausfahrt", "abfahrt", "schacht", "zeche", "grube", "kokerei", "werk", "strecke", "rang", "stelle", "schicht", "block", "flur", "parzelle", "abschnitt", "blatt", "umkreis", "alter", "haltestelle", "klasse",
};
/* clang-format on */

/* Where the Nth word before AT begins; AT if something else than blanks and full stops stands between. */
static gsize word_back(const struct contact_walk *w, gsize at, guint n, gsize least)
{
    gsize i = at;

    for (; n > 0; n--) {
        while (i > least && (w->text[i - 1] == ' ' || w->text[i - 1] == '.'))
            i--;
        gsize end = i;
        while (i > least && (g_ascii_isalnum(w->text[i - 1]) || (guchar)w->text[i - 1] >= 0x80 || w->text[i - 1] == '-'))
            i--;
        if (i == end)
            return at;
    }
    return i;
}

/* "Straße der Einheit 60", "Straße des 17. Juni 135", "Siedlung am Hang 14": the name at FROM is what a street before it is called by. */
static gsize genitive_start(struct contact_walk *w, gsize from, gsize least, bool *is_street_out, bool *is_located_out)
{
    static const char *const links[] = {"der", "des", "dem", "den", "am", "an", "zum", "zur", "im"};
    static const char *const heads[] = {"straße", "strasse",  "str",  "weg",       "platz", "allee",
                                        "gasse",  "siedlung", "ring", "promenade", "ufer"};
    static const struct contact_suffix quarters[] = {CONTACT_SUFFIX("siedlung"), CONTACT_SUFFIX("kolonie"),
                                                     CONTACT_SUFFIX("bauerschaft"), CONTACT_SUFFIX("wohnpark")};
    guint k = g_ascii_isdigit(*contact_word(w, from, 0)), links_at = k;
    gsize first_end = contact_word_end(w, from);
    g_autofree char *first = g_strndup(w->text + from, first_end - from);
    bool is_linked = contact_is_one_of(first, links, G_N_ELEMENTS(links)); /* in lower case: it is no part of the name */

    while (k < links_at + 2 && contact_is_one_of(contact_word(w, from, k), links, G_N_ELEMENTS(links)))
        k++;
    bool is_head = contact_is_one_of(contact_word(w, from, k), heads, G_N_ELEMENTS(heads));
    bool is_quarter = contact_has_suffix(contact_word(w, from, k), quarters, G_N_ELEMENTS(quarters)); /* "Siedlung Nord 15" */
    gsize start = (is_head || is_quarter) && k + 1 < CONTACT_WORDS ? word_back(w, from, k + 1, least) : from;
    if (start == from || !contact_is_upper(w, start) || (k == links_at && !is_linked && !is_quarter))
        return from;
    *is_street_out = true;
    *is_located_out = contact_is_one_of(contact_word(w, start, 0), small, G_N_ELEMENTS(small));
    return start;
}

/* "bin ich Hinter den Gärten 12": the small word at START has a capital one before it, which is not a sentence's first. */
static bool is_behind_capital(struct contact_walk *w, gsize start, gsize least)
{
    gsize first = word_back(w, start, 1, least);

    return first < start && first > least + 1 && contact_is_upper(w, first) && w->text[first - 1] == ' ' &&
           strchr(".!?\n", w->text[first - 2]) == NULL &&
           contact_is_one_of(contact_word(w, start, 0), small, G_N_ELEMENTS(small));
}

/* The street's name ends at TO: where does it begin? It takes small words and capitalised ones with it. */
static gsize street_start(struct contact_walk *w, gsize least, gsize to, bool *is_street_out, bool *is_located_out)
{
    const char *text = w->text, *word;
    gsize from = to;
    bool takes_name = false;

    *is_street_out = contact_is_street(contact_word(w, to, 0));
    *is_located_out = false;
    for (guint i = 0; i < MAX_NAME && *(word = contact_word(w, to, i)) != '\0'; i++) {
        const char *p = text + from, *q;
        while (p > text + least && (q = g_utf8_find_prev_char(text + least, p)) != NULL && !g_unichar_isalnum(g_utf8_get_char(q)))
            p = q;
        bool is_apart = i > 0 && strspn(p, " .-") < (gsize)(text + from - p);
        bool is_small = contact_is_one_of(word, small, G_N_ELEMENTS(small));
        gsize bytes = strlen(word);
        if (is_apart || (gsize)(p - text) < least + bytes)
            break;
        gsize start = (gsize)(p - text) - bytes; /* WORD is in lower case, which may have another length */
        if (((guchar)text[start] & 0xc0) == 0x80)
            break;
        bool is_upper = g_unichar_isupper(g_utf8_get_char(text + start));
        if (i > 0 && !is_upper && is_small && strcmp(word, "an") != 0) /* "Post an Kirchweg 9" */
            *is_located_out = true;                                    /* "in der Hauptstraße": the speaker's own word */
        if (i > 1 && is_upper && is_small && (!*is_street_out || takes_name))
            *is_located_out = false; /* "Unter den Linden", "An der Alten Gasse": the street's name */
        if (i == 1 && *is_street_out && is_small && !is_upper && is_behind_capital(w, start, least)) {
            *is_located_out = false;
            return word_back(w, start, 1, least);
        }
        bool is_name = i == 1 && takes_name && is_upper;
        bool is_first = is_upper && is_small && (i == 1 || takes_name);
        bool is_adjective = i == 1 && is_upper &&
                            ((!*is_street_out && (g_str_has_suffix(word, "en") || g_str_has_suffix(word, "er"))) ||
                             contact_is_street_adjective(word));
        bool may_be_lower = i == 0 && *is_street_out && !contact_is_bare_street(word); /* "ich wohne lindenstraße 3" */
        if ((i > 0 && (*is_street_out || !is_small) && !is_first && !is_name && !is_adjective) ||
            (i == 0 && !is_upper && !may_be_lower))
            break;
        takes_name |= (i == 0 && contact_is_bare_street(word)) || is_adjective;
        from = start;
    }
    return from < to ? genitive_start(w, from, least, is_street_out, is_located_out) : from;
}

/* "(Marienstr. 5), in der ich selbst wohne" */
static bool is_home_behind(const struct contact_walk *w, gsize end)
{
    static const char *const links[] = {"wo", "in", "where"}, *const verbs[] = {"wohne", "wohnen", "lebe", "leben", "live"};
    gsize i = end;
    bool is_linked = false;

    for (guint k = 0; k < MAX_BEHIND; k++) {
        while (i < w->n && strchr(" ,()", w->text[i]) != NULL && w->text[i] != '\0')
            i++;
        gsize to = contact_word_end(w, i) + contact_digits(w, i);
        if (to == i || to - i > MAX_BACK)
            return false;
        g_autofree char *word = g_utf8_strdown(w->text + i, (gssize)(to - i));
        if (is_linked && contact_is_one_of(word, verbs, G_N_ELEMENTS(verbs)))
            return true;
        is_linked |= contact_is_one_of(word, links, G_N_ELEMENTS(links));
        i = to + (g_ascii_isdigit(w->text[i]) && to < w->n && w->text[to] == '.'); /* "3. OG" */
    }
    return false;
}

/* "Schule Overbergstraße 20": everybody's, and so is where it is. */
static bool is_of_everybody(struct contact_walk *w, gsize from)
{
    const char *word = contact_word(w, from, 0);

    if (contact_is_one_of(word, small, G_N_ELEMENTS(small)) || strcmp(word, "at") == 0)
        word = contact_word(w, from, 1);
    return contact_is_public(word);
}

/* "Hinterhof, 20 Uhr", "Am Ring 15 Minuten": a number of something. */
static bool counts_something(const struct contact_walk *w, gsize end)
{
    static const char *const units[] = {"uhr",    "euro",    "eur",     "min",    "minuten",   "sekunden",     "stunden",
                                        "jahre",  "jahren",  "tage",    "wochen", "meter",     "km",           "m",
                                        "cm",     "prozent", "autos",   "bäume",  "kinder",    "pm",           "am",
                                        "miles",  "minutes", "seconds", "years",  "people",    "euros",        "menschen",
                                        "leute",  "plätze",  "straßen", "häuser", "kilometer", "haltestellen", "stationen",
                                        "orte",   "dörfer",  "zimmer",  "mal",    "monate",    "minute",       "stunde",
                                        "etagen", "grad",    "tagen",   "monaten"};
    gsize i = end + (end < w->n && w->text[end] == ' '), to = contact_word_end(w, i);
    g_autofree char *word = g_utf8_strdown(w->text + i, (gssize)(to - i));
    bool is_part =
        end + 1 < w->n && (w->text[end] == '.' || w->text[end] == ',') && g_ascii_isdigit(w->text[end + 1]); /* "2.0" */

    return is_part || (i > end && contact_is_one_of(word, units, G_N_ELEMENTS(units)) &&
                       !(i < w->n && strcmp(word, "am") == 0 && contact_is_upper(w, i)));
}

/* "Nr. " and the like before AT, behind a street: where the street's name ends, AT if no such word is there. */
static gsize before_number_word(struct contact_walk *w, gsize at)
{
    static const char *const words[] = {"nr", "hausnr", "hausnummer", "nummer", "haus"};
    bool is_word = contact_is_one_of(contact_word(w, at, 0), words, G_N_ELEMENTS(words));
    gsize i = at;

    while (is_word && i > 0 && !g_ascii_isalpha(w->text[i - 1]))
        i--;
    while (is_word && i > 0 && g_ascii_isalpha(w->text[i - 1]))
        i--;
    if (is_word && i >= 4 && g_ascii_strncasecmp(w->text + i - 4, "die ", 4) == 0)
        i -= 4;
    return i;
}

/* "Postfach 10 12 44", "PO Box 123" */
static gsize box_at(struct contact_walk *w, gsize at, gsize least, gsize *from_out)
{
    static const char *const words[] = {"postfach", "Postfach", "PO Box ", "P.O. Box ", "Packstation "};
    gsize end = at, digits = 0, back = 0;

    bool may_be_box = at > least + 4 && w->text[at - 1] == ' ' && strchr("hxn", w->text[at - 2]) != NULL;
    for (gsize k = 0; may_be_box && back == 0 && k < G_N_ELEMENTS(words); k++) {
        gsize n = strlen(words[k]) + (k < 2);
        if (at >= least + n && strncmp(w->text + at - n, words[k], strlen(words[k])) == 0)
            back = n;
    }
    for (gsize i = at; back > 0 && i < w->n && digits <= MAX_BOX && (g_ascii_isdigit(w->text[i]) || w->text[i] == ' '); i++)
        if (g_ascii_isdigit(w->text[i])) {
            digits++;
            end = i + 1;
        }
    *from_out = at - back;
    return digits >= MIN_BOX ? end : 0;
}

/* "45127 Essen, Waldweg 12": the street that stands behind its town; where it ends, 0 if there is none. */
gsize contact_street_behind(const struct contact_walk *w, gsize at)
{
    gsize i = at;
    bool is_street = false;

    while (i < w->n && i < at + 2 && (w->text[i] == ',' || w->text[i] == ' ' || w->text[i] == '\n'))
        i++;
    for (guint k = 0; k < 4 && contact_is_upper(w, i); k++) {
        gsize end = contact_word_end(w, i);
        g_autofree char *word = g_utf8_strdown(w->text + i, (gssize)(end - i));
        is_street = contact_is_street(word) || contact_is_bare_street(word);
        i = end + (end < w->n && w->text[end] == '.');
        i += i < w->n && w->text[i] == ' ';
    }
    gsize digits = is_street ? contact_digits(w, i) : 0;
    return digits > 0 && digits <= MAX_NUMBER ? contact_house_end(w, i + digits) : 0;
}

static gsize postcode_at(struct contact_walk *w, gsize at, enum contact_kind *kind_out)
{
    gsize town = contact_place_behind(w, at), street = town > 0 ? contact_street_behind(w, town) : 0;

    bool is_labelled = town > 0 && at > 1 && w->text[at - 1] == ' ' && w->text[at - 2] == ':' && contact_look(w) &&
                       contact_is_one_of(contact_word(w, at, 0), (const char *const[]){"ort", "wohnort"}, 2); /* of a form */
    if (is_labelled)
        *kind_out = CONTACT_ADDRESS;
    if (street > 0 && contact_look(w)) {
        bool is_located = contact_is_one_of(contact_word(w, at, 0), small, G_N_ELEMENTS(small));
        *kind_out = contact_is_home(w, at) || !is_located ? CONTACT_ADDRESS : CONTACT_STREET;
        return street;
    }
    return town;
}

/* A street with a name of no kind that we know, where somebody says that they live: "Unter den Eichen 7". */
static bool may_be_street(struct contact_walk *w, gsize from, gsize to, gsize at, gsize digits)
{
    bool is_year = digits == 4 && (g_str_has_prefix(w->text + at, "19") || g_str_has_prefix(w->text + at, "20"));
    const char *last = contact_word(w, to, 0); /* until another place is asked */
    bool is_other = contact_is_one_of(last, others, G_N_ELEMENTS(others)) || contact_is_one_of(last, small, G_N_ELEMENTS(small));
    const char *first = w->text + from;
    bool begins_small = false, is_far = false; /* "200 Meter von der ..." */

    for (guint i = 0; i < 2; i++)
        is_far |=
            contact_is_one_of(contact_word(w, from, i), (const char *const[]){"meter", "km", "kilometer", "minuten", "m"}, 5);
    for (gsize i = 0; i < G_N_ELEMENTS(small); i++) {
        gsize n = strlen(small[i]);
        begins_small |= g_ascii_strncasecmp(first, small[i], n) == 0 && first[n] == ' ';
    }
    return !is_other && !is_year && !is_far && (begins_small || contact_is_said_home(w, from));
}

/* A comma, a bracket, a full stop or the end of the line. */
static bool ends_there(const struct contact_walk *w, gsize end)
{
    return end >= w->n || strchr(",).;\n", w->text[end]) != NULL;
}

/* "Platz 3", "Rollator 15", "Radweg 2027", "am Marktplatz 3 Bänke" are none. */
static bool is_name_of_street(struct contact_walk *w, gsize from, gsize to, gsize at, gsize end)
{
    bool is_year = contact_digits(w, at) == 4 && (w->text[at] == '1' || w->text[at] == '2');
    bool is_count = end + 1 < w->n && w->text[end] == ' ' && contact_is_upper(w, end + 1);
    bool is_bare = contact_is_bare_street(contact_word(w, to, 0)) && memchr(w->text + from, ' ', to - from - 1) == NULL;

    return !is_bare && !is_year && !is_count && at > from && !g_str_has_suffix(contact_word(w, to, 0), "ator");
}

/* Nothing but a name, a blank and a number, which is no year: "Platz 61", "Radweg 2030", "Hauptbahnhof, 6" are no addresses. */
static bool is_plain_street(struct contact_walk *w, gsize from, gsize to, gsize at, gsize digits)
{
    bool is_year = digits == 4 && (g_str_has_prefix(w->text + at, "19") || g_str_has_prefix(w->text + at, "20"));
    bool is_bare = contact_is_bare_street(contact_word(w, to, 0)) && memchr(w->text + from, ' ', to - from - 1) == NULL;

    return !is_year && !is_bare && to > 1 && w->text[to - 1] == ' ' && w->text[to - 2] != ',' &&
           !g_str_has_suffix(contact_word(w, to, 0), "ator");
}

/* "wohn in der breslauer str 12", "wohne am knie 7": in small letters right behind the words that say so; TO if it is not there. */
static gsize small_street_start(struct contact_walk *w, gsize to, gsize least)
{
    static const char *const no_names[] = {"seit",  "at",   "near",  "of",    "the",  "mit",  "etwa", "ca", "circa", "über",
                                           "rund",  "fast", "schon", "jetzt", "hier", "zu",   "bis",  "ab", "nach",  "um",
                                           "und",   "oder", "auf",   "knapp", "als",  "noch", "erst", "no", "nur",   "only",
                                           "about", "over", "since", "for",   "with", "is",   "ist",  "nr", "lautet"};
    gsize from = word_back(w, to, 1, least);

    for (guint k = 0; k < 2 && from < to && from > least; k++) {
        const char *word = contact_word(w, to, k);
        if (contact_is_one_of(word, no_names, G_N_ELEMENTS(no_names)) || contact_is_one_of(word, others, G_N_ELEMENTS(others)) ||
            contact_is_one_of(word, small, G_N_ELEMENTS(small)) || g_ascii_isdigit(*word) || *word == '\0')
            return to;
        if (w->text[from - 1 - (from > 1 && w->text[from - 1] == ' ')] == ',')
            return to; /* "Ich, geboren 1949" */
        if (contact_is_said_home(w, from))
            return from;
        from = word_back(w, from, 1, least);
    }
    return to;
}

static gsize street_at(struct contact_walk *w, gsize at, gsize digits, gsize least, gsize *from_out, enum contact_kind *kind_out)
{
    bool is_street, is_located;
    gsize end = contact_house_end(w, at + digits), place = contact_place_behind(w, contact_door_behind(w, end)),
          to = before_number_word(w, at);
    gsize from = street_start(w, MAX(least, at > MAX_BACK ? at - MAX_BACK : 0), to, &is_street, &is_located);
    bool is_apart = at > 1 && w->text[at - 1] == ' ' && w->text[at - 2] == ','; /* "ein Stellplatz, 0172 ..." */
    if (counts_something(w, at + digits) || w->text[at] == '0')
        return 0;
    if ((is_apart && place == 0) || contact_is_abroad(w, at, least))
        return contact_abroad_at(w, at, digits, least, from_out, kind_out);
    bool is_year = digits == 4 && (w->text[at] == '1' || w->text[at] == '2');
    if (from >= to && !is_year && (from = small_street_start(w, to, MAX(least, at > MAX_BACK ? at - MAX_BACK : 0))) < to) {
        *from_out = from;
        *kind_out = CONTACT_ADDRESS;
        return MAX(end, place);
    }
    bool is_plain = from < to && !is_located && is_plain_street(w, from, to, at, digits);
    bool is_beside = is_plain && (is_street || ends_there(w, end)) && contact_stands_beside(w, from);
    bool is_named =
        from < to && contact_is_bare_street(contact_word(w, to, 0)) && memchr(w->text + from, ' ', to - 1 - from) != NULL;
    bool may_be_any = from < to && may_be_street(w, from, to, at, digits);
    bool may_be = is_street || is_named || place > 0 || may_be_any || (is_beside && contact_is_said_home(w, from));
    bool is_at_home =
        from < to && may_be &&
        (is_beside || contact_is_home(w, from) || is_home_behind(w, end) || (may_be_any && contact_is_lived_in(w, from, end)) ||
         ((is_street || is_named || place > 0) && is_name_of_street(w, from, to, at, end) && contact_is_told(w, from, end) &&
          (!contact_is_beside_thing(w, from) || contact_is_lived_in(w, from, end))));
    bool is_lower = from < to && is_street && g_unichar_islower(g_utf8_get_char(w->text + from)) && !is_located;

    if (from >= to || (is_lower && !is_at_home) || (!is_street && place == 0 && !is_at_home))
        return contact_abroad_at(w, at, digits, least, from_out, kind_out);
    *from_out = from;
    bool is_place = is_located || is_of_everybody(w, from);
    *kind_out = is_at_home || (place > 0 && !is_place) ? CONTACT_ADDRESS : CONTACT_STREET;
    return place > 0 ? place : end;
}

static gsize place_at(struct contact_walk *w, gsize at, gsize least, gsize *from_out, enum contact_kind *kind_out)
{
    const char *text = w->text;
    gsize n = w->n, digits = contact_digits(w, at), box = box_at(w, at, least, from_out);

    *kind_out = CONTACT_ADDRESS;
    if (box > 0)
        return MAX(box, contact_place_behind(w, box));
    *from_out = at;
    *kind_out = CONTACT_PLACE;
    if (digits == POSTCODE)
        return postcode_at(w, at, kind_out);
    bool is_behind_blank = at > 0 && text[at - 1] == ' ', is_first = at == 0 || text[at - 1] == '\n' || text[at - 1] == '(';
    bool is_behind_number = is_behind_blank && at > 1 && g_ascii_isdigit(text[at - 2]);
    if (digits == 0 || digits > MAX_NUMBER || !(is_behind_blank || is_first))
        return 0;
    gsize postcode = is_first ? contact_postcode_abroad(w, at, digits) : 0;
    if (postcode > 0)
        return postcode;
    bool may_be_english =
        at + digits + 1 < n && (text[at + digits] == ' ' || text[at + digits] == ',' || g_ascii_islower(text[at + digits]));
    if (((is_first || is_behind_number) && !may_be_english) || !contact_look(w))
        return 0;
    return is_first ? contact_abroad_at(w, at, digits, least, from_out, kind_out)
                    : street_at(w, at, digits, least, from_out, kind_out);
}

gsize contact_place_at(struct contact_walk *w, gsize at, gsize least, gsize *from_out, enum contact_kind *kind_out)
{
    gsize end = place_at(w, at, least, from_out, kind_out);

    if (end == 0 || *kind_out != CONTACT_ADDRESS)
        return end;
    end = contact_door_behind(w, contact_houses_end(w, end));
    gsize place = contact_place_behind(w, end);
    return place > 0 ? contact_door_behind(w, place) : end;
}
