/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The content of a file that came with a mail, out of the mail's bytes: what a reader found (struct attachment) says where it lies. So
 * no file crosses between processes, and nobody but a reader takes a mail apart.
 */
#pragma once

#include "mail/message/message.h"

/* NULL: it lies nowhere by itself (inside a winmail.dat, in a text), or what lies there is not what the reader saw: length and
 * SHA-256 are compared. Caller unrefs. */
GBytes *attached_content(const char *mail, gsize n_bytes, const struct attachment *a);
