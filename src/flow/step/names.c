/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Public names: what is protected, and who else could be meant; see names.h.
 */
#include "flow/step/names.h"

#include "flow/pose.h"
#include "forum/command.h"
#include "store/events.h"
#include "store/persons.h"

#include <string.h>

/* Behind the name of an organisation, in every language. */
static const char mark[] = " (Organisation)";

static bool is_like(const char *name, const char *other)
{
    gsize n = strlen(other);
    bool is_marked = g_str_has_suffix(other, mark);
    g_autofree char *bare = g_strndup(other, is_marked ? n - strlen(mark) : n);

    return name_is_like(name, bare);
}

/* NAME without the mark, however it is written; it stands behind the name of an organisation, once, and of no person. Caller frees. */
static char *without_mark(const char *name)
{
    const char *open = strrchr(name, '(');
    g_autofree char *skeleton = name_skeleton(open != NULL ? open : ""), *of_mark = name_skeleton(mark);
    bool has_mark = open != NULL && open > name && strcmp(skeleton, of_mark) == 0;

    return g_strchomp(g_strndup(name, has_mark ? (gsize)(open - name) : strlen(name)));
}

static bool has_mark(const char *name)
{
    g_autofree char *bare = without_mark(name);

    return strlen(bare) != strlen(name);
}

/* Could NAME be read as that of somebody who speaks in IDEA, or of staff? */
static bool is_taken(struct gateway *g, const char *name, row_id person, row_id idea, struct err *e)
{
    g_autoptr(GPtrArray) others = persons_beside(g->db, person, idea, e);
    bool found = false;

    for (guint i = 0; others != NULL && i < others->len && !found; i++)
        found = is_like(name, ((const struct person *)others->pdata[i])->public_name);
    return found;
}

static bool examine(struct gateway *g, const char *name, row_id person, row_id idea, enum name_fault *out, struct err *e)
{
    g_autoptr(GPtrArray) names = pose_protected_names(g, e);

    if (names == NULL)
        return false;
    *out = has_mark(name) ? NAME_PROTECTED : name_examine(name, (const char *const *)names->pdata);
    if (*out == NAME_FINE && e->kind == ERR_NONE && is_taken(g, name, person, idea, e))
        *out = NAME_TAKEN;
    return e->kind == ERR_NONE;
}

bool names_take(struct gateway *g, struct person *p, const char *answer, row_id idea, enum name_fault *fault_out, struct err *e)
{
    g_autofree char *name = command_public_name(answer);

    *fault_out = NAME_FINE;
    if (name == NULL)
        return true;
    if (*name != '\0' && !examine(g, name, p->id, idea, fault_out, e))
        return false;
    p->is_organisation = false;
    row_text_set(&p->public_name, *name != '\0' && *fault_out == NAME_FINE ? g_steal_pointer(&name) : NULL);
    return true;
}

bool names_take_organisation(struct gateway *g, struct person *p, const char *name, enum name_fault *fault_out, struct err *e)
{
    g_autofree char *bare = without_mark(name), *line = g_strdup_printf("NAME: %s\n", bare);

    if (!names_take(g, p, line, 0, fault_out, e))
        return false;
    if (p->public_name != NULL) {
        row_text_set(&p->public_name, g_strconcat(p->public_name, mark, NULL));
        p->is_organisation = true;
    }
    return true;
}

bool names_change(struct gateway *g, const struct hold *h, const char *answer, row_id message, gint64 now,
                  enum name_fault *fault_out, struct err *e)
{
    person_auto p = persons_by_address(g->db, h->address, e);
    struct event ev = {.at = now,
                       .kind = "person.named",
                       .about.message = message,
                       .about.person = p != NULL ? p->id : 0,
                       .about.hold = h->id};

    *fault_out = NAME_FINE;
    if (p == NULL)
        return e->kind == ERR_NONE;
    return names_take(g, p, answer, h->about.idea, fault_out, e) && persons_update(g->db, p, e) && events_add(g->db, &ev, e);
}

enum purpose names_purpose(enum name_fault fault)
{
    switch (fault) {
    case NAME_FINE:
        return PURPOSE_NAMED;
    case NAME_PROTECTED:
        return PURPOSE_ASK_NAME_PROTECTED;
    case NAME_TAKEN:
        return PURPOSE_ASK_NAME_TAKEN;
    case NAME_MIXED:
        return PURPOSE_ASK_NAME_MIXED;
    case NAME_SIGNS:
        return PURPOSE_ASK_NAME_SIGNS;
    case NAME_ADDRESS:
        return PURPOSE_ASK_NAME_ADDRESS;
    case NAME_LONG:
        return PURPOSE_ASK_NAME_LONG;
    }
    return PURPOSE_NONE;
}
