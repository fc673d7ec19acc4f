/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See forward.h. Each mail of the chain is a link: who wrote it, and their own words, which end where the next one begins.
 */
#include "forum/forward.h"

#include "base/limits.h"
#include "forum/fold.h"
#include "forum/route.h"
#include "mail/kind/kind.h"
#include "mail/reply/reply.h"
#include "mail/write/compose.h"

#include <string.h>

struct link {
    char *address; /* NULL: none, or several */
    char *subject, *text, *name;
    bool is_staff, is_near; /* of the forwarder's own domain */
};

static void link_free(struct link *l)
{
    g_free(l->address);
    g_free(l->subject);
    g_free(l->text);
    g_free(l->name);
    g_free(l);
}

const char *forward_word(enum forward_found f)
{
    static const char *const words[] = {[FORWARD_IS_CLEAR] = NULL,     [FORWARD_NO_ADDRESS] = "no_address",
                                        [FORWARD_SEVERAL] = "several", [FORWARD_NO_TEXT] = "empty",
                                        [FORWARD_OURS] = "ours",       [FORWARD_MACHINE] = "machine"};

    return words[f];
}

void forward_clear(struct forward *f)
{
    g_clear_pointer(&f->address, g_free);
    g_clear_pointer(&f->name, g_free);
    g_clear_pointer(&f->subject, g_free);
    g_clear_pointer(&f->text, g_free);
    g_clear_pointer(&f->note, g_free);
}

/* The one address that stands in WRITTEN, however often ("Erika [mailto:erika@example.net]"). A display name may hold another one:
 * then nobody knows. Caller frees. */
static char *only_address(const char *written)
{
    g_auto(GStrv) pieces = g_strsplit_set(written, " \t\n<>()[]\"',;:|", -1);
    g_autofree char *found = NULL;

    for (char **p = pieces; *p != NULL; p++) {
        if (strchr(*p, '@') == NULL)
            continue;
        g_autofree char *lower = g_utf8_strdown(*p, -1);
        if (!outgoing_is_address(lower) || (found != NULL && strcmp(found, lower) != 0))
            return NULL;
        if (found == NULL)
            found = g_steal_pointer(&lower);
    }
    return g_steal_pointer(&found);
}

/* What stands beside the address in WRITTEN. Caller frees. */
static char *name_in(const char *written)
{
    g_auto(GStrv) pieces = g_strsplit_set(written, " \t\n<>()[]\"',;:|", -1);
    GString *out = g_string_new(NULL);

    for (char **p = pieces; *p != NULL; p++)
        if (**p != '\0' && strchr(*p, '@') == NULL && g_ascii_strcasecmp(*p, "mailto") != 0)
            g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", *p);
    return g_string_free(out, FALSE);
}

static bool is_same_domain(const char *a, const char *b)
{
    const char *x = strrchr(a, '@'), *y = strrchr(b, '@');

    return x != NULL && y != NULL && g_ascii_strcasecmp(x, y) == 0;
}

/* The mails of the chain in which somebody said something, the one that was forwarded last first. */
static GPtrArray *links_of(const struct forwarded *first, const struct forward_facts *facts)
{
    GPtrArray *links = g_ptr_array_new_with_free_func((GDestroyNotify)link_free);
    g_autofree char *from = g_strdup(first->from), *subject = g_strdup(first->subject), *rest = g_strdup(first->text);

    for (guint depth = 0; rest != NULL && depth < LIMIT_FORWARD_DEPTH; depth++) {
        struct reply_context context = {.subject = subject, .is_answer = true, .own_domain = facts->own_domain};
        struct reply reply = {0};
        reply_split(rest, &context, &reply);
        struct link *l = g_new0(struct link, 1);
        l->address = from != NULL ? only_address(from) : NULL;
        l->name = name_in(from != NULL ? from : "");
        l->subject = g_strdup(subject != NULL ? subject : "");
        l->text = g_strdup(g_strstrip(reply.text));
        l->is_staff = l->address != NULL && facts->is_staff(l->address, facts->user);
        l->is_near = l->address != NULL && is_same_domain(l->address, facts->from);
        if (*l->text != '\0')
            g_ptr_array_add(links, l);
        else
            link_free(l);
        const struct forwarded *next = reply.forwarded;
        g_free(from);
        g_free(subject);
        g_free(rest);
        from = next != NULL ? g_strdup(next->from) : NULL;
        subject = next != NULL ? g_strdup(next->subject) : NULL;
        rest = next != NULL ? g_strdup(next->text) : NULL;
        reply_clear(&reply);
    }
    return links;
}

/* "von: erika@example.net", the first line of NOTE; it is cut out. NULL: there is none. */
static char *take_named(char **note)
{
    const char *line = *note + strspn(*note, " \t\n");
    gsize n = strcspn(line, "\n"), n_word = strcspn(line, ":\n");
    g_autofree char *word = g_strndup(line, n_word);
    g_autofree char *folded = fold_words(word);
    bool is_word = strcmp(folded, "von") == 0 || strcmp(folded, "from") == 0;

    if (!is_word || n_word == n)
        return NULL;
    g_autofree char *rest = g_strndup(line + n_word + 1, n - n_word - 1);
    char *named = only_address(rest);
    if (named != NULL) {
        g_autofree char *below = g_strstrip(g_strdup(line + n));
        g_free(*note);
        *note = g_steal_pointer(&below);
    }
    return named;
}

/* The only one that KEEP lets through; NULL none, *IS_MANY_OUT several. */
static struct link *only(const GPtrArray *links, const char *named, bool without_near, bool *is_many_out)
{
    struct link *found = NULL;

    *is_many_out = false;
    for (guint i = 0; i < links->len; i++) {
        struct link *l = links->pdata[i];
        bool is_meant = named != NULL ? g_strcmp0(l->address, named) == 0 : !l->is_staff && !(without_near && l->is_near);
        *is_many_out |= is_meant && found != NULL;
        found = is_meant && found == NULL ? l : found;
    }
    return *is_many_out ? NULL : found;
}

/* Whose words are meant. Who is named need not stand in the mail, if only one person's words do. */
static struct link *choose(const GPtrArray *links, const char *named, bool *is_many_out)
{
    struct link *l = named != NULL ? only(links, named, false, is_many_out) : NULL;

    if (l != NULL)
        return l;
    l = only(links, NULL, false, is_many_out);
    return l != NULL || !*is_many_out ? l : only(links, NULL, true, is_many_out);
}

static bool has_several_attached(const struct message *m)
{
    guint n = 0;

    for (guint i = 0; i < m->attachments->len; i++)
        n += strcmp(((const struct attachment *)m->attachments->pdata[i])->type, "message/rfc822") == 0;
    return n > 1;
}

enum forward_found forward_find(const struct message *m, const struct forward_facts *facts, struct forward *out)
{
    g_autoptr(GPtrArray) links = links_of(m->forwarded, facts);
    bool is_many = false;

    *out = (struct forward){.note = g_strstrip(g_strdup(facts->text))};
    g_autofree char *named = take_named(&out->note);
    if (has_several_attached(m))
        return FORWARD_SEVERAL;
    const struct link *l = choose(links, named, &is_many);
    if (l == NULL)
        return is_many ? FORWARD_SEVERAL : FORWARD_NO_TEXT;
    const char *address = named != NULL ? named : l->address;
    if (address == NULL)
        return FORWARD_NO_ADDRESS;
    if (route_is_own(address, facts->own_domain) || (l->address != NULL && route_is_own(l->address, facts->own_domain)))
        return FORWARD_OURS; /* what we wrote is nobody's contribution, whoever is named */
    if (kind_is_mute(address) || (named == NULL && m->forwarded->is_of_program))
        return FORWARD_MACHINE;
    out->address = g_strdup(address);
    out->name = g_strdup(l->name);
    out->subject = g_strdup(l->subject);
    out->text = g_strdup(l->text);
    return FORWARD_IS_CLEAR;
}
