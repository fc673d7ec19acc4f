/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the pool (reader.c, reader_care.c) and its processes (reader_child.c) say to each other; nobody else includes it. Both ends
 * are one program, so the words are plain structs in host order.
 *
 * nursery: a process forked before anything else happens; forks readers on demand and tells of their end.
 * reader:  reads requests from its socket and answers each in order. A quick one ends itself (SIGPROF) when a mail takes
 *          it more than LIMIT_READER_QUICK_MS of CPU time, a patient one after LIMIT_READER_CPU_S.
 */
#pragma once

#include "mail/message/message.h"

/* To the nursery, on a SOCK_SEQPACKET socket */
enum nursery_verb { NURSERY_FORK, NURSERY_FORK_PATIENT, NURSERY_KILL };
struct nursery_order {
    guint32 verb;
    gint32 pid; /* of NURSERY_KILL; ignored unless it is a reader that lives */
};

/* From the nursery */
enum nursery_news {
    NURSERY_READY,  /* once, when all that reading needs is loaded */
    NURSERY_BORN,   /* a reader, patient or not; its socket comes with it (SCM_RIGHTS) */
    NURSERY_BARREN, /* no reader could be made; status is the errno */
    NURSERY_DIED,   /* a reader ended: status as of wait(2) */
};
struct nursery_report {
    guint32 news;
    gint32 pid;
    gint32 status;
    guint32 max_rss_kib; /* of NURSERY_DIED */
    guint32 is_patient;  /* of NURSERY_BORN and NURSERY_BARREN */
};

/* A reader's first byte, for the nursery: it is confined */
#define READER_HELLO "r"

/* To a reader, on a SOCK_STREAM socket; n_bytes of mail follow */
struct reader_request {
    guint64 number;
    guint64 n_bytes;
};

/* From a reader; n_bytes follow: message_pack() */
struct reader_answer {
    guint64 number;
    guint64 n_bytes;
    guint32 cpu_us;      /* CPU time that this message took */
    guint32 max_rss_kib; /* the most the process ever had */
};

/* The life of the nursery; it starts with CONTROL_FD and ends when the other end is closed. */
_Noreturn void nursery_main(int control_fd, const struct read_options *options);
