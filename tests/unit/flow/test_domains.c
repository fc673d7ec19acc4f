/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which domains dispatch may write to: paused ones wait, whoever writes the address in whatever form, and what is quiet is
 * forgotten.
 */
#include "../store/fixture.h"

#include "base/limits.h"
#include "flow/out/domains.h"
#include "store/bounces.h"

static void test_paused(void)
{
    struct fixture fixture, *f = &fixture;
    const struct pace_rule rule = {0};
    struct destination d = {.domain = "grün.example", .paused_at = T0, .paused_until = T0 + 60, .n_pauses = 1, .said = "554"};
    gint64 at = 0;

    fixture_open(f);
    struct domains *domains = domains_new(f->db, &rule);
    g_assert_true(domains_ask(domains, "eva@grün.example", T0, &at));
    OK(destinations_put(f->db, &d, &f->e));
    OK(domains_read(domains, T0, &f->e));
    g_assert_false(domains_ask(domains, "eva@grün.example", T0, &at));
    g_assert_cmpint(at, ==, T0 + 60);
    g_assert_false(domains_ask(domains, "Eva@XN--GRN-IOA.example", T0, &at)); /* as the envelope has it */
    g_assert_true(domains_ask(domains, "eva@blau.example", T0, &at));
    g_assert_true(domains_ask(domains, "eva@grün.example", T0 + 60, &at));
    domains_free(domains);
    fixture_close(f);
}

static void test_limit(void)
{
    struct fixture f;
    const struct pace_rule rule = {0};
    gint64 at;

    fixture_open(&f);
    struct domains *domains = domains_new(f.db, &rule);
    for (int i = 0; i < LIMIT_DOMAINS + 10; i++) {
        g_autofree char *recipient = g_strdup_printf("eva@d%d.example", i);
        g_assert_true(domains_ask(domains, recipient, T0, &at));
        domains_landed(domains, recipient, false, T0);
        g_assert_cmpuint(domains_n_known(domains), <=, LIMIT_DOMAINS);
    }
    domains_free(domains);
    fixture_close(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/domains/paused", test_paused);
    g_test_add_func("/domains/limit", test_limit);
    return g_test_run();
}
