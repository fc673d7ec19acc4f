/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form for those without a mail program. What is written in it comes in as a mail would that proves nothing: through the
 * same quota, rules and steps (flow/in/receive.h), so its author is asked by mail, and nothing is public before they said yes.
 * Nothing of it is a command. The answer tells nobody whether an address is known here.
 */
#include "page/contribute.h"

#include "base/digest.h"
#include "base/limits.h"
#include "flow/in/receive.h"
#include "flow/quota.h"
#include "forum/access.h"
#include "forum/route.h"
#include "mail/word/address.h"
#include "mail/word/language.h"
#include "mail/write/compose.h"
#include "page/open_form.h"
#include "store/forums.h"

#include <string.h>

#define FORM "idee"

/* What was filled in, tidied; and what is wrong with it. */
struct sheet {
    struct forum *forum;
    char *title, *text, *address; /* never NULL; ADDRESS as it was typed, but for blanks around it */
    bool is_forum_wrong, is_closed, is_title_wrong, is_title_long, is_text_wrong, is_address_wrong;
    bool is_stale, is_much;
};

static void sheet_clear(struct sheet *s)
{
    forum_free(s->forum);
    g_free(s->title);
    g_free(s->text);
    g_free(s->address);
}

/* Line ends as in a mail that was read. */
static char *tidy(const char *text)
{
    GString *out = g_string_new(text != NULL ? text : "");

    g_string_replace(out, "\r\n", "\n", 0);
    g_string_replace(out, "\r", "\n", 0);
    return g_strstrip(g_string_free(out, FALSE));
}

static bool is_forum_closed(const struct page *p, const struct forum *forum)
{
    struct access_facts asked = {.deed = DEED_WRITE, .forum = forum, .ring = RING_PUBLIC, .now = p->now};

    return access_ask(&asked) == ACCESS_CLOSED;
}

/* One whole address and nothing else. */
static bool is_address(const char *text)
{
    g_autofree char *bare = address_bare(text);
    const char *at = strrchr(text, '@');

    return at != NULL && strchr(at, '.') != NULL && g_strcmp0(bare, text) == 0 && outgoing_is_address(text);
}

static bool sheet_read(struct page *p, struct sheet *s, struct err *e)
{
    const char *name = page_field(p, "forum");

    s->title = g_strdelimit(tidy(page_field(p, "title")), "\n\t", ' ');
    s->text = tidy(page_field(p, "text"));
    s->address = tidy(page_field(p, "address"));
    s->forum = name != NULL ? forums_by_name(p->g->db, name, e) : NULL;
    s->is_forum_wrong = s->forum == NULL;
    s->is_closed = s->forum != NULL && is_forum_closed(p, s->forum);
    s->is_title_wrong = *s->title == '\0';
    s->is_title_long = g_utf8_strlen(s->title, -1) > LIMIT_TITLE_CHARS;
    s->is_text_wrong = *s->text == '\0';
    s->is_address_wrong = !is_address(s->address);
    return e->kind == ERR_NONE;
}

static bool is_wrong(const struct sheet *s)
{
    return s->is_forum_wrong || s->is_closed || s->is_title_wrong || s->is_title_long || s->is_text_wrong || s->is_address_wrong;
}

/* ---- What is shown */
static bool set_choices(const struct page *p, struct value *data, const char *chosen, struct err *e)
{
    g_autoptr(GPtrArray) forums = forums_all(p->g->db, e);
    struct value *list = value_list();

    value_set(data, "choices", list);
    for (guint i = 0; forums != NULL && i < forums->len; i++) {
        const struct forum *forum = forums->pdata[i];
        if (is_forum_closed(p, forum))
            continue;
        struct value *one = value_map();
        value_set_string(one, "name", forum->name);
        value_set_line(one, "forum_title", forum->title);
        value_set_bool(one, "is_selected", g_strcmp0(forum->name, chosen) == 0);
        value_append(list, one);
    }
    return forums != NULL;
}

static void set_sheet(struct value *data, const struct sheet *s)
{
    value_set_string(data, "title", s->title);
    value_set_string(data, "text", s->text);
    value_set_string(data, "address", s->address);
    value_set_bool(data, "is_wrong", is_wrong(s));
    value_set_bool(data, "is_forum_wrong", s->is_forum_wrong || s->is_closed);
    value_set_bool(data, "is_forum_closed", s->is_closed);
    value_set_bool(data, "is_title_wrong", s->is_title_wrong || s->is_title_long);
    value_set_bool(data, "is_title_long", s->is_title_long);
    value_set_bool(data, "is_text_wrong", s->is_text_wrong);
    value_set_bool(data, "is_address_wrong", s->is_address_wrong);
    value_set_bool(data, "is_stale", s->is_stale && !is_wrong(s));
    value_set_bool(data, "is_much", s->is_much);
}

static bool show(struct page *p, const struct sheet *s, guint status, const char *chosen, struct err *e)
{
    value_auto data = value_map();

    set_sheet(data, s);
    open_form_set(p, data, FORM);
    value_set(data, "action_path", value_take(g_strconcat(p->prefix, "/mitmachen", NULL)));
    value_set_number(data, "title_chars", LIMIT_TITLE_CHARS);
    return set_choices(p, data, chosen, e) && page_show(p, status, "contribute", g_steal_pointer(&data), e);
}

bool page_contribute(struct page *p, struct err *e)
{
    struct sheet empty = {.title = "", .text = "", .address = ""};

    return show(p, &empty, 200, page_query(p, "forum"), e);
}

/* ---- What is done */
/* The same sheet sent twice is the same mail: who presses twice is asked once. */
static char *message_id_of(const struct page *p, const struct sheet *s)
{
    g_autofree char *all = g_strjoin("\n", page_field(p, "token"), s->forum->name, s->address, s->title, s->text, NULL);
    g_autofree char *sum = digest_sha256_hex(all, strlen(all));

    return g_strdup_printf("formular.%.32s@%s", sum, p->g->domain);
}

static struct message *message_of(const struct page *p, const struct sheet *s, const char *to)
{
    struct message *m = message_new();

    m->kind = KIND_HUMAN;
    m->may_reply = true;
    m->n_from = 1;
    g_autofree char *address = address_bare(s->address);
    g_ptr_array_add(m->from, mailbox_new("", address));
    g_ptr_array_add(m->to, mailbox_new("", to));
    g_free(m->subject);
    m->subject = g_strdup(s->title);
    m->message_id = message_id_of(p, s);
    m->language = language_guess(s->text);
    if (m->language == NULL)
        m->language = g_strdup(p->language);
    g_free(m->text);
    m->text = g_strdup(s->text);
    m->command_text = g_strdup("");
    return m;
}

/* The bytes that are kept, as of a mail: who looks at the original sees where it came from. */
static GBytes *bytes_of(const struct page *p, const struct message *m, const char *to, struct err *e)
{
    outgoing_auto o = outgoing_new();
    g_autoptr(GString) out = g_string_new(NULL);

    o->from_address = g_strdup(((const struct mailbox *)m->from->pdata[0])->address);
    o->to_address = g_strdup(to);
    o->subject = g_strdup(m->subject);
    o->message_id = g_strdup(m->message_id);
    o->date_at = p->now;
    g_free(o->text);
    o->text = g_strdup(m->text);
    outgoing_add_header(o, "X-Forumpost-Form", "/mitmachen");
    if (!outgoing_compose(o, out, NULL, e))
        return NULL;
    return g_string_free_to_bytes(g_steal_pointer(&out));
}

/* *IS_MUCH_OUT: it is not taken now. */
static bool take(struct page *p, const struct sheet *s, bool *is_much_out, struct err *e)
{
    g_autofree char *to = route_forum_address(s->forum->name, p->g->domain);
    message_auto m = message_of(p, s, to);
    g_autoptr(GBytes) bytes = bytes_of(p, m, to, e);
    quota_auto quota = quota_new();

    if (bytes == NULL)
        return false;
    struct envelope *env = envelope_new(((const struct mailbox *)m->from->pdata[0])->address, p->now);
    g_ptr_array_add(env->recipients, g_strdup(to));
    bool ok = quota_admit(quota, p->g, m, env->sender, g_bytes_get_size(bytes), p->now, e);
    *is_much_out = !ok && e->kind == ERR_RATE;
    if (*is_much_out)
        err_clear(e);
    else
        ok = ok && receive_keep_bytes(p->g, bytes, e) && receive_message(p->g, env, bytes, m, NULL, NULL, e);
    envelope_free(env);
    return ok || *is_much_out;
}

static bool answer(struct page *p, struct sheet *s, struct err *e)
{
    enum open_form form = open_form_check(p, FORM);

    if (form == OPEN_FORM_ROBOT)
        return page_say(p, 200, "contribute-done", e);
    if (!sheet_read(p, s, e))
        return false;
    s->is_stale = form == OPEN_FORM_STALE;
    if (is_wrong(s) || s->is_stale)
        return show(p, s, is_wrong(s) ? 422 : 400, page_field(p, "forum"), e);
    if (!take(p, s, &s->is_much, e))
        return false;
    return s->is_much ? show(p, s, 429, page_field(p, "forum"), e) : page_say(p, 200, "contribute-done", e);
}

bool contribute_send(struct page *p, struct err *e)
{
    struct sheet s = {0};
    bool ok = answer(p, &s, e);

    sheet_clear(&s);
    return ok;
}
