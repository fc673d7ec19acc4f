/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports in standard form: see dsn.h. The fields are read leniently: groups that run together, statuses with
 * comments, addresses without a type, delivery-status written into a plain text part. An attached mail is never
 * looked into, for it may be a report itself.
 */
#include "mail/dsn.h"

#include "base/limits.h"
#include "mail/dsn_code.h"
#include "mail/refs.h"

#include <string.h>

/* The fields of one recipient, as they stand. */
struct group {
    char *original, *final, *actual, *action, *status, *diagnostic;
};

static void group_clear(struct group *g)
{
    g_free(g->original);
    g_free(g->final);
    g_free(g->actual);
    g_free(g->action);
    g_free(g->status);
    g_free(g->diagnostic);
    memset(g, 0, sizeof *g);
}

/* "\x{HH}" of RFC 6533 to the character; "+HH" is left, for the DSN's fields are no xtext. */
static void append_unescaped(GString *out, const char *from, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        char *end = NULL;
        guint64 c = i + 4 < n && strncmp(from + i, "\\x{", 3) == 0 ? g_ascii_strtoull(from + i + 3, &end, 16) : 0;

        if (end != NULL && *end == '}' && end < from + n && g_unichar_validate((gunichar)c) && c >= 0x80) {
            g_string_append_unichar(out, (gunichar)c);
            i = (gsize)(end - from);
        } else if ((guchar)from[i] > ' ' && from[i] != 0x7f) {
            g_string_append_c(out, from[i]);
        }
    }
}

char *dsn_address(const char *value)
{
    const char *type_end = strchr(value, ';'), *open, *end;
    g_autoptr(GString) out = g_string_new(NULL);

    if (type_end != NULL && memchr(value, '@', (gsize)(type_end - value)) == NULL)
        value = type_end + 1;
    value += strspn(value, " \t\"'");
    if (value[0] == '|' || value[0] == '/') { /* a program or a file; X.400 keeps its blanks */
        g_string_append_len(out, value, (gssize)(value[0] == '|' ? strcspn(value, " \t") : strlen(value)));
        return g_utf8_make_valid(out->str, (gssize)out->len);
    }
    open = strchr(value, '<');
    if (open != NULL && strchr(open, '>') != NULL && strchr(open, '@') != NULL) {
        value = open + 1;
        end = strchr(open, '>');
    } else {
        end = strchr(value, '@');
        end = end == NULL ? value + strcspn(value, " \t(") : end + strcspn(end, " \t()>\"',;");
    }
    append_unescaped(out, value, (gsize)(end - value));
    while (out->len > 0 && strchr("<>\"'.", out->str[out->len - 1]) != NULL)
        g_string_truncate(out, out->len - 1);
    if (out->str[0] == '<')
        g_string_erase(out, 0, 1);
    return g_utf8_make_valid(out->str, (gssize)out->len);
}

/* The address we sent to comes first; a host's own name for it (X.400, a local part) only if there is no better. */
static char *address_of(const struct group *g)
{
    const char *const fields[] = {g->original, g->final, g->actual};
    char *first = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        char *address = fields[i] == NULL ? NULL : dsn_address(fields[i]);

        if (address != NULL && strchr(address, '@') != NULL && address[0] != '/' && address[0] != '|') {
            g_free(first);
            return address;
        }
        if (address != NULL && address[0] != '\0' && first == NULL)
            first = address;
        else
            g_free(address);
    }
    return first;
}

/* "failed (bounced)" -> "failed"; without a word the status decides. */
static const char *action_of(const char *action, const char *status)
{
    static const char *const words[][2] = {
        {"fail", "failed"},   {"delay", "delayed"},   {"delive", "delivered"}, {"relay", "relayed"},
        {"expan", "expanded"}, {"expired", "failed"}, {"error", "failed"},     {"warning", "delayed"},
    };

    for (gsize i = 0; action != NULL && i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strncasecmp(action, words[i][0], strlen(words[i][0])) == 0)
            return words[i][1];
    return status[0] == '2' ? "delivered" : "failed";
}

static void take_group(struct message *m, struct group *g, const char *report)
{
    g_autofree char *address = address_of(g);
    struct dsn_codes codes;
    struct report_recipient *r;

    if ((address == NULL && g->status == NULL) || m->recipients->len >= LIMIT_REPORT_RECIPIENTS)
        return;
    dsn_code_read(g->status == NULL ? "" : g->status, &codes);
    r = report_recipient_new(address == NULL ? "" : address, action_of(g->action, codes.status));
    g_free(r->status);
    r->status = g_strdup(codes.status);
    g_free(r->diagnostic);
    r->diagnostic = g_strdup(g->diagnostic == NULL ? "" : g->diagnostic);
    if (!dsn_code_is_telling(r->diagnostic) && address != NULL) {
        g_autofree char *words = dsn_words_about(report, address);

        if (words[0] != '\0' && dsn_code_is_telling(words)) {
            g_free(r->diagnostic);
            r->diagnostic = g_steal_pointer(&words);
        }
    }
    dsn_code_judge(r);
    g_ptr_array_add(m->recipients, r);
}

static bool is_begun(const struct group *g)
{
    return g->final != NULL || g->original != NULL || g->actual != NULL;
}

/* Where a field of that name goes, NULL if it does not matter. */
static char **slot_of(struct group *g, const char *name)
{
    const struct {
        const char *name;
        char **slot;
    } rows[] = {
        {"Original-Recipient", &g->original}, {"Final-Recipient", &g->final},
        {"X-Actual-Recipient", &g->actual},   {"Recipient", &g->actual},
        {"Action", &g->action},               {"Status", &g->status},
        {"Diagnostic-Code", &g->diagnostic},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (g_ascii_strcasecmp(name, rows[i].name) == 0)
            return rows[i].slot;
    return NULL;
}

/* A field belongs to the next recipient if this one has it already, and a recipient's address if the group has more
 * than addresses. So groups that run together come apart. */
static bool begins_next(const struct group *g, char *const *slot)
{
    bool is_address = slot == &g->original || slot == &g->final || slot == &g->actual;

    if (!is_begun(g))
        return false;
    return *slot != NULL || (is_address && slot != &g->actual && g->final != NULL && g->action != NULL &&
                             g->status != NULL);
}

static void take_field(struct message *m, struct group *g, const char *name, const char *value, const char *report)
{
    char **slot = slot_of(g, name);

    if (slot == NULL)
        return;
    if (begins_next(g, slot)) {
        take_group(m, g, report);
        group_clear(g);
    }
    value += strspn(value, " \t");
    if (slot == &g->diagnostic && strchr(value, ';') != NULL && strcspn(value, ";") < strcspn(value, " \t"))
        value = strchr(value, ';') + 1;
    if (*slot == NULL)
        *slot = dsn_cut(value + strspn(value, " \t"), LIMIT_DIAGNOSTIC_BYTES);
}

/* Reads groups of fields; TEXT is UTF-8 with LF. Fields before the first recipient are the message's. */
static void read_groups(struct message *m, const char *text, const char *report)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    struct group g = {0};

    for (guint i = 0; lines[i] != NULL; i++) {
        g_autoptr(GString) value = NULL;
        char *name = lines[i], *colon = strchr(name, ':');

        g_strchomp(lines[i]);
        if (lines[i][0] == '\0' && is_begun(&g) && (g.action != NULL || g.status != NULL)) {
            take_group(m, &g, report);
            group_clear(&g);
        }
        if (colon == NULL || colon == name || g_ascii_isspace(name[0]))
            continue;
        value = g_string_new(colon + 1);
        for (; lines[i + 1] != NULL && (lines[i + 1][0] == ' ' || lines[i + 1][0] == '\t'); i++)
            if (value->len < LIMIT_DIAGNOSTIC_BYTES)
                g_string_append_printf(value, " %s", g_strstrip(lines[i + 1]));
        *colon = '\0';
        take_field(m, &g, name, value->str, report);
    }
    if (is_begun(&g))
        take_group(m, &g, report);
    group_clear(&g);
}

char *dsn_cut(const char *text, gsize n_max)
{
    return g_utf8_make_valid(text, (gssize)strnlen(text, n_max));
}

/* The text of a leaf, UTF-8, whatever its type. Caller frees. */
static char *leaf_text(const struct entity *e)
{
    const char *bytes;
    gsize n = 0;

    if (e->text != NULL)
        return dsn_cut(e->text, LIMIT_REPORT_BYTES);
    if (e->content == NULL)
        return g_strdup("");
    bytes = g_bytes_get_data(e->content, &n);
    return bytes == NULL ? g_strdup("") : g_utf8_make_valid(bytes, (gssize)MIN(n, LIMIT_REPORT_BYTES));
}

static bool is_attached_mail(const struct entity *e)
{
    return g_str_equal(e->type, "message/rfc822") || g_str_equal(e->type, "message/global");
}

/* The next entity of the mail itself: attached mails are passed over. */
static const struct entity *next_own(const struct entity *root, const struct entity *e)
{
    return is_attached_mail(e) && e != root ? entity_skip(root, e) : entity_next(root, e);
}

static const struct entity *find_own(const struct entity *root, const char *const *types)
{
    for (const struct entity *e = root; e != NULL; e = next_own(root, e))
        if (g_strv_contains(types, e->type))
            return e;
    return NULL;
}

static char *copy_value(const struct entity *e, const char *name)
{
    const char *value = entity_value(e, name);

    return value == NULL ? NULL : g_strdup(value);
}

static void take_original_of(struct message *m, const struct entity *mail)
{
    const char *id = entity_raw(mail, "Message-ID");

    m->original = g_new0(struct original, 1);
    m->original->message_id = id == NULL ? NULL : refs_message_id(id);
    m->original->subject = copy_value(mail, "Subject");
    m->original->from = copy_value(mail, "From");
    m->original->to = copy_value(mail, "To");
}

void dsn_find_original(struct message *m, const struct entity *root)
{
    static const char *const header_types[] = {"text/rfc822-headers", "text/rfc822-header", "message/rfc822-headers",
                                               "message/global-headers", "message/partial", NULL};

    for (const struct entity *e = root; e != NULL && m->original == NULL; e = next_own(root, e)) {
        if (is_attached_mail(e) && e != root && e->children != NULL && e->children->len > 0) {
            take_original_of(m, g_ptr_array_index(e->children, 0));
        } else if (g_strv_contains(header_types, e->type) || (is_attached_mail(e) && e->children == NULL)) {
            g_autofree char *text = leaf_text(e);

            dsn_read_original(m, text);
        }
    }
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

    for (const struct entity *e = part; e != NULL; e = next_own(root, e))
        if (g_strv_contains(types, e->type)) {
            g_autofree char *text = leaf_text(e);

            read_groups(m, text, report);
        }
    if (part == NULL && (strstr(report, "\nFinal-Recipient:") != NULL || strstr(report, "\nOriginal-Recipient:") != NULL))
        read_groups(m, report, "");
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
    g_autofree char *text = part == NULL ? NULL : leaf_text(part);
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
    static const char *const types[] = {"message/disposition-notification", "message/global-disposition-notification",
                                        NULL};

    if (find_own(root, types) == NULL && g_strcmp0(root->report_type, "disposition-notification") != 0)
        return false;
    add_why(m, "message/disposition-notification", NULL);
    *kind_out = KIND_RECEIPT;
    return true;
}

const struct entity *dsn_wrapped(const struct entity *root)
{
    for (const struct entity *e = root; e != NULL; e = next_own(root, e)) {
        const struct entity *inner = is_attached_mail(e) && e != root && e->children != NULL && e->children->len > 0
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
