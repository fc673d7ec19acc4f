/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See hold_complaint.h.
 */
#include "cmd/hold_complaint.h"

#include "base/clock.h"
#include "flow/step/review.h"
#include "store/posts.h"
#include "store/remarks.h"

#include <stdio.h>

static void print_remark(const struct door *d, JsonBuilder *b, const struct remark *r)
{
    if (b == NULL) {
        g_autofree char *at = door_time(d, r->at);
        printf("\n%s, %s\n%s\n", remark_kind_names[r->kind], at, r->text);
        return;
    }
    json_builder_begin_object(b);
    json_text(b, "kind", remark_kind_names[r->kind]);
    json_time(b, "at", r->at, d);
    json_text(b, "text", r->text);
    json_builder_end_object(b);
}

bool hold_print_about(const struct door *d, JsonBuilder *b, const struct hold *h, struct err *e)
{
    bool is_elsewhere = *h->text == '\0' && h->about.post != 0; /* it is the post's */
    post_auto p = is_elsewhere ? posts_by_id(d->gateway->db, h->about.post, e) : NULL;
    g_autoptr(GPtrArray) all = e->kind == ERR_NONE ? remarks_of_hold(d->gateway->db, h->id, e) : NULL;
    const char *text = p != NULL && p->text != NULL ? p->text : h->text;

    if (all == NULL)
        return false;
    if (b == NULL)
        printf("\n%s\n", text);
    else {
        json_text(b, "text", text);
        json_builder_set_member_name(b, "remarks");
        json_builder_begin_array(b);
    }
    for (guint i = 0; i < all->len; i++)
        print_remark(d, b, all->pdata[i]);
    if (b != NULL)
        json_builder_end_array(b);
    return true;
}

bool hold_decide_complaint(struct door *d, const struct hold *h, row_id by, const char *reason, struct err *e)
{
    gint64 now = clock_now();
    bool may = true;
    enum review found;

    if (by != 0 && !review_may_judge(d->gateway, h, by, now, &may, e))
        return false;
    if (!may)
        return err_set(e, ERR_RULE,
                       "hold %" G_GINT64_FORMAT
                       ": they refused the text, or it is theirs; somebody else decides about the complaint",
                       h->id);
    if (!(reason == NULL ? review_overrule(d->gateway, h, by, now, &found, e)
                         : review_uphold(d->gateway, h, reason, by, 0, now, &found, e)))
        return false;
    return found == REVIEW_DONE ||
           err_set(e, ERR_RULE, "hold %" G_GINT64_FORMAT ": its author took the text back, or it was deleted", h->id);
}
