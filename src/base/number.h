/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers in decimal, where many are written: printf costs five times as much.
 */
#pragma once

#include <glib.h>

void number_append(GString *out, gint64 number);
