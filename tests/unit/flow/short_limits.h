/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Included before everything else when the pool is built for its test: the same code with limits that a test can
 * afford to hit, and with readers that obey X-Forumpost-Test.
 */
#pragma once

#include "config.h"

#include "base/limits.h"

#undef WITH_TEST_CRASH
#define WITH_TEST_CRASH 1
#undef LIMIT_READER_MEMORY_BYTES
#define LIMIT_READER_MEMORY_BYTES (256L * 1024 * 1024)
#undef LIMIT_READER_CPU_S
#define LIMIT_READER_CPU_S 1
#undef LIMIT_READER_QUICK_MS
#define LIMIT_READER_QUICK_MS 200
#undef LIMIT_READER_WALL_S
#define LIMIT_READER_WALL_S 8 /* one second of CPU may take that long where many tests run at once */
#undef LIMIT_READER_PATIENT_WALL_S
#define LIMIT_READER_PATIENT_WALL_S 40
#undef LIMIT_READER_MESSAGES
#define LIMIT_READER_MESSAGES 50
#undef LIMIT_READER_SLOW_MS
#define LIMIT_READER_SLOW_MS 300
#undef LIMIT_READER_RSS_BYTES
#define LIMIT_READER_RSS_BYTES (20L * 1024 * 1024)
