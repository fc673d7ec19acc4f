/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost newsletter subscriber: who gets a newsletter.
 */
#include "cmd/newsletter.h"

#include "base/clock.h"
#include "base/limits.h"
#include "cmd/journal.h"
#include "flow/step/subscribe.h"
#include "forum/given.h"
#include "mail/write/compose.h"
#include "store/persons.h"
#include "store/subscriptions.h"

#include <stdio.h>
#include <string.h>

#define PROOF_CHARS 1000
#define WRONG_SHOWN 20  /* lines of a file that cannot be read */
#define STEP        500 /* addresses in one transaction: mail comes in between */

static bool print_subscriber(const struct subscription *s, void *user)
{
    const struct door *d = user;

    if (s->state == SUBSCRIPTION_ASKED)
        return true; /* not in, and perhaps somebody else asked */
    if (!d->as_json) {
        g_autofree char *since = door_time(d, s->since);
        printf("%-40s %-12s %-9s %s\n", s->written, subscription_state_name(s->state), way_name(s->way), since);
        return true;
    }
    JsonBuilder *b = json_begin();
    json_text(b, "address", s->written);
    json_time(b, "since", s->since, d);
    json_text(b, "state", subscription_state_name(s->state));
    json_text(b, "by", way_name(s->way));
    json_text(b, "language", s->language);
    json_print(b);
    return true;
}

bool subscriber_list(struct door *d, struct err *e)
{
    list_auto l = door_newsletter(d, d->argv[0], e);

    return l != NULL && subscriptions_each(d->gateway->db, l->id, print_subscriber, d, e);
}

bool subscriber_add(struct door *d, struct err *e)
{
    list_auto l = door_newsletter(d, d->argv[0], e);
    g_autofree char *written = l != NULL ? given_address(d->argv[1], d->gateway->domain, e) : NULL;
    const char *language = door_text(d, "language");
    g_autofree char *known = language != NULL ? given_language(language, d->settings.initiative_languages, e) : NULL;
    struct said how = {.way = WAY_OPERATOR};
    bool changed;

    if (written == NULL || e->kind != ERR_NONE)
        return false;
    if (!l->is_members_only)
        return err_set(e, ERR_RULE,
                       "'%s' is for everybody: people subscribe themselves at %s+abo@%s; who said so elsewhere comes by "
                       "`subscriber import` with the proof",
                       l->name, l->name, d->gateway->domain);
    return subscribe_add(d->gateway, l, written, known, &how, clock_now(), &changed, e);
}

bool subscriber_remove(struct door *d, struct err *e)
{
    list_auto l = door_newsletter(d, d->argv[0], e);
    g_autofree char *key = persons_key(d->argv[1]);
    subscription_auto s = l != NULL ? subscriptions_by_address(d->gateway->db, l->id, key, e) : NULL;
    struct said how = {.way = WAY_OPERATOR};
    bool changed;

    if (s == NULL)
        return e->kind == ERR_NONE && given_is_address(d->argv[1], e) &&
               err_set(e, ERR_ABSENT, "'%s' does not get '%s'", d->argv[1], l->name);
    return subscribe_end(d->gateway, s, SUBSCRIPTION_UNSUBSCRIBED, &how, clock_now(), &changed, e);
}

/* ---- Import */
struct import {
    const struct list *list;
    struct said how;
    gint64 n_new, n_known;
};

/* The address on LINE and its language (*LANGUAGE_OUT, NULL none); "" where none stands. NULL: what stands there is none. */
static char *read_line(struct door *d, const char *line, char **language_out, struct err *e)
{
    g_auto(GStrv) fields = g_strsplit_set(line, ",;\t", 3);
    char *address = fields[0] != NULL ? g_strstrip(fields[0]) : "";

    *language_out = NULL;
    if (*address == '\0' || *address == '#')
        return g_strdup("");
    g_autofree char *written = given_address(address, d->gateway->domain, e);
    const char *language = fields[1] != NULL && *g_strstrip(fields[1]) != '\0' ? fields[1] : NULL;
    if (written != NULL && language != NULL)
        *language_out = given_language(language, d->settings.initiative_languages, e);
    return e->kind == ERR_NONE ? g_steal_pointer(&written) : NULL;
}

/* Nobody is in until every line can be read: all that is wrong is told at once. */
static bool look_at_lines(struct door *d, char *const *lines, struct err *e)
{
    g_autoptr(GString) wrong = g_string_new(NULL);
    guint n_wrong = 0;

    for (guint i = 0; lines[i] != NULL; i++) {
        err_auto struct err one = {0};
        g_autofree char *language = NULL, *address = read_line(d, lines[i], &language, &one);
        if (address == NULL && n_wrong++ < WRONG_SHOWN)
            g_string_append_printf(wrong, "\n  line %u: %s", i + 1, one.text);
    }
    if (n_wrong > WRONG_SHOWN)
        g_string_append_printf(wrong, "\n  and %u more", n_wrong - WRONG_SHOWN);
    return n_wrong == 0 ||
           err_set(e, ERR_VALUE, "nobody is in, %u line%s cannot be read:%s", n_wrong, n_wrong == 1 ? "" : "s", wrong->str);
}

static bool import_line(struct door *d, struct import *im, const char *line, struct err *e)
{
    g_autofree char *known = NULL, *written = read_line(d, line, &known, e);
    bool changed;

    if (written == NULL || *written == '\0')
        return written != NULL;
    g_autofree char *key = persons_key(written);
    subscription_auto before = subscriptions_by_address(d->gateway->db, im->list->id, key, e);
    if (e->kind != ERR_NONE || (before != NULL && before->state != SUBSCRIPTION_ASKED)) {
        im->n_known++; /* who left stays away, whatever an old list says */
        return e->kind == ERR_NONE;
    }
    if (!subscribe_add(d->gateway, im->list, written, known, &im->how, clock_now(), &changed, e))
        return false;
    im->n_new += changed;
    return true;
}

static bool import_lines(struct door *d, struct import *im, char *const *lines, guint from, guint to, struct err *e)
{
    if (!db_begin(d->gateway->db, e))
        return false;
    for (guint i = from; i < to; i++)
        if (!import_line(d, im, lines[i], e)) {
            db_rollback(d->gateway->db);
            return false;
        }
    return db_commit(d->gateway->db, e);
}

bool subscriber_import(struct door *d, struct err *e)
{
    list_auto l = door_newsletter(d, d->argv[0], e);
    g_autofree char *proof = l != NULL ? given_line("the proof of consent", door_text(d, "consent"), PROOF_CHARS, e) : NULL;
    g_autofree char *text = NULL;
    gsize n_bytes;

    if (proof == NULL)
        return false;
    if (!door_file(d->argv[1], &text, &n_bytes, e))
        return false;
    const char *first = g_str_has_prefix(text, "\xef\xbb\xbf") ? text + 3 : text; /* Excel's mark of UTF-8 */
    g_auto(GStrv) lines = g_strsplit(first, "\n", -1);
    guint n = g_strv_length(lines);
    struct import im = {.list = l, .how = {.way = WAY_IMPORT, .words = proof}};
    if (n > LIMIT_IMPORT_LINES)
        return err_set(e, ERR_VALUE, "%s has more than %d lines; import it in parts", d->argv[1], LIMIT_IMPORT_LINES);
    if (!look_at_lines(d, lines, e))
        return false;
    for (guint i = 0; i < n; i += STEP)
        if (!import_lines(d, &im, lines, i, MIN(i + STEP, n), e))
            return err_prefix(e, "%" G_GINT64_FORMAT " subscribers are in", im.n_new);
    printf("%" G_GINT64_FORMAT " new subscribers, %" G_GINT64_FORMAT " known before\n", im.n_new, im.n_known);
    return true;
}
