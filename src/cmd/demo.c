/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost demo: fills a database with the demo initiative: its forums, people and memberships, from demo/ruhr.json.
 * Ideas and posts are not made here; they come by mail, as in life (demo/play.py).
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/journal.h"
#include "flow/phase.h"
#include "store/forums.h"
#include "store/persons.h"
#include "store/phases.h"
#include "store/topics.h"

#include <string.h>

#define DAY_S 86400

/* The demo while it is put in. */
struct demo {
    struct gateway *g;
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
        return err_set(e, ERR_VALUE, "a forum of the demo has no address or title, or a moderation that is none");
    return forums_put(demo->db, &forum, clock_now(), &id, e);
}

/* Only who is a member is known beforehand; everybody else becomes known by writing. */
static bool add_person(const struct demo *demo, JsonObject *facts, row_id *id_out, struct err *e)
{
    const char *address = text_of(facts, "address");
    g_autofree char *lower = address != NULL ? persons_key(address) : NULL;

    if (lower == NULL)
        return err_set(e, ERR_VALUE, "a person of the demo has no address");
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
        return err_set(e, ERR_VALUE, "a membership of the demo names nobody, no forum, or a role or delivery that is none");
    forum_auto forum = forums_by_name(demo->db, name, e);
    if (forum == NULL)
        return err_set(e, ERR_VALUE, "a membership of the demo names the forum '%s', which is not there", name);
    member.forum_id = forum->id;
    return add_person(demo, who, &member.person_id, e) && members_put(demo->db, &member, e);
}

/* Titles of a field, a phase or a goal in both languages. */
static bool add_titles(const struct demo *demo, enum topic_kind kind, const char *name, JsonObject *facts, struct err *e)
{
    const char *de = text_of(facts, "title_de"), *en = text_of(facts, "title_en");

    if (name == NULL || de == NULL || en == NULL)
        return err_set(e, ERR_VALUE, "a field or phase of the demo has no id or title");
    return topics_put(demo->db, kind, name, "de", de, e) && topics_put(demo->db, kind, name, "en", en, e);
}

static bool add_field(const struct demo *demo, JsonObject *facts, struct err *e)
{
    return add_titles(demo, TOPIC_FIELD, text_of(facts, "id"), facts, e);
}

static bool add_goals(const struct demo *demo, struct err *e)
{
    JsonObject *initiative = json_object_get_object_member(demo->facts, "initiative");
    static const char *const languages[] = {"de", "en"};

    for (guint l = 0; initiative != NULL && l < G_N_ELEMENTS(languages); l++) {
        g_autofree char *list = g_strconcat("goals_", languages[l], NULL);
        JsonArray *goals = json_object_has_member(initiative, list) ? json_object_get_array_member(initiative, list) : NULL;
        for (guint i = 0; goals != NULL && i < json_array_get_length(goals); i++) {
            g_autofree char *name = g_strdup_printf("goal-%u", i + 1);
            if (!topics_put(demo->db, TOPIC_GOAL, name, languages[l], json_array_get_string_element(goals, i), e))
                return false;
        }
    }
    return true;
}

/* What the demo's words let happen. To be told is always possible. */
static gint64 allowed_by(JsonArray *words)
{
    gint64 kinds = 0;

    for (guint i = 0; i < json_array_get_length(words); i++) {
        const char *word = json_array_get_string_element(words, i);
        kinds |= strcmp(word, "idee") == 0                   ? PHASE_IDEA
                 : strcmp(word, "kommentar") == 0            ? PHASE_REPLY | PHASE_SUPPORT | PHASE_FEEDBACK
                 : strcmp(word, "stellungnahme_extern") == 0 ? PHASE_FEEDBACK
                                                             : 0;
    }
    return kinds | PHASE_INNER; /* members speak among themselves from the first day to the last */
}

/* As long as the demo's, one after the other; the first began two weeks ago, so that there is something to try. */
static bool add_phases(const struct demo *demo, struct err *e)
{
    JsonArray *phases = json_object_get_array_member(demo->facts, "phases");
    gint64 shift = 0;

    for (guint i = 0; i < json_array_get_length(phases); i++) {
        JsonObject *facts = json_array_get_object_element(phases, i);
        const char *end = text_of(facts, "end"), *start = text_of(facts, "start");
        gint64 from = start != NULL ? phase_day(demo->g, start, false) : 0;
        if (from == 0)
            return err_set(e, ERR_VALUE, "a phase of the demo has no first day");
        if (i == 0)
            shift = (clock_now() - from) / DAY_S - 14;
        struct phase p = {.name = text_of(facts, "id"), .allows = allowed_by(json_object_get_array_member(facts, "allows"))};
        g_autofree char *first = phase_date(demo->g, from + shift * DAY_S + DAY_S / 2, false);
        g_autofree char *last =
            end != NULL ? phase_date(demo->g, phase_day(demo->g, end, false) + shift * DAY_S + DAY_S / 2, false) : NULL;
        p.from_at = phase_day(demo->g, first, false);
        p.to_at = last != NULL ? phase_day(demo->g, last, true) : 0;
        if (!add_titles(demo, TOPIC_PHASE, p.name, facts, e) || !phases_put(demo->db, &p, e))
            return false;
    }
    return true;
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

/* NULL with ERR_ABSENT if there is no FILE, ERR_VALUE if FILE is no description of an initiative. */
static JsonNode *read_facts(const char *file, struct err *e)
{
    static const char *const lists[] = {"forums", "people", "memberships", "fields", "phases"};
    g_autoptr(JsonParser) parser = json_parser_new();
    GError *error = NULL;

    if (!json_parser_load_from_file(parser, file, &error)) {
        err_take_gerror(e, error->domain == G_FILE_ERROR ? ERR_ABSENT : ERR_VALUE, error);
        return NULL;
    }
    JsonNode *root = json_parser_get_root(parser);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        JsonNode *list =
            root != NULL && JSON_NODE_HOLDS_OBJECT(root) ? json_object_get_member(json_node_get_object(root), lists[i]) : NULL;
        if (list == NULL || !JSON_NODE_HOLDS_ARRAY(list)) {
            err_set(e, ERR_VALUE, "%s has no list \"%s\"", file, lists[i]);
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
    struct demo demo = {d->gateway, d->gateway->db, d->settings.initiative_languages[0], json_node_get_object(facts)};
    if (!add_all(&demo, "forums", add_forum, e) || !add_all(&demo, "memberships", add_member, e) ||
        !add_all(&demo, "fields", add_field, e) || !add_goals(&demo, e) || !add_phases(&demo, e))
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
