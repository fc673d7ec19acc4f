/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fields of a delivery status (RFC 3464 2.3, RFC 6533 3): see dsn.h. Read leniently: groups that run
 * together or in any order, statuses with comments, addresses without a type or in the escapes of RFC 6533.
 */
#include "mail/report/dsn.h"

#include "base/limits.h"
#include "mail/report/dsn_code.h"
#include "mail/report/dsn_source.h"

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

/* The address we sent to comes first; a host's own name for it (X.400, a local part) only if there is no
 * better. */
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
        {"fail", "failed"},    {"delay", "delayed"},  {"delive", "delivered"}, {"relay", "relayed"},
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
        {"Original-Recipient", &g->original},
        {"Final-Recipient", &g->final},
        {"X-Actual-Recipient", &g->actual},
        {"Recipient", &g->actual},
        {"Action", &g->action},
        {"Status", &g->status},
        {"Diagnostic-Code", &g->diagnostic},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (g_ascii_strcasecmp(name, rows[i].name) == 0)
            return rows[i].slot;
    return NULL;
}

/* A field belongs to the next recipient if this one has it already, and a recipient's address if the group
 * has more than addresses. So groups that run together come apart. */
static bool begins_next(const struct group *g, char *const *slot)
{
    bool is_address = slot == &g->original || slot == &g->final || slot == &g->actual;

    if (!is_begun(g))
        return false;
    return *slot != NULL || (is_address && slot != &g->actual && g->final != NULL && g->action != NULL && g->status != NULL);
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

void dsn_read_groups(struct message *m, const char *text, const char *report)
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
