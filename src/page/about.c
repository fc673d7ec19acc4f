/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How to take part, and what the law wants on every site: imprint, privacy, accessibility. What only the operator knows comes
 * from [initiative] and [retention], the rest stands in the templates.
 */
#include "page/contribute.h"
#include "page/public.h"

bool page_take_part(struct page *p, struct err *e)
{
    if (page_is_post(p))
        return contribute_send(p, e);
    value_auto data = value_map();

    return public_set_forums(p, data, e) && page_show(p, 200, "take-part", g_steal_pointer(&data), e);
}

static bool show_about(struct page *p, const char *name, struct err *e)
{
    const struct settings *s = p->g->settings;
    struct value *data = value_map();

    page_set_words(data, "words", s->initiative_imprint, true);
    if (*s->initiative_contact != '\0')
        page_set_address(data, "contact", s->initiative_contact, NULL);
    g_autofree char *officer = g_strconcat("datenschutz@", s->initiative_domain, NULL);
    page_set_address(data, "officer", officer, NULL);
    value_set_number(data, "raw_days", s->retention_raw_days);
    value_set_number(data, "other_days", s->retention_other_days);
    value_set_number(data, "log_days", s->retention_log_days);
    return page_show(p, 200, name, data, e);
}

bool page_imprint(struct page *p, struct err *e)
{
    return show_about(p, "imprint", e);
}

bool page_privacy(struct page *p, struct err *e)
{
    return show_about(p, "privacy", e);
}

bool page_accessibility(struct page *p, struct err *e)
{
    return show_about(p, "accessibility", e);
}
