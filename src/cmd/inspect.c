/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `forumpost inspect`: what the gateway understands of a mail, without storing or sending anything. Reads
 * files or mailboxes, one message at a time, in processes without rights (inspect_child.c); inspect_people.c prints for
 * people.
 */
#include "base/confine.h"
#include "base/limits.h"
#include "base/screen.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/inspect_child.h"
#include "cmd/inspect_people.h"
#include "cmd/inspect_threads.h"
#include "cmd/mbox.h"
#include "mail/message/message.h"
#include "mail/read/read.h"

#include <errno.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

struct inspect {
    struct read_options options;
    gboolean as_json, is_mbox, as_threads;
    char **files;
    FILE *out;
};

/* `structure` is JSON already; json-glib has made a string of it. */
static void splice_structure(JsonObject *object, const char *structure)
{
    g_autoptr(JsonParser) parser = json_parser_new();

    if (json_parser_load_from_data(parser, structure, -1, NULL))
        json_object_set_member(object, "structure", json_parser_steal_root(parser));
}

static void print_json(FILE *out, const struct message *m, const char *file, guint64 index)
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
    fprintf(out, "%s\n", line);
}

static void inspect_bytes(const struct inspect *in, const GByteArray *bytes, bool is_cut, const char *file, guint64 index)
{
    confine_more_cpu(LIMIT_READER_CPU_S); /* each mail may have so much */
    message_auto m = message_read((const char *)bytes->data, bytes->len, &in->options);

    if (is_cut)
        g_ptr_array_add(m->defects, g_strdup("message-too-large"));
    if (in->as_json)
        print_json(in->out, m, file, index);
    else
        inspect_people(in->out, m, file, index);
}

/* A whole file is one message. Of more than a message may have, the rest is not looked at. */
static bool read_whole(FILE *f, GByteArray *bytes, bool *is_cut_out)
{
    guint8 chunk[65536];
    gsize n;

    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0) {
        gsize room = LIMIT_MESSAGE_BYTES - bytes->len;
        g_byte_array_append(bytes, chunk, (guint)MIN(n, room));
        if (n > room) {
            *is_cut_out = true;
            return true;
        }
    }
    return ferror(f) == 0;
}

static bool inspect_stream(const struct inspect *in, FILE *f, const char *file)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    bool is_cut = false;

    if (!in->is_mbox) {
        if (!read_whole(f, bytes, &is_cut))
            return false;
        inspect_bytes(in, bytes, is_cut, file, 0);
        return true;
    }
    struct mbox mbox;
    mbox_open(&mbox, f);
    for (guint64 index = 0; mbox_next(&mbox, bytes, LIMIT_MESSAGE_BYTES, &is_cut); index++)
        inspect_bytes(in, bytes, is_cut, file, index);
    mbox_close(&mbox);
    return ferror(f) == 0;
}

static int inspect_file(void *user, FILE *f, FILE *out, const char *file)
{
    struct inspect *in = user;

    FILE *screen = in->as_json ? NULL : screen_on(out);
    in->out = screen != NULL ? screen : out;
    bool ok = inspect_stream(in, f, file);
    if (screen != NULL && !screen_off(screen))
        return EX_IOERR;
    if (ok)
        return 0;
    fprintf(stderr, "forumpost: cannot read %s: %s\n", file, g_strerror(errno));
    return EX_NOINPUT;
}

static int inspect_all(struct inspect *in)
{
    guint64 seed = (guint64)g_random_int() << 32 | g_random_int(); /* a confined process cannot ask for one */
    const struct inspect_work reading = {inspect_file, in, LIMIT_READER_MEMORY_BYTES, LIMIT_READER_CPU_S},
                              threading = {inspect_threads, &seed, LIMIT_THREAD_MEMORY_BYTES, LIMIT_THREAD_CPU_S};
    int code = 0;

    mail_init();
    for (char **file = in->files; *file != NULL; file++) {
        int result = inspect_child(in->as_threads ? &threading : &reading, *file);
        code = MAX(code, result);
    }
    return code;
}

static bool inspect(struct door *d, struct err *e)
{
    struct inspect in = {.as_json = d->as_json,
                         .is_mbox = door_has(d, "mbox"),
                         .as_threads = door_has(d, "threads"),
                         .files = d->argv,
                         .options = {.own_domain = door_text(d, "own-domain"),
                                     .authserv_id = door_text(d, "authserv-id"),
                                     .authserv_hops = (guint)door_number(d, "authserv-hops", 0)}};

    (void)e; /* each file has its sentence */
    d->code = inspect_all(&in);
    return true;
}

static const struct door_option options[] = {
    {.name = "mbox", .kind = DOOR_FLAG, .help = "the files are mailboxes (mboxrd or mboxo)"},
    {.name = "threads", .kind = DOOR_FLAG, .help = "who answers whom in a mailbox"},
    {.name = "own-domain", .kind = DOOR_TEXT, .argument = "DOMAIN", .help = "the mail domain of this installation"},
    {.name = "authserv-id", .kind = DOOR_TEXT, .argument = "ID", .help = "whose Authentication-Results are believed"},
    {.name = "authserv-hops",
     .kind = DOOR_NUMBER,
     .argument = "N",
     .high = LIMIT_RECEIVED_FIELDS,
     .help = "Received fields that may stand above those (default 0)"},
    {0},
};
static const struct door_verb verbs[] = {
    {"", "FILE...", "json mbox threads own-domain authserv-id authserv-hops", DOOR_NOTHING | DOOR_GIVES_WAY, inspect,
     "FILE - is standard input"},
    {0},
};
static const struct door_spec spec = {"inspect", "Tells what the gateway understands of mails. Stores and sends nothing.", verbs,
                                      options};

int cmd_inspect(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
