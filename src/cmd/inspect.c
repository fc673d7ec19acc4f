/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `forumpost inspect`: what the gateway understands of a mail, without storing or sending anything. Reads files or
 * mailboxes, one message at a time; inspect_people.c prints for people.
 */
#include "cmd/commands.h"
#include "cmd/inspect_threads.h"
#include "mail/message.h"

#include <errno.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

struct inspect {
    struct read_options options;
    gboolean as_json, is_mbox, as_threads;
    char *own_domain, *authserv_id;
    char **files;
};

/* `structure` is JSON already; json-glib has made a string of it. */
static void splice_structure(JsonObject *object, const char *structure)
{
    g_autoptr(JsonParser) parser = json_parser_new();

    if (json_parser_load_from_data(parser, structure, -1, NULL))
        json_object_set_member(object, "structure", json_parser_steal_root(parser));
}

static void print_json(const struct message *m, const char *file, guint64 index)
{
    g_autoptr(GVariant) v = g_variant_ref_sink(message_to_variant(m));
    g_autoptr(JsonNode) facts = json_gvariant_serialize(v), node = json_node_new(JSON_NODE_OBJECT);
    g_autoptr(JsonGenerator) generator = json_generator_new();
    JsonObject *object = json_object_new();
    g_autofree char *name = g_utf8_make_valid(file, -1);

    json_object_set_string_member(object, "file", name);
    json_object_set_int_member(object, "index", (gint64)index);
    JsonObjectIter iter;
    const char *key;
    JsonNode *value;
    json_object_iter_init_ordered(&iter, json_node_get_object(facts));
    while (json_object_iter_next_ordered(&iter, &key, &value))
        json_object_set_member(object, key, json_node_copy(value));
    splice_structure(object, m->structure);
    json_node_take_object(node, object);
    json_generator_set_root(generator, node);
    g_autofree char *line = json_generator_to_data(generator, NULL);
    puts(line);
}

static int inspect_file(const struct inspect *in, const char *file)
{
    g_autofree char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    gsize n;

    if (!g_file_get_contents(strcmp(file, "-") == 0 ? "/dev/stdin" : file, &bytes, &n, &error)) {
        fprintf(stderr, "forumpost: %s\n", error->message);
        return EX_NOINPUT;
    }
    message_auto m = message_read(bytes, n, &in->options);
    print_json(m, file, 0);
    return 0;
}

int cmd_inspect(const struct cmd_context *context, int argc, char **argv)
{
    struct inspect in = {0};
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &in.as_json, "one JSON object a message", NULL},
        {"mbox", 0, 0, G_OPTION_ARG_NONE, &in.is_mbox, "the files are mailboxes", NULL},
        {"threads", 0, 0, G_OPTION_ARG_NONE, &in.as_threads, "who answers whom in a mailbox", NULL},
        {"own-domain", 0, 0, G_OPTION_ARG_STRING, &in.own_domain, "our own mail domain", "DOMAIN"},
        {"authserv-id", 0, 0, G_OPTION_ARG_STRING, &in.authserv_id, "whose Authentication-Results are believed", "ID"},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &in.files, NULL, "FILE..."},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;
    int code = 0;

    (void)context;
    g_option_context_add_main_entries(options, entries, NULL);
    if (!g_option_context_parse(options, &argc, &argv, &error) || in.files == NULL) {
        fprintf(stderr, "forumpost inspect: %s\n", error != NULL ? error->message : "name a file, or - for standard input");
        return EX_USAGE;
    }
    mail_init();
    in.options = (struct read_options){.own_domain = in.own_domain, .authserv_id = in.authserv_id};
    for (char **file = in.files; *file != NULL; file++) {
        int result = in.as_threads ? inspect_threads(*file) : inspect_file(&in, *file);
        code = MAX(code, result);
    }
    g_strfreev(in.files);
    g_free(in.own_domain);
    g_free(in.authserv_id);
    return code;
}
