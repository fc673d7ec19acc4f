/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /p/TOKEN: what somebody gets of each forum and idea, when, in which language, and the name beside their texts. One form
 * with one button; what it does is what the operator's `member set` and `person set` do, with the same lines in the journal.
 * A second form ends everything.
 */
#include "page/page.h"

#include "flow/step/leave.h"
#include "flow/step/names.h"
#include "flow/step/subscribe.h"
#include "flow/step/wish.h"
#include "forum/access.h"
#include "forum/given.h"
#include "forum/link.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/lists.h"
#include "store/persons.h"
#include "store/subscriptions.h"

#include <string.h>

#define MOST_IDEAS 100 /* followed ones that are listed, the newest */

struct preferences {
    const struct link *link;
    struct person *person;
    GString *changed; /* words for the journal: what of the person was changed */
    bool is_saved, is_ended;
    enum name_fault fault; /* of the name that was given just now */
    const char *given_name;
    const char *given_address; /* a second one; NULL none was given */
    bool is_address_wrong;
};

/* ---- What is shown */
static struct value *option(const char *value, char *text, bool is_selected)
{
    struct value *one = value_map();

    value_set_string(one, "value", value);
    value_set(one, "text", value_take(text));
    value_set_bool(one, "is_selected", is_selected);
    return one;
}

static bool add_forum(const struct page *p, struct value *forums, const struct member *m, struct err *e)
{
    forum_auto forum = forums_by_id(p->g->db, m->forum_id, e);
    struct value *one;

    if (forum == NULL)
        return e->kind == ERR_NONE;
    one = value_map();
    value_set_string(one, "name", forum->name);
    value_set_line(one, "forum_title", forum->title);
    value_set_bool(one, "is_each", m->delivery == DELIVERY_EACH);
    value_set_bool(one, "is_daily", m->delivery == DELIVERY_DAILY);
    value_set_bool(one, "is_weekly", m->delivery == DELIVERY_WEEKLY);
    value_set_bool(one, "is_none", m->delivery == DELIVERY_NONE);
    value_append(forums, one);
    return true;
}

static bool set_forums(const struct page *p, struct value *data, row_id person, struct err *e)
{
    g_autoptr(GPtrArray) all = members_of_person(p->g->db, person, e);
    struct value *forums = value_list();

    value_set(data, "forums", forums);
    for (guint i = 0; all != NULL && i < all->len; i++)
        if (!add_forum(p, forums, all->pdata[i], e))
            return false;
    return all != NULL;
}

/* An inner idea is somebody's who may read it; a taken one has no title any more. */
static bool set_ideas(const struct page *p, struct value *data, row_id person, struct err *e)
{
    g_autoptr(GArray) ids = persons_follows(p->g->db, person, e);
    struct value *ideas = value_list();

    value_set(data, "ideas", ideas);
    for (guint i = 0; ids != NULL && i < MIN(ids->len, MOST_IDEAS); i++) {
        row_id id = g_array_index(ids, row_id, i);
        idea_auto idea = ideas_by_id(p->g->db, id, e);
        if (idea == NULL && e->kind != ERR_NONE)
            return false;
        struct value *one = value_map();
        value_set_number(one, "id", id);
        page_set_thing(p, one, id);
        if (idea != NULL && access_may_read(idea, ROLE_NONE, false))
            value_set_line(one, "title", idea->title);
        value_append(ideas, one);
    }
    value_set_bool(data, "has_ideas", ids != NULL && ids->len > 0);
    return ids != NULL;
}

/* Newsletters that the address gets, or got; one of members only while it does: the operator subscribes. */
static bool set_lists(const struct page *p, struct value *data, const struct person *person, struct err *e)
{
    g_autofree char *key = persons_key(person->address);
    g_autoptr(GPtrArray) all = subscriptions_of(p->g->db, key, e);
    struct value *lists = value_list();

    value_set(data, "lists", lists);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct subscription *s = all->pdata[i];
        list_auto list = lists_by_id(p->g->db, s->list_id, e);
        if (list == NULL)
            return e->kind == ERR_NONE;
        if (list->is_members_only && s->state != SUBSCRIPTION_ACTIVE)
            continue;
        struct value *one = value_map();
        value_set_string(one, "name", list->name);
        value_set_line(one, "list_title", list->title);
        value_set_bool(one, "is_active", s->state == SUBSCRIPTION_ACTIVE);
        value_append(lists, one);
    }
    value_set_bool(data, "has_lists", value_length(lists) > 0);
    return all != NULL;
}

static void set_times(const struct page *p, struct value *data, const struct person *person)
{
    const struct settings *s = p->g->settings;
    struct value *hours = value_list(), *days = value_list();

    value_set_number(data, "usual_hour", s->digest_hour);
    for (int hour = 0; hour < 24; hour++) {
        g_autofree char *value = g_strdup_printf("%d", hour);
        value_append(hours, option(value, g_strdup(value), person->digest_hour == hour));
    }
    for (int day = 0; day < 7; day++) {
        g_autofree char *value = g_strdup_printf("%d", day + 1), *key = g_strdup_printf("weekday_%d", day + 1);
        value_append(days, option(value, g_strdup(templates_word(p->t, p->language, key)), person->digest_weekday == day + 1));
    }
    g_autofree char *usual = g_strdup_printf("weekday_%d", (int)s->digest_weekday);
    value_set_string(data, "usual_day", templates_word(p->t, p->language, usual));
    value_set(data, "hours", hours);
    value_set(data, "days", days);
}

static void set_languages(const struct page *p, struct value *data, const struct person *person)
{
    char *const *tags = p->g->settings->initiative_languages;
    const char *own = person->language != NULL ? person->language : tags[0];
    struct value *list = value_list();

    for (guint i = 0; tags[i] != NULL; i++)
        value_append(list, option(tags[i], g_strdup(templates_word(p->t, tags[i], "language_name")), strcmp(tags[i], own) == 0));
    value_set(data, "mail_languages", list);
}

static bool show(struct page *p, const struct preferences *s, guint status, struct err *e)
{
    value_auto data = value_map();

    page_set_form(p, data);
    if (s->person->address != NULL)
        value_set(data, "masked_address", value_take(page_masked(s->person->address)));
    page_set_date(p, data, "expires", s->link->expires_at);
    page_set_address(data, "contact", p->g->settings->initiative_contact, NULL);
    value_set_bool(data, "is_saved", s->is_saved);
    value_set_bool(data, "is_ended", s->is_ended);
    page_set_name_fault(data, s->fault);
    value_set_line(data, "public_name", s->fault != NAME_FINE ? s->given_name : s->person->public_name);
    value_set_bool(data, "is_address_asked", s->given_address != NULL && !s->is_address_wrong);
    value_set_bool(data, "is_address_wrong", s->is_address_wrong);
    value_set_line(data, "second_address", s->is_address_wrong ? s->given_address : NULL);
    set_times(p, data, s->person);
    set_languages(p, data, s->person);
    return set_forums(p, data, s->person->id, e) && set_ideas(p, data, s->person->id, e) && set_lists(p, data, s->person, e) &&
           page_show(p, status, "preferences", g_steal_pointer(&data), e);
}

/* ---- What is done */
/* A field that is none of the choices changes nothing: no form of ours sends it. */
static bool set_delivery(struct page *p, const struct member *was, struct err *e)
{
    forum_auto forum = forums_by_id(p->g->db, was->forum_id, e);
    struct member m = *was;

    if (forum == NULL)
        return e->kind == ERR_NONE;
    g_autofree char *name = g_strconcat("f-", forum->name, NULL);
    const char *wished = page_field(p, name);
    if (wished == NULL || !delivery_parse(wished, &m.delivery) || m.delivery == was->delivery)
        return true;
    struct event ev = {.at = p->now,
                       .kind = "person.delivery",
                       .about.person = was->person_id,
                       .about.forum = was->forum_id,
                       .detail = delivery_name(m.delivery)};
    m.joined_at = p->now;
    return members_put(p->g->db, &m, e) && events_add(p->g->db, &ev, e);
}

static bool set_deliveries(struct page *p, row_id person, struct err *e)
{
    g_autoptr(GPtrArray) all = members_of_person(p->g->db, person, e);

    for (guint i = 0; all != NULL && i < all->len; i++)
        if (!set_delivery(p, all->pdata[i], e))
            return false;
    return all != NULL;
}

static bool stop_ideas(struct page *p, row_id person, struct err *e)
{
    g_autoptr(GArray) ids = persons_follows(p->g->db, person, e);

    for (guint i = 0; ids != NULL && i < ids->len; i++) {
        row_id id = g_array_index(ids, row_id, i);
        g_autofree char *name = g_strdup_printf("stop-%" G_GINT64_FORMAT, id);
        if (page_field(p, name) != NULL && !leave_stop(p->g, person, LEAVE_IDEA, id, 0, p->now, e))
            return false;
    }
    return ids != NULL;
}

/* The link went to the owner of the address, so a yes here is one. IS_END: all of them end. */
static bool set_subscription(struct page *p, const struct subscription *s, bool is_end, struct err *e)
{
    list_auto list = lists_by_id(p->g->db, s->list_id, e);
    struct said how = {.way = WAY_PAGE};
    bool changed, is_active = s->state == SUBSCRIPTION_ACTIVE;

    if (list == NULL)
        return e->kind == ERR_NONE;
    g_autofree char *name = g_strconcat("l-", list->name, NULL);
    const char *wished = is_end ? "none" : page_field(p, name);
    if (is_active && g_strcmp0(wished, "none") == 0)
        return subscribe_end(p->g, s, SUBSCRIPTION_UNSUBSCRIBED, &how, p->now, &changed, e);
    if (!is_active && g_strcmp0(wished, "each") == 0)
        return subscribe_confirm(p->g, s, &how, p->now, &changed, e);
    return true;
}

static bool set_subscriptions(struct page *p, const struct person *person, bool is_end, struct err *e)
{
    g_autofree char *key = persons_key(person->address);
    g_autoptr(GPtrArray) all = subscriptions_of(p->g->db, key, e);

    for (guint i = 0; all != NULL && i < all->len; i++)
        if (!set_subscription(p, all->pdata[i], is_end, e))
            return false;
    return all != NULL;
}

static void note(struct preferences *s, const char *what)
{
    g_string_append_printf(s->changed, "%s%s", s->changed->len > 0 ? " " : "", what);
}

/* A number of the form between LOW and HIGH; anything else leaves it. */
static void set_number(const struct page *p, struct preferences *s, const char *name, int low, int high, int *number)
{
    const char *text = page_field(p, name);
    gint64 given;

    if (text == NULL || !g_ascii_string_to_signed(text, 10, low, high, &given, NULL) || given == *number)
        return;
    *number = (int)given;
    note(s, name);
}

static void set_language(const struct page *p, struct preferences *s)
{
    const char *tag = page_field(p, "language");
    char *const *known = p->g->settings->initiative_languages;

    if (tag == NULL || !g_strv_contains((const char *const *)known, tag) || g_strcmp0(tag, s->person->language) == 0)
        return;
    if (s->person->language == NULL && strcmp(tag, known[0]) == 0)
        return; /* what they have by default */
    row_text_set(&s->person->language, g_strdup(tag));
    note(s, "language");
}

static bool set_name(struct page *p, struct preferences *s, struct err *e)
{
    const char *given = page_field(p, "public_name");

    if (given == NULL)
        return true;
    g_autofree char *name = g_strstrip(g_strdelimit(g_strdup(given), "\n\t", ' '));
    if (strcmp(name, s->person->public_name != NULL ? s->person->public_name : "") == 0)
        return true;
    g_autofree char *line = g_strdup_printf("NAME: %s\n", *name != '\0' ? name : "ohne");
    s->given_name = given;
    note(s, "name");
    return names_take(p->g, s->person, line, 0, &s->fault, e);
}

/* Asked for as by mail (flow/step/wish.h): the owner of the link first, then the other address. */
static bool ask_address(struct page *p, struct preferences *s, struct err *e)
{
    err_auto struct err wrong = {0};
    const char *given = page_field(p, "second_address");
    g_autofree char *trimmed = g_strstrip(g_strdup(given != NULL ? given : ""));

    if (*trimmed == '\0')
        return true;
    s->given_address = given;
    g_autofree char *address = given_address(trimmed, p->g->domain, &wrong);
    s->is_address_wrong = address == NULL;
    struct wish w = {.kind = WISH_ADDRESS,
                     .written = s->person->address,
                     .other = address,
                     .person_id = s->person->id,
                     .language = p->language,
                     .is_proved = true};
    return address == NULL || wish_ask(p->g, &w, p->now, e);
}

static bool save(struct page *p, struct preferences *s, struct err *e)
{
    if (!set_name(p, s, e) || (s->fault == NAME_FINE && !ask_address(p, s, e)))
        return false;
    if (s->fault != NAME_FINE || s->is_address_wrong)
        return show(p, s, 422, e);
    set_number(p, s, "hour", -1, 23, &s->person->digest_hour);
    set_number(p, s, "weekday", 0, 7, &s->person->digest_weekday);
    set_language(p, s);
    struct event ev = {.at = p->now, .kind = "person.set", .about.person = s->person->id, .detail = s->changed->str};
    if (s->changed->len > 0 && (!persons_update(p->g->db, s->person, e) || !events_add(p->g->db, &ev, e)))
        return false;
    s->is_saved = true;
    return set_subscriptions(p, s->person, false, e) && set_deliveries(p, s->person->id, e) && stop_ideas(p, s->person->id, e) &&
           show(p, s, 200, e);
}

static bool answer(struct page *p, struct preferences *s, struct err *e)
{
    if (!link_is_form_token(p->part[0], page_field(p, "token"), p->g->key))
        return show(p, s, 400, e);
    if (g_strcmp0(page_field(p, "answer"), "end") != 0)
        return save(p, s, e);
    s->is_ended = true;
    return leave_stop(p->g, s->person->id, LEAVE_ALL, 0, 0, p->now, e) && set_subscriptions(p, s->person, true, e) &&
           show(p, s, 200, e);
}

bool page_preferences(struct page *p, struct err *e)
{
    struct link link;
    enum link_state state = link_read(LINK_PREFERENCES, p->part[0], p->g->key, p->now, &link);

    if (state == LINK_FALSE)
        return page_say(p, 404, "link-false", e);
    if (state == LINK_EXPIRED)
        return page_say(p, 410, "preferences-expired", e);
    person_auto person = persons_by_id(p->g->db, link.person, e);
    if (person == NULL || person->address == NULL)
        return e->kind == ERR_NONE && page_say(p, 410, "preferences-expired", e); /* erased */
    struct preferences s = {.link = &link, .person = person, .changed = g_string_new(NULL)};
    bool ok = page_is_post(p) ? answer(p, &s, e) : show(p, &s, 200, e);
    g_string_free(s.changed, TRUE);
    return ok;
}
