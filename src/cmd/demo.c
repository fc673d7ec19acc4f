/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost demo: fills a database with the demo initiative: its forums, people and memberships, from demo/ruhr.json.
 * Ideas and posts are not made here; they come by mail, as in life (demo/play.py).
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/journal.h"
#include "store/forums.h"
#include "store/persons.h"

#include <string.h>

/* The demo while it is put in. */
struct demo {
    struct db *db;
    const char *language;
    JsonObject *facts;
};

static const char *text_of(JsonObject *object, const char *name)
{
    return json_object_get_string_member_with_default(object, name, NULL);
}

static bool add_forum(const struct demo *demo, JsonObject *facts, struct err *e)
{
    const char *title = text_of(facts, strcmp(demo->language, "en") == 0 ? "title_en" : "title_de");
    struct forum forum = {
        .name = text_of(facts, "address"),
        .title = title,
        .ministry = text_of(facts, "lead_ministry"),
        .language = demo->language,
    };
    const char *moderation = text_of(facts, "moderation");
    row_id id;

    if (forum.name == NULL || title == NULL || (moderation != NULL && !moderation_parse(moderation, &forum.moderation)))
        return err_set(e, ERR_INPUT, "a forum of the demo has no address or title, or a moderation that is none");
    return forums_put(demo->db, &forum, clock_now(), &id, e);
}

/* Only who is a member is known beforehand; everybody else becomes known by writing. */
static bool add_person(const struct demo *demo, JsonObject *facts, row_id *id_out, struct err *e)
{
    const char *address = text_of(facts, "address");
    g_autofree char *lower = address != NULL ? persons_key(address) : NULL;

    if (lower == NULL)
        return err_set(e, ERR_INPUT, "a person of the demo has no address");
    person_auto known = persons_by_address(demo->db, lower, e);
    if (known != NULL) {
        *id_out = known->id;
        return true;
    }
    if (e->kind != ERR_NONE)
        return false;
    struct person person = {
        .public_name = text_of(facts, "public_name"),
        .language = text_of(facts, "lang"),
        .address = address,
        .confirmed_at = clock_now(),
        .digest_hour = -1,
    };
    return persons_add(demo->db, &person, clock_now(), id_out, e);
}

static JsonObject *person_called(const struct demo *demo, const char *id)
{
    JsonArray *people = json_object_get_array_member(demo->facts, "people");

    for (guint i = 0; i < json_array_get_length(people); i++) {
        JsonObject *person = json_array_get_object_element(people, i);
        if (g_strcmp0(text_of(person, "id"), id) == 0)
            return person;
    }
    return NULL;
}

static bool add_member(const struct demo *demo, JsonObject *facts, struct err *e)
{
    JsonObject *who = person_called(demo, text_of(facts, "person"));
    const char *role = text_of(facts, "role"), *delivery = text_of(facts, "delivery"), *name = text_of(facts, "forum");
    struct member member = {.joined_at = clock_now()};

    if (who == NULL || name == NULL || role == NULL || !role_parse(role, &member.role) || delivery == NULL ||
        !delivery_parse(delivery, &member.delivery))
        return err_set(e, ERR_INPUT, "a membership of the demo names nobody, no forum, or a role or delivery that is none");
    forum_auto forum = forums_by_name(demo->db, name, e);
    if (forum == NULL)
        return err_set(e, ERR_INPUT, "a membership of the demo names the forum '%s', which is not there", name);
    member.forum_id = forum->id;
    return add_person(demo, who, &member.person_id, e) && members_put(demo->db, &member, e);
}

typedef bool add_fn(const struct demo *demo, JsonObject *facts, struct err *e);

static bool add_all(const struct demo *demo, const char *list, add_fn *add, struct err *e)
{
    JsonArray *array = json_object_get_array_member(demo->facts, list);

    for (guint i = 0; i < json_array_get_length(array); i++)
        if (!add(demo, json_array_get_object_element(array, i), e))
            return false;
    return true;
}

/* NULL with ERR_INPUT if FILE is no description of an initiative. */
static JsonNode *read_facts(const char *file, struct err *e)
{
    static const char *const lists[] = {"forums", "people", "memberships"};
    g_autoptr(JsonParser) parser = json_parser_new();
    GError *error = NULL;

    if (!json_parser_load_from_file(parser, file, &error)) {
        err_take_gerror(e, ERR_INPUT, error);
        return NULL;
    }
    JsonNode *root = json_parser_get_root(parser);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        JsonNode *list =
            root != NULL && JSON_NODE_HOLDS_OBJECT(root) ? json_object_get_member(json_node_get_object(root), lists[i]) : NULL;
        if (list == NULL || !JSON_NODE_HOLDS_ARRAY(list)) {
            err_set(e, ERR_INPUT, "%s has no list \"%s\"", file, lists[i]);
            return NULL;
        }
    }
    return json_parser_steal_root(parser);
}

/* The demo is for trying out. What is there already belongs to somebody. */
static bool is_empty(struct db *db, struct err *e)
{
    g_autoptr(GPtrArray) forums = forums_all(db, e);
    g_autoptr(GPtrArray) persons = forums != NULL ? persons_all(db, e) : NULL;

    if (persons == NULL)
        return false;
    return (forums->len == 0 && persons->len == 0) ||
           err_set(e, ERR_RULE,
                   "%s has %u forums and %u people already; the demo is only put into an empty database: name another one in "
                   "a forumpost.conf of its own and run `forumpost init` there",
                   db_path(db), forums->len, persons->len);
}

static bool demo_fill(struct door *d, struct err *e)
{
    g_autoptr(JsonNode) facts = read_facts(d->argv[0] != NULL ? d->argv[0] : PKGDATADIR "/ruhr.json", e);

    if (facts == NULL || !is_empty(d->gateway->db, e))
        return false;
    struct demo demo = {d->gateway->db, d->settings.initiative_languages[0], json_node_get_object(facts)};
    if (!add_all(&demo, "forums", add_forum, e) || !add_all(&demo, "memberships", add_member, e))
        return false;
    door_say(d, "%u forums and %u memberships are there",
             json_array_get_length(json_object_get_array_member(demo.facts, "forums")),
             json_array_get_length(json_object_get_array_member(demo.facts, "memberships")));
    return journal(d, &(struct event){.kind = "demo.filled"}, e);
}

static const struct door_verb verbs[] = {
    {"", "[FILE]", "", DOOR_CHANGES, demo_fill, "FILE: another initiative's"},
    {0},
};
static const struct door_spec spec = {"demo", "Fills an empty database with the demo initiative: forums, people, memberships.",
                                      verbs, NULL};

int cmd_demo(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
