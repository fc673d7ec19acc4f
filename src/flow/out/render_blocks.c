/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digests differ from reader to reader, but not their discussions: each is written once for all who are told the same of it under
 * the same number, and put into their mails as a block (text/block.h). Only the addresses for answers are everybody's own: they are
 * holes. A block in which anything else of its first reader is found serves nobody but them.
 */
#include "flow/out/render_job.h"

/* Does nothing in B stand for its first reader alone? */
static bool is_for_all(const struct job *j, const struct text_block *b)
{
    g_autofree char *plain = g_strdup_printf("+%" G_GINT64_FORMAT "-", j->n->person_id),
                    *escaped = g_strdup_printf("%%2B%s", plain + 1);

    return j->v.is_for_many && text_block_is_free_of(b, plain) && text_block_is_free_of(b, escaped);
}

/* Nothing of the reader's goes in but through FILL. NULL: j->e. */
static struct text_block *make(struct job *j, const struct block_spec *spec, void *user)
{
    value_auto data = value_map();
    g_autoptr(GString) master = g_string_new(NULL);

    view_set_initiative(data, &j->v);
    spec->fill(j, data, user);
    if (j->e->kind != ERR_NONE || !templates_write_part(j->r->t, j->v.language, j->row->word, spec->part, data, master, j->e))
        return NULL;
    return text_block_make(master->str, j->r->look, spec->own);
}

bool job_set_block(struct job *j, struct value *entry, const struct block_spec *spec, void *user)
{
    const char *key = g_string_append(g_string_append(spec->key, spec->part), j->v.language)->str;
    struct text_block *known = blocks_find(j->r->blocks, key), *b = known != NULL ? known : make(j, spec, user);

    if (b == NULL)
        return false;
    if (known == NULL && is_for_all(j, b))
        blocks_keep(j->r->blocks, key, b);
    j->places = j->places != NULL ? j->places : text_places_new();
    struct text_place place = {b, g_strdupv((GStrv)spec->own)};
    value_set(entry, spec->part, value_block(j->places->len));
    g_array_append_val(j->places, place);
    return true;
}
