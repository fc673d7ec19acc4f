/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses of ours, both directions: what is given out is understood again, also as people and gateways write it,
 * and nothing that was not given out is believed.
 */
#include "forum/route.h"

#include <string.h>

static const guint8 key[32] = "0123456789abcdef0123456789abcde";
static const guint8 other_key[32] = "another key, the same length...";
#define DOMAIN "beteiligung.example.org"

static enum route_kind kind_of(const char *address)
{
    struct route r;

    route_parse(address, DOMAIN, key, &r);
    route_clear(&r);
    return r.kind;
}

static const struct {
    const char *address;
    enum route_kind kind;
    const char *name;
    enum ring ring;
    row_id idea;
} plain[] = {
    {"mobilitaet@" DOMAIN, ROUTE_FORUM, "mobilitaet", RING_PUBLIC, 0},
    {"MOBILITAET@Beteiligung.Example.ORG", ROUTE_FORUM, "mobilitaet", RING_PUBLIC, 0},
    {"mobilität@" DOMAIN, ROUTE_FORUM, "mobilitaet", RING_PUBLIC, 0},
    {"mobilita\xcc\x88t@" DOMAIN, ROUTE_FORUM, "mobilitaet", RING_PUBLIC, 0},
    {"mobilitaet+intern@" DOMAIN, ROUTE_FORUM, "mobilitaet", RING_MEMBERS, 0},
    {"mobilitaet+members@" DOMAIN, ROUTE_FORUM, "mobilitaet", RING_MEMBERS, 0},
    {"mobilitaet+anything@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"Idea-42@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-4l@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 41},
    {"idee-1O@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 10},
    {"vorschlag-3@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 0},
    {"Proposal-3@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 0},
    {"vorschlag-@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"vorschlag-3+inner@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+what@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+erledigt@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"Idea-42+DONE@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-42+folgen@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-42+follow@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-42+stopp@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-42+stop@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-42+dafuer@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"Idee-42+Dafür@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idea-42+support@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"vorschlag-3+folgen@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 0},
    {"vorschlag-3+folgen-7@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"mobilitaet+abo@" DOMAIN, ROUTE_LIST, "mobilitaet", RING_PUBLIC, 0},
    {"mobilitaet+unsubscribe@" DOMAIN, ROUTE_LIST, "mobilitaet", RING_PUBLIC, 0},
    {"idee-42+folge@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+stopp-7-0123456789abcdef@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-42+erledigtt@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"vorschlag-3+beraten@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 0},
    {"vorschlag-3+@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+intern@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-42+intern-energie@" DOMAIN, ROUTE_IDEA, "energie", RING_PUBLIC, 42},
    {"Idea-42+MEMBERS-Energie@" DOMAIN, ROUTE_IDEA, "energie", RING_PUBLIC, 42},
    {"idee-42+intern-wärme@" DOMAIN, ROUTE_IDEA, "waerme", RING_PUBLIC, 42},
    {"idee-42+intern-stadt-und-land@" DOMAIN, ROUTE_IDEA, "stadt-und-land", RING_PUBLIC, 42},
    {"idee-42+intern-7-311-0123456789abcdef@" DOMAIN, ROUTE_IDEA, "7-311-0123456789abcdef", RING_PUBLIC, 42},
    {"idee-42+intern-x-7-311-0123456789abcdef@" DOMAIN, ROUTE_IDEA, "x-7-311-0123456789abcdef", RING_PUBLIC, 42},
    {"idee-42+intern-@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-42+intern-7@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+intern--energie@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+intern-energie+intern@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+internenergie@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"vorschlag-3+intern-energie@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+folgen-energie@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+erledigt-7-0-0123@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"idee-42+intren@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-42+7-311-0123456789abcdefx@" DOMAIN, ROUTE_IDEA, NULL, RING_PUBLIC, 42},
    {"mobilitaet+intren@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"mobilitaet+@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"mobilitaet+intern+intern@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-0@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"idee-99999999999999999999@" DOMAIN, ROUTE_UNKNOWN, NULL, RING_PUBLIC, 0},
    {"postmaster@" DOMAIN, ROUTE_OPERATOR, NULL, RING_PUBLIC, 0},
    {"Postmaster", ROUTE_OPERATOR, NULL, RING_PUBLIC, 0},
    {"ABUSE@" DOMAIN, ROUTE_OPERATOR, NULL, RING_PUBLIC, 0},
    {"hilfe@" DOMAIN, ROUTE_HELP, NULL, RING_PUBLIC, 0},
    {"Datenschutz@" DOMAIN, ROUTE_PRIVACY, NULL, RING_PUBLIC, 0},
    {"privacy@" DOMAIN, ROUTE_PRIVACY, NULL, RING_PUBLIC, 0},
    {"mobilitaet@elsewhere.example", ROUTE_FOREIGN, NULL, RING_PUBLIC, 0},
    {"mobilitaet@" DOMAIN ".evil.example", ROUTE_FOREIGN, NULL, RING_PUBLIC, 0},
    {"mobilitaet", ROUTE_FOREIGN, NULL, RING_PUBLIC, 0},
    {"@" DOMAIN, ROUTE_FOREIGN, NULL, RING_PUBLIC, 0},
    {"", ROUTE_FOREIGN, NULL, RING_PUBLIC, 0},
    {"\xff\xfe@" DOMAIN, ROUTE_FOREIGN, NULL, RING_PUBLIC, 0},
    {"форум@" DOMAIN, ROUTE_FOREIGN, NULL, RING_PUBLIC, 0},
};

static void test_plain(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
        struct route r;
        g_test_message("%s", plain[i].address);
        route_parse(plain[i].address, DOMAIN, key, &r);
        g_assert_cmpint(r.kind, ==, plain[i].kind);
        g_assert_cmpstr(r.name, ==, plain[i].name);
        g_assert_cmpint(r.ring, ==, plain[i].ring);
        if (r.kind == ROUTE_IDEA)
            g_assert_cmpint(r.idea, ==, plain[i].idea);
        g_assert_false(r.has_token);
        route_clear(&r);
    }
}

static void test_tokens(void)
{
    g_autofree char *reply = route_reply_address(42, RING_PUBLIC, 7, 1234, DOMAIN, key);
    g_autofree char *confirm = route_confirm_address(99, DOMAIN, key);
    g_autofree char *moderate = route_moderate_address(99, 7, DOMAIN, key);
    g_autofree char *bounce = route_bounce_address(1000000, STREAM_TRANSACTIONAL, DOMAIN, key);
    g_autofree char *forum = route_bounce_address(1000000, STREAM_FORUM, DOMAIN, key),
                    *news = route_bounce_address(1000000, STREAM_BULK, DOMAIN, key);
    g_autofree char *shouted = g_ascii_strup(reply, -1);
    struct route r;

    g_assert_cmpuint(strcspn(reply, "@"), <=, 64);
    route_parse(reply, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_IDEA && r.has_token && r.idea == 42 && r.person == 7 && r.post == 1234);
    g_autofree char *inner = route_reply_address(42, RING_MEMBERS, 7, 1234, DOMAIN, key),
                    *named = g_strconcat("idee-42+intern-stadt-und-land-", strchr(reply, '+') + 1, NULL),
                    *plain_inner = route_inner_address(42, "stadt-und-land", DOMAIN),
                    *home = route_inner_address(42, NULL, DOMAIN);
    g_assert_true(g_str_has_prefix(inner, "idee-42+intern-7-1234-") && strcspn(inner, "@") <= 64);
    g_assert_cmpstr(plain_inner, ==, "idee-42+intern-stadt-und-land@" DOMAIN);
    g_assert_cmpstr(home, ==, "idee-42+intern@" DOMAIN);
    route_parse(inner, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_IDEA && r.act == ACT_INNER && r.has_token && r.person == 7 && r.post == 1234 && r.name == NULL);
    route_parse(named, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_IDEA && r.act == ACT_INNER && r.has_token && r.person == 7 && r.post == 1234);
    g_assert_cmpstr(r.name, ==, "stadt-und-land");
    route_clear(&r);
    route_parse(named, DOMAIN, other_key, &r); /* a forum that is called so, if there is one */
    g_assert_true(r.kind == ROUTE_IDEA && !r.has_token && r.person == 0 && g_str_has_prefix(r.name, "stadt-und-land-7-1234-"));
    route_clear(&r);
    g_autofree char *act = g_strconcat("idee-42+erledigt-", strchr(reply, '+') + 1, NULL),
                    *nobodys = g_strconcat("idee-43+erledigt-", strchr(reply, '+') + 1, NULL);
    route_parse(act, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_IDEA && r.act == ACT_DONE && r.has_token && r.person == 7 && r.post == 1234);
    route_parse(nobodys, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_IDEA && r.act == ACT_DONE && !r.has_token && r.person == 0);
    route_parse(shouted, DOMAIN, key, &r);
    g_assert_true(r.has_token);
    route_parse(reply, DOMAIN, other_key, &r);
    g_assert_true(r.kind == ROUTE_IDEA && !r.has_token && r.person == 0 && r.post == 0);
    route_parse(confirm, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_CONFIRM && r.hold == 99);
    route_parse(moderate, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_MODERATE && r.hold == 99 && r.person == 7);
    route_parse(bounce, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_BOUNCE && r.notice == 1000000);
    g_assert_true(g_str_has_prefix(bounce, "bounce+") && g_str_has_prefix(forum, "bounce-forum+") &&
                  g_str_has_prefix(news, "bounce-news+"));
    route_parse(forum, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_BOUNCE && r.notice == 1000000);
    route_parse(news, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_BOUNCE && r.notice == 1000000);
    g_assert_true(route_is_taken("bounce-forum") && route_is_taken("bounce-news"));
    route_parse(confirm, DOMAIN, other_key, &r);
    g_assert_cmpint(r.kind, ==, ROUTE_UNKNOWN);
}

/* Each address ends what it says for whom it says, and a digit more or less makes it nobody's. */
static void test_leaving(void)
{
    g_autofree char *forum = route_leave_address(7, LEAVE_FORUM, 3, DOMAIN, key);
    g_autofree char *idea = route_leave_address(7, LEAVE_IDEA, 42, DOMAIN, key);
    g_autofree char *all = route_leave_address(7, LEAVE_ALL, 0, DOMAIN, key);
    g_autofree char *digest = route_digest_address(99, DOMAIN, key);
    g_autofree char *of_another = g_strconcat("stopp+8", forum + strlen("stopp+7"), NULL);
    g_autofree char *old = g_strconcat("stopp+7-1-42", strrchr(idea, '-'), NULL);
    g_autofree char *not_theirs = g_strconcat("idee-42+stopp-8", strrchr(idea, '-'), NULL),
                    *not_it = g_strconcat("idee-43+stopp-7", strrchr(idea, '-'), NULL);
    g_autofree char *of_all = g_strconcat("stopp+7-4-", forum + strlen("stopp+7-2-"), NULL);
    g_autofree char *as_bounce = g_strconcat("bounce+", digest + strlen("uebersicht+"), NULL);
    struct route r;

    g_autofree char *wish = route_wish_address(12, DOMAIN, key),
                    *of_other = g_strconcat("frage+13", wish + strlen("frage+12"), NULL);
    route_parse(wish, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_WISH && r.has_token && r.wish == 12);
    route_parse(of_other, DOMAIN, key, &r);
    g_assert_cmpint(r.kind, ==, ROUTE_UNKNOWN);
    g_assert_true(route_is_taken("frage"));
    g_assert_cmpuint(strcspn(forum, "@"), <=, 64);
    route_parse(forum, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_LEAVE && r.has_token && r.person == 7 && r.leave == LEAVE_FORUM && r.forum == 3 && r.idea == 0);
    route_parse(idea, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_LEAVE && r.leave == LEAVE_IDEA && r.idea == 42 && r.forum == 0 && r.has_token);
    g_assert_true(g_str_has_prefix(idea, "idee-42+stopp-7-"));
    route_parse(old, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_LEAVE && r.leave == LEAVE_IDEA && r.idea == 42 && r.person == 7);
    g_assert_cmpint(kind_of(not_theirs), ==, ROUTE_IDEA);
    g_assert_cmpint(kind_of(not_it), ==, ROUTE_IDEA);
    route_parse(all, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_LEAVE && r.leave == LEAVE_ALL);
    route_parse(digest, DOMAIN, key, &r);
    g_assert_true(r.kind == ROUTE_DIGEST && r.has_token && r.notice == 99);
    g_assert_cmpint(kind_of(of_another), ==, ROUTE_UNKNOWN);
    g_assert_cmpint(kind_of(of_all), ==, ROUTE_UNKNOWN);
    g_assert_cmpint(kind_of(as_bounce), ==, ROUTE_UNKNOWN);
    g_assert_cmpint(kind_of("stopp+7-5-0-0000000000000000@" DOMAIN), ==, ROUTE_UNKNOWN);
}

/* A token for one thing or purpose must not open another: swap the words, the numbers, single characters. */
static void test_forged(void)
{
    g_autofree char *confirm = route_confirm_address(99, DOMAIN, key);
    g_autofree char *as_bounce = g_strconcat("bounce+", confirm + strlen("ja+"), NULL);
    g_autofree char *as_moderate = g_strconcat("moderation+99-", confirm + strlen("ja+"), NULL);
    g_autofree char *next = g_strconcat("ja+98", confirm + strlen("ja+99"), NULL);

    g_assert_cmpint(kind_of(as_bounce), ==, ROUTE_UNKNOWN);
    g_assert_cmpint(kind_of(as_moderate), ==, ROUTE_UNKNOWN);
    g_assert_cmpint(kind_of(next), ==, ROUTE_UNKNOWN);
    for (char *p = strchr(confirm, '-') + 1; *p != '@'; p++) {
        char kept = *p;
        *p = kept == 'a' ? 'b' : 'a';
        g_assert_cmpint(kind_of(confirm), ==, ROUTE_UNKNOWN);
        *p = kept;
    }
    g_assert_cmpint(kind_of(confirm), ==, ROUTE_CONFIRM);
    g_assert_cmpint(kind_of("ja+99-@" DOMAIN), ==, ROUTE_UNKNOWN);
    g_assert_cmpint(kind_of("ja+99@" DOMAIN), ==, ROUTE_UNKNOWN);
    g_assert_cmpint(kind_of("moderation+@" DOMAIN), ==, ROUTE_UNKNOWN);
}

/* Whoever copies a token by hand writes o for 0 and l for 1. */
static void test_by_hand(void)
{
    for (row_id id = 100; id < 140; id++) {
        g_autofree char *address = route_confirm_address(id, DOMAIN, key);
        for (char *p = address; *p != '@'; p++)
            *p = *p == '0' ? 'O' : *p == '1' ? 'l' : *p;
        g_assert_cmpint(kind_of(address), ==, ROUTE_CONFIRM);
    }
}

static void test_message_ids(void)
{
    g_autofree char *of_post = route_post_message_id(17, DOMAIN, key);
    g_autofree char *of_notice = route_notice_message_id(18, DOMAIN, key);
    row_id post, notice;

    g_assert_true(route_parse_message_id(of_post, DOMAIN, key, &post, &notice));
    g_assert_true(post == 17 && notice == 0);
    g_assert_true(route_parse_message_id(of_notice, DOMAIN, key, &post, &notice));
    g_assert_true(post == 0 && notice == 18);
    g_assert_false(route_parse_message_id("post-17-0000000000000000@" DOMAIN, DOMAIN, key, &post, &notice));
    g_assert_false(route_parse_message_id("a1@example.org", DOMAIN, key, &post, &notice));
}

static void test_skeletons(void)
{
    static const struct {
        const char *a, *b;
        bool same;
    } pairs[] = {
        {"mobilitaet", "mobilitat", true}, {"mobilitaet", "m0bi1itaet", true}, {"gruen", "grun", true},
        {"ehrenamt", "ehrenammt", true},   {"sport", "sp0rt", true},           {"heimat", "heirat", false},
        {"arbeit", "arbeiten", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *a = route_skeleton(pairs[i].a), *b = route_skeleton(pairs[i].b);
        g_assert_cmpint(strcmp(a, b) == 0, ==, pairs[i].same);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/route/plain", test_plain);
    g_test_add_func("/route/tokens", test_tokens);
    g_test_add_func("/route/leaving", test_leaving);
    g_test_add_func("/route/forged", test_forged);
    g_test_add_func("/route/by-hand", test_by_hand);
    g_test_add_func("/route/message-ids", test_message_ids);
    g_test_add_func("/route/skeletons", test_skeletons);
    return g_test_run();
}
