/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opens what a story needs; see gateway.h.
 */
#include "flow/gateway.h"

#include "base/log.h"
#include "base/token.h"
#include "flow/inner.h"
#include "flow/pose.h"
#include "mail/word/canonical.h"
#include "store/installation.h"
#include "text/templates.h"

struct gateway *gateway_open(const struct settings *settings, enum db_mode mode, struct err *e)
{
    gateway_auto g = g_new0(struct gateway, 1);

    g->settings = settings;
    g->domain = settings->initiative_domain;
    g->db = db_open(settings->storage_database, mode, e);
    if (g->db == NULL)
        return NULL;
    g->installation = installation_get(g->db, e);
    if (g->installation == NULL) {
        err_set(e, ERR_CONFIG, "%s has not been set up; run `forumpost init` first", settings->storage_database);
        return NULL;
    }
    g->key = g->installation->token_key;
    log_set_key(g->key);
    return g_steal_pointer(&g);
}

void gateway_close(struct gateway *g)
{
    if (g == NULL)
        return;
    templates_free(g->templates);
    pose_free(g->pose);
    inner_free(g->inner);
    g_clear_pointer(&g->memories, g_hash_table_unref);
    installation_free(g->installation);
    db_close(g->db);
    g_free(g);
}

gint64 gateway_mailbox(const struct gateway *g, const char *address)
{
    if (address == NULL)
        return 0;
    g_autofree char *canonical = canonical_address(address);
    g_autofree char *subject = g_strconcat("mailbox:", canonical, NULL);
    return token_number(g->key, subject);
}
