/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See reaction.h.
 */
#include "mail/kind/reaction.h"

#include "mail/word/reply_match.h"
#include "mail/word/reply_words.h"

#include <string.h>

#define GMAIL_TYPE "text/vnd.google.email-reaction+json"
#define MOST_BYTES 100 /* of an emoji: those of families and flags are long */
#define WORD_BYTES 40  /* of what stands for an emoji */
#define LINE_BYTES 300 /* of the line that a server writes */

/* Bytes of emoji at the start of TEXT: signs that are neither letter, digit nor punctuation, and what joins and colours them. */
static gsize emoji_bytes(const char *text)
{
    const char *at = text;
    bool any = false;

    while (*at != '\0') {
        gunichar c = g_utf8_get_char(at);
        GUnicodeType type = g_unichar_type(c);
        bool is_joint = c == 0x200d || c == 0xfe0f || c == 0x20e3 || (c >= 0x1f3fb && c <= 0x1f3ff) || c >= 0xe0020;
        bool is_sign = c > 0xff && (type == G_UNICODE_OTHER_SYMBOL || type == G_UNICODE_MODIFIER_SYMBOL ||
                                    type == G_UNICODE_UNASSIGNED || c == 0x203c || c == 0x2049);
        if (!is_sign && !is_joint)
            break;
        any |= is_sign;
        at = g_utf8_next_char(at);
    }
    return any && at - text <= MOST_BYTES ? (gsize)(at - text) : 0;
}

/* {"emoji":"...","version":1} */
static char *emoji_of_json(const char *json)
{
    const char *key = strstr(json, "\"emoji\"");
    const char *at = key != NULL ? key + strlen("\"emoji\"") : "";

    at += strspn(at, " \t\n:\"");
    gsize n = emoji_bytes(at);
    return n > 0 ? g_strndup(at, n) : NULL;
}

static bool any_letter(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text))
        if (g_unichar_isalnum(g_utf8_get_char(text)))
            return true;
    return false;
}

/* RFC 9078: Content-Disposition: reaction, emojis and nothing else */
static char *emoji_of_part(const struct entity *e)
{
    if (e->text == NULL || any_letter(e->text))
        return NULL;
    const char *at = e->text + strspn(e->text, " \t\n");
    gsize n = emoji_bytes(at);
    return n > 0 ? g_strndup(at, n) : NULL;
}

static char *of_parts(const struct entity *root)
{
    for (const struct entity *e = root; e != NULL;
         e = g_str_has_prefix(e->type, "message/") && e != root ? entity_skip(root, e) : entity_next(root, e)) {
        if (strcmp(e->type, GMAIL_TYPE) == 0 && e->text != NULL) {
            char *emoji = emoji_of_json(e->text);
            return emoji != NULL ? emoji : g_strdup("");
        }
        char *emoji = g_strcmp0(e->disposition, "reaction") == 0 ? emoji_of_part(e) : NULL;
        if (emoji != NULL)
            return emoji;
    }
    return NULL;
}

/* Does LINE hold the author's name as their program shows it? */
static bool names_author(const struct message *m, const char *line)
{
    const struct mailbox *author = m->from->len == 1 ? g_ptr_array_index(m->from, 0) : NULL;

    if (author == NULL)
        return false;
    g_autofree char *name = fold_line(author->name, strlen(author->name));
    g_autofree char *address = g_ascii_strdown(author->address, -1);
    return (*name != '\0' && strstr(line, name) != NULL) || (*address != '\0' && strstr(line, address) != NULL);
}

/* The rest of the line that begins at TEXT, folded; *NEXT_OUT is the next line. */
static char *rest_of_line(const char *text, const char **next_out)
{
    gsize n = strcspn(text, "\n");

    *next_out = text + n + (text[n] == '\n');
    return fold_line(text, MIN(n, LINE_BYTES));
}

/* Nothing but an old mail: a rule, a head, quotes. */
static bool is_old_mail(const char *text)
{
    const char *at = text + strspn(text, " \t\n");

    if (*at == '\0' || *at == '>' || strspn(at, "_-") >= 5)
        return true;
    g_autofree char *word = fold_line(at, strcspn(at, ":\n"));
    return words_role(word, strlen(word)) != ROLE_NONE;
}

/* "[Like] Name ..." says it in a word: its bytes up to the bracket, 0 if there is none. */
static gsize bracketed_word(const char *text)
{
    gsize n = strcspn(text, "]\n");

    return n > 0 && n <= WORD_BYTES && text[n] == ']' ? n : 0;
}

/* "[emoji] Name reacted to your message:" in any language, and below it the old mail; "emoji", then "Name reacted via Gmail
 * <https://www.google.com/gmail/...>". Somebody who types the emoji before a sentence of their own does not name themselves there. */
static char *of_text(const struct message *m)
{
    const char *at = m->body + strspn(m->body, " \t\n"), *next;
    bool is_bracketed = *at == '[';
    gsize n = emoji_bytes(at + is_bracketed), word = is_bracketed ? bracketed_word(at + 1) : 0;

    if (n + word == 0 || m->in_reply_to->len + m->references->len == 0)
        return NULL;
    const char *emoji = at + is_bracketed;
    at = emoji + (n > 0 ? n : word);
    at += is_bracketed && *at == ']' ? 1 : 0;
    g_autofree char *same = rest_of_line(at, &next);
    bool is_outlook = is_bracketed && *same != '\0' && names_author(m, same) && g_str_has_suffix(same, ":") && is_old_mail(next);
    if (is_outlook)
        return g_strndup(emoji, n);
    if (is_bracketed || *same != '\0')
        return NULL;
    at = next + strspn(next, " \t\n");
    g_autofree char *below = rest_of_line(at, &next);
    g_autofree char *link = rest_of_line(next, &next);
    bool is_gmail =
        names_author(m, below) && (strstr(below, "google.com/gmail") != NULL || strstr(link, "google.com/gmail") != NULL);
    return is_gmail ? g_strndup(emoji, n) : NULL;
}

char *reaction_of(const struct message *m, const struct entity *root)
{
    char *emoji = of_parts(root);

    return emoji != NULL ? emoji : of_text(m);
}
