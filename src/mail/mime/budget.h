/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What reading one mail may still cost, all its parts together: a mail of many parts must not have each limit as many
 * times over. What is beyond a budget is left as it stands, and the mail is marked.
 */
#pragma once

#include <glib.h>

struct budget {
    guint n_parts;         /* parts, and files inside texts or a winmail.dat, that may still come */
    guint n_delimiters;    /* lines that may still be looked at as delimiters of parts */
    gsize n_text_bytes;    /* text that may still be converted */
    gsize n_decoded_bytes; /* bytes that may still come out of transfer encodings */
    GPtrArray *defects;
};
