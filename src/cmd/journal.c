/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking up and lines of the journal; see journal.h.
 */
#include "cmd/journal.h"

#include "base/limits.h"
#include "base/clock.h"
#include "flow/pose.h"
#include "forum/given.h"
#include "forum/name.h"
#include "forum/route.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/persons.h"

struct forum *door_forum(const struct door *d, const char *name, struct err *e)
{
    g_autofree char *folded = route_fold_name(name);
    struct forum *f = folded != NULL ? forums_by_name(d->gateway->db, folded, e) : NULL;

    if (f == NULL)
        err_set(e, ERR_ABSENT, "there is no forum '%s'; `forumpost forum list` shows them", name);
    return f;
}

struct person *door_person(const struct door *d, const char *address, struct err *e)
{
    g_autofree char *key = persons_key(address);
    struct person *p = persons_by_address(d->gateway->db, key, e);

    if (p == NULL && e->kind == ERR_NONE && given_is_address(address, e))
        err_set(e, ERR_ABSENT, "nobody here has the address '%s'; `forumpost person list` shows everybody", address);
    return p;
}

const char *door_reason(const struct door *d, struct err *e)
{
    const char *reason = door_text(d, "reason");
    g_autofree char *line = reason != NULL ? given_line("a reason", reason, LIMIT_REASON_CHARS, e) : NULL;

    return line != NULL ? reason : NULL;
}

bool door_file(const char *path, char **out, gsize *n_bytes_out, struct err *e)
{
    g_autoptr(GError) error = NULL;

    if (!g_file_get_contents(path, out, n_bytes_out, &error))
        return err_set(e, ERR_ABSENT, "%s", error->message);
    return g_utf8_validate(*out, (gssize)*n_bytes_out, NULL) || err_set(e, ERR_VALUE, "%s is not text in UTF-8", path);
}

static bool is_staff_role(enum role r)
{
    return r == ROLE_LEAD || r == ROLE_MODERATOR || r == ROLE_OFFICE;
}

/* Only who has such a role may be called like an office. */
static bool may_be_called(const struct door *d, const struct person *p, enum role role, struct err *e)
{
    g_autoptr(GPtrArray) names = pose_protected_names(d->gateway, e);
    g_autoptr(GPtrArray) all = names != NULL && p->id != 0 ? members_of_person(d->gateway->db, p->id, e) : NULL;
    bool is_staff = is_staff_role(role);

    for (guint i = 0; all != NULL && i < all->len; i++)
        is_staff |= is_staff_role(((const struct member *)all->pdata[i])->role);
    if (e->kind != ERR_NONE || is_staff || !name_is_protected(p->public_name, (const char *const *)names->pdata))
        return e->kind == ERR_NONE;
    return err_set(e, ERR_RULE,
                   "'%s' sounds like an office, the moderators or a forum: that takes a role (lead, moderator, office)",
                   p->public_name);
}

bool door_fill_person(const struct door *d, struct person *p, enum role role, struct err *e)
{
    const char *name = door_text(d, "name"), *language = door_text(d, "language");

    if (name != NULL) {
        row_text_set(&p->public_name, *name != '\0' ? given_public_name(name, e) : NULL);
        if (p->public_name != NULL && !may_be_called(d, p, role, e))
            return false;
    }
    if (language != NULL) {
        row_text_set(&p->language, given_language(language, d->settings.initiative_languages, e));
    }
    return e->kind == ERR_NONE;
}

bool journal(const struct door *d, const struct event *ev, struct err *e)
{
    struct event line = *ev;

    line.at = clock_now();
    return events_add(d->gateway->db, &line, e);
}

void changes_note(struct changes *c, const struct door *d, const char *names)
{
    g_auto(GStrv) each = g_strsplit(names, " ", -1);

    if (c->names == NULL)
        c->names = g_string_new("");
    for (char **name = each; *name != NULL; name++)
        if (door_has(d, *name))
            g_string_append_printf(c->names, "%s%s", c->names->len > 0 ? ", " : "", *name);
}

const char *changes_text(const struct changes *c)
{
    return c->names != NULL && c->names->len > 0 ? c->names->str : NULL;
}

void changes_clear(struct changes *c)
{
    if (c->names != NULL)
        g_string_free(c->names, TRUE);
    c->names = NULL;
}
