/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names and frees of the newsletters' rows; see list.h.
 */
#include "forum/list.h"

#define NAMES(what, type, ...)                              \
    const char *const what##_names[] = {__VA_ARGS__, NULL}; \
    const char *what##_name(enum type value)                \
    {                                                       \
        return what##_names[value];                         \
    }
NAMES(issue_state, issue_state, "draft", "released", "sending", "stopped", "sent")
NAMES(subscription_state, subscription_state, "asked", "active", "unsubscribed", "suspended")
NAMES(way, way, "mail", "page", "one-click", "import", "operator", "complaint", "bounce")
NAMES(consent_kind, consent_kind, "asked", "confirmed", "imported", "added", "declined", "unsubscribed", "suspended", "revived")

void list_free(struct list *x)
{
    if (x == NULL)
        return;
    row_text_free(x->name);
    row_text_free(x->title);
    row_text_free(x->language);
    g_free(x);
}

void editor_free(struct editor *x)
{
    if (x == NULL)
        return;
    row_text_free(x->address);
    row_text_free(x->written);
    g_free(x);
}

void subscription_free(struct subscription *x)
{
    if (x == NULL)
        return;
    row_text_free(x->address);
    row_text_free(x->written);
    row_text_free(x->language);
    g_free(x);
}

void issue_free(struct issue *x)
{
    if (x == NULL)
        return;
    row_text_free(x->subject);
    row_text_free(x->source);
    row_text_free(x->language);
    row_text_free(x->role);
    g_free(x);
}

void issue_file_free(struct issue_file *x)
{
    if (x == NULL)
        return;
    row_text_free(x->name);
    row_text_free(x->type);
    g_clear_pointer(&x->content, g_bytes_unref);
    g_free(x);
}

void consent_free(struct consent *x)
{
    if (x == NULL)
        return;
    row_text_free(x->address);
    row_text_free(x->wording);
    row_text_free(x->message_key);
    row_text_free(x->authentication);
    g_free(x);
}
