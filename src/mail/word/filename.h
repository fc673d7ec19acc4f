/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * File names that a sender chose, made harmless.
 */
#pragma once

/* The base name, valid UTF-8 without controls and direction overrides; NULL if nothing is left. Caller frees.
 */
char *filename_clean(const char *raw);
