/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Included before everything else when threads.c is built for its test: limits that a test can afford to hit.
 */
#pragma once

#include "base/limits.h"

#undef LIMIT_THREAD_MESSAGES
#define LIMIT_THREAD_MESSAGES 3
#undef LIMIT_THREAD_MISSING_BYTES
#define LIMIT_THREAD_MISSING_BYTES 30
