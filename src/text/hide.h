/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text that somebody may have written in another person's name, shown to that person: nothing in it can be clicked.
 */
#pragma once

#include <glib.h>

/* TEXT with each web address as `[LINK example·org]` and each mail address as `[ADDRESS example·org]`, where LINK and
 * ADDRESS are words such as "Link zu". Also what mail programs make a link by themselves: www., known endings of domains,
 * a host before a slash. Caller frees. */
char *text_hide_links(const char *text, const char *link, const char *address);
