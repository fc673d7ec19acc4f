/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links and addresses of ours that one person alone was given (link.h, route.h) stand in every mail of ours, and so in what is quoted
 * of it. Whoever finds one in a public text could change what its owner is sent. Pure.
 */
#pragma once

#include <glib.h>

/* TEXT without them: a line that is nothing else goes, within one a few words say what was there, in the words of LANGUAGE ("de", else
 * English; may be NULL). *N_OUT: how many of the latter. Linear. Caller frees. */
char *personal_hide(const char *text, const char *domain, const char *language, guint *n_out);
