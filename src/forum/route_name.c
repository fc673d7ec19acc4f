/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an address of ours is made of: letters, numbers, names, a domain; see route.h.
 */
#include "forum/route_private.h"

#include <string.h>

/* 12 decimal digits are more rows than a database of ours can hold. */
#define MAX_ID_DIGITS 12

gint64 route_parse_id(const char **p, char stop)
{
    gint64 value = 0;
    int digits = 0;

    for (; **p != '\0' && **p != stop; (*p)++, digits++) {
        char c = **p;
        if (c == 'o')
            c = '0';
        else if (c == 'l' || c == 'i')
            c = '1';
        if (!g_ascii_isdigit(c) || digits == MAX_ID_DIGITS)
            return -1;
        value = value * 10 + (c - '0');
    }
    if (digits == 0 || **p != stop)
        return -1;
    if (stop != '\0')
        (*p)++;
    return value;
}

const char *route_skip_word(const char *text, const char *word)
{
    gsize n = strlen(word);

    return strncmp(text, word, n) == 0 ? text + n : NULL;
}

char *route_fold_name(const char *name)
{
    static const struct {
        gunichar letter;
        const char *ascii;
    } written_out[] = {{0xe4, "ae"}, {0xf6, "oe"}, {0xfc, "ue"}, {0xdf, "ss"}};

    if (g_str_is_ascii(name)) /* nearly all are */
        return g_ascii_strdown(name, -1);
    g_autofree char *composed = g_utf8_validate(name, -1, NULL) ? g_utf8_normalize(name, -1, G_NORMALIZE_NFC) : NULL;
    g_autofree char *lower = composed != NULL ? g_utf8_strdown(composed, -1) : NULL;
    g_autoptr(GString) out = g_string_new(NULL);

    for (const char *p = lower; p != NULL && *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p), base[4];
        const char *ascii = NULL;
        for (gsize i = 0; i < G_N_ELEMENTS(written_out); i++)
            if (written_out[i].letter == c)
                ascii = written_out[i].ascii;
        if (ascii != NULL)
            g_string_append(out, ascii);
        else if (c < 0x80)
            g_string_append_c(out, (char)c);
        else if (g_unichar_fully_decompose(c, FALSE, base, G_N_ELEMENTS(base)) > 1 && base[0] < 0x80)
            g_string_append_c(out, (char)base[0]);
        else
            return NULL;
    }
    return lower != NULL ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

char *route_skeleton(const char *folded)
{
    GString *out = g_string_sized_new(strlen(folded));

    for (const char *p = folded; *p != '\0'; p++) {
        char c = *p == '0' ? 'o' : *p == '1' || *p == 'i' ? 'l' : *p;
        bool is_written_out = c == 'e' && out->len > 0 && strchr("aou", out->str[out->len - 1]) != NULL;
        bool is_double = out->len > 0 && out->str[out->len - 1] == c;
        if (!is_written_out && !is_double && strchr("-._", c) == NULL)
            g_string_append_c(out, c);
    }
    return g_string_free(out, FALSE);
}

static const struct {
    const char *local;
    enum route_kind kind;
} roles[] = {{"postmaster", ROUTE_OPERATOR}, {"abuse", ROUTE_OPERATOR},      {"hilfe", ROUTE_HELP},
             {"help", ROUTE_HELP},           {"datenschutz", ROUTE_PRIVACY}, {"privacy", ROUTE_PRIVACY}};

bool route_parse_role(const char *local, struct route *out)
{
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        if (strcmp(local, roles[i].local) == 0) {
            out->kind = roles[i].kind;
            return true;
        }
    return false;
}

bool route_is_local_part(const char *folded)
{
    gsize n = strspn(folded, "abcdefghijklmnopqrstuvwxyz0123456789-._");

    return n > 0 && folded[n] == '\0' && g_ascii_isalnum(folded[0]) && g_ascii_isalnum(folded[n - 1]) &&
           strstr(folded, "..") == NULL && strpbrk(folded, "abcdefghijklmnopqrstuvwxyz") != NULL;
}

bool route_is_taken(const char *folded)
{
    static const char *const words[] = {"ja",          "moderation", "bounce",   "bounce-forum",  "bounce-news", "idee",
                                        "idea",        "vorschlag",  "proposal", "mailer-daemon", "bestellung",  "leser",
                                        "abbestellen", "ausgabe",    "stopp",    "uebersicht",    "frage"};

    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        if (strcmp(folded, roles[i].local) == 0)
            return true;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(folded, words[i]) == 0)
            return true;
    return route_skip_word(folded, "idee-") != NULL || route_skip_word(folded, "idea-") != NULL ||
           route_skip_word(folded, "vorschlag-") != NULL || route_skip_word(folded, "proposal-") != NULL;
}

bool route_is_file_word(const char *folded)
{
    g_auto(GStrv) words = g_strsplit(folded, ".", -1);

    return strcmp(folded, "index") == 0 || g_strv_contains((const char *const *)words, "html") ||
           g_strv_contains((const char *const *)words, "gone");
}

bool route_is_own(const char *address, const char *domain)
{
    const char *at = strrchr(address, '@');

    if (at != NULL && g_str_is_ascii(at + 1) && g_str_is_ascii(domain)) /* they are their own ASCII form */
        return g_ascii_strcasecmp(at + 1, domain) == 0;
    g_autofree char *given = at != NULL ? g_hostname_to_ascii(at + 1) : NULL;
    g_autofree char *own = g_hostname_to_ascii(domain);

    return given != NULL && own != NULL && g_ascii_strcasecmp(given, own) == 0;
}
