/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plates of cars: "E-AB 1234", "AB12 CDE", only where a word near it speaks of a car; norms and forms look alike. See contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define MAX_ENDING  3 /* letters that a word may have behind its stem: "Motorrads" */
#define MAX_BEHIND  3 /* words */
#define MAX_DIGITS  4
#define MAX_LETTERS 3

/* clang-format off */
static const char *const cars[] = {
    "kennzeichen", "autokennzeichen", "kfz", "kfz-kennzeichen", "nummernschild", "auto", "wagen", "pkw", "lkw", "fahrzeug", "motorrad",
    "roller", "motorroller", "moped", "transporter", "lieferwagen", "sprinter", "kombi", "taxi", "suv", "van", "wohnmobil", "anhänger",
    "falschparker", "raser", "fahrer", "halter", "bmw", "vw", "golf", "audi", "mercedes", "opel", "porsche", "tesla", "passat", "skoda",
    "ford", "fiat", "seat", "renault", "peugeot", "citroen", "citroën", "toyota", "honda", "hyundai", "kia", "mazda", "nissan", "volvo",
    "smart", "dacia", "suzuki", "jeep", "polo", "corsa", "astra", "caddy", "bulli", "kastenwagen", "limousine", "cabrio",
    "halteverbot", "parkverbot", "parkplatz", "gehwegparker", "einfahrt", "besitzer", "unfall", "unfallgegner", "blitzer",
    "oldtimer", "e-auto", "elektroauto", "wohnwagen", "laster", "kleinwagen", "geländewagen", "karre", "dienstwagen", "quad", "mofa", "pickup",
    "plate", "registration", "reg", "car", "vehicle", "lorry", "truck", "motorbike", "motorcycle", "driver", "owner",
};
static const char *const deeds[] = {"park", "falschpark", "blockier", "raste", "rast", "block", "raced", "races", "fuhr", "überhol", "gerast", "drove", "drives", "overtook", "parked"};
/* clang-format on */
#define N_STRONG 5 /* of cars: they say that letters and digits behind them are a plate, whatever their case */

/* "DO-MK 2201", as it stands on a car and nearly nowhere else: letters, a hyphen, letters, a blank, digits. Norms and law look alike. */
static bool is_written_as_plate(const struct contact_walk *w, gsize at, gsize end)
{
    static const char *const districts[] = {"DIN-", "ISO-", "IEC-", "VDE-", "VDI-", "EU-", "EG-",
                                            "TV-",  "CO-",  "EN-",  "US-",  "UN-",  "DB-", "B-P"};
    static const char *const letters[] = {"EN", "RL", "VO", "NR", "AZ", "TV"};
    const char *s = w->text + at, *hyphen = memchr(s, '-', end - at), *blank = memchr(s, ' ', end - at);

    bool is_marked = end > at + 3 && strchr("EH", s[end - at - 1]) != NULL && g_ascii_isdigit(s[end - at - 2]); /* "MK H 30H" */
    if (is_marked && memchr(s, ' ', end - at) != NULL)
        return true;
    if (hyphen == NULL || blank == NULL || blank < hyphen || memchr(blank + 1, ' ', (gsize)(w->text + end - blank) - 1) != NULL)
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(districts); i++)
        if (strncmp(s, districts[i], strlen(districts[i])) == 0)
            return false;
    for (gsize i = 0; i < G_N_ELEMENTS(letters); i++)
        if (strncmp(hyphen + 1, letters[i], 2) == 0 && hyphen + 3 == blank)
            return false;
    return true;
}

static bool has_stem(const char *word, const char *const *stems, gsize n, gsize most)
{
    for (gsize i = 0; i < n; i++) {
        gsize length = strlen(stems[i]);
        if (strncmp(word, stems[i], length) == 0 && strlen(word) - length <= most)
            return true;
    }
    return false;
}

/* What is done in the words behind the plate. */
static bool is_told_behind(const struct contact_walk *w, gsize end)
{
    gsize i = end;

    for (guint k = 0; k < MAX_BEHIND && i < w->n; k++) {
        while (i < w->n && w->text[i] != '\n' && !g_ascii_isalpha(w->text[i]))
            i++;
        gsize to = contact_word_end(w, i);
        g_autofree char *word = g_utf8_strdown(w->text + i, (gssize)(to - i));
        if (to > i && has_stem(word, deeds, G_N_ELEMENTS(deeds), 4))
            return true;
        if (to == i)
            return false;
        i = to;
    }
    return false;
}

static bool is_of_car(struct contact_walk *w, gsize at, gsize end, bool is_lower)
{
    if (!contact_look(w))
        return false;
    for (guint k = 0; k < CONTACT_WORDS; k++)
        if (has_stem(contact_word(w, at, k), cars, is_lower ? N_STRONG : G_N_ELEMENTS(cars), MAX_ENDING))
            return true;
    return !is_lower && (is_told_behind(w, end) || is_written_as_plate(w, at, end));
}

/* Letters at AT, at most MOST; lower ones are told. */
static gsize letters(const struct contact_walk *w, gsize at, gsize most, bool *is_lower)
{
    gsize i = at;

    for (gsize k = 0; k < most && i < w->n; k++) {
        gunichar c = g_utf8_get_char(w->text + i);
        if (!(c < 0x80 ? g_ascii_isalpha((char)c) : c == 0xc4 || c == 0xd6 || c == 0xdc || c == 0xe4 || c == 0xf6 || c == 0xfc))
            break;
        *is_lower |= g_unichar_islower(c);
        i += c < 0x80 ? 1 : 2;
    }
    return i;
}

/* What joins the parts: a blank, a colon, a hyphen of any kind (U+2010 to U+2013). */
static gsize join_at(const struct contact_walk *w, gsize i)
{
    const char *s = w->text + i;

    if (i + 3 < w->n && g_str_has_prefix(s, " - "))
        return 3;
    if (i + 5 < w->n && s[0] == ' ' && g_str_has_prefix(s + 1, "\342\200\223 "))
        return 5;
    if (i + 3 < w->n && (guchar)s[0] == 0xe2 && (guchar)s[1] == 0x80 && (guchar)s[2] >= 0x90 && (guchar)s[2] <= 0x93)
        return 3;
    return i < w->n && *s != '\0' && strchr("- :", *s) != NULL;
}

/* "BMW R 1200", "BVB - S04", "VW T 5": no district is called so. */
static bool is_brand(const struct contact_walk *w, gsize at)
{
    static const char *const brands[] = {"BMW", "VW",  "MAN", "DAF", "KTM", "BVB", "LED", "USB",
                                         "PDF", "DIN", "ISO", "VDE", "RAL", "CO",  "PM"};
    gsize end = contact_word_end(w, at), to = end;

    while (to > at && w->text[to - 1] != '-')
        to--;
    end = to > at ? to - 1 : end;
    for (gsize i = 0; i < G_N_ELEMENTS(brands); i++)
        if (end - at == strlen(brands[i]) && strncmp(w->text + at, brands[i], end - at) == 0)
            return true;
    return false;
}

/* "E-AB 1234", "E AB 1234", "MH - XY 12E" */
static gsize german_end(const struct contact_walk *w, gsize at, bool *is_lower)
{
    gsize n = w->n, i = letters(w, at, MAX_LETTERS, is_lower), second, digits;

    gsize join = join_at(w, i);
    if (i == at || i + 3 >= n || join == 0)
        return 0;
    i += join;
    second = letters(w, i, 2, is_lower);
    if (second == i || second >= n)
        return 0;
    i = second + join_at(w, second);
    digits = contact_digits(w, i);
    if (digits == 0 || digits > MAX_DIGITS || w->text[i] == '0' || is_brand(w, at)) /* no plate's number begins with 0 */
        return 0;
    i += digits;
    i += i < n && (w->text[i] == 'E' || w->text[i] == 'H');
    return i;
}

/* "AB12 CDE" */
static gsize british_end(const struct contact_walk *w, gsize at, bool *is_lower)
{
    gsize i = letters(w, at, 2, is_lower), last;

    if (i != at + 2 || contact_digits(w, i) != 2 || i + 5 > w->n)
        return 0;
    i += 2 + (w->text[i + 2] == ' ');
    last = letters(w, i, 3, is_lower);
    return last == i + 3 ? last : 0;
}

gsize contact_plate_at(struct contact_walk *w, gsize at)
{
    bool is_lower = false, has_digit = false;
    gsize end;

    for (gsize i = at + 1; !has_digit && i < w->n && i < at + CONTACT_PLATE_BEFORE && w->text[i] != '\n'; i++)
        has_digit = g_ascii_isdigit(w->text[i]);
    if (!has_digit) /* nearly every word */
        return 0;
    if ((end = german_end(w, at, &is_lower)) == 0) {
        is_lower = false;
        end = british_end(w, at, &is_lower);
    }
    if (end == 0 || (end < w->n && g_ascii_isalnum(w->text[end])))
        return 0;
    return is_of_car(w, at, end, is_lower) ? end : 0;
}
