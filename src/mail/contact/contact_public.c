/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is everybody's: buildings, shops, offices, occasions; see contact.h.
 */
#include "mail/contact/contact_private.h"

#include <string.h>

/* Where everybody may go, or an occasion to which all are asked: what stands behind a comma there is no home. */
bool contact_is_public(const char *word)
{
    static const char *const wholes[] = {"laden",  "firma",    "büro",   "verein",  "termin",  "treffen",    "sitzung",
                                         "café",   "cafe",     "bar",    "amt",     "shop",    "pub",        "arzt",
                                         "ärztin", "zahnarzt", "bäcker", "friseur", "metzger", "supermarkt", "wirt",
                                         "doctor", "office",   "market", "meeting", "clinic"};
    static const struct contact_suffix ends[] = {
        CONTACT_SUFFIX("klinik"),      CONTACT_SUFFIX("agentur"),       CONTACT_SUFFIX("wache"),
        CONTACT_SUFFIX("universität"), CONTACT_SUFFIX("schule"),        CONTACT_SUFFIX("büro"),
        CONTACT_SUFFIX("ministerium"), CONTACT_SUFFIX("behörde"),       CONTACT_SUFFIX("verwaltung"),
        CONTACT_SUFFIX("kita"),        CONTACT_SUFFIX("kindergarten"),  CONTACT_SUFFIX("kirche"),
        CONTACT_SUFFIX("rathaus"),     CONTACT_SUFFIX("gemeindehaus"),  CONTACT_SUFFIX("bürgerhaus"),
        CONTACT_SUFFIX("jugendhaus"),  CONTACT_SUFFIX("kulturhaus"),    CONTACT_SUFFIX("pfarrhaus"),
        CONTACT_SUFFIX("vereinshaus"), CONTACT_SUFFIX("feuerwehrhaus"), CONTACT_SUFFIX("gerätehaus"),
        CONTACT_SUFFIX("parkhaus"),    CONTACT_SUFFIX("kaufhaus"),      CONTACT_SUFFIX("saal"),
        CONTACT_SUFFIX("stadion"),     CONTACT_SUFFIX("freibad"),       CONTACT_SUFFIX("hallenbad"),
        CONTACT_SUFFIX("mensa"),       CONTACT_SUFFIX("aula"),          CONTACT_SUFFIX("atelier"),
        CONTACT_SUFFIX("verein"),      CONTACT_SUFFIX("verband"),       CONTACT_SUFFIX("club"),
        CONTACT_SUFFIX("halle"),       CONTACT_SUFFIX("bahnhof"),       CONTACT_SUFFIX("haltestelle"),
        CONTACT_SUFFIX("bücherei"),    CONTACT_SUFFIX("museum"),        CONTACT_SUFFIX("theater"),
        CONTACT_SUFFIX("thek"),        CONTACT_SUFFIX("heim"),          CONTACT_SUFFIX("friedhof"),
        CONTACT_SUFFIX("spielplatz"),  CONTACT_SUFFIX("gymnasium"),     CONTACT_SUFFIX("zentrum"),
        CONTACT_SUFFIX("amt"),         CONTACT_SUFFIX("krankenhaus"),   CONTACT_SUFFIX("stellen"),
        CONTACT_SUFFIX("baustelle"),   CONTACT_SUFFIX("unfallstelle"),  CONTACT_SUFFIX("gasthof"),
        CONTACT_SUFFIX("gasthaus"),    CONTACT_SUFFIX("wirtshaus"),     CONTACT_SUFFIX("kneipe"),
        CONTACT_SUFFIX("bäckerei"),    CONTACT_SUFFIX("eisdiele"),      CONTACT_SUFFIX("standort"),
        CONTACT_SUFFIX("standorte"),   CONTACT_SUFFIX("kreuzung"),      CONTACT_SUFFIX("ecke"),
        CONTACT_SUFFIX("loch"),        CONTACT_SUFFIX("löcher"),        CONTACT_SUFFIX("ampel"),
        CONTACT_SUFFIX("ampeln"),      CONTACT_SUFFIX("laterne"),       CONTACT_SUFFIX("laternen"),
        CONTACT_SUFFIX("gebäude"),     CONTACT_SUFFIX("brücke"),        CONTACT_SUFFIX("platz"),
        CONTACT_SUFFIX("container"),   CONTACT_SUFFIX("denkmal"),       CONTACT_SUFFIX("straßen"),
        CONTACT_SUFFIX("orte"),        CONTACT_SUFFIX("praxis"),        CONTACT_SUFFIX("hotel"),
        CONTACT_SUFFIX("restaurant"),  CONTACT_SUFFIX("gaststätte"),    CONTACT_SUFFIX("kiosk"),
        CONTACT_SUFFIX("apotheke"),    CONTACT_SUFFIX("treffpunkt"),    CONTACT_SUFFIX("markt"),
        CONTACT_SUFFIX("filiale"),     CONTACT_SUFFIX("school"),        CONTACT_SUFFIX("church"),
        CONTACT_SUFFIX("library"),     CONTACT_SUFFIX("station"),       CONTACT_SUFFIX("hall"),
        CONTACT_SUFFIX("surgery"),     CONTACT_SUFFIX("shop"),          CONTACT_SUFFIX("treff"),
        CONTACT_SUFFIX("werkstatt"),
    };

    return contact_has_suffix(word, ends, G_N_ELEMENTS(ends)) || contact_is_one_of(word, wholes, G_N_ELEMENTS(wholes));
}
