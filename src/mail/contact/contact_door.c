/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A house's number and what leads from there to somebody's door: "12a", "7 - 9", "2, 4 und 6"; ", 3. OG links", "Hinterhaus", "Whg. 12",
 * "Klingel Meier". It goes with its address; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define MAX_NUMBER 4 /* digits of a house's number */
#define MAX_FLOOR  2
#define MAX_PARTS  5
#define MAX_HOUSES 4 /* more in "2, 4 und 6" */
#define MAX_WORD   24

/* clang-format off */
static const char *const floors[] = {
    "og", "ug", "stock", "stockwerk", "etage", "geschoss", "geschoß", "obergeschoss", "obergeschoß", "kat", "piętro", "verdieping", "floor",
};
static const char *const ordinals[] = {
    "erster", "erste", "zweiter", "zweite", "dritter", "dritte", "vierter", "vierte", "fünfter", "fünfte", "sechster", "sechste", "siebter",
    "siebte", "achter", "achte", "oberster", "oberste", "first", "second", "third", "fourth", "fifth", "sixth", "ground", "top",
};
static const char *const sides[] = {"links", "rechts", "mitte", "li", "re", "mi", "left", "right", "hinten", "vorne"};
/* Without a number. */
static const char *const parts[] = {
    "eg", "dg", "erdgeschoss", "erdgeschoß", "dachgeschoss", "dachgeschoß", "parterre", "hochparterre", "souterrain", "hinterhaus", "vorderhaus",
    "seitenflügel", "gartenhaus", "quergebäude", "hinterhof", "dachwohnung", "einliegerwohnung", "hh", "vh", "aufgang",
};
/* With one behind. */
static const char *const units[] = {
    "whg", "wohnung", "wohnungsnr", "app", "appartement", "apartment", "apt", "flat", "zimmer", "zi", "tür", "daire", "kat", "room", "unit", "aufgang",
    "eingang", "wohneinheit", "we", "stellplatz", "bus",
};
static const char *const bells[] = {"klingel", "klingelschild", "klingelknopf", "türschild", "doorbell", "bell", "briefkasten"};
/* clang-format on */

static char *lower_word(const struct contact_walk *w, gsize at, gsize end)
{
    return end > at && end - at <= MAX_WORD ? g_utf8_strdown(w->text + at, (gssize)(end - at)) : g_strdup("");
}

static gsize past(const struct contact_walk *w, gsize i, const char *signs, gsize most)
{
    for (gsize n = 0; n < most && i < w->n && w->text[i] != '\0' && strchr(signs, w->text[i]) != NULL; n++)
        i++;
    return i;
}

/* A word of LIST at AT, a full stop behind it taken along; where it ends, 0 none. */
static gsize listed_end(const struct contact_walk *w, gsize at, const char *const *list, gsize n)
{
    gsize end = contact_word_end(w, at);
    g_autofree char *word = lower_word(w, at, end);

    return contact_is_one_of(word, list, n) ? end : 0;
}

/* "5 a" is a number with its letter, "129 fällt" none. */
static gsize letter_end(const struct contact_walk *w, gsize end)
{
    const char *text = w->text;
    gsize n = w->n, at = end + (end + 1 < n && text[end] == ' ' && text[end + 1] >= 'a' && text[end + 1] <= 'h');
    bool is_alone = at + 1 >= n || (!g_ascii_isalnum(text[at + 1]) && (guchar)text[at + 1] < 0x80);

    return at < n && g_ascii_isalpha(text[at]) && is_alone ? at + 1 : end;
}

gsize contact_house_end(const struct contact_walk *w, gsize end)
{
    const char *text = w->text;
    gsize i = letter_end(w, end), n = w->n, at = i;

    if (i + 1 < n && (text[i] == '-' || text[i] == '/'))
        at = i + 1;
    else if (i + 3 < n && (strncmp(text + i, " - ", 3) == 0 || strncmp(text + i, " / ", 3) == 0))
        at = i + 3;
    else if (i + 3 < n && strncmp(text + i, "\342\200\223", 3) == 0)
        at = i + 3;
    gsize more = at > i ? contact_digits(w, at) : 0;
    bool is_another = more > 0 && more <= MAX_NUMBER && text[at] != '0';
    return is_another ? letter_end(w, at + more) : i;
}

gsize contact_houses_end(const struct contact_walk *w, gsize end)
{
    static const char *const joins[] = {", ", " und ", " u. ", " & ", " and ", " oder "};
    const char *last = w->text + end - 1;

    if (end < 2 || !(g_ascii_isdigit(*last) || (g_ascii_isalpha(*last) && (g_ascii_isdigit(last[-1]) || last[-1] == ' '))))
        return end;
    for (guint k = 0, j; k < MAX_HOUSES; k++) {
        gsize at = 0, digits = 0;
        for (j = 0; j < G_N_ELEMENTS(joins) && digits == 0; j++)
            if (end + strlen(joins[j]) < w->n && strncmp(w->text + end, joins[j], strlen(joins[j])) == 0) {
                at = end + strlen(joins[j]);
                digits = contact_digits(w, at);
            }
        gsize to = digits > 0 && digits < MAX_NUMBER ? letter_end(w, at + digits) : 0;
        bool is_last = j != 1; /* a comma says nothing until "und" comes */
        bool is_counted = to > 0 && to < w->n && (strchr(".:", w->text[to]) != NULL || g_ascii_isalnum(w->text[to])) &&
                          to + 1 < w->n && w->text[to + 1] != '\n';
        if (to == 0 || is_counted)
            return end;
        if (!is_last && contact_houses_end(w, to) == to)
            return end;
        end = to;
    }
    return end;
}

/* "3. OG", "2nd floor"; "vierter Stock ohne Aufzug" is what somebody tells, "dritter Stock rechts" where their door is. */
static gsize floor_end(const struct contact_walk *w, gsize at)
{
    gsize digits = contact_digits(w, at), word = 0;

    if (digits > 0 && digits <= MAX_FLOOR) {
        word = past(w, at + digits, ".", 1);
        bool is_english = word + 2 < w->n && strchr("snrt", w->text[word]) != NULL && g_ascii_isalpha(w->text[word + 1]) &&
                          w->text[word + 2] == ' ';
        word = past(w, word + (is_english ? 2 : 0), " ", 1);
    } else if (digits == 0 && (word = listed_end(w, at, ordinals, G_N_ELEMENTS(ordinals))) > 0) {
        word = past(w, word, " ", 1);
    }
    gsize end = word > 0 ? listed_end(w, word, floors, G_N_ELEMENTS(floors)) : 0;
    bool has_side = end > 0 && listed_end(w, past(w, end, " ,", 2), sides, G_N_ELEMENTS(sides)) > 0;
    return digits > 0 || has_side ? end : 0;
}

/* "Whg. 12", "Zimmer 214", "Wohnung Nr. 3" */
gsize contact_unit_end(const struct contact_walk *w, gsize at)
{
    static const char *const numbers[] = {"nr", "no", "nummer"};
    gsize end = listed_end(w, at, units, G_N_ELEMENTS(units));

    if (end == 0)
        return 0;
    end = past(w, end, ".: ", 2);
    gsize word = listed_end(w, end, numbers, G_N_ELEMENTS(numbers));
    end = word > 0 ? past(w, word, ".: ", 2) : end;
    gsize digits = contact_digits(w, end);
    return digits > 0 && digits <= MAX_NUMBER ? letter_end(w, end + digits) : 0;
}

/* "Klingel Meier/Schulze": names with capitals. */
static gsize bell_end(const struct contact_walk *w, gsize at)
{
    gsize end = listed_end(w, at, bells, G_N_ELEMENTS(bells)), last = 0;

    if (end == 0)
        return 0;
    end = past(w, end, " :\"", 3);
    if (end + 3 < w->n && strncmp(w->text + end, "\342\200\236", 3) == 0) /* low quotation mark */
        end += 3;
    for (guint names = 0; names < 3 && contact_is_upper(w, end); names++) {
        last = contact_word_end(w, end);
        gsize next = past(w, last, " /&+", 3);
        bool is_joined = memchr(w->text + last, '/', next - last) != NULL || memchr(w->text + last, '&', next - last) != NULL;
        if (!is_joined)
            break;
        end = next;
    }
    bool is_quoted = last > 0 && last + 3 <= w->n && strncmp(w->text + last, "\342\200\234", 3) == 0;
    return last + (is_quoted ? 3 : 0) + (last > 0 && last < w->n && w->text[last] == '"');
}

static gsize part_end(const struct contact_walk *w, gsize at, bool *is_bell_out)
{
    if (g_ascii_isdigit(w->text[at]))
        return floor_end(w, at);
    gsize end = contact_word_end(w, at);
    if (end == at || end - at > MAX_WORD)
        return 0;
    g_autofree char *word = g_utf8_strdown(w->text + at, (gssize)(end - at));
    if (contact_is_one_of(word, parts, G_N_ELEMENTS(parts)))
        return end;
    if (contact_is_one_of(word, units, G_N_ELEMENTS(units)) && (end = contact_unit_end(w, at)) > 0)
        return end;
    if (contact_is_one_of(word, ordinals, G_N_ELEMENTS(ordinals)))
        return floor_end(w, at);
    bool is_bell = contact_is_one_of(word, bells, G_N_ELEMENTS(bells)) && (end = bell_end(w, at)) > 0;
    *is_bell_out |= is_bell;
    return is_bell ? end : 0;
}

gsize contact_parts_end(const struct contact_walk *w, gsize end, bool is_first, bool *is_bell_out)
{
    for (guint k = 0; k < MAX_PARTS; k++) {
        gsize at = is_first && k == 0 ? end : past(w, end, " ,;/(-\n", 3);
        bool is_apart = at > end || (is_first && k == 0), is_open = at > end && memchr(w->text + end, '(', at - end) != NULL;
        gsize to = is_apart && at < w->n ? part_end(w, at, is_bell_out) : 0;
        if (to == 0)
            break;
        gsize side = listed_end(w, past(w, to, " ,", 2), sides, G_N_ELEMENTS(sides));
        to = MAX(to, side);
        end = to + (is_open && to < w->n && w->text[to] == ')');
    }
    return end;
}

gsize contact_door_behind(const struct contact_walk *w, gsize end)
{
    bool is_bell = false;

    return contact_parts_end(w, end, false, &is_bell);
}
