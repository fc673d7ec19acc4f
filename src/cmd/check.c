/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost check: does the installation fit together? One line an aspect: paths (check_paths.c), configuration and what it
 * leaves out, database, templates, the door (check_listen.c), the pages (check_web.c), the way out (check_relay.c), the net
 * (check_net.c). Tried as the user that serves.
 * Changes nothing.
 */
#include "base/clock.h"

#include "cmd/check.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/clock/jobs.h"
#include "flow/out/logo.h"
#include "flow/out/texts.h"
#include "store/check.h"
#include "store/forums.h"

/* Whose word about From is taken, and where it must stand. */
static void check_authserv(struct check *c)
{
    const struct settings *s = &c->settings;
    const char *id = s->intake_authserv_id;

    if (*id == '\0')
        check_say(c, OUTCOME_NOTE, "authserv_id",
                  "[intake] authserv_id is empty: no From is believed, so everybody is asked for every text");
    else if (strpbrk(id, "\"\\()<>@,;:/[]?= \t") != NULL) /* RFC 8601: only in quotes, and not all of it at all */
        check_bad(c, "authserv_id", ERR_CONFIG,
                  "[intake] authserv_id is no name that a field can bear, so no From is believed; write the bare name, such as "
                  "mx.example.org");
    else if (g_ascii_strcasecmp(id, s->initiative_domain) == 0)
        check_say(c, OUTCOME_NOTE, "authserv_id",
                  "[intake] authserv_id is the mail domain, which everybody can guess; let your mail server write its host "
                  "name, and name that here");
    if (*id != '\0' && s->intake_authserv_hops > 0)
        check_say(c, OUTCOME_NOTE, "authserv_hops",
                  "results below a Received field are believed: your mail server must take away those that come in from "
                  "outside (doc/postfix.md)");
}

/* What the file gives; all else is as forumpost.conf(5) has it. */
static void check_given(struct check *c)
{
    gsize n_settings, n_given = 0;
    const struct conf_setting *table = settings_table(&n_settings);
    g_autoptr(GString) text = g_string_new(NULL);

    for (gsize i = 0; i < n_settings; i++)
        if (conf_line(c->settings.path, table[i].section, table[i].key) > 0)
            g_string_append_printf(text, "%s%s.%s", n_given++ > 0 ? ", " : "", table[i].section, table[i].key);
    g_autofree char *head = g_strdup_printf("%s gives %zu of %zu settings: ", c->settings.path, n_given, n_settings);
    g_string_prepend(text, head);
    check_say(c, OUTCOME_OK, "configuration", text->str);
}

/* What may be left out, and what that means. */
static void check_left_out(struct check *c)
{
    const struct settings *s = &c->settings;

    if (*s->initiative_operator == '\0')
        check_say(c, OUTCOME_NOTE, "operator", "[initiative] operator is empty: mails do not say who answers for them");
    /* Not refused where the file is read: who has run for years with it must be told, not stopped. */
    if (settings_is_own_address(s, s->initiative_contact))
        check_bad(c, "contact", ERR_CONFIG,
                  "[initiative] contact is empty or at the initiative's own domain, whose mail all comes to the gateway: mails "
                  "to postmaster@ and "
                  "abuse@, failures and complaints reach nobody; write an address elsewhere");
    if (*s->initiative_imprint == '\0')
        check_say(c, OUTCOME_NOTE, "imprint", "[initiative] imprint is empty: mails to the public need one in Germany");
    check_authserv(c);
}

/* The file's structure, rows that point to nothing, the journal's chain, counters, raw mails in the spool. */
static void check_rows(struct check *c, struct db *db)
{
    err_auto struct err e = {0};
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);

    if (!db_check(db, c->settings.storage_spool, findings, &e))
        check_bad(c, "rows", e.kind, e.text);
    for (guint i = 0; i < findings->len; i++)
        check_bad(c, "rows", ERR_CONFIG, findings->pdata[i]);
    if (findings->len == 0 && e.kind == ERR_NONE)
        check_say(c, OUTCOME_OK, "rows", "structure, references, journal, counters and raw mails fit together");
}

/* Copies that an upgrade kept beside the database have what was deleted since. */
static void check_old_copies(struct check *c)
{
    const char *database = c->settings.storage_database;
    g_autofree char *folder = g_path_get_dirname(database), *base = g_path_get_basename(database);
    g_autofree char *prefix = g_strconcat(base, ".before-", NULL);
    g_autoptr(GDir) names = g_dir_open(folder, 0, NULL);
    const char *name;

    while (names != NULL && (name = g_dir_read_name(names)) != NULL) {
        if (!g_str_has_prefix(name, prefix))
            continue;
        g_autofree char *text = g_strdup_printf("%s/%s was kept by an upgrade and has texts that were deleted since; remove it "
                                                "once the upgrade has proved good",
                                                folder, name);
        check_say(c, OUTCOME_NOTE, "deletion", text);
    }
}

/* What we promised to delete. */
static void check_deletion(struct check *c, struct gateway *g)
{
    err_auto struct err e = {0};
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);

    if (!jobs_overdue(g, clock_now(), findings, &e))
        check_bad(c, "deletion", e.kind, e.text);
    for (guint i = 0; i < findings->len; i++)
        check_bad(c, "deletion", ERR_LATER, findings->pdata[i]);
    if (findings->len == 0 && e.kind == ERR_NONE)
        check_say(c, OUTCOME_OK, "deletion", "nothing is overdue");
}

static void check_database(struct check *c)
{
    err_auto struct err e = {0};
    gateway_auto gateway = gateway_open(&c->settings, DB_READ, &e);
    g_autoptr(GPtrArray) forums = gateway != NULL ? forums_all(gateway->db, &e) : NULL;

    if (forums == NULL) {
        check_bad(c, "database", e.kind, e.text);
        return;
    }
    g_autofree char *text = g_strdup_printf("%s with %u forums", c->settings.storage_database, forums->len);
    check_say(c, forums->len > 0 ? OUTCOME_OK : OUTCOME_NOTE, "database", text);
    check_rows(c, gateway->db);
    check_deletion(c, gateway);
    check_old_copies(c);
}

/* A mail without a text would wait for ever, so the first language must have all. */
static void check_language(struct check *c, const struct templates *templates, const char *language)
{
    const char *first = c->settings.initiative_languages[0];
    g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);

    texts_examine(templates, language, missing, NULL);
    if (missing->len == 0)
        return;
    g_ptr_array_add(missing, NULL);
    g_autofree char *names = g_strjoinv(", ", (char **)missing->pdata);
    bool is_first = strcmp(language, first) == 0, is_none = !g_strv_contains(templates_languages(templates), language);
    g_autofree char *text = is_first ? g_strdup_printf("in %s there is no text for: %s", language, names)
                            : is_none
                                ? g_strdup_printf("none in %s; such mails go out in %s", language, first)
                                : g_strdup_printf("in %s there is no text for: %s; they go out in %s", language, names, first);
    if (is_first)
        check_bad(c, "templates", ERR_CONFIG, text);
    else
        check_say(c, OUTCOME_NOTE, "templates", text);
}

static void check_templates(struct check *c)
{
    char **wanted = c->settings.initiative_languages;
    err_auto struct err e = {0};
    g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);
    templates_auto templates = texts_load(NULL, wanted[0], &e);

    if (templates == NULL) {
        check_bad(c, "templates", e.kind, e.text);
        return;
    }
    const char *elsewhere = g_getenv("FORUMPOST_TEMPLATES");
    g_autofree char *list = g_strjoinv(", ", (char **)templates_languages(templates));
    g_autofree char *text =
        g_strconcat("in ", list, elsewhere != NULL ? "; by FORUMPOST_TEMPLATES from " : NULL, elsewhere, NULL);
    check_say(c, OUTCOME_OK, "templates", text);
    texts_examine(templates, wanted[0], NULL, wrong);
    for (guint i = 0; i < wrong->len; i++)
        check_bad(c, "templates", ERR_CONFIG, wrong->pdata[i]);
    for (char **language = wanted; *language != NULL; language++)
        check_language(c, templates, *language);
}

static void check_logo(struct check *c)
{
    struct logo *logo = NULL;
    err_auto struct err e = {0};

    if (!logo_load(&c->settings, &logo, &e))
        check_bad(c, "logo", e.kind, e.text);
    else if (logo != NULL)
        check_say(c, OUTCOME_OK, "logo", c->settings.initiative_logo);
    logo_free(logo);
}

static bool check(struct door *d, struct err *e)
{
    struct check c = {.as_json = d->as_json};
    err_auto struct err unfit = {0};

    (void)e; /* what is found is said in lines of its own */
    if (!settings_load(d->config_path, &c.settings, &unfit)) {
        check_bad(&c, "configuration", unfit.kind, unfit.text);
    } else if (check_user(&c)) {
        check_given(&c);
        if (check_paths(&c))
            check_database(&c);
        check_left_out(&c);
        check_templates(&c);
        check_logo(&c);
        check_listen(&c);
        check_web(&c);
        check_relay(&c);
        check_net(&c, door_text(d, "nameserver"));
    }
    settings_clear(&c.settings);
    g_free(c.relay_name);
    d->code = c.code;
    return true;
}

static const struct door_option options[] = {
    {"nameserver", DOOR_TEXT, "ADDRESS", "ask this one and not the system's", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"", "", "nameserver json", DOOR_NOTHING | DOOR_GIVES_WAY, check, "a line an aspect; exit code 0 if all is well"},
    {0},
};
static const struct door_spec spec = {"check", "Tries whether the installation fits together; changes nothing.", verbs, options};

int cmd_check(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
