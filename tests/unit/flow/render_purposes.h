/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every purpose of a notice, and what the mail is about in the small world of test_render.c.
 */
#pragma once

#include <stdbool.h>

#define CONTACT "team@operator.example"

enum about { ABOUT_NOTHING, ABOUT_POST, ABOUT_REPLY, ABOUT_HELD, ABOUT_CONFIRM_IDEA, ABOUT_CONFIRM_REPLY, ABOUT_REVIEW,
             ABOUT_DIGEST, ABOUT_IDEA, ABOUT_OWN };
static const struct purpose_case {
    const char *purpose;
    enum about about;
    bool to_person;        /* else to an address */
    const char *reply_to;  /* how Reply-To begins, NULL: none */
    const char *detail;
} purposes[] = {
    {"confirm-idea", ABOUT_CONFIRM_IDEA, false, "ja+", NULL},
    {"confirm-reply", ABOUT_CONFIRM_REPLY, false, "ja+", NULL},
    {"ask-name-protected", ABOUT_CONFIRM_IDEA, false, "ja+", NULL},
    {"ask-name-mixed", ABOUT_CONFIRM_IDEA, false, "ja+", NULL},
    {"token-misused", ABOUT_IDEA, true, NULL, NULL},
    {"named", ABOUT_CONFIRM_IDEA, false, NULL, NULL},
    {"receipt-published-idea", ABOUT_POST, true, "idee-1+", NULL},
    {"receipt-published-reply", ABOUT_REPLY, true, "idee-1+", NULL},
    {"receipt-review-idea", ABOUT_HELD, true, "idee-1+", NULL},
    {"receipt-review-reply", ABOUT_HELD, true, "idee-1+", NULL},
    {"rejected", ABOUT_REVIEW, true, CONTACT, "Der Text ist zu kurz.\n\nBitte mehr."},
    {"confirm-delete", ABOUT_OWN, true, "ja+", NULL},
    {"withdrawn", ABOUT_OWN, true, "ja+", NULL},
    {"withdrawn", ABOUT_POST, true, NULL, NULL}, /* nothing to undo */
    {"restored", ABOUT_POST, true, "idee-1+", NULL},
    {"removed", ABOUT_POST, true, CONTACT, "Das beleidigt jemanden."},
    {"hidden", ABOUT_REPLY, true, CONTACT, "Das prüfen wir."},
    {"error-delete", ABOUT_IDEA, false, NULL, NULL},
    {"error-delete-unclear", ABOUT_CONFIRM_REPLY, false, "ja+", NULL},
    {"error-undo", ABOUT_IDEA, false, NULL, NULL},
    {"moderate", ABOUT_REVIEW, true, "moderation+", NULL},
    {"post", ABOUT_POST, true, "idee-1+", NULL},
    {"post", ABOUT_REPLY, true, "idee-1+", NULL},
    {"digest-daily", ABOUT_DIGEST, true, "uebersicht+", NULL},
    {"digest-weekly", ABOUT_DIGEST, true, "uebersicht+", NULL},
    {"help", ABOUT_NOTHING, false, NULL, NULL},
    {"stopped", ABOUT_IDEA, true, NULL, NULL},
    {"stopped-unnamed", ABOUT_NOTHING, true, NULL, NULL},
    {"stopped-forum", ABOUT_IDEA, true, NULL, NULL},
    {"stopped-digests", ABOUT_NOTHING, true, NULL, NULL},
    {"stopped-all", ABOUT_NOTHING, true, NULL, NULL},
    {"error-stop-which", ABOUT_IDEA, true, "stopp+", NULL},
    {"error-stop-which", ABOUT_DIGEST, true, "stopp+", NULL},
    {"error-stop-nothing", ABOUT_NOTHING, false, NULL, NULL},
    {"error-digest", ABOUT_DIGEST, true, NULL, "Das finde ich gut."},
    {"error", ABOUT_NOTHING, false, NULL, NULL},
    {"error-address", ABOUT_NOTHING, false, NULL, NULL},
    {"error-expired", ABOUT_CONFIRM_IDEA, false, NULL, NULL},
    {"error-other-address", ABOUT_CONFIRM_IDEA, false, NULL, NULL},
    {"error-unclear", ABOUT_CONFIRM_IDEA, false, "ja+", NULL},
    {"error-not-moderator", ABOUT_REVIEW, false, NULL, NULL},
    {"error-moderation-unclear", ABOUT_REVIEW, false, "moderation+", NULL},
    {"error-moderation-reason", ABOUT_REVIEW, false, "moderation+", NULL},
    {"error-moderation-decided", ABOUT_REVIEW, false, NULL, NULL},
    {"error-moderation-not-proved", ABOUT_REVIEW, false, "moderation+", NULL},
    {"error-moderation-changed", ABOUT_REVIEW, false, "moderation+", NULL},
    {"error-not-proved", ABOUT_CONFIRM_IDEA, false, "ja+", NULL},
    {"error-stop", ABOUT_IDEA, false, NULL, NULL},
    {"error-encrypted", ABOUT_IDEA, false, NULL, NULL},
    {"error-empty", ABOUT_NOTHING, false, NULL, NULL},
    {"error-empty-forward", ABOUT_NOTHING, false, NULL, NULL},
    {"error-closed", ABOUT_IDEA, false, NULL, NULL},
    {"error-member", ABOUT_IDEA, false, NULL, NULL},
    {"error-idea-closed", ABOUT_IDEA, false, NULL, NULL},
    {"operator-mail", ABOUT_NOTHING, false, "eva@example.net", "Guten Tag,\n\ndie Adresse geht nicht."},
    {"operator-failed", ABOUT_NOTHING, false, NULL, "the reader was killed"},
    {"operator-undeliverable", ABOUT_POST, false, NULL, "550 5.1.1 <canary-anna@example.net>: no such user"},
};
