/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost newsletter: lists and their editors; the other verbs' table.
 */
#include "cmd/newsletter.h"

#include "base/clock.h"
#include "base/limits.h"
#include "cmd/commands.h"
#include "cmd/journal.h"
#include "forum/given.h"
#include "forum/route.h"
#include "store/forums.h"
#include "store/lists.h"
#include "store/persons.h"

#include <stdio.h>
#include <string.h>

struct list *door_newsletter(const struct door *d, const char *name, struct err *e)
{
    g_autofree char *folded = route_fold_name(name);
    struct list *l = lists_by_name(d->gateway->db, folded != NULL ? folded : name, e);

    if (l == NULL && e->kind == ERR_NONE)
        err_set(e, ERR_ABSENT, "there is no newsletter '%s'; `forumpost newsletter list` shows all", name);
    return l;
}

bool newsletter_spares(const struct door *d, const char *name, struct err *e)
{
    list_auto l = lists_by_name(d->gateway->db, name, e);

    return l == NULL ? e->kind == ERR_NONE
                     : err_set(e, ERR_VALUE, "'%s' is the name of the newsletter '%s'; choose another one", name, l->title);
}

/* ---- Looking */
static bool print_list(const struct door *d, const struct list *l, struct err *e)
{
    struct list_figures n;

    if (!lists_figures(d->gateway->db, l->id, &n, e))
        return false;
    g_autofree char *address = route_list_address(l->name, LIST_WORD_NONE, d->gateway->domain),
                    *last = door_time(d, n.last_sent_at);
    if (!d->as_json) {
        printf("%-40s %7" G_GINT64_FORMAT " subscribers, %3" G_GINT64_FORMAT " issues, last %s  %s%s\n", address, n.n_subscribers,
               n.n_issues, last, l->title, l->is_members_only ? " (members only)" : "");
        return true;
    }
    JsonBuilder *b = json_begin();
    json_text(b, "name", l->name);
    json_text(b, "address", address);
    json_text(b, "title", l->title);
    json_text(b, "language", l->language);
    json_text(b, "release", l->n_release == 1 ? "one" : "two");
    json_flag(b, "members_only", l->is_members_only);
    json_number(b, "subscribers", n.n_subscribers);
    json_number(b, "issues", n.n_issues);
    json_time(b, "last_sent_at", n.last_sent_at, d);
    json_print(b);
    return true;
}

static bool newsletter_list(struct door *d, struct err *e)
{
    g_autoptr(GPtrArray) all = lists_all(d->gateway->db, e);

    for (guint i = 0; all != NULL && i < all->len; i++)
        if (!print_list(d, all->pdata[i], e))
            return false;
    return all != NULL;
}

static bool newsletter_show(struct door *d, struct err *e)
{
    list_auto l = door_newsletter(d, d->argv[0], e);

    if (l == NULL || !print_list(d, l, e) || d->as_json)
        return l != NULL && e->kind == ERR_NONE;
    g_autoptr(GPtrArray) editors = editors_of(d->gateway->db, l->id, e);
    for (guint i = 0; editors != NULL && i < editors->len; i++)
        printf("editor %s\n", ((const struct editor *)editors->pdata[i])->written);
    return editors != NULL;
}

/* ---- Changing */
static bool is_free(const struct door *d, const char *name, struct err *e)
{
    forum_auto f = forums_by_name(d->gateway->db, name, e);
    list_auto l = f == NULL && e->kind == ERR_NONE ? lists_by_name(d->gateway->db, name, e) : NULL;

    if (f != NULL)
        return err_set(e, ERR_VALUE, "'%s' is the name of a forum, and mails there are contributions; choose another one", name);
    if (l != NULL)
        return err_set(e, ERR_VALUE, "there is a newsletter '%s' already", name);
    return e->kind == ERR_NONE;
}

static bool newsletter_add(struct door *d, struct err *e)
{
    list_auto l = g_new0(struct list, 1);
    const char *release = door_text(d, "release"), *language = door_text(d, "language");
    row_id id;

    l->name = given_forum_name(d->argv[0], e);
    l->title = l->name != NULL ? given_line("a title", door_text(d, "title"), LIMIT_TITLE_CHARS, e) : NULL;
    if (l->title == NULL)
        return false;
    l->language = language != NULL ? given_language(language, d->settings.initiative_languages, e)
                                   : g_strdup(d->settings.initiative_languages[0]);
    l->n_release = g_strcmp0(release, "one") == 0 ? 1 : 2;
    l->is_members_only = door_has(d, "members-only");
    if (door_text(d, "forum") != NULL && l->language != NULL) {
        forum_auto f = door_forum(d, door_text(d, "forum"), e);
        l->forum_id = f != NULL ? f->id : 0;
    }
    if (e->kind != ERR_NONE || !is_free(d, l->name, e) || !lists_add(d->gateway->db, l, clock_now(), &id, e))
        return false;
    door_say(d, "%s@%s", l->name, d->gateway->domain);
    return journal(d, &(struct event){.kind = "newsletter.added", .about.forum = l->forum_id, .detail = l->name}, e);
}

static bool change_editor(struct door *d, bool is_added, struct err *e)
{
    list_auto l = door_newsletter(d, d->argv[0], e);
    g_autofree char *written = l != NULL ? given_address(d->argv[1], d->gateway->domain, e) : NULL;
    g_autofree char *key = written != NULL ? persons_key(written) : NULL;
    bool changed;

    if (key == NULL || !(is_added ? editors_add(d->gateway->db, l->id, key, written, clock_now(), &changed, e)
                                  : editors_remove(d->gateway->db, l->id, key, &changed, e)))
        return false;
    if (!changed && !is_added)
        return err_set(e, ERR_ABSENT, "'%s' is no editor of '%s'; `forumpost newsletter show %s` lists them", d->argv[1], l->name,
                       l->name);
    return !changed || journal(d, &(struct event){.kind = (is_added ? "editor.added" : "editor.removed"), .detail = l->name}, e);
}

static bool editor_add(struct door *d, struct err *e)
{
    return change_editor(d, true, e);
}

static bool editor_remove(struct door *d, struct err *e)
{
    return change_editor(d, false, e);
}

static const struct door_option options[] = {
    {"title", DOOR_TEXT, "TEXT", "what it is called", 0, 0, 0},
    {"language", DOOR_TEXT, "CODE", "of mails to people whose language is not known; of a draft: only to who gets mails in it", 0,
     0, 0},
    {"release", DOOR_WORD, "two|one", "two: another editor releases what one wrote; one: the same may, by a second mail", 0, 0,
     0},
    {"forum", DOOR_TEXT, "NAME", "whose discussions the blocks tell of; of a draft: only to its members", 0, 0, 0},
    {"role", DOOR_WORD, "reader|member|lead|moderator|office", "only to people in that role", 0, 0, 0},
    {"not-yet-heard", DOOR_FLAG, NULL, "only to who subscribed since the last issue was sent", 0, 0, 0},
    {"members-only", DOOR_FLAG, NULL, "nobody subscribes, the operator adds", 0, 0, 0},
    {"consent", DOOR_TEXT, "TEXT", "where and when these people said that they want it; kept as proof", 0, 0, 0},
    {"subject", DOOR_TEXT, "TEXT", "of the mail; else the first heading of FILE", 0, 0, 0},
    {"attach", DOOR_LIST, "FILE", "goes along with the issue; may be repeated", 0, 0, 0},
    {"at", DOOR_TEXT, "TIME", "not before: '2026-03-03 07:00', 'am 3.3. um 7'", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"add", "NAME", "title! language release forum members-only", DOOR_CHANGES, newsletter_add,
     "make one; its address is NAME@ the initiative's domain"},
    {"list", "", "json", DOOR_READS, newsletter_list, "every newsletter"},
    {"show", "NAME", "json", DOOR_READS, newsletter_show, "one, with its editors"},
    {"editor add", "NAME ADDRESS", "", DOOR_CHANGES, editor_add, "who may write issues by mail and release them"},
    {"editor remove", "NAME ADDRESS", "", DOOR_CHANGES, editor_remove, "no longer"},
    {"subscriber list", "NAME", "json", DOOR_READS, subscriber_list, "who gets it, and who got it"},
    {"subscriber add", "NAME ADDRESS", "language", DOOR_CHANGES, subscriber_add, "to a newsletter of members only"},
    {"subscriber import", "NAME FILE", "consent!", DOOR_WORKS, subscriber_import,
     "one address a line, with the proof that they want it"},
    {"subscriber remove", "NAME ADDRESS", "", DOOR_CHANGES, subscriber_remove, "end it at once, what is queued included"},
    {"draft", "NAME FILE", "subject forum language role not-yet-heard attach", DOOR_CHANGES, newsletter_draft,
     "an issue from Markdown; prints its number"},
    {"test", "NAME N ADDRESS", "", DOOR_CHANGES, newsletter_test, "send it to one address as subscribers get it"},
    {"release", "NAME N", "at", DOOR_CHANGES, newsletter_release, "let it go out"},
    {"stop", "NAME N", "", DOOR_CHANGES, newsletter_stop, "send no more of it"},
    {"resume", "NAME N", "", DOOR_CHANGES, newsletter_resume, "go on where it stopped"},
    {"issue list", "NAME", "json", DOOR_READS, issue_list, "its issues, what became of them"},
    {0},
};
static const struct door_spec spec = {"newsletter", "Newsletters: who writes them, who gets them, their issues.", verbs, options};

int cmd_newsletter(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
