/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose turn is when of the addresses that one mail came to.
 */
#include "forum/recipients.h"

#include <string.h>

/* A mail to TO and CC, addresses with blanks between them. */
static void address_to(struct message *m, struct mailbox *boxes, const char *to, const char *cc)
{
    const char *const fields[] = {to, cc};
    GPtrArray **const lists[] = {&m->to, &m->cc};

    for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_auto(GStrv) words = g_strsplit(fields[i], " ", -1);
        *lists[i] = g_ptr_array_new();
        for (guint k = 0; words[k] != NULL; k++, boxes++) {
            boxes->address = g_steal_pointer(&words[k]);
            g_ptr_array_add(*lists[i], boxes);
        }
    }
}

static void test_turns(void)
{
    static const struct {
        const char *to, *cc, *recipients, *turns;
    } cases[] = {
        {"a@x", "", "a@x b@x", "a@x b@x"},
        {"b@x a@x", "", "a@x b@x", "b@x a@x"},
        {"a@x", "b@x", "b@x a@x", "a@x b@x"},
        {"A@X", "b@x", "b@x a@x", "a@x b@x"},
        {"a@x", "b@x", "c@x b@x a@x", "a@x b@x c@x"},
        {"a@x idee-4@x", "", "a@x idee-4@x", "idee-4@x a@x"},
        {"a@x vorschlag-4@x", "", "a@x vorschlag-4@x", "vorschlag-4@x a@x"},
        {"a@x ideen@x", "", "ideen@x a@x", "a@x ideen@x"},
        {"a@x idee-4@x", "ja+1-m@x", "a@x idee-4@x ja+1-m@x", "ja+1-m@x idee-4@x a@x"},
        {NULL, NULL, "b@x idea-4@x a@x", "idea-4@x b@x a@x"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct mailbox boxes[4] = {0};
        struct message m = {0};
        g_auto(GStrv) words = g_strsplit(cases[i].recipients, " ", -1);
        g_autoptr(GPtrArray) recipients = g_ptr_array_new();

        for (guint k = 0; words[k] != NULL; k++)
            g_ptr_array_add(recipients, words[k]);
        if (cases[i].to != NULL)
            address_to(&m, boxes, cases[i].to, cases[i].cc);
        recipients_sort(recipients, cases[i].to != NULL ? &m : NULL);
        g_ptr_array_add(recipients, NULL);
        g_autofree char *turns = g_strjoinv(" ", (char **)recipients->pdata);
        g_assert_cmpstr(turns, ==, cases[i].turns);
        for (guint k = 0; k < G_N_ELEMENTS(boxes); k++)
            g_free(boxes[k].address);
        g_clear_pointer(&m.to, g_ptr_array_unref);
        g_clear_pointer(&m.cc, g_ptr_array_unref);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/recipients/turns", test_turns);
    return g_test_run();
}
