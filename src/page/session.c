/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See session.h.
 */
#include "page/session.h"

#include "base/limits.h"
#include "base/token.h"
#include "forum/life.h"
#include "forum/link.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/lists.h"
#include "store/notices.h"
#include "store/persons.h"

#include <string.h>

#define HOUR_S  3600
#define PURPOSE PURPOSE_DESK_LINK

void session_clear(struct session *s)
{
    g_free(s->address);
    g_free(s->secret);
    *s = (struct session){0};
}

/* ---- What there is to do */
static bool take_lists(struct page *p, const char *address, GPtrArray *into, struct err *e)
{
    g_autoptr(GPtrArray) all = lists_all(p->g->db, e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        struct list *list = all->pdata[i];
        editor_auto editor = editors_by_address(p->g->db, list->id, address, e);
        if (editor == NULL)
            continue;
        g_ptr_array_add(into, lists_by_id(p->g->db, list->id, e));
    }
    return all != NULL && e->kind == ERR_NONE;
}

bool session_work(struct page *p, row_id person, const char *address, struct session_work *out, struct err *e)
{
    g_autoptr(GPtrArray) all = person != 0 ? members_of_person(p->g->db, person, e) : NULL;
    enum who who;

    *out = (struct session_work){.members = g_ptr_array_new_with_free_func(g_free),
                                 .lists = g_ptr_array_new_with_free_func((GDestroyNotify)list_free)};
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        if (who_of_role(m->role, &who))
            g_ptr_array_add(out->members, g_memdup2(m, sizeof *m));
    }
    if (e->kind == ERR_NONE && take_lists(p, address, out->lists, e))
        return true;
    session_work_clear(out);
    return false;
}

void session_work_clear(struct session_work *w)
{
    g_clear_pointer(&w->members, g_ptr_array_unref);
    g_clear_pointer(&w->lists, g_ptr_array_unref);
}

static bool note(struct page *p, const char *kind, row_id person, struct err *e)
{
    struct event ev = {.at = p->now, .kind = kind, .about.person = person};

    return events_add(p->g->db, &ev, e);
}

/* ---- The link */
/* To whom the link goes, and whether they have anything to do here. */
static bool find_reader(struct page *p, const char *key, struct notice *row, bool *has_work_out, struct err *e)
{
    person_auto person = persons_by_address(p->g->db, key, e);
    struct session_work work = {0};

    if (e->kind != ERR_NONE || !session_work(p, person != NULL ? person->id : 0, key, &work, e))
        return false;
    *has_work_out = work.members->len + work.lists->len > 0;
    if (person != NULL) {
        row->person_id = person->id;
    } else if (work.lists->len > 0) {
        editor_auto editor = editors_by_address(p->g->db, ((const struct list *)work.lists->pdata[0])->id, key, e);
        row->address = editor != NULL ? g_strdup(editor->written) : NULL;
    }
    session_work_clear(&work);
    return e->kind == ERR_NONE;
}

bool session_ask(struct page *p, const char *address, struct err *e)
{
    g_autofree char *key = persons_key(address), *to = NULL;
    gint64 mailbox = gateway_mailbox(p->g, key), n_all = 0, n = 0;
    struct notice row = {.purpose = PURPOSE,
                         .language = (char *)p->language,
                         .detail = (char *)"fresh",
                         .mailbox = mailbox,
                         .due_at = p->now};
    bool has_work = false;

    if (!find_reader(p, key, &row, &has_work, e))
        return false;
    to = (char *)row.address; /* find_reader() made it ours */
    if (!has_work)
        return true;
    if (!notices_count_answers(p->g->db, mailbox, PURPOSE, true, p->now - HOUR_S + 1, p->now, &n_all, &n, e))
        return false;
    if (n >= LIMIT_DESK_LINKS_PER_HOUR)
        return true;
    return notices_add(p->g->db, &row, NULL, e) && note(p, "desk.asked", row.person_id, e);
}

/* The row of a link or session; NULL: none that is DETAIL and went out less than SECONDS ago. */
static struct notice *find(struct page *p, row_id id, const char *detail, gint64 seconds, struct err *e)
{
    notice_auto n = notices_by_id(p->g->db, id, e);

    if (n == NULL || n->purpose != PURPOSE || (n->person_id == 0 && n->address == NULL) || g_strcmp0(n->detail, detail) != 0)
        return NULL;
    gint64 from = n->sent_at != 0 ? n->sent_at : n->due_at;
    return p->now < from + seconds ? g_steal_pointer(&n) : NULL;
}

bool session_may_open(struct page *p, row_id notice, bool *may_out, struct err *e)
{
    notice_auto n = find(p, notice, "fresh", LIMIT_DESK_LINK_S, e);

    *may_out = n != NULL;
    return e->kind == ERR_NONE;
}

/* ---- The cookie */
static bool is_https(const struct page *p)
{
    return g_str_has_prefix(p->g->settings->web_url, "https:");
}

/* A name that only a page of this very host can set, where there is TLS. */
static const char *cookie_name(const struct page *p)
{
    return is_https(p) ? "__Host-desk" : "desk";
}

static char *secret_of(const struct page *p, row_id notice)
{
    g_autofree char *subject = g_strdup_printf("page-desk:%" G_GINT64_FORMAT, notice);
    g_autofree char *mac = token_mac(p->g->key, subject);

    return g_strdup_printf("%" G_GINT64_FORMAT "-%s", notice, mac);
}

static void set_cookie(const struct page *p, const char *secret, int seconds)
{
    g_autofree char *line = g_strdup_printf("%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s", cookie_name(p), secret,
                                            seconds, is_https(p) ? "; Secure" : "");

    http_response_add(p->r, "Set-Cookie", line);
}

/* The notice that the request's cookie proves, 0 none. */
static row_id proved_by(const struct page *p)
{
    g_auto(GStrv) all = g_strsplit(p->q->cookie != NULL ? p->q->cookie : "", ";", -1);
    g_autofree char *begin = g_strconcat(cookie_name(p), "=", NULL);

    for (char **one = all; *one != NULL; one++) {
        const char *text = g_strstrip(*one);
        if (!g_str_has_prefix(text, begin))
            continue;
        const char *value = text + strlen(begin), *dash = strchr(value, '-');
        row_id id = g_ascii_strtoll(value, NULL, 10);
        g_autofree char *subject = g_strdup_printf("page-desk:%" G_GINT64_FORMAT, id);
        if (id > 0 && dash != NULL && token_verify(p->g->key, subject, dash + 1))
            return id;
    }
    return 0;
}

bool session_open(struct page *p, row_id notice, bool *done_out, struct err *e)
{
    notice_auto n = find(p, notice, "fresh", LIMIT_DESK_LINK_S, e);

    *done_out = false;
    if (n == NULL)
        return e->kind == ERR_NONE;
    if (!notices_set_detail(p->g->db, notice, "fresh", "used", done_out, e))
        return false;
    if (!*done_out)
        return true;
    g_autofree char *secret = secret_of(p, notice);
    set_cookie(p, secret, LIMIT_DESK_SESSION_S);
    return note(p, "desk.opened", n->person_id, e);
}

bool session_read(struct page *p, struct session *out, struct err *e)
{
    row_id id = proved_by(p);
    notice_auto n = id != 0 ? find(p, id, "used", LIMIT_DESK_SESSION_S, e) : NULL;

    *out = (struct session){0};
    if (n == NULL)
        return e->kind == ERR_NONE;
    person_auto person = n->person_id != 0 ? persons_by_id(p->g->db, n->person_id, e) : NULL;
    const char *address = person != NULL ? person->address : n->address;
    if (address == NULL) /* erased meanwhile */
        return e->kind == ERR_NONE;
    *out = (struct session){.notice = id,
                            .person = n->person_id,
                            .address = persons_key(address),
                            .secret = secret_of(p, id),
                            .ends_at = (n->sent_at != 0 ? n->sent_at : n->due_at) + LIMIT_DESK_SESSION_S};
    return true;
}

bool session_close(struct page *p, const struct session *s, struct err *e)
{
    bool changed;

    set_cookie(p, "", 0);
    return notices_set_detail(p->g->db, s->notice, "used", "closed", &changed, e) && note(p, "desk.closed", s->person, e);
}

/* ---- Forms */
void session_set_form(const struct page *p, const struct session *s, struct value *data)
{
    value_set_bool(data, "is_desk", true); /* there is a cookie: the foot does not say there is none */
    value_set(data, "action_path", value_take(g_strconcat(p->prefix, p->path, NULL)));
    value_set(data, "form_token", value_take(link_form_token(s->secret, p->g->key)));
}

bool session_is_form(const struct page *p, const struct session *s)
{
    return link_is_form_token(s->secret, page_field(p, "token"), p->g->key);
}
