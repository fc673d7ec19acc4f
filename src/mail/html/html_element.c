/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See html_element.h.
 */
#include "mail/html/html_element.h"

#include <glib.h>
#include <string.h>

/* In the order of names */
static const struct {
    const char *name;
    enum element element;
} elements[] = {
    {"a", ELEMENT_LINK},           {"address", ELEMENT_BLOCK},   {"article", ELEMENT_BLOCK},  {"aside", ELEMENT_BLOCK},
    {"blockquote", ELEMENT_QUOTE}, {"body", ELEMENT_BLOCK},      {"br", ELEMENT_BREAK},       {"center", ELEMENT_BLOCK},
    {"dd", ELEMENT_BLOCK},         {"dir", ELEMENT_LIST},        {"div", ELEMENT_BLOCK},      {"dl", ELEMENT_PARAGRAPH},
    {"dt", ELEMENT_BLOCK},         {"footer", ELEMENT_BLOCK},    {"form", ELEMENT_BLOCK},     {"h1", ELEMENT_PARAGRAPH},
    {"h2", ELEMENT_PARAGRAPH},     {"h3", ELEMENT_PARAGRAPH},    {"h4", ELEMENT_PARAGRAPH},   {"h5", ELEMENT_PARAGRAPH},
    {"h6", ELEMENT_PARAGRAPH},     {"head", ELEMENT_SILENT},     {"header", ELEMENT_BLOCK},   {"hr", ELEMENT_RULE},
    {"img", ELEMENT_IMAGE},        {"li", ELEMENT_ITEM},         {"listing", ELEMENT_PRE},    {"main", ELEMENT_BLOCK},
    {"menu", ELEMENT_LIST},        {"noframes", ELEMENT_SILENT}, {"ol", ELEMENT_LIST},        {"option", ELEMENT_BLOCK},
    {"p", ELEMENT_PARAGRAPH},      {"pre", ELEMENT_PRE},         {"script", ELEMENT_SILENT},  {"section", ELEMENT_BLOCK},
    {"select", ELEMENT_SILENT},    {"style", ELEMENT_SILENT},    {"svg", ELEMENT_SILENT},     {"table", ELEMENT_BLOCK},
    {"td", ELEMENT_CELL},          {"template", ELEMENT_SILENT}, {"textarea", ELEMENT_BLOCK}, {"th", ELEMENT_CELL},
    {"title", ELEMENT_SILENT},     {"tr", ELEMENT_ROW},          {"ul", ELEMENT_LIST},
};

enum element html_element_of(const char *name)
{
    gsize low = 0, high = G_N_ELEMENTS(elements);

    while (low < high) {
        gsize middle = (low + high) / 2;
        int order = strcmp(name, elements[middle].name);
        if (order == 0)
            return elements[middle].element;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return ELEMENT_INLINE;
}
