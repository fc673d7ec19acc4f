/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Notifications of a mail service that come as JSON in the mail's body (Amazon SES over SNS): see dsn.h. Only
 * the few keys that matter are looked up by name; the JSON is not checked, and may be wrapped like any mail
 * text.
 */
#include "mail/report/dsn.h"

#include "base/limits.h"
#include "mail/report/dsn_code.h"

#include <string.h>

/* The string value of KEY between FROM and TO, NULL if there is none. Caller frees. */
static char *string_of(const char *from, const char *to, const char *key)
{
    g_autofree char *quoted = g_strdup_printf("\"%s\"", key);
    const char *at = g_strstr_len(from, to - from, quoted);
    g_autoptr(GString) out = g_string_new(NULL);

    if (at == NULL)
        return NULL;
    at += strlen(quoted);
    at += strspn(at, " \t\r\n:");
    if (at >= to || *at != '"')
        return NULL;
    for (at++; at < to && *at != '"' && out->len < LIMIT_REPORT_BYTES; at++) {
        if (*at == '\\' && at + 1 < to)
            at++;
        if (*at != '\n' && *at != '\r')
            g_string_append_c(out, *at);
    }
    return g_utf8_make_valid(out->str, (gssize)out->len);
}

static void take_recipient(struct message *m, const char *from, const char *to, const char *action)
{
    g_autofree char *address = string_of(from, to, "emailAddress");
    char *status = string_of(from, to, "status"), *diagnostic = string_of(from, to, "diagnosticCode");
    struct report_recipient *r;

    if (address != NULL) {
        r = report_recipient_new(address, action);
        g_free(r->status);
        r->status = status == NULL ? g_strdup("") : g_steal_pointer(&status);
        g_free(r->diagnostic);
        r->diagnostic = diagnostic == NULL ? g_strdup("") : g_steal_pointer(&diagnostic);
        dsn_code_judge(r);
        g_ptr_array_add(m->recipients, r);
    }
    g_free(status);
    g_free(diagnostic);
}

/* The objects of the array of KEY, one a recipient. */
static void take_recipients(struct message *m, const char *text, const char *key, const char *action)
{
    g_autofree char *quoted = g_strdup_printf("\"%s\"", key);
    const char *at = strstr(text, quoted);
    const char *end = at == NULL ? NULL : strchr(at, ']');

    while (end != NULL && m->recipients->len < LIMIT_REPORT_RECIPIENTS) {
        const char *open = memchr(at, '{', (gsize)(end - at));
        const char *close = open == NULL ? NULL : memchr(open, '}', (gsize)(end - open));

        if (close == NULL)
            return;
        take_recipient(m, open, close, action);
        at = close;
    }
}

static bool read_notification(struct message *m, const char *text, enum message_kind *kind_out)
{
    static const struct {
        const char *type, *key, *action;
        enum message_kind kind;
    } rows[] = {
        {"Bounce", "bouncedRecipients", "failed", KIND_BOUNCE},
        {"Complaint", "complainedRecipients", "", KIND_COMPLAINT},
        {"Delivery", "recipients", "delivered", KIND_DELIVERED},
        {"DeliveryDelay", "delayedRecipients", "delayed", KIND_DELAY},
    };
    const char *end = text + strnlen(text, 400);
    g_autofree char *type = string_of(text, end, "notificationType");

    if (type == NULL)
        type = string_of(text, end, "eventType");
    for (gsize i = 0; type != NULL && i < G_N_ELEMENTS(rows); i++)
        if (g_str_equal(type, rows[i].type)) {
            take_recipients(m, text, rows[i].key, rows[i].action);
            g_ptr_array_add(m->why, g_strdup_printf("\"notificationType\": \"%s\"", type));
            *kind_out = rows[i].kind;
            return true;
        }
    return false;
}

bool dsn_read_json(struct message *m, enum message_kind *kind_out)
{
    const char *start = m->body + strspn(m->body, " \t\r\n");
    g_autofree char *inner = NULL;

    if (*start != '{')
        return false;
    if (read_notification(m, start, kind_out))
        return true;
    inner = string_of(start, start + strlen(start), "Message"); /* JSON in a string of JSON */
    return inner != NULL && inner[0] == '{' && read_notification(m, inner, kind_out);
}
