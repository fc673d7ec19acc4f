/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sending until nothing is due, to a relay that takes some, refuses some and puts some off: each notice ends as it was answered.
 */
#include "world.h"
#include "../wire/relay.h"

#include "base/clock.h"
#include "flow/out/dispatch.h"
#include "store/notices.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static void owe(struct world *w, const char *address)
{
    struct notice n = {.purpose = PURPOSE_HELP, .address = address, .due_at = T0 - 60};

    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && notices_add(w->f.db, &n, NULL, &w->f.e) && db_commit(w->f.db, &w->f.e));
}

static gint64 state_of(struct world *w, const char *address, const char *state)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM notice WHERE address = '%s' AND state = '%s'", address, state);

    return world_int(w, sql);
}

static void test_each_ends(void)
{
    struct world w;
    static const struct relay_habits habits = {0};
    gint64 n_sent = -1;

    world_open(&w);
    struct relay *relay = relay_start(&habits);
    w.settings.dispatch_relay =
        g_strdup_printf("inet:127.0.0.1:%u", ntohs(((const struct sockaddr_in *)&relay->endpoint.address)->sin_port));
    w.settings.dispatch_hello = WORLD_DOMAIN;
    w.settings.dispatch_connections = 2;
    owe(&w, "gut@example.net");
    owe(&w, "550-weg@example.net");
    owe(&w, "451-spaeter@example.net");
    owe(&w, "auch@example.net");
    fixture_ok(&w.f, dispatch_run(&w.settings, DISPATCH_ONCE, NULL, NULL, &n_sent, &w.f.e));
    relay_stop(relay);
    g_assert_cmpint(state_of(&w, "gut@example.net", "sent"), ==, 1);
    g_assert_cmpint(state_of(&w, "auch@example.net", "sent"), ==, 1);
    g_assert_cmpint(state_of(&w, "550-weg@example.net", "failed"), ==, 1);
    g_assert_cmpint(state_of(&w, "451-spaeter@example.net", "due"), ==, 1);
    g_assert_cmpint(world_int(&w, "SELECT min(due_at) FROM notice WHERE state = 'due'"), >, T0);
    g_assert_cmpint(state_of(&w, "office@example.org", "sent"), ==, 1); /* the word about the one that failed */
    g_assert_cmpint(n_sent, ==, 3);
    g_assert_cmpuint(relay->bodies->len, ==, 3);
    relay_free(relay);
    g_free(w.settings.dispatch_relay);
    world_close(&w);
}

/* Nobody listens: everything waits as it was, no try is counted. */
static void test_nobody(void)
{
    struct world w;

    world_open(&w);
    g_autofree char *nowhere = g_strdup_printf("unix:%s/nobody.sock", w.f.folder);
    w.settings.dispatch_relay = nowhere;
    w.settings.dispatch_hello = WORLD_DOMAIN;
    w.settings.dispatch_connections = 1;
    owe(&w, "gut@example.net");
    fixture_failed(&w.f, dispatch_run(&w.settings, DISPATCH_ONCE, NULL, NULL, NULL, &w.f.e), ERR_LATER);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE state = 'due' AND n_tries = 0"), ==, 1);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    clock_freeze(T0);
    g_test_add_func("/dispatch/each-ends", test_each_ends);
    g_test_add_func("/dispatch/nobody", test_nobody);
    return g_test_run();
}
