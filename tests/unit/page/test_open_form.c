/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Forms for anybody: who may have sent them.
 */
#include "page/open_form.h"

#include "base/limits.h"
#include "base/token.h"
#include "text/value.h"

#define NOW 1800000000

static const guint8 key[TOKEN_KEY_BYTES] = "test_open_form";

/* The token of a form NAME that was shown at NOW. */
static char *shown(const char *name)
{
    struct gateway g = {.key = key};
    struct page p = {.g = &g, .now = NOW, .prefix = "", .path = "/abo/neues"};
    value_auto data = value_map();

    open_form_set(&p, data, name);
    return g_strdup(value_get(data, "form_token")->text);
}

static enum open_form sent(const char *name, const char *token, const char *website, gint64 after_s)
{
    g_autoptr(GHashTable) form = g_hash_table_new(g_str_hash, g_str_equal);
    struct http_request q = {.method = HTTP_POST, .form = form};
    struct gateway g = {.key = key};
    struct page p = {.g = &g, .q = &q, .now = NOW + after_s, .prefix = "", .path = "/abo/neues"};

    if (token != NULL)
        g_hash_table_insert(form, (char *)"token", (char *)token);
    if (website != NULL)
        g_hash_table_insert(form, (char *)"website", (char *)website);
    return open_form_check(&p, name);
}

static void test_times(void)
{
    g_autofree char *token = shown("abo neues");

    g_assert_cmpint(sent("abo neues", token, "", LIMIT_FORM_LEAST_S - 1), ==, OPEN_FORM_STALE);
    g_assert_cmpint(sent("abo neues", token, "", LIMIT_FORM_LEAST_S), ==, OPEN_FORM_FINE);
    g_assert_cmpint(sent("abo neues", token, NULL, LIMIT_FORM_MOST_S), ==, OPEN_FORM_FINE);
    g_assert_cmpint(sent("abo neues", token, "", LIMIT_FORM_MOST_S + 1), ==, OPEN_FORM_STALE);
    g_assert_cmpint(sent("abo neues", token, "", -10), ==, OPEN_FORM_STALE);
}

static void test_forged(void)
{
    g_autofree char *token = shown("abo neues");
    g_autofree char *later = g_strdup_printf("%d%s", NOW + 50, token + 10);
    static const char *const wrong[] = {NULL, "", "-", "x-y", "1800000000-", "1800000000", "99999999999999999999-a"};

    g_assert_cmpint(sent("abo anderes", token, "", 60), ==, OPEN_FORM_STALE);
    g_assert_cmpint(sent("abo neues", later, "", 60), ==, OPEN_FORM_STALE);
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        g_assert_cmpint(sent("abo neues", wrong[i], "", 60), ==, OPEN_FORM_STALE);
    g_assert_cmpint(sent("abo neues", token, "http://a.example", 60), ==, OPEN_FORM_ROBOT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/open-form/times", test_times);
    g_test_add_func("/open-form/forged", test_forged);
    return g_test_run();
}
