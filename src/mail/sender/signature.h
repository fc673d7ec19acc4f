/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * DKIM signatures (RFC 6376 3.5) as something that a sender makes others write: programs that check mail copy domain, identity
 * and selector of a signature into Authentication-Results, and not all put quotes around them. OpenDKIM writes an identity of
 * `x; dkim=pass header.d=victim.example ...` as it is, and OpenDMARC behind it believes that.
 */
#pragma once

#include "mail/message/entity.h"

/* False if a DKIM or ARC signature of ROOT has in d=, s=, i= or a= what has a meaning in Authentication-Results (blanks,
 * quotes, brackets, semicolons, also encoded), or has one of them twice: then no result about this mail can be believed. */
bool signatures_are_plain(const struct entity *root);
