/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A wish: what somebody asked for that only the owner of an address may say yes to. The row lives until it is answered or its time
 * is over. Pure.
 */
#pragma once

#include "forum/model.h"

/* What is asked for. Of a second address its person's own address is asked first, then the new one. An order: what somebody who leads
 * a forum commanded. A writer: whether it was them who used an address of ours that only they were sent from another one of theirs. */
enum wish_kind { WISH_DATA, WISH_ERASE, WISH_ADDRESS, WISH_ADDRESS_NEW, WISH_ORDER, WISH_WRITER };
extern const char *const wish_kind_names[];
const char *wish_kind_name(enum wish_kind kind);

/* Of a question about a writer: the operator hears of a NO. */
#define WISH_TOLD_OPERATOR "operator"

struct wish {
    row_id id;
    enum wish_kind kind;
    const char *address; /* who is asked: as persons_key() */
    const char *written; /* and as its owner writes it */
    const char *other;   /* the new address, or who wrote, as written; or the orders, packed (forum/order.h); NULL none */
    const char *told;    /* of orders: what was said about them (flow/step/told.h); of a writer WISH_TOLD_OPERATOR; NULL */
    row_id forum_id;     /* of orders: where they were written to; 0 none */
    row_id idea_id, post_id;
    gint64 seen;          /* of orders: the last step of any idea that was told with the question; 0 none yet */
    row_id person_id;     /* whose it is; 0 nobody's whom we know */
    row_id message_id;    /* the mail that said so; 0 a page */
    const char *language; /* of the question; NULL the person's */
    bool is_proved;       /* that mail was */
    gint64 created_at, expires_at;
    gint64 asked_at; /* 0: its turn has not come */
};
void wish_free(struct wish *w);
typedef struct wish wish_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(wish_autoptr_t, wish_free)
#define wish_auto g_autoptr(wish_autoptr_t)
