/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accounts: an IBAN by its check sum and the length that its country gives it, or by its word; other numbers by their word. See
 * contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

#define MIN_IBAN 15
#define MAX_IBAN 34

/* clang-format off */
/* ISO 13616: how long the IBANs of a country are. */
static const char *const lengths[] = {
    "AD24", "AE23", "AL28", "AT20", "AZ28", "BA20", "BE16", "BG22", "BH22", "BR29", "BY28", "CH21", "CR22", "CY28", "CZ24", "DE22",
    "DK18", "DO28", "EE20", "EG29", "ES24", "FI18", "FO18", "FR27", "GB22", "GE22", "GI23", "GL18", "GR27", "GT28", "HR21", "HU28",
    "IE22", "IL23", "IS26", "IT27", "JO30", "KW30", "KZ20", "LB28", "LC32", "LI21", "LT20", "LU20", "LV21", "MC27", "MD24", "ME22",
    "MK19", "MR27", "MT31", "MU30", "NL18", "NO15", "PK24", "PL28", "PS29", "PT25", "QA29", "RO24", "RS22", "SA24", "SE24", "SI19",
    "SK24", "SM27", "TN24", "TR26", "UA29", "VG24", "XK20",
};
static const char *const words[] = {
    "konto", "kontonummer", "kto", "ktonr", "kto-nr", "konto-nr", "kontonr", "blz", "bankleitzahl", "account", "acct", "iban",
    "bankverbindung", "spendenkonto", "vereinskonto", "girokonto",
};
/* clang-format on */

static gsize length_of(const char *country)
{
    for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++)
        if (g_ascii_strncasecmp(lengths[i], country, 2) == 0)
            return (gsize)g_ascii_strtoull(lengths[i] + 2, NULL, 10);
    return 0;
}

/* ISO 7064: letters are 10 to 35; the rest by 97 of all signs up to here. */
static guint rest_with(guint rest, char c)
{
    return g_ascii_isdigit(c) ? (rest * 10 + (guint)(c - '0')) % 97 : (rest * 100 + (guint)(g_ascii_toupper(c) - 'A' + 10)) % 97;
}

/* REST: of what stands behind the country and its two digits, which go behind it; the whole leaves 1. */
static bool is_iban(guint rest, const char country[4])
{
    for (guint i = 0; i < 4; i++)
        rest = rest_with(rest, country[i]);
    return rest == 1;
}

/* The word before AT, "Nr." and a colon passed over, names an account. */
static bool is_named(struct contact_walk *w, gsize at)
{
    const char *before = contact_word(w, at, 0);

    if (contact_is_one_of(before, (const char *const[]){"nr", "nummer", "number", "no", "lautet", "ist", "is"}, 7))
        before = contact_word(w, at, 1);
    bool is_sort_code = strcmp(before, "code") == 0 && strcmp(contact_word(w, at, 1), "sort") == 0;
    return is_sort_code || contact_is_one_of(before, words, G_N_ELEMENTS(words));
}

/* Of the many when there were too many: those of digits alone, which most countries have. */
gsize contact_iban_at(struct contact_walk *w, gsize at)
{
    const char *text = w->text;
    gsize n = w->n, n_signs = 0, n_digits = 0;
    guint rest = 0;
    char country[4] = {0};

    if (at + MIN_IBAN > n || !g_ascii_isalpha(text[at + 1]) || !g_ascii_isdigit(text[at + 3]) || !contact_begins_word(w, at))
        return 0;
    gsize wanted = length_of(text + at), check = at + 2 + (wanted > 0 && text[at + 2] == ' '); /* "DE 89 ..." */
    if (!g_ascii_isdigit(text[check]) || !g_ascii_isdigit(text[check + 1]))
        return 0;
    bool takes_letters = contact_look(w), is_named_one = takes_letters && wanted > 0 && is_named(w, at);
    for (gsize i = at; i < n && n_signs < MAX_IBAN; i++) {
        bool is_sign = g_ascii_isalnum(text[i]), is_whole = i + 1 >= n || !g_ascii_isalnum(text[i + 1]);
        if (is_sign && n_signs < 4)
            country[n_signs] = text[i];
        if (is_sign && ++n_signs > 4 && !takes_letters && g_ascii_isalpha(text[i]))
            break;
        if (is_sign && n_signs > 4)
            rest = rest_with(rest, text[i]);
        if (!is_sign && (!strchr(" -.", text[i]) || (i + 1 < n && !g_ascii_isalnum(text[i + 1]))))
            break;
        n_digits += g_ascii_isdigit(text[i]);
        bool is_whole_one = n_signs == wanted && (is_named_one || n_digits + 2 == wanted); /* with a slip of the hand, too */
        bool is_right = n_signs >= MIN_IBAN && (is_iban(rest, country) || is_whole_one);
        if (is_sign && is_whole && is_right && (wanted == 0 || n_signs == wanted))
            return i + 1;
    }
    return 0;
}

/* "Konto 1234567", "BLZ 360 501 05", "sort code 20-45-53" */
gsize contact_account_at(struct contact_walk *w, gsize at)
{
    const char *text = w->text;
    gsize n = w->n, end = at, n_digits = 0;
    bool is_behind_number = at > 1 && strchr(" -", text[at - 1]) != NULL && g_ascii_isdigit(text[at - 2]);

    for (gsize i = at; !is_behind_number && i < n && i < at + MAX_IBAN &&
                       (g_ascii_isdigit(text[i]) || (strchr(" -", text[i]) && i + 1 < n && g_ascii_isdigit(text[i + 1])));
         i++) {
        n_digits += g_ascii_isdigit(text[i]);
        end = i + 1;
    }
    return n_digits >= 5 && contact_look(w) && is_named(w, at) ? end : 0;
}
