/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See html.h.
 */
#include "mail/html.h"

#include <libxml/HTMLparser.h>
#include <string.h>

char *html_to_text(const char *html, GPtrArray *defects)
{
    (void)defects;
    htmlDocPtr doc = htmlReadMemory(html, (int)strlen(html), NULL, "UTF-8",
                                    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    if (doc == NULL)
        return g_strdup("");
    xmlChar *text = xmlNodeGetContent(xmlDocGetRootElement(doc));
    char *copy = g_strdup((const char *)text);
    xmlFree(text);
    xmlFreeDoc(doc);
    return copy;
}
