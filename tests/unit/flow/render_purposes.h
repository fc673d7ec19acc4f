/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every purpose of a notice, and what the mail is about in the small world of test_render.c.
 */
#pragma once

#include "forum/purpose.h"

#include <stdbool.h>

#define CONTACT "team@operator.example"

enum subject {
    IS_NOTHING,
    IS_POST,
    IS_REPLY,
    IS_HELD,
    IS_CONFIRM_IDEA,
    IS_CONFIRM_REPLY,
    IS_REVIEW,
    IS_DIGEST,
    IS_IDEA,
    IS_OWN,
    IS_ISSUE,
    IS_SUBSCRIPTION,
    IS_ASKED,
    IS_ENTRY
};
static const struct purpose_case {
    enum purpose purpose;
    enum subject about;
    bool to_person;       /* else to an address */
    const char *reply_to; /* how Reply-To begins, NULL: none */
    const char *detail;
} purposes[] = {
    {PURPOSE_CONFIRM_IDEA, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_CONFIRM_REPLY, IS_CONFIRM_REPLY, false, "ja+", NULL},
    {PURPOSE_CONFIRM_IDEA_WHOLE, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_CONFIRM_REPLY_WHOLE, IS_CONFIRM_REPLY, false, "ja+", NULL},
    {PURPOSE_ASK_ENTRY, IS_ENTRY, false, "ja+", NULL},
    {PURPOSE_RECEIPT_ANSWERS, IS_NOTHING, true, NULL,
     "published 1 1 2 \nasked 2 1 0 Mit\\nDach.\nclosed 3 1 0 Nein.\nwaits 0 0 0 \n"},
    {PURPOSE_ASK_NAME_PROTECTED, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_ASK_NAME_MIXED, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_ASK_NAME_TAKEN, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_ASK_NAME_SIGNS, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_ASK_NAME_ADDRESS, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_ASK_NAME_LONG, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_TOKEN_MISUSED, IS_IDEA, true, NULL, NULL},
    {PURPOSE_COMMANDS, IS_NOTHING, true, NULL,
     "search\t0\t0\t0\tradwege\tsuche radwege\nlist\t0\t1\t0\t\tliste\nthread\t0\t1\t0\t\tverlauf 1\nnone\t2\t0\t0\t\tnonsense\n"},
    {PURPOSE_CONFIRM_WISH, IS_NOTHING, false, "frage+", "1"},
    {PURPOSE_CONFIRM_WISH, IS_NOTHING, false, "frage+", "2"},
    {PURPOSE_CONFIRM_WISH, IS_NOTHING, false, "frage+", "3"},
    {PURPOSE_CONFIRM_WISH, IS_NOTHING, false, "frage+", "4"},
    {PURPOSE_ERROR_WISH, IS_NOTHING, false, "frage+", "1"},
    {PURPOSE_WISH_DONE, IS_NOTHING, false, NULL, "erase"},
    {PURPOSE_WISH_DONE, IS_NOTHING, false, NULL, "half"},
    {PURPOSE_WISH_DONE, IS_NOTHING, true, NULL, "address"},
    {PURPOSE_WISH_DONE, IS_NOTHING, false, NULL, "taken"},
    {PURPOSE_ERROR_WISH_EXPIRED, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_NAMED, IS_CONFIRM_IDEA, false, NULL, NULL},
    {PURPOSE_RECEIPT_PUBLISHED_IDEA, IS_POST, true, "idee-1+", NULL},
    {PURPOSE_RECEIPT_PUBLISHED_REPLY, IS_REPLY, true, "idee-1+", NULL},
    {PURPOSE_RECEIPT_REVIEW_IDEA, IS_HELD, true, "idee-1+", NULL},
    {PURPOSE_RECEIPT_REVIEW_REPLY, IS_HELD, true, "idee-1+", NULL},
    {PURPOSE_RECEIPT_REVIEW_MANY, IS_HELD, true, "idee-1+", NULL},
    {PURPOSE_REJECTED, IS_REVIEW, true, CONTACT, "Der Text ist zu kurz.\n\nBitte mehr."},
    {PURPOSE_CONFIRM_DELETE, IS_OWN, true, "ja+", NULL},
    {PURPOSE_WITHDRAWN, IS_OWN, true, "ja+", NULL},
    {PURPOSE_WITHDRAWN, IS_POST, true, NULL, NULL}, /* nothing to undo */
    {PURPOSE_RESTORED, IS_POST, true, "idee-1+", NULL},
    {PURPOSE_REMOVED, IS_POST, true, CONTACT, "Das beleidigt jemanden."},
    {PURPOSE_HIDDEN, IS_REPLY, true, CONTACT, "Das prüfen wir."},
    {PURPOSE_ERROR_DELETE, IS_IDEA, false, NULL, NULL},
    {PURPOSE_ERROR_DELETE_UNCLEAR, IS_CONFIRM_REPLY, false, "ja+", NULL},
    {PURPOSE_ERROR_UNDO, IS_IDEA, false, NULL, NULL},
    {PURPOSE_MODERATE, IS_REVIEW, true, "moderation+", NULL},
    {PURPOSE_REVIEW_MANY, IS_IDEA, true, CONTACT, NULL},
    {PURPOSE_POST, IS_POST, true, "idee-1+", NULL},
    {PURPOSE_POST, IS_REPLY, true, "idee-1+", NULL},
    {PURPOSE_DIGEST_DAILY, IS_DIGEST, true, "uebersicht+", NULL},
    {PURPOSE_DIGEST_WEEKLY, IS_DIGEST, true, "uebersicht+", NULL},
    {PURPOSE_DIGEST_LATE, IS_DIGEST, true, "uebersicht+", NULL},
    {PURPOSE_DIGEST_MISSED, IS_DIGEST, true, "uebersicht+", NULL},
    {PURPOSE_PROBE, IS_NOTHING, true, NULL, NULL},
    {PURPOSE_DESK_LINK, IS_NOTHING, true, NULL, NULL},
    {PURPOSE_RELEASE_SECOND, IS_REVIEW, true, "moderation+", NULL},
    {PURPOSE_OFFICIAL_DRAFTED, IS_REVIEW, true, "moderation+", NULL},
    {PURPOSE_OFFICIAL_RELEASED, IS_POST, true, "idee-1+", NULL},
    {PURPOSE_OFFICIAL_REFUSED, IS_REPLY, true, NULL, "Das Datum fehlt."},
    {PURPOSE_OFFICIAL_BACK, IS_REPLY, true, NULL, NULL},
    {PURPOSE_OFFICIAL_EXPIRED, IS_REPLY, true, NULL, NULL},
    {PURPOSE_NOTED, IS_REPLY, true, "idee-1+", NULL},
    {PURPOSE_ERROR_OFFICIAL, IS_IDEA, true, NULL, "same"},
    {PURPOSE_STEP_SECOND, IS_REVIEW, true, "moderation+", NULL},
    {PURPOSE_STEP_MADE, IS_IDEA, true, "idee-1+", NULL},
    {PURPOSE_STEP_REFUSED, IS_IDEA, true, "idee-1+", "Zu früh."},
    {PURPOSE_STEP_EXPIRED, IS_IDEA, true, "idee-1+", NULL},
    {PURPOSE_PROPOSAL_CHANGED, IS_IDEA, true, "idee-1+", NULL},
    {PURPOSE_ERROR_PROPOSAL, IS_IDEA, true, "idee-1+", "other"},
    {PURPOSE_ERROR_PHASE, IS_IDEA, false, NULL, NULL},
    {PURPOSE_PHASE_CHANGED, IS_NOTHING, true, NULL, "zuhoeren"},
    {PURPOSE_PHASE_SET, IS_NOTHING, true, NULL, ""},
    {PURPOSE_SILENCE, IS_POST, true, "idee-1+", NULL},
    {PURPOSE_WEEKLY_OFFICE, IS_IDEA, true, NULL, NULL},
    {PURPOSE_NEWS, IS_POST, true, "idee-1+", "1"},
    {PURPOSE_TRANSCRIPT, IS_IDEA, true, "idee-1+", NULL},
    {PURPOSE_ERROR_STEP, IS_IDEA, true, "idee-1+", "reason"},
    {PURPOSE_SUPPORTED, IS_POST, true, NULL, NULL},
    {PURPOSE_SUPPORTED, IS_POST, true, NULL, "staff"},
    {PURPOSE_FOLLOWED, IS_POST, true, NULL, NULL},
    {PURPOSE_ERROR_SUPPORT, IS_IDEA, true, NULL, NULL},
    {PURPOSE_ERROR_COMMAND, IS_IDEA, true, NULL, NULL},
    {PURPOSE_NEWSLETTER, IS_ISSUE, false, "leser+", NULL},
    {PURPOSE_NEWSLETTER_TEST, IS_ISSUE, false, NULL, NULL},
    {PURPOSE_CONFIRM_SUBSCRIPTION, IS_ASKED, false, "bestellung+", NULL},
    {PURPOSE_SUBSCRIBED, IS_SUBSCRIPTION, false, "leser+", NULL},
    {PURPOSE_UNSUBSCRIBED, IS_SUBSCRIPTION, false, "bestellung+", NULL},
    {PURPOSE_ISSUE_PREVIEW, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ISSUE_RELEASED, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ISSUE_STOPPED, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ISSUE_HALTED, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ISSUE_RESUMED, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ERROR_ISSUE_RUNNING, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ERROR_ISSUE_OTHER, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ERROR_ISSUE_IMPRINT, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ERROR_ISSUE_STATE, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ERROR_ISSUE_UNCLEAR, IS_ISSUE, false, "ausgabe+", NULL},
    {PURPOSE_ERROR_DRAFT_LARGE, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_ERROR_DRAFT_WORD, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_ERROR_NOT_EDITOR, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_ERROR_SUBSCRIBE, IS_ASKED, false, "bestellung+", NULL},
    {PURPOSE_ERROR_SUBSCRIBE_EXPIRED, IS_ASKED, false, NULL, NULL},
    {PURPOSE_HELP, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_STOPPED, IS_IDEA, true, NULL, NULL},
    {PURPOSE_STOPPED_UNNAMED, IS_NOTHING, true, NULL, NULL},
    {PURPOSE_STOPPED_FORUM, IS_IDEA, true, NULL, NULL},
    {PURPOSE_STOPPED_DIGESTS, IS_NOTHING, true, NULL, NULL},
    {PURPOSE_STOPPED_ALL, IS_NOTHING, true, NULL, NULL},
    {PURPOSE_ERROR_STOP_WHICH, IS_IDEA, true, "stopp+", NULL},
    {PURPOSE_ERROR_STOP_WHICH, IS_DIGEST, true, "stopp+", NULL},
    {PURPOSE_ERROR_STOP_NOTHING, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_ERROR_DIGEST, IS_DIGEST, true, NULL, "Das finde ich gut."},
    {PURPOSE_ERROR_ADDRESS, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_ERROR_EXPIRED, IS_CONFIRM_IDEA, false, NULL, NULL},
    {PURPOSE_ERROR_OTHER_ADDRESS, IS_CONFIRM_IDEA, false, NULL, NULL},
    {PURPOSE_ERROR_UNCLEAR, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_ERROR_NOT_MODERATOR, IS_REVIEW, false, NULL, NULL},
    {PURPOSE_ERROR_MODERATION_UNCLEAR, IS_REVIEW, false, "moderation+", NULL},
    {PURPOSE_ERROR_MODERATION_REASON, IS_REVIEW, false, "moderation+", NULL},
    {PURPOSE_ERROR_MODERATION_DECIDED, IS_REVIEW, false, NULL, NULL},
    {PURPOSE_ERROR_MODERATION_NOT_PROVED, IS_REVIEW, false, "moderation+", NULL},
    {PURPOSE_ERROR_MODERATION_CHANGED, IS_REVIEW, false, "moderation+", NULL},
    {PURPOSE_ERROR_NOT_PROVED, IS_CONFIRM_IDEA, false, "ja+", NULL},
    {PURPOSE_ERROR_STOP, IS_IDEA, false, NULL, NULL},
    {PURPOSE_ERROR_ENCRYPTED, IS_IDEA, false, NULL, NULL},
    {PURPOSE_ERROR_EMPTY, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_ERROR_EMPTY_ATTACHMENT, IS_IDEA, false, NULL, NULL},
    {PURPOSE_ERROR_EMPTY_FORWARD, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_ERROR_CLOSED, IS_IDEA, false, NULL, NULL},
    {PURPOSE_ERROR_MEMBER, IS_IDEA, false, NULL, NULL},
    {PURPOSE_ERROR_IDEA_CLOSED, IS_IDEA, false, NULL, NULL},
    {PURPOSE_OPERATOR_MAIL, IS_NOTHING, false, "eva@example.net", "Guten Tag,\n\ndie Adresse geht nicht."},
    {PURPOSE_OPERATOR_FAILED, IS_NOTHING, false, NULL, "the reader was killed"},
    {PURPOSE_OPERATOR_UNDELIVERABLE, IS_POST, false, NULL, "550 5.1.1 <canary-anna@example.net>: no such user"},
    {PURPOSE_OPERATOR_UNMODERATED, IS_NOTHING, false, NULL, "Neue Mobilität: forumpost hold show 1"},
    {PURPOSE_OPERATOR_QUESTIONS, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_OPERATOR_WAITING, IS_NOTHING, false, NULL, NULL},
    {PURPOSE_OPERATOR_BLOCKED, IS_NOTHING, false, NULL, "gmx.example: 554 5.7.1 IP bad reputation"},
    {PURPOSE_OPERATOR_HALTED, IS_NOTHING, false, NULL, "neues 3: Drei neue Ideen"},
    {PURPOSE_OPERATOR_DISK, IS_NOTHING, false, NULL, "200 MiB are left"},
    {PURPOSE_OPERATOR_DIGEST, IS_NOTHING, false, NULL, NULL},
};

/* A newsletter with an editor, a subscriber, somebody who was asked, and an issue. */
static const char news_rows[] =
    "INSERT INTO list (id, name, title, language, n_release, is_members_only, created_at) VALUES (1, 'neues', 'Neues', 'de', 2, "
    "0, 0);"
    "INSERT INTO editor (list_id, address, written, added_at) VALUES (1, 'canary-new@example.net', 'canary-new@example.net', 0);"
    "INSERT INTO subscription (id, list_id, address, written, state, way, since, changed_at) VALUES"
    " (1, 1, 'canary-new@example.net', 'canary-new@example.net', 'active', 'mail', 1000, 1000),"
    " (2, 1, 'canary-eva@example.net', 'canary-eva@example.net', 'asked', 'mail', NULL, 1000);"
    "INSERT INTO issue (id, list_id, number, subject, source, state, from_place, to_place, created_at) VALUES"
    " (1, 1, 1, 'Neues im Februar', '# Viel Neues\n\n{{neue_ideen}}', 'sending', 0, 9, 1000);"
    "INSERT INTO wish (kind, address, written, other, person_id, is_proved, created_at, expires_at) VALUES"
    " ('data', 'a', 'a', NULL, 1, 0, 1, 2), ('erase', 'a', 'a', NULL, 1, 0, 1, 2),"
    " ('address', 'a', 'a', 'canary-other@example.net', 1, 0, 1, 2), ('address-new', 'a', 'a', NULL, 1, 0, 1, 2)";
