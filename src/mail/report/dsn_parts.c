/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports in standard form: see dsn.h. An attached mail is never looked into, for it may be a report itself;
 * only a gateway's mail that is nothing but a wrapping is.
 */
#include "mail/report/dsn.h"

#include "base/limits.h"
#include "mail/report/dsn_code.h"
#include "mail/report/dsn_source.h"

#include <string.h>

static const struct entity *find_own(const struct entity *root, const char *const *types)
{
    for (const struct entity *e = root; e != NULL; e = dsn_next_own(root, e))
        if (g_strv_contains(types, e->type))
            return e;
    return NULL;
}

static void add_why(struct message *m, const char *what, const char *detail)
{
    g_ptr_array_add(m->why, detail == NULL ? g_strdup(what) : g_strdup_printf("%s: %s", what, detail));
}

/* What the recipients' actions make of the whole. */
static enum message_kind kind_of_actions(const struct message *m)
{
    bool is_delayed = false, is_failed = m->recipients->len == 0;

    for (guint i = 0; i < m->recipients->len; i++) {
        const struct report_recipient *r = g_ptr_array_index(m->recipients, i);

        is_failed = is_failed || g_str_equal(r->action, "failed");
        is_delayed = is_delayed || g_str_equal(r->action, "delayed");
    }
    return is_failed ? KIND_BOUNCE : is_delayed ? KIND_DELAY : KIND_DELIVERED;
}

static bool read_status(struct message *m, const struct entity *root, const char *report, enum message_kind *kind_out)
{
    static const char *const types[] = {"message/delivery-status", "message/global-delivery-status", NULL};
    const struct entity *part = find_own(root, types);

    for (const struct entity *e = part; e != NULL; e = dsn_next_own(root, e))
        if (g_strv_contains(types, e->type)) {
            g_autofree char *text = dsn_leaf_text(e);

            dsn_read_groups(m, text, report);
        }
    if (part == NULL && (strstr(report, "\nFinal-Recipient:") != NULL || strstr(report, "\nOriginal-Recipient:") != NULL))
        dsn_read_groups(m, report, "");
    if (m->recipients->len == 0)
        return false;
    *kind_out = kind_of_actions(m);
    add_why(m, part != NULL ? "message/delivery-status" : "fields of a delivery status in the text",
            ((struct report_recipient *)m->recipients->pdata[0])->action);
    return true;
}

/* A failed recipient of a complaint is one who complained. */
static void add_complainer(struct message *m, const char *value)
{
    g_autofree char *address = dsn_address(value);

    for (guint i = 0; i < m->recipients->len; i++)
        if (g_ascii_strcasecmp(((struct report_recipient *)m->recipients->pdata[i])->address, address) == 0)
            return;
    if (address[0] != '\0' && m->recipients->len < LIMIT_REPORT_RECIPIENTS)
        g_ptr_array_add(m->recipients, report_recipient_new(address, ""));
}

static bool read_feedback(struct message *m, const struct entity *root, enum message_kind *kind_out)
{
    static const char *const types[] = {"message/feedback-report", NULL};
    const struct entity *part = find_own(root, types);
    g_autofree char *text = part == NULL ? NULL : dsn_leaf_text(part);
    g_auto(GStrv) lines = text == NULL ? NULL : g_strsplit(text, "\n", -1);

    if (part == NULL && g_strcmp0(root->report_type, "feedback-report") != 0)
        return false;
    for (guint i = 0; lines != NULL && lines[i] != NULL; i++) {
        if (g_ascii_strncasecmp(lines[i], "Original-Rcpt-To:", 17) == 0)
            add_complainer(m, lines[i] + 17);
        else if (g_ascii_strncasecmp(lines[i], "Removal-Recipient:", 18) == 0)
            add_complainer(m, lines[i] + 18);
        else if (g_ascii_strncasecmp(lines[i], "Feedback-Type:", 14) == 0)
            add_why(m, "Feedback-Type", g_strstrip(lines[i] + 14));
    }
    if (m->why->len == 0)
        add_why(m, "multipart/report; report-type=feedback-report", NULL);
    *kind_out = KIND_COMPLAINT;
    return true;
}

static bool read_receipt(struct message *m, const struct entity *root, enum message_kind *kind_out)
{
    static const char *const types[] = {"message/disposition-notification", "message/global-disposition-notification", NULL};

    if (find_own(root, types) == NULL && g_strcmp0(root->report_type, "disposition-notification") != 0)
        return false;
    add_why(m, "message/disposition-notification", NULL);
    *kind_out = KIND_RECEIPT;
    return true;
}

const struct entity *dsn_wrapped(const struct entity *root)
{
    for (const struct entity *e = root; e != NULL; e = dsn_next_own(root, e)) {
        const struct entity *inner = dsn_is_attached_mail(e) && e != root && e->children != NULL && e->children->len > 0
                                         ? g_ptr_array_index(e->children, 0)
                                         : NULL;

        if (inner != NULL && g_strcmp0(inner->report_type, "delivery-status") == 0)
            return inner;
    }
    return NULL;
}

bool dsn_read_parts(struct message *m, const struct entity *root, enum message_kind *kind_out)
{
    g_autofree char *report = NULL;

    if (read_feedback(m, root, kind_out) || read_receipt(m, root, kind_out)) {
        dsn_find_original(m, root);
        return true;
    }
    report = dsn_report_text(m, root);
    if (!read_status(m, root, report, kind_out))
        return false;
    dsn_find_original(m, root);
    if (m->original == NULL)
        dsn_read_original(m, report);
    return true;
}
