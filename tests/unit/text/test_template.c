/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Templates: cases of our own as a table, limits, escaping, and the official mustache cases where they lie beside
 * the tree (../shared/mustache); those are skipped with a sentence otherwise.
 */
#include "text/template.h"

#include "base/limits.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* ---- JSON to values */
static struct value *from_json(JsonNode *node)
{
    if (JSON_NODE_HOLDS_NULL(node))
        return value_string("");
    if (JSON_NODE_HOLDS_OBJECT(node)) {
        struct value *map = value_map();
        JsonObjectIter iter;
        const char *key;
        JsonNode *member;
        json_object_iter_init(&iter, json_node_get_object(node));
        while (json_object_iter_next(&iter, &key, &member))
            value_set(map, key, from_json(member));
        return map;
    }
    if (JSON_NODE_HOLDS_ARRAY(node)) {
        struct value *list = value_list();
        JsonArray *array = json_node_get_array(node);
        for (guint i = 0; i < json_array_get_length(array); i++)
            value_append(list, from_json(json_array_get_element(array, i)));
        return list;
    }
    if (json_node_get_value_type(node) == G_TYPE_BOOLEAN)
        return value_bool(json_node_get_boolean(node));
    if (json_node_get_value_type(node) == G_TYPE_STRING)
        return value_string(json_node_get_string(node));
    return value_take(g_strdup_printf("%.15g", json_node_get_double(node)));
}

static struct value *parse_json(const char *text)
{
    g_autoptr(JsonNode) node = json_from_string(text, NULL);

    g_assert_nonnull(node);
    return from_json(node);
}

static const struct template *find_in_table(const char *name, const void *table)
{
    return g_hash_table_lookup((GHashTable *)table, name);
}

static char *expand(const char *source, const struct value *data, enum escape where, GHashTable *partials)
{
    err_auto struct err e = {0};
    template_auto t = template_compile("case", source, &e);
    g_autoptr(GString) out = g_string_new(NULL);

    if (t == NULL)
        return g_strdup_printf("ERROR %s", e.text);
    if (!template_expand(t, data, where, partials != NULL ? find_in_table : NULL, partials, out, &e))
        return g_strdup_printf("ERROR %s", e.text);
    return g_strdup(out->str);
}

/* ---- Cases of our own */
static const struct own_case {
    const char *what, *source, *data, *expected;
} own_cases[] = {
    {"nothing to do", "Guten Tag\n", "{}", "Guten Tag\n"},
    {"variable", "Forum {{name}}.", "{\"name\":\"Mobilität\"}", "Forum Mobilität."},
    {"missing", "[{{name}}]", "{}", "[]"},
    {"blank inside the tag", "[{{ name }}]", "{\"name\":\"x\"}", "[x]"},
    {"values are not read again", "{{a}}", "{\"a\":\"{{b}}\",\"b\":\"no\"}", "{{b}}"},
    {"list", "{{#l}}<{{n}}>{{/l}}", "{\"l\":[{\"n\":\"1\"},{\"n\":\"2\"}]}", "<1><2>"},
    {"list of strings", "{{#l}}{{.}};{{/l}}", "{\"l\":[\"a\",\"b\"]}", "a;b;"},
    {"empty string is false", "{{#s}}yes{{/s}}{{^s}}no{{/s}}", "{\"s\":\"\"}", "no"},
    {"zero is a text", "{{#n}}yes{{/n}}", "{\"n\":0}", "yes"},
    {"outer name from inside", "{{#in}}{{a}}{{b}}{{/in}}", "{\"a\":\"A\",\"in\":{\"b\":\"B\"}}", "AB"},
    {"dotted", "{{a.b.c}}", "{\"a\":{\"b\":{\"c\":\"deep\"}}}", "deep"},
    {"dotted, broken", "[{{a.b.c}}]", "{\"a\":{},\"b\":{\"c\":\"no\"}}", "[]"},
    {"tag on its own line", "a\n {{#s}} \nb\n{{/s}}\nc\n", "{\"s\":true}", "a\nb\nc\n"},
    {"the same with CRLF", "a\r\n{{#s}}\r\nb\r\n{{/s}}\r\nc", "{\"s\":true}", "a\r\nb\r\nc"},
    {"two tags on a line", "{{#a}}{{#b}}\nx\n{{/b}}{{/a}}\n", "{\"a\":true,\"b\":true}", "\nx\n\n"},
    {"comment over lines", "a\n{{! one\n two }}\nb", "{}", "a\nb"},
    {"delimiters", "{{=<% %>=}}<% a %> {{a}}", "{\"a\":\"1\"}", "1 {{a}}"},
    {"delimiters do not leave a section", "{{#s}}{{=| |=}}|a||/s||a|", "{\"s\":true,\"a\":\"1\"}", "11"},
    {"a map is no text", "[{{m}}]", "{\"m\":{\"a\":\"1\"}}", "[]"},
    {"nested same name", "{{#a}}{{#a}}x{{/a}}{{/a}}", "{\"a\":true}", "x"},
    {"not closed", "line\n{{name", "{}", "ERROR template case, line 2: a tag is not closed"},
    {"open section", "{{#a}}x", "{}", "ERROR template case, line 1: a section is never closed: a"},
    {"wrong end", "{{#a}}\n{{/b}}", "{}", "ERROR template case, line 2: another section is open here than b"},
    {"end without start", "{{/b}}", "{}", "ERROR template case, line 1: this closes nothing: b"},
    {"no name", "{{}}", "{}", "ERROR template case, line 1: a tag without a name"},
    {"odd name", "{{a b}}", "{}", "ERROR template case, line 1: this is not a name: a b"},
    {"name ends with a dot", "{{a.}}", "{}", "ERROR template case, line 1: this is not a name: a."},
    {"partial named by data", "{{>*a}}", "{}", "ERROR template case, line 1: this is not the name of a file beside this one: *a"},
    {"partial elsewhere", "{{>../a}}", "{}", "ERROR template case, line 1: this is not the name of a file beside this one: ../a"},
    {"bad delimiters", "{{=a=}}", "{}", "ERROR template case, line 1: bad delimiters a"},
};

static void test_own_cases(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(own_cases); i++) {
        value_auto data = parse_json(own_cases[i].data);
        g_autofree char *got = expand(own_cases[i].source, data, ESCAPE_TEXT, NULL);
        g_test_message("%s", own_cases[i].what);
        g_assert_cmpstr(got, ==, own_cases[i].expected);
    }
}

static const struct escape_case {
    enum escape where;
    const char *text, *expected;
} escape_cases[] = {
    {ESCAPE_NONE, "a<\r\x01", "a<\r\x01"},
    {ESCAPE_TEXT, "a\r\nb\rc\n", "a\nb\nc\n"},
    {ESCAPE_TEXT, "tab\tbell\a null? del\x7f", "tab\tbell null? del"},
    {ESCAPE_TEXT,
     "C1 \xc2\x9b"
     "31m nel\xc2\x85"
     "x",
     "C1 31m nel\nx"},
    {ESCAPE_TEXT, "gpj\u202eexe.txt\u2066\u2069 \u200fok", "gpjexe.txt \u200fok"},
    {ESCAPE_TEXT, "„Grün“ – ä Â ©\u2028neu", "„Grün“ – ä Â ©\nneu"},
    {ESCAPE_TEXT, "broken \xff utf-8 \xc3", "broken \ufffd utf-8 \ufffd"},
    {ESCAPE_TEXT, "\001\002\003marks", "marks"},
    {ESCAPE_LINE, "  one\r\nBcc: two\n\n three\t\tfour  ", "one Bcc: two three four"},
    {ESCAPE_LINE, "\n\n", ""},
    {ESCAPE_HTML, "<a href=\"x\">'&'</a>", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"},
    {ESCAPE_HTML, "\x01<b\u202e>", "&lt;b&gt;"},
};

static void test_escapes(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(escape_cases); i++) {
        g_autoptr(GString) out = g_string_new("> ");
        escape_append(out, escape_cases[i].text, escape_cases[i].where);
        g_assert_cmpstr(out->str + 2, ==, escape_cases[i].expected);
    }
}

static void test_raw_is_not_escaped(void)
{
    value_auto data = parse_json("{\"h\":\"<b>\"}");
    g_autofree char *got = expand("{{h}} {{{h}}} {{&h}}", data, ESCAPE_HTML, NULL);

    g_assert_cmpstr(got, ==, "&lt;b&gt; <b> <b>");
}

static GHashTable *partial_table(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)template_free);
}

static void add_partial(GHashTable *table, const char *name, const char *source)
{
    err_auto struct err e = {0};
    struct template *t = template_compile(name, source, &e);

    g_assert_nonnull(t);
    g_hash_table_insert(table, g_strdup(name), t);
}

/* What a page's template wrote is put into another one as it is, and into nothing that is no page. */
static void test_written(void)
{
    g_autoptr(GBytes) page = g_bytes_new_static("<b>&amp;</b>", 12), empty = g_bytes_new_static("", 0);
    err_auto struct err e = {0};
    template_auto t = template_compile("t", "[{{part}}]{{#part}}there{{/part}}{{^none}}not{{/none}}", &e);
    value_auto data = value_map();

    value_set(data, "part", value_written(page));
    value_set(data, "none", value_written(empty));
    for (enum escape where = ESCAPE_TEXT; where <= ESCAPE_HTML; where++) {
        g_autoptr(GString) out = g_string_new(NULL);
        g_assert_true(template_expand(t, data, where, NULL, NULL, out, &e));
        g_assert_cmpstr(out->str, ==, where == ESCAPE_HTML ? "[<b>&amp;</b>]therenot" : "[]therenot");
    }
}

static void test_partials(void)
{
    g_autoptr(GHashTable) partials = partial_table();
    value_auto data = parse_json("{\"x\":\"1\\n2\"}");

    add_partial(partials, "foot", "a {{x}}\nb\n");
    g_autofree char *got = expand("[\n  {{>foot}}\n]{{>none}}", data, ESCAPE_TEXT, partials);
    g_assert_cmpstr(got, ==, "[\n  a 1\n2\n  b\n]"); /* the value's second line is not indented */
}

static void test_limits(void)
{
    value_auto data = value_map();
    g_autoptr(GHashTable) partials = partial_table();
    g_autoptr(GString) deep = g_string_new(NULL);

    value_set_bool(data, "a", true);
    add_partial(partials, "self", "x{{>self}}");
    g_autofree char *endless = expand("{{>self}}", data, ESCAPE_TEXT, partials);
    g_assert_true(g_str_has_prefix(endless, "ERROR template self: partials inside each other"));

    for (guint i = 0; i <= LIMIT_TEMPLATE_DEPTH; i++)
        g_string_append(deep, "{{#a}}");
    g_autofree char *nested = expand(deep->str, data, ESCAPE_TEXT, NULL);
    g_assert_true(g_str_has_prefix(nested, "ERROR template case, line 1: too many sections"));

    g_autofree char *source = g_strnfill(LIMIT_TEMPLATE_BYTES + 1, 'x');
    g_autofree char *large = expand(source, data, ESCAPE_TEXT, NULL);
    g_assert_true(g_str_has_prefix(large, "ERROR template case is longer"));
}

static void test_long_output(void)
{
    value_auto data = value_map();
    struct value *list = value_list();
    g_autofree char *megabyte = g_strnfill(1024 * 1024, 'x');

    for (guint i = 0; i < 20; i++)
        value_append(list, value_string("y"));
    value_set(data, "list", list);
    value_set_string(data, "mb", megabyte);
    g_autofree char *got = expand("{{#list}}{{mb}}{{/list}}", data, ESCAPE_TEXT, NULL);
    g_assert_cmpstr(got, ==, "ERROR template case: the text becomes too long");
}

static void test_many_steps(void)
{
    value_auto data = value_map();
    struct value *list = value_list();

    for (guint i = 0; i < 300; i++)
        value_append(list, value_bool(true));
    value_set(data, "l", list);
    g_autofree char *got = expand("{{#l}}{{#l}}{{#l}}{{no}}{{/l}}{{/l}}{{/l}}", data, ESCAPE_TEXT, NULL);
    g_assert_cmpstr(got, ==, "ERROR template case: the text becomes too long");
}

/* ---- The official cases */
static GHashTable *official_partials(JsonObject *test)
{
    GHashTable *table = partial_table();

    if (json_object_has_member(test, "partials")) {
        JsonObjectIter iter;
        const char *key;
        JsonNode *member;
        json_object_iter_init(&iter, json_object_get_object_member(test, "partials"));
        while (json_object_iter_next(&iter, &key, &member))
            add_partial(table, key, json_node_get_string(member));
    }
    return table;
}

static void test_official(gconstpointer path)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(GError) error = NULL;

    json_parser_load_from_file(parser, path, &error);
    g_assert_no_error(error);
    JsonArray *tests = json_object_get_array_member(json_node_get_object(json_parser_get_root(parser)), "tests");
    g_assert_cmpuint(json_array_get_length(tests), >, 5);
    for (guint i = 0; i < json_array_get_length(tests); i++) {
        JsonObject *test = json_array_get_object_element(tests, i);
        value_auto data = from_json(json_object_get_member(test, "data"));
        g_autoptr(GHashTable) partials = official_partials(test);
        g_autofree char *got = expand(json_object_get_string_member(test, "template"), data, ESCAPE_HTML, partials);
        g_test_message("%s", json_object_get_string_member(test, "name"));
        g_assert_cmpstr(got, ==, json_object_get_string_member(test, "expected"));
    }
}

static void test_official_absent(void)
{
    g_test_skip("the official mustache cases are not beside the tree (../shared/mustache)");
}

static void add_official(void)
{
    static const char *const names[] = {"comments", "delimiters", "interpolation", "inverted", "partials", "sections"};
    const char *top = g_getenv("top_srcdir");

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *file = g_strconcat(names[i], ".json", NULL);
        g_autofree char *path = g_build_filename(top != NULL ? top : ".", "..", "shared", "mustache", file, NULL);
        g_autofree char *test = g_strconcat("/template/official/", names[i], NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            g_test_add_data_func_full(test, g_steal_pointer(&path), test_official, g_free);
        else
            g_test_add_func(test, test_official_absent);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/template/written", test_written);
    g_test_add_func("/template/own-cases", test_own_cases);
    g_test_add_func("/template/escapes", test_escapes);
    g_test_add_func("/template/raw", test_raw_is_not_escaped);
    g_test_add_func("/template/partials", test_partials);
    g_test_add_func("/template/limits", test_limits);
    g_test_add_func("/template/long-output", test_long_output);
    g_test_add_func("/template/many-steps", test_many_steps);
    add_official();
    return g_test_run();
}
