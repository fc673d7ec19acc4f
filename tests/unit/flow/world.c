/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See world.h.
 */
#include "world.h"

#include "flow/inner.h"
#include "flow/pose.h"
#include "mail/read/read.h"
#include "store/installation.h"

#include <string.h>

void world_open(struct world *w)
{
    struct settings *s = &w->settings;
    struct installation fresh = {.instance = "here", .created_at = T0};

    *w = (struct world){0};
    fixture_open(&w->f);
    fixture_ok(&w->f, installation_put(w->f.db, &fresh, &w->f.e));
    s->initiative_domain = WORLD_DOMAIN;
    s->initiative_operator = s->initiative_title = s->initiative_protected_names = s->initiative_imprint = "";
    s->initiative_contact = "office@example.org";
    s->initiative_data_protection = s->dispatch_csa_complaints = "";
    s->initiative_languages = g_strsplit("de en", " ", -1);
    s->dispatch_relay_password_file = s->dispatch_relay_ca_file = s->dispatch_forum_relay = s->dispatch_bulk_relay = "";
    s->dispatch_public_host = s->dispatch_dkim_selector = s->web_url = "";
    s->dispatch_unknown_percent = 2;
    s->intake_confirm_days = 7;
    s->intake_questions_per_hour = 200;
    s->intake_authserv_id = "mx." WORLD_DOMAIN;
    s->storage_database = w->f.path;
    s->storage_spool = w->f.folder;
    s->zone = g_time_zone_new_utc();
    w->g = (struct gateway){.settings = s,
                            .db = w->f.db,
                            .installation = &w->installation,
                            .domain = s->initiative_domain,
                            .key = w->installation.token_key};
    w->forum = fixture_forum(&w->f, "mobilitaet");
}

void world_close(struct world *w)
{
    pose_free(w->g.pose);
    inner_free(w->g.inner);
    g_strfreev(w->settings.initiative_languages);
    g_time_zone_unref(w->settings.zone);
    fixture_close(&w->f);
}

struct envelope *world_envelope(const char *from, const char *recipient, gint64 at)
{
    struct envelope *env = envelope_new(from, at);

    g_ptr_array_add(env->recipients, g_strconcat(recipient, "@" WORLD_DOMAIN, NULL));
    return env;
}

GBytes *world_mail(const char *from, const char *header, const char *text)
{
    char *mail = g_strdup_printf("From: %s\r\n%sSubject: Mehr B=C3=A4nke\r\nDate: Mon, 2 Mar 2026 08:00:00 +0100\r\n"
                                 "Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
                                 from, header, text);

    return g_bytes_new_take(mail, strlen(mail));
}

struct message *world_read(GBytes *bytes)
{
    struct read_options options = {.authserv_id = "mx." WORLD_DOMAIN};
    gsize n_bytes;
    const char *data = g_bytes_get_data(bytes, &n_bytes);

    return message_read(data, n_bytes, &options);
}

gint64 world_int(struct world *w, const char *sql)
{
    return fixture_int(w->f.path, sql);
}
