/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What dispatch.c (the loop) and lane.c (a mail's way) share.
 */
#pragma once

#include "flow/out/dispatch.h"
#include "flow/out/domains.h"
#include "flow/out/outbox.h"
#include "flow/out/render.h"
#include "wire/way_out.h"

struct dispatch;

/* Streams that leave through one relay: nothing that waits for another relay holds them up. */
struct lane {
    struct dispatch *d;
    const char *relay; /* the settings' */
    unsigned streams;  /* a bit each */
    struct outbox *outbox;
    struct way_out *way;
};

struct dispatch {
    const struct settings *settings;
    struct gateway *g;
    struct templates *templates;
    struct renderer *renderer;
    struct lane lanes[N_STREAMS];
    guint n_lanes;
    struct domains *domains;
    GMainLoop *loop;
    GPtrArray *spare; /* struct parcel, to be used again with their buffers */
    enum dispatch_mode mode;
    bool is_stopping;
    gint64 stop_at_us; /* when is_stopping: what the relay has not answered by then is given up */
    gint64 n_sent;
};

struct parcel { /* one mail on its way */
    struct smtp_mail mail;
    struct lane *lane;
    struct notice *notice;
    struct rendered rendered; /* MAIL borrows from it */
};

void parcel_free(struct parcel *parcel);
/* What a lane's way out asks and tells (wire/way_out.h); USER is the struct lane. */
struct smtp_mail *lane_next(void *user);
void lane_done(void *user, struct smtp_mail *mail, const struct smtp_result *result);
bool lane_is_waiting(void *user);
void lane_reachable(void *user, const char *trouble);
/* Records what the relay has answered so far. */
void lane_write_results(struct lane *lane);
