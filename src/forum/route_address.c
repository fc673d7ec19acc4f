/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The addresses and Message-IDs that we give out; see route.h. What a MAC covers is the text before it, with the kind of thing in
 * front, so that a token for one purpose proves nothing about another.
 */
#include "forum/route_private.h"

#include "base/token.h"

const char *const route_reader_words[] = {
    [READER_CONFIRM] = "bestellung",
    [READER_ANSWER] = "leser",
    [READER_STOP] = "abbestellen",
};

const char *const route_bounce_words[N_STREAMS] =
    {[STREAM_TRANSACTIONAL] = "bounce+", [STREAM_FORUM] = "bounce-forum+", [STREAM_BULK] = "bounce-news+"};

char *route_issue_subject(row_id issue, row_id editor)
{
    return g_strdup_printf("issue:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, issue, editor);
}

char *route_leave_subject(row_id person, enum leave what, row_id id)
{
    return g_strdup_printf("leave:%" G_GINT64_FORMAT ":%d:%" G_GINT64_FORMAT, person, (int)what, id);
}

char *route_forum_address(const char *name, const char *domain)
{
    return g_strdup_printf("%s@%s", name, domain);
}

char *route_idea_address(row_id idea, const char *domain)
{
    return g_strdup_printf("idee-%" G_GINT64_FORMAT "@%s", idea, domain);
}

char *route_proposal_address(row_id proposal, const char *domain)
{
    return g_strdup_printf("vorschlag-%" G_GINT64_FORMAT "@%s", proposal, domain);
}

static char *idea_address(const char *word, row_id idea, row_id person, row_id post, const char *domain, const guint8 *key)
{
    g_autofree char *subject =
        g_strdup_printf("reply:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, idea, person, post);
    g_autofree char *mac = token_mac(key, subject);

    return g_strdup_printf("idee-%" G_GINT64_FORMAT "+%s%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%s@%s", idea, word, person,
                           post, mac, domain);
}

char *route_reply_address(row_id idea, enum ring ring, row_id person, row_id post, const char *domain, const guint8 *key)
{
    return idea_address(ring == RING_MEMBERS ? "intern-" : "", idea, person, post, domain, key);
}

char *route_inner_address(row_id idea, const char *forum, const char *domain)
{
    return g_strdup_printf("idee-%" G_GINT64_FORMAT "+intern%s%s@%s", idea, forum != NULL ? "-" : "", forum != NULL ? forum : "",
                           domain);
}

char *route_inner_proposal_address(row_id proposal, const char *domain)
{
    return g_strdup_printf("vorschlag-%" G_GINT64_FORMAT "+intern@%s", proposal, domain);
}

char *route_author_address(row_id idea, row_id person, const char *domain, const guint8 *key)
{
    return idea_address("autor-", idea, person, 0, domain, key);
}

static char *address_of_one(const char *word, const char *purpose, row_id id, const char *domain, const guint8 *key)
{
    g_autofree char *subject = g_strdup_printf("%s:%" G_GINT64_FORMAT, purpose, id);
    g_autofree char *mac = token_mac(key, subject);

    return g_strdup_printf("%s%" G_GINT64_FORMAT "-%s@%s", word, id, mac, domain);
}

char *route_confirm_address(row_id hold, const char *domain, const guint8 *key)
{
    return address_of_one("ja+", "confirm", hold, domain, key);
}

char *route_bounce_address(row_id notice, enum stream stream, const char *domain, const guint8 *key)
{
    return address_of_one(route_bounce_words[stream], "bounce", notice, domain, key);
}

char *route_digest_address(row_id notice, const char *domain, const guint8 *key)
{
    return address_of_one("uebersicht+", "digest", notice, domain, key);
}

char *route_wish_address(row_id wish, const char *domain, const guint8 *key)
{
    return address_of_one("frage+", "wish", wish, domain, key);
}

char *route_leave_address(row_id person, enum leave what, row_id id, const char *domain, const guint8 *key)
{
    g_autofree char *subject = route_leave_subject(person, what, id);
    g_autofree char *mac = token_mac(key, subject);

    if (what == LEAVE_IDEA) /* in the words of the idea's own address; "stopp+7-1-42-MAC" of older mails means the same */
        return g_strdup_printf("idee-%" G_GINT64_FORMAT "+stopp-%" G_GINT64_FORMAT "-%s@%s", id, person, mac, domain);
    return g_strdup_printf("stopp+%" G_GINT64_FORMAT "-%d-%" G_GINT64_FORMAT "-%s@%s", person, (int)what, id, mac, domain);
}

char *route_list_address(const char *name, enum list_word word, const char *domain)
{
    static const char *const words[] = {"", "+abo", "+abmelden"};

    return g_strdup_printf("%s%s@%s", name, words[word], domain);
}

char *route_subscription_address(row_id subscription, enum reader reader, const char *domain, const guint8 *key)
{
    g_autofree char *word = g_strconcat(route_reader_words[reader], "+", NULL);

    return address_of_one(word, route_reader_words[reader], subscription, domain, key);
}

char *route_issue_address(row_id issue, row_id editor, const char *domain, const guint8 *key)
{
    g_autofree char *subject = route_issue_subject(issue, editor);
    g_autofree char *mac = token_mac(key, subject);

    return g_strdup_printf("ausgabe+%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%s@%s", issue, editor, mac, domain);
}

char *route_moderate_address(row_id hold, row_id person, const char *domain, const guint8 *key)
{
    g_autofree char *subject = g_strdup_printf("moderate:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, hold, person);
    g_autofree char *mac = token_mac(key, subject);

    return g_strdup_printf("moderation+%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%s@%s", hold, person, mac, domain);
}

char *route_post_message_id(row_id post, const char *domain, const guint8 *key)
{
    return address_of_one("post-", "post-id", post, domain, key);
}

char *route_notice_message_id(row_id notice, const char *domain, const guint8 *key)
{
    return address_of_one("notice-", "notice-id", notice, domain, key);
}
