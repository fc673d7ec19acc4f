/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every kind of mail that people were promised: it is there, waits in its stream, is not sent any more for at least those reasons, and
 * takes those answers. The table is the promise; purpose.def is how it is kept. (That each has its words in every language is
 * tests/unit/flow/test_texts.c's.)
 */
#include "forum/purpose.h"

#include <glib.h>
#include <string.h>

#define T STREAM_TRANSACTIONAL
#define F STREAM_FORUM

struct promise {
    const char *words; /* of the rows, " " between */
    enum stream stream;
    unsigned drop; /* at least */
    enum answer answer;
};

/* clang-format off */
static const struct promise promises[] = {
    {"confirm-idea confirm-reply confirm-support confirm-forwarded confirm-delete confirm-correct", T, DROP_DECIDED, ANSWER_QUESTION},
    {"token-misused ask-second-address confirm-command error-changed", T, DROP_NO_WISH, ANSWER_WISH},
    {"confirm-wish", T, DROP_NO_WISH, ANSWER_WISH}, /* of an address, of data, of an erasure */
    {"ask-entry ask-kind", T, DROP_DECIDED, ANSWER_QUESTION},
    {"error-stop-which", T, 0, ANSWER_LEAVE},
    {"ask-name-protected ask-name-taken ask-name-mixed ask-name-signs ask-name-address ask-name-long", T, 0, ANSWER_TOKEN},
    {"review-question", T, DROP_DECIDED, ANSWER_QUESTION},
    {"receipt-published-idea receipt-published-reply receipt-corrected", T, DROP_NOT_PUBLIC, ANSWER_POST},
    {"receipt-review-idea receipt-review-reply", T, DROP_REVIEWED, ANSWER_POST},
    {"supported", T, DROP_IDEA_UNKNOWN, ANSWER_SENDER},
    {"stopped help commands", T, 0, ANSWER_SENDER},
    {"transcript", T, 0, ANSWER_POST},
    {"moderate moderate-deputy moderate-answer", T, DROP_DECIDED | DROP_NO_STAFF, ANSWER_MODERATOR},
    {"moderate-list", T, DROP_NOTHING_WAITS | DROP_NO_STAFF, ANSWER_DIGEST},
    {"rejected", T, DROP_DELETED, ANSWER_QUESTION},
    {"removed", T, DROP_RESTORED, ANSWER_QUESTION},
    {"redacted", T, DROP_DELETED, ANSWER_QUESTION},
    {"complaint", T, DROP_NO_STAFF, ANSWER_MODERATOR},
    {"complaint-decided", T, DROP_DELETED, ANSWER_CONTACT},
    {"release-second step-second", T, DROP_DECIDED | DROP_NO_SECOND, ANSWER_MODERATOR},
    {"official-refused official-expired", T, DROP_DELETED, ANSWER_SENDER},
    {"news", F, DROP_UNDONE | DROP_NOT_FOLLOWED | DROP_IDEA_UNKNOWN | DROP_NO_MEMBER, ANSWER_POST},
    {"news-digest", F, DROP_UNDONE | DROP_NOT_FOLLOWED | DROP_IDEA_UNKNOWN | DROP_NO_MEMBER, ANSWER_POST},
    {"news-many", F, DROP_NOTHING_LEFT, ANSWER_DIGEST},
    {"post", F, DROP_NOT_PUBLIC | DROP_NOT_WANTED, ANSWER_POST},
    {"digest-daily digest-weekly digest-late digest-missed", F, DROP_NOTHING_LEFT, ANSWER_DIGEST},
    {"phase-changed phase-changed-digest", F, DROP_PHASE_BACK, ANSWER_SENDER},
    {"phase-reopened", T, DROP_DECIDED, ANSWER_QUESTION},
    {"error-phase error-member error-closed error-idea-closed error-forward error-command error-unclear error-moderation-not-proved", T, 0, ANSWER_SENDER},
};
/* clang-format on */

static enum purpose purpose_of(const char *word)
{
    for (int p = PURPOSE_NONE + 1; p < N_PURPOSES; p++)
        if (strcmp(purpose_name((enum purpose)p), word) == 0)
            return (enum purpose)p;
    return PURPOSE_NONE;
}

static bool is_kept(const struct promise *x, const char *word)
{
    enum purpose p = purpose_of(word);
    const struct purpose_row *row = purpose_row(p);
    /* An answer to an error may also lead back to the question that it is about. */
    bool is_answered = row->answer == x->answer || (x->answer == ANSWER_SENDER && row->answer == ANSWER_ASKED);

    if (p != PURPOSE_NONE && row->stream == x->stream && (row->drop & x->drop) == x->drop && is_answered)
        return true;
    g_test_message("%s: %s, stream %d for %d, dropped for %x of %x, answers %d for %d", word,
                   p == PURPOSE_NONE ? "missing" : "there", row->stream, x->stream, row->drop & x->drop, x->drop, row->answer,
                   x->answer);
    return false;
}

static void test_mails(void)
{
    guint n_broken = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(promises); i++) {
        g_auto(GStrv) words = g_strsplit(promises[i].words, " ", -1);
        for (char **w = words; *w != NULL; w++)
            n_broken += !is_kept(&promises[i], *w);
    }
    g_assert_cmpuint(n_broken, ==, 0);
}

/* What goes to many bears a way out; what asks somebody does not (RFC 2369). A mail of ours that is no answer says so (RFC 3834). */
static void test_streams(void)
{
    for (int p = PURPOSE_NONE + 1; p < N_PURPOSES; p++) {
        const struct purpose_row *row = purpose_row((enum purpose)p);
        if (row->answer == ANSWER_QUESTION || row->answer == ANSWER_MODERATOR || row->answer == ANSWER_WISH)
            g_assert_cmpint(row->list, ==, LIST_NONE);
        if (row->list != LIST_NONE)
            g_assert_true(row->is_unasked);
        if (row->stream != STREAM_TRANSACTIONAL)
            g_assert_true(row->is_unasked);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/contract/mails", test_mails);
    g_test_add_func("/contract/streams", test_streams);
    return g_test_run();
}
