/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ceilings of threads: a message too many is not in, a missing mail too many is ignored, what is known stays.
 */
#include "mail/thread/threads.h"

#include "base/limits.h"

#include <string.h>

static bool add(struct threads *t, const char *id, const char *parent)
{
    g_autoptr(GPtrArray) references = g_ptr_array_new();

    if (parent != NULL)
        g_ptr_array_add(references, (char *)parent);
    return threads_add(t, id, references, NULL);
}

static void test_messages(void)
{
    threads_auto t = threads_new(1);

    for (int i = 0; i < LIMIT_THREAD_MESSAGES; i++)
        g_assert_true(add(t, NULL, NULL));
    g_assert_false(add(t, "one@too.many", NULL));
    threads_finish(t);
    g_assert_cmpint(threads_count(t), ==, LIMIT_THREAD_MESSAGES);
}

static void test_missing(void)
{
    threads_auto t = threads_new(1);
    struct thread_line first, second, third;

    g_assert_true(add(t, "a@x", "missing-1@example.org")); /* 22 bytes */
    g_assert_true(add(t, "b@x", "missing-2@example.org")); /* would be 44 */
    g_assert_true(add(t, "c@x", "a@x"));
    threads_finish(t);
    threads_line(t, 0, &first);
    threads_line(t, 1, &second);
    threads_line(t, 2, &third);
    g_assert_cmpstr(first.parent, ==, "missing-1@example.org");
    g_assert_null(second.parent);
    g_assert_cmpstr(third.parent, ==, "a@x");
    g_assert_cmpint(threads_count(t), ==, 4);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/thread-limits/messages", test_messages);
    g_test_add_func("/thread-limits/missing", test_missing);
    return g_test_run();
}
