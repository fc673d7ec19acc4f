/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one door to reading: bytes in, struct message out. Leads a mail through the wings; knows what each is for and nothing else.
 */
#pragma once

#include "mail/message/message.h"

/* Loads what reading needs from disk (tables of charsets and languages), so that a process may give up its files
 * afterwards. Call it once before message_read(). init.c */
void mail_init(void);
/* Reads one mail completely: takes it apart, takes over its fields, chooses the text, decides the kind, tells what is new in it.
 * Never fails. */
struct message *message_read(const char *bytes, gsize n_bytes, const struct read_options *options);
