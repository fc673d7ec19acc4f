/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kinds that show in the content: invitations, commands, encrypted and empty mails. See kind_part.h.
 */
#include "mail/kind/kind_part.h"

#include "mail/kind/kind_secret.h"
#include "mail/report/dsn_code.h"
#include "mail/word/phrases.h"

#include <string.h>

/* The words that the contract of the gateway calls commands wherever they come from; those of forums and
 * staff are forum/command.h's, which knows who may use them. */
static const char *const commands[] = {
    "unsubscribe",     "subscribe",  "signoff",     "help",        "abmelden",      "anmelden",      "abbestellen",
    "austragen",       "hilfe",      "stopp",       "stop",        "désabonner",    "desabonnement", "désinscription",
    "uitschrijven",    "afmelden",   "cancellami",  "cancellarsi", "darse de baja", "baja",          "wypisz",
    "abonelikten çık", "отписаться", "відписатися",
};

static bool has_method(const struct entity *e, const char *method)
{
    gsize n = 0;
    const char *text = e->text != NULL ? e->text : e->content != NULL ? g_bytes_get_data(e->content, &n) : NULL;
    g_autofree char *head = text == NULL ? NULL : g_strndup(text, e->text != NULL ? strnlen(text, 4096) : MIN(n, 4096));
    g_autofree char *line = g_strdup_printf("METHOD:%s", method);
    const char *at = head == NULL ? NULL : strstr(head, line);

    return at != NULL && (at == head || at[-1] == '\n');
}

const char *kind_calendar_method(const struct entity *root)
{
    static const char *const methods[] = {"REQUEST", "REPLY", "CANCEL", "COUNTER", "DECLINECOUNTER", "REFRESH"};

    for (const struct entity *e = root; e != NULL;
         e = g_str_has_prefix(e->type, "message/") && e != root ? entity_skip(root, e) : entity_next(root, e)) {
        if (!g_str_equal(e->type, "text/calendar") || g_strcmp0(e->disposition, "attachment") == 0)
            continue;
        for (gsize i = 0; i < G_N_ELEMENTS(methods); i++)
            if (has_method(e, methods[i]))
                return methods[i];
    }
    return NULL;
}

/* "receiver!domain!begin!end.xml.gz" and its like: two times in seconds between the last two marks. */
static bool is_report_name(const char *name)
{
    const char *last = strrchr(name, '!'), *before = last;
    guint n_marks = 0;

    for (const char *at = name; *at != '\0'; at++)
        n_marks += *at == '!';
    while (before != NULL && before > name && g_ascii_isdigit(before[-1]))
        before--;
    return n_marks >= 3 && last - before >= 9 && before > name && before[-1] == '!' && g_ascii_isdigit(last[1]);
}

const char *kind_report_file(const struct message *m, const struct entity *root)
{
    for (const struct entity *e = root; e != NULL; e = entity_next(root, e))
        if (g_str_has_prefix(e->type, "application/tlsrpt+"))
            return e->type;
    for (guint i = 0; i < m->attachments->len; i++) {
        const struct attachment *a = g_ptr_array_index(m->attachments, i);

        if (a->name != NULL && is_report_name(a->name))
            return a->name;
    }
    return NULL;
}

bool kind_is_unsubscribe(struct message *m, const struct entity *root)
{
    const char *submitted = entity_value(root, "Auto-Submitted");
    g_autofree char *subject = phrases_fold(m->subject, 100);

    if (submitted == NULL || g_ascii_strncasecmp(submitted, "auto-", 5) != 0 || !g_str_equal(subject, "unsubscribe") ||
        m->from->len != 1)
        return false;
    g_ptr_array_add(m->recipients, report_recipient_new(((struct mailbox *)m->from->pdata[0])->address, ""));
    g_ptr_array_add(m->why, g_strdup("Subject: unsubscribe, sent by a mail program"));
    return true;
}

static bool is_command_word(const char *line, gsize n)
{
    g_autofree char *bare = g_strndup(line, n), *folded = NULL;

    folded = phrases_fold(g_strstrip(bare), 60);
    for (gsize len = strlen(folded); len > 0 && strchr(".!\"' ", folded[len - 1]) != NULL;)
        folded[--len] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        if (g_str_equal(folded, commands[i]))
            return true;
    return false;
}

bool kind_is_command_word(const char *line)
{
    return is_command_word(line, strlen(line));
}

/* The body's only own line, quotes and what follows "-- " left out; NULL if there are none or several. */
static const char *only_line(const char *body, gsize *n_out)
{
    const char *only = NULL;

    for (const char *line = body; *line != '\0';) {
        gsize n = strcspn(line, "\n");
        gsize blank = strspn(line, " \t");

        if (g_str_has_prefix(line, "-- \n") || g_str_has_prefix(line, "--\n"))
            break;
        if (blank < n && line[blank] != '>') {
            if (only != NULL)
                return NULL;
            only = line;
            *n_out = n;
        }
        line += n + (line[n] == '\n');
    }
    return only;
}

static bool is_command(const struct message *m)
{
    gsize n = 0;
    const char *line = only_line(m->body, &n);

    if (line != NULL)
        return n < 80 && is_command_word(line, n);
    return m->body[strspn(m->body, " \t\n")] == '\0' && is_command_word(m->subject, strlen(m->subject));
}

enum message_kind kind_of_content(struct message *m, const struct entity *root)
{
    const char *secret = kind_secret(m, root);
    if (secret != NULL) {
        g_ptr_array_add(m->why, g_strdup(secret));
        return KIND_ENCRYPTED;
    }
    if (is_command(m)) {
        g_ptr_array_add(m->why, g_strdup("a command and nothing else"));
        return KIND_COMMAND;
    }
    if (m->attachments->len == 0 && m->body[strspn(m->body, " \t\n\r")] == '\0') {
        g_ptr_array_add(m->why, g_strdup("neither text nor attachment"));
        return KIND_EMPTY;
    }
    return KIND_HUMAN;
}
