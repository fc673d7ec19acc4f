/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An installation for tests of flow/: a database in a temporary folder, settings, a gateway, and mails as they come in.
 */
#pragma once

#include "../store/fixture.h"

#include "flow/gateway.h"
#include "flow/in/envelope.h"
#include "mail/message/message.h"

#define WORLD_DOMAIN "beteiligung.example.org"

struct world {
    struct fixture f;
    struct settings settings;
    struct installation installation;
    struct gateway g;
    row_id forum; /* mobilitaet@ */
};

void world_open(struct world *w);
void world_close(struct world *w);
/* A mail FROM with these further header lines ("To: x\r\n", may be "") and TEXT; an envelope to one RECIPIENT (local part). */
struct envelope *world_envelope(const char *from, const char *recipient, gint64 at);
GBytes *world_mail(const char *from, const char *header, const char *text);
/* As a reader understands it; `mx.` WORLD_DOMAIN is believed. */
struct message *world_read(GBytes *bytes);
/* The number that SQL gives. */
gint64 world_int(struct world *w, const char *sql);
