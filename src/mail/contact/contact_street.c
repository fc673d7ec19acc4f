/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How streets are called; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

/* clang-format off */
/* How a street's name ends, lower case. */
static const char *const ends[] = {
    "straße", "strasse", "str", "weg", "gasse", "platz", "allee", "ring", "damm", "ufer", "chaussee", "steig", "pfad", "stieg", "markt",
    "kamp", "hof", "berg", "graben", "wall", "tor", "zeile", "winkel", "heide", "wiese", "garten", "park", "feld", "anger", "stiege",
    "promenade", "kai", "siedlung", "hain", "höhe", "hang", "brink", "busch", "bruch", "deich", "twiete", "rain", "grund", "hagen", "teich",
    "mühle", "furt", "lohe", "aue", "reihe", "street", "road", "avenue", "lane", "drive", "close", "terrace", "square", "court", "sokak", "caddesi", "ulica",
};
/* clang-format on */

/* "Straße", "Str.", "Allee": its name is the word before. */
bool contact_is_bare_street(const char *word)
{
    return contact_is_one_of(word, ends, G_N_ELEMENTS(ends));
}

bool contact_is_street(const char *word)
{
    static const struct contact_suffix wholes[] =
        {CONTACT_SUFFIX("straße"),   CONTACT_SUFFIX("strasse"), CONTACT_SUFFIX("str"),    CONTACT_SUFFIX("weg"),
         CONTACT_SUFFIX("gasse"),    CONTACT_SUFFIX("platz"),   CONTACT_SUFFIX("allee"),  CONTACT_SUFFIX("chaussee"),
         CONTACT_SUFFIX("steig"),    CONTACT_SUFFIX("stieg"),   CONTACT_SUFFIX("markt"),  CONTACT_SUFFIX("graben"),
         CONTACT_SUFFIX("zeile"),    CONTACT_SUFFIX("winkel"),  CONTACT_SUFFIX("heide"),  CONTACT_SUFFIX("wiese"),
         CONTACT_SUFFIX("garten"),   CONTACT_SUFFIX("anger"),   CONTACT_SUFFIX("stiege"), CONTACT_SUFFIX("promenade"),
         CONTACT_SUFFIX("siedlung"), CONTACT_SUFFIX("höhe"),    CONTACT_SUFFIX("brink"),  CONTACT_SUFFIX("busch"),
         CONTACT_SUFFIX("bruch"),    CONTACT_SUFFIX("deich"),   CONTACT_SUFFIX("twiete"), CONTACT_SUFFIX("grund"),
         CONTACT_SUFFIX("hagen"),    CONTACT_SUFFIX("teich"),   CONTACT_SUFFIX("mühle"),  CONTACT_SUFFIX("reihe"),
         CONTACT_SUFFIX("street"),   CONTACT_SUFFIX("avenue"),  CONTACT_SUFFIX("drive"),  CONTACT_SUFFIX("close"),
         CONTACT_SUFFIX("terrace"),  CONTACT_SUFFIX("square"),  CONTACT_SUFFIX("court"),  CONTACT_SUFFIX("sokak"),
         CONTACT_SUFFIX("caddesi"),  CONTACT_SUFFIX("ulica"),   CONTACT_SUFFIX("strase"), CONTACT_SUFFIX("strße"),
         CONTACT_SUFFIX("stasse"),   CONTACT_SUFFIX("staße"),   CONTACT_SUFFIX("enalle"), CONTACT_SUFFIX("rnalle"),
         CONTACT_SUFFIX("kolonie")}; /* slips of the hand, too */
    static const struct contact_suffix parts[] = {CONTACT_SUFFIX("ring"),     CONTACT_SUFFIX("damm"),   CONTACT_SUFFIX("ufer"),
                                                  CONTACT_SUFFIX("pfad"),     CONTACT_SUFFIX("kamp"),   CONTACT_SUFFIX("hof"),
                                                  CONTACT_SUFFIX("berg"),     CONTACT_SUFFIX("wall"),   CONTACT_SUFFIX("tor"),
                                                  CONTACT_SUFFIX("park"),     CONTACT_SUFFIX("feld"),   CONTACT_SUFFIX("kai"),
                                                  CONTACT_SUFFIX("hain"),     CONTACT_SUFFIX("hang"),   CONTACT_SUFFIX("rain"),
                                                  CONTACT_SUFFIX("furt"),     CONTACT_SUFFIX("lohe"),   CONTACT_SUFFIX("aue"),
                                                  CONTACT_SUFFIX("road"),     CONTACT_SUFFIX("lane"),   CONTACT_SUFFIX("holz"),
                                                  CONTACT_SUFFIX("schlucht"), CONTACT_SUFFIX("bach"),   CONTACT_SUFFIX("moor"),
                                                  CONTACT_SUFFIX("ried"),     CONTACT_SUFFIX("acker"),  CONTACT_SUFFIX("halde"),
                                                  CONTACT_SUFFIX("hügel"),    CONTACT_SUFFIX("steg"),   CONTACT_SUFFIX("koppel"),
                                                  CONTACT_SUFFIX("redder"),   CONTACT_SUFFIX("wiesen"), CONTACT_SUFFIX("gärten"),
                                                  CONTACT_SUFFIX("horst"),    CONTACT_SUFFIX("rode")}; /* no names alone */

    return contact_has_suffix(word, wholes, G_N_ELEMENTS(wholes)) ||
           (contact_has_suffix(word, parts, G_N_ELEMENTS(parts)) && !contact_is_bare_street(word));
}

/* "Untere Dorfstraße", "Langen Straße": what goes before a street's own name and belongs to it. */
bool contact_is_street_adjective(const char *word)
{
    static const char *const houses[] = {"forsthaus", "gut", "villa", "schloss", "hof"};
    static const char *const stems[] = {"unter", "ober",  "alt",    "neu",    "lang",    "kurz",  "groß",  "große", "klein",
                                        "hoh",   "breit", "hinter", "vorder", "mittler", "inner", "äußer", "krumm", "schmal"};

    for (gsize i = 0; i < G_N_ELEMENTS(stems); i++)
        if (g_str_has_prefix(word, stems[i])) {
            const char *rest = word + strlen(stems[i]);
            if (strcmp(rest, "e") == 0 || strcmp(rest, "en") == 0 || strcmp(rest, "er") == 0 || strcmp(rest, "em") == 0 ||
                strcmp(rest, "es") == 0)
                return true;
        }
    return contact_is_one_of(word, houses, G_N_ELEMENTS(houses));
}
