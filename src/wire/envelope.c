/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the arguments of MAIL and RCPT; see envelope.h.
 */
#include "wire/envelope.h"

#include <string.h>

#define BAD_SENDER    "501 5.1.7 Bad sender address syntax"
#define BAD_RECIPIENT "501 5.1.3 Bad recipient address syntax"
#define BAD_PARAMETER "501 5.5.4 Bad parameter"

void envelope_args_clear(struct envelope_args *args)
{
    g_clear_pointer(&args->address, g_free);
}

/* The bracket that closes the path TEXT begins after, not one within a quoted local part; NULL if there is
 * none. */
static const char *path_end(const char *text)
{
    bool is_quoted = false;

    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '>' && !is_quoted)
            return c;
        if (*c == '"')
            is_quoted = !is_quoted;
        else if (*c == '\\' && is_quoted && c[1] != '\0')
            c++;
        else if ((*c == ' ' || *c == '<') && !is_quoted)
            return NULL;
    }
    return NULL;
}

/* A source route ("@a,@b:user@c", RFC 5321 appendix C) is to be ignored. */
static const char *skip_route(const char *start, const char *end)
{
    const char *colon = *start == '@' ? memchr(start, ':', (gsize)(end - start)) : NULL;

    return colon != NULL ? colon + 1 : start;
}

static bool is_clean_address(const char *address)
{
    for (const char *c = address; *c != '\0'; c++)
        if ((guchar)*c < 0x20 || *c == 0x7f)
            return false;
    return address[0] != '@' && g_utf8_validate(address, -1, NULL);
}

static bool parse_size(const char *digits, gint64 *size_out)
{
    guint64 size;

    if (!g_ascii_string_to_unsigned(digits, 10, 0, G_MAXINT64, &size, NULL))
        return false;
    *size_out = (gint64)size;
    return true;
}

static const char *parse_mail_parameter(const char *word, struct envelope_args *args)
{
    if (g_ascii_strncasecmp(word, "SIZE=", 5) == 0)
        return parse_size(word + 5, &args->size_bytes) ? NULL : BAD_PARAMETER;
    if (g_ascii_strcasecmp(word, "BODY=8BITMIME") == 0) {
        args->is_8bit = true;
        return NULL;
    }
    if (g_ascii_strcasecmp(word, "BODY=7BIT") == 0)
        return NULL;
    if (g_ascii_strcasecmp(word, "SMTPUTF8") == 0) {
        args->is_smtputf8 = true;
        return NULL;
    }
    return "555 5.5.4 Unknown parameter of MAIL";
}

static const char *parse_parameters(const char *text, bool is_mail, struct envelope_args *args)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    if (*text != '\0' && *text != ' ')
        return BAD_PARAMETER;
    for (char **word = words; *word != NULL; word++) {
        const char *refusal;

        if (**word == '\0')
            continue;
        refusal = is_mail ? parse_mail_parameter(*word, args) : "555 5.5.4 Unknown parameter of RCPT";
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}

const char *envelope_parse(const char *argument, bool is_mail, struct envelope_args *args_out)
{
    const char *keyword = is_mail ? "FROM:" : "TO:";
    const char *bad = is_mail ? BAD_SENDER : BAD_RECIPIENT;
    const char *start = argument + strlen(keyword), *end;
    const char *refusal;

    *args_out = (struct envelope_args){.size_bytes = -1};
    if (g_ascii_strncasecmp(argument, keyword, strlen(keyword)) != 0)
        return is_mail ? "501 5.5.4 Say MAIL FROM:<address>" : "501 5.5.4 Say RCPT TO:<address>";
    while (*start == ' ')
        start++;
    end = *start == '<' ? path_end(start + 1) : NULL;
    if (end == NULL)
        return bad;
    start = skip_route(start + 1, end);
    args_out->address = g_strndup(start, (gsize)(end - start));
    if (!is_clean_address(args_out->address) || (!is_mail && *args_out->address == '\0'))
        refusal = bad;
    else
        refusal = parse_parameters(end + 1, is_mail, args_out);
    if (refusal != NULL)
        envelope_args_clear(args_out);
    return refusal;
}
