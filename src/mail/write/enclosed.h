/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mail of ours carries beside its words: files, the picture that its HTML part shows, somebody's whole mail. Each is made
 * once, as the bytes of an entity (RFC 2045) that compose.h puts into as many mails as get it. The fields are written by GMime:
 * names in any language (RFC 2231), base64.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A file to be kept: NAME as its writer wrote it (UTF-8, no path; cut to ENCLOSED_NAME_CHARS), TYPE "application/pdf"; what is no
 * type, or one that a mail program would read as part of the mail (text/html, message/, multipart/), becomes
 * application/octet-stream. CONTENT is not copied for longer than the call. */
GBytes *enclosed_file(const char *name, const char *type, GBytes *content);
/* A picture that the HTML names as cid:ID. */
GBytes *enclosed_picture(const char *id, const char *type, GBytes *content);
/* A mail as it came, byte by byte: message/rfc822, which may be encoded by nobody (RFC 2046 5.2.1). *IS_8BIT_OUT: the next hop
 * must let 8-bit pass (8BITMIME). One that no relay would let through as it is (lines beyond 998, a bare CR or LF, NUL) becomes a
 * file NAME.eml, which keeps its bytes as well. */
GBytes *enclosed_mail(const char *name, GBytes *mail, bool *is_8bit_out);

#define ENCLOSED_NAME_CHARS 100
