/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every word of who leads a forum, said at an idea by each role, with and without everything that may prove who it is.
 */
#include "forum/policy.h"

#include <string.h>

/* Who says it, and what they have. */
struct speaker {
    enum role role;
    bool known, proved, token, foreign_token;
};

static void decide(const char *text, const struct speaker *s, struct decision *d)
{
    struct message *m = message_new();
    struct command_line command;
    struct authentication a = {.dmarc = s->proved ? "pass" : "fail", .is_dmarc_of_from = s->proved};
    struct forum forum = {.id = 1, .moderation = MODERATION_NONE};
    struct person person = {.id = 7, .confirmed_at = s->known ? 1 : 0}, other = {.id = 8};
    struct idea idea = {.id = 42, .forum_id = 1, .ring = RING_PUBLIC, .state = IDEA_PUBLISHED};
    struct route route = {.kind = ROUTE_IDEA,
                          .ring = RING_PUBLIC,
                          .has_token = s->token || s->foreign_token,
                          .person = s->foreign_token ? 8
                                    : s->token       ? 7
                                                     : 0};
    struct facts f = {.message = m,
                      .command = &command,
                      .envelope_from = "erika@example.org",
                      .from_address = "erika@example.org",
                      .own_domain = "beteiligung.example.org",
                      .route = &route,
                      .forum = &forum,
                      .idea = &idea,
                      .person = s->known ? &person : NULL,
                      .role = s->role,
                      .owner = s->foreign_token       ? &other
                               : s->token && s->known ? &person
                                                      : NULL,
                      .reads_authentication = true,
                      .is_addressed = true,
                      .now = 1000};

    m->may_reply = true;
    g_free(m->text);
    m->text = g_strdup(text);
    g_ptr_array_add(m->from, mailbox_new("Erika Beispiel", "erika@example.org"));
    m->authentication = &a;
    command_parse(message_command_text(m), &command);
    policy_decide(&f, d);
    command_clear(&command);
    m->authentication = NULL;
    message_free(m);
}

/* Words of who leads a forum, at an idea: whose each is (M moderator, L lead, O office), and whether staff who may not are told so. */
static const struct staff_word {
    const char *text, *whose;
    bool is_told;
} staff_words[] = {
    {"zuordnen", "MLO", false},
    {"stand in Beratung", "MLO", false},
    {"weiterleiten an: Bund, das entscheidet er.", "MLO", false},
    {"zusammenführen mit 17", "ML", true},
    {"trennen", "ML", true},
    {"verschieben nach energie", "MLO", false},
    {"auch in energie", "ML", false},
    {"nicht auch in energie", "ML", false},
    {"frist 10.4.", "LO", false},
    {"entfernen werbung", "MO", true},
    {"entfernung aufheben: Es war ein Irrtum.", "MO", true},
    {"schwärzen: \"Frau Beispiel\" personendaten", "ML", false},
};

/* Each of them by everybody, with everything that may prove it: unasked at T3, asked at T1 (who is known), by nobody below, and no word
 * at all of whose role has it not. */
static void try_word(const struct staff_word *w, enum role role, guint has)
{
    struct speaker r = {role, (has & 1) != 0, (has & 2) != 0, (has & 12) == 4, (has & 12) == 8};
    const char *letter = role == ROLE_MODERATOR ? "M" : role == ROLE_LEAD ? "L" : role == ROLE_OFFICE ? "O" : "-";
    bool is_theirs = strstr(w->whose, letter) != NULL, is_staff = *letter != '-';
    bool is_known = r.known && r.proved, is_order = is_known && (is_theirs || (is_staff && w->is_told));
    struct decision d;

    decide(w->text, &r, &d);
    g_test_message("%s by %s %u: %s %d", w->text, letter, has, d.rule, (int)d.action);
    bool is_tried = d.action == ACTION_COMMANDS; /* what nobody is believed is answered by what it needs (deed/commands.c) */
    g_assert_cmpint(is_tried && d.is_believed, ==, is_order);
    g_assert_cmpint(is_order && d.has_token, ==, is_order && r.token);
    g_assert_true(is_tried || d.action == ACTION_ADD || d.action == ACTION_NOTHING);
    g_assert_true(is_theirs || is_order || d.action == ACTION_ADD); /* the text of whose word it is not */
    decision_clear(&d);
}

static void test_words_of_staff(void)
{
    static const enum role roles[] = {ROLE_NONE, ROLE_READER, ROLE_MEMBER, ROLE_LEAD, ROLE_MODERATOR, ROLE_OFFICE};

    for (gsize i = 0; i < G_N_ELEMENTS(staff_words); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(roles); k++)
            for (guint has = 0; has < 12; has++)
                try_word(&staff_words[i], roles[k], has);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/policy/words-of-staff", test_words_of_staff);
    return g_test_run();
}
