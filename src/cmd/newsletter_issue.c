/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost newsletter draft, test, release, stop, resume, issue list.
 */
#include "cmd/newsletter.h"

#include "base/clock.h"
#include "base/limits.h"
#include "cmd/journal.h"
#include "flow/step/issue.h"
#include "forum/given.h"
#include "forum/when.h"
#include "store/issues.h"

#include <stdio.h>
#include <string.h>

/* ---- Looking */
static void print_issue(const struct door *d, const struct issue *i)
{
    const char *state = issue_state_name(issue_shown_state(i));

    if (!d->as_json) {
        printf("%4" G_GINT64_FORMAT " %-8s %7" G_GINT64_FORMAT " recipients %7" G_GINT64_FORMAT " sent %5" G_GINT64_FORMAT
               " failed  %s\n",
               i->number, state, i->n_recipients, i->n_sent, i->n_failed, i->subject);
        return;
    }
    JsonBuilder *b = json_begin();
    json_number(b, "number", i->number);
    json_text(b, "subject", i->subject);
    json_text(b, "state", state);
    json_number(b, "recipients", i->n_recipients);
    json_number(b, "sent", i->n_sent);
    json_number(b, "failed", i->n_failed);
    json_number(b, "unsubscribed", i->n_dropped);
    json_time(b, "release_at", i->release_at, d);
    json_time(b, "started_at", i->started_at, d);
    json_print(b);
}

bool issue_list(struct door *d, struct err *e)
{
    list_auto l = door_newsletter(d, d->argv[0], e);
    g_autoptr(GPtrArray) all = l != NULL ? issues_of(d->gateway->db, l->id, e) : NULL;

    for (guint i = 0; all != NULL && i < all->len; i++)
        print_issue(d, all->pdata[i]);
    return all != NULL;
}

/* ---- Writing */
/* Of a file "Betreff: ..." or "Subject: ..." may be the first line; else the first heading is the subject. */
static char *take_subject(const struct door *d, char **source, struct err *e)
{
    static const char *const words[] = {"Betreff:", "Subject:"};
    const char *given = door_text(d, "subject");
    struct markdown m;

    for (gsize k = 0; k < G_N_ELEMENTS(words); k++)
        if (given == NULL && g_str_has_prefix(*source, words[k])) {
            gsize n = strcspn(*source, "\n");
            g_autofree char *line = g_strndup(*source + strlen(words[k]), n - strlen(words[k]));
            char *rest = g_strdup(*source + n);
            g_free(*source);
            *source = rest;
            return given_line("a subject", line, LIMIT_TITLE_CHARS, e);
        }
    markdown_read(*source, &m);
    char *subject =
        given != NULL || m.title != NULL ? given_line("a subject", given != NULL ? given : m.title, LIMIT_TITLE_CHARS, e) : NULL;
    markdown_clear(&m);
    if (subject == NULL && e->kind == ERR_NONE)
        err_set(e, ERR_VALUE, "the issue has no subject; begin the file with '# What it is about', or give --subject");
    return subject;
}

static bool read_file(const char *path, char **source_out, struct err *e)
{
    gsize n_bytes;

    if (!door_file(path, source_out, &n_bytes, e))
        return false;
    return n_bytes <= LIMIT_ISSUE_BYTES ||
           err_set(e, ERR_VALUE, "%s is larger than %d bytes; link to what does not fit", path, LIMIT_ISSUE_BYTES);
}

static bool fill_segment(const struct door *d, const struct list *l, struct issue *i, struct err *e)
{
    const char *language = door_text(d, "language"), *forum = door_text(d, "forum");

    if (language != NULL)
        i->language = given_language(language, d->settings.initiative_languages, e);
    if (forum != NULL) {
        forum_auto f = door_forum(d, forum, e);
        i->forum_id = f != NULL ? f->id : 0;
    }
    i->role = g_strdup(door_text(d, "role"));
    return e->kind == ERR_NONE &&
           (!door_has(d, "not-yet-heard") || issues_last_start(d->gateway->db, l->id, &i->joined_after, e));
}

/* By what the file is called; programs open it by that, too. */
static const char *type_of(const char *path)
{
    static const char *const types[][2] = {
        {".pdf", "application/pdf"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".odt", "application/vnd.oasis.opendocument.text"},
        {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
        {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".zip", "application/zip"},
    };
    g_autofree char *lower = g_ascii_strdown(path, -1);

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_str_has_suffix(lower, types[i][0]))
            return types[i][1];
    return "application/octet-stream";
}

static struct issue_file *read_attached(const char *path, struct err *e)
{
    g_autofree char *bytes = NULL, *base = g_path_get_basename(path);
    g_autoptr(GError) error = NULL;
    gsize n_bytes;

    if (!g_file_get_contents(path, &bytes, &n_bytes, &error)) {
        err_set(e, ERR_ABSENT, "%s cannot be read: %s", path, error->message);
        return NULL;
    }
    struct issue_file *f = g_new0(struct issue_file, 1);
    f->name = g_utf8_make_valid(base, -1);
    f->type = g_strdup(type_of(path));
    f->n_bytes = (gint64)n_bytes;
    f->content = g_bytes_new_take(g_steal_pointer(&bytes), n_bytes);
    return f;
}

static GPtrArray *read_all_attached(const struct door *d, struct err *e)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)issue_file_free);
    gint64 n_bytes = 0;

    for (char **path = door_list(d, "attach"); path != NULL && *path != NULL; path++) {
        struct issue_file *f = read_attached(*path, e);
        if (f == NULL)
            return NULL;
        g_ptr_array_add(files, f);
        n_bytes += f->n_bytes;
    }
    if (files->len <= LIMIT_ISSUE_FILES && n_bytes <= LIMIT_ISSUE_FILES_BYTES)
        return g_steal_pointer(&files);
    err_set(e, ERR_VALUE, "at most %d files of together %d bytes can be attached; link to what does not fit", LIMIT_ISSUE_FILES,
            LIMIT_ISSUE_FILES_BYTES);
    return NULL;
}

bool newsletter_draft(struct door *d, struct err *e)
{
    list_auto l = door_newsletter(d, d->argv[0], e);
    issue_auto i = g_new0(struct issue, 1);
    g_autoptr(GPtrArray) files = l != NULL ? read_all_attached(d, e) : NULL;
    const struct issue_enclosed with = {files, NULL};
    g_autofree char *source = NULL;
    row_id id;

    if (files == NULL || !read_file(d->argv[1], &source, e) || (i->subject = take_subject(d, &source, e)) == NULL ||
        !fill_segment(d, l, i, e))
        return false;
    i->source = g_steal_pointer(&source);
    if (!issue_draft(d->gateway, l, i, &with, clock_now(), &id, e))
        return false;
    issue_auto made = issues_by_id(d->gateway->db, id, e);
    if (made != NULL)
        door_say(d, "%" G_GINT64_FORMAT, made->number);
    return made != NULL;
}

/* ---- Sending */
static struct issue *named(const struct door *d, struct list **list_out, struct err *e)
{
    row_id number = 0;

    *list_out = door_newsletter(d, d->argv[0], e);
    if (*list_out == NULL || !door_id(d->argv[1], "an issue", &number, e))
        return NULL;
    struct issue *i = issues_by_number(d->gateway->db, (*list_out)->id, number, e);
    if (i == NULL && e->kind == ERR_NONE)
        err_set(e, ERR_ABSENT, "'%s' has no issue %s; `forumpost newsletter issue list %s` shows all", d->argv[0], d->argv[1],
                d->argv[0]);
    return i;
}

static bool say_fault(const struct issue *i, enum issue_fault fault, struct err *e)
{
    const char *state = issue_state_name(issue_shown_state(i));

    switch (fault) {
    case ISSUE_FINE:
        return true;
    case ISSUE_RUNNING:
        return err_set(e, ERR_RULE, "issue %" G_GINT64_FORMAT " was released before: it is %s", i->number, state);
    case ISSUE_NEEDS_OTHER:
        return err_set(e, ERR_RULE, "another editor must release it");
    case ISSUE_NO_IMPRINT:
        return err_set(e, ERR_RULE, "no mail goes to many without an imprint: set [initiative] imprint");
    case ISSUE_WRONG_STATE:
        return err_set(e, ERR_RULE, "issue %" G_GINT64_FORMAT " is %s", i->number, state);
    }
    return true;
}

bool newsletter_test(struct door *d, struct err *e)
{
    list_auto l = NULL;
    issue_auto i = named(d, &l, e);
    g_autofree char *address = i != NULL ? given_address(d->argv[2], d->gateway->domain, e) : NULL;

    return address != NULL && issue_test(d->gateway, i, address, clock_now(), e) &&
           journal(d, &(struct event){.kind = "issue.tested", .detail = l->name}, e);
}

bool newsletter_release(struct door *d, struct err *e)
{
    list_auto l = NULL;
    issue_auto i = named(d, &l, e);
    const char *text = door_text(d, "at");
    gint64 now = clock_now(), at = text != NULL ? when_parse(text, now, d->settings.zone) : now;
    enum issue_fault fault;

    if (i == NULL)
        return false;
    if (at == 0 && (!clock_parse(text, &at) || at < now))
        return err_set(e, ERR_VALUE, "--at is a time to come like '2026-03-03 07:00' or 'am 3.3. um 7', not '%s'", text);
    return issue_release(d->gateway, l, i, 0, at, now, &fault, e) && say_fault(i, fault, e);
}

bool newsletter_stop(struct door *d, struct err *e)
{
    list_auto l = NULL;
    issue_auto i = named(d, &l, e);
    enum issue_fault fault;

    return i != NULL && issue_stop(d->gateway, i, clock_now(), &fault, e) && say_fault(i, fault, e);
}

bool newsletter_resume(struct door *d, struct err *e)
{
    list_auto l = NULL;
    issue_auto i = named(d, &l, e);
    enum issue_fault fault;

    return i != NULL && issue_resume(d->gateway, i, 0, clock_now(), &fault, e) && say_fault(i, fault, e);
}
