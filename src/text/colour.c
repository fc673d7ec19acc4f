/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See colour.h.
 */
#include "text/colour.h"

#include <math.h>
#include <string.h>

#define STEP 0.005 /* of lightness */

struct hsl {
    double hue, saturation, lightness; /* 0..6, 0..1, 0..1 */
};

bool colour_is(const char *text)
{
    if (text == NULL || *text != '#' || strlen(text) != 7)
        return false;
    for (const char *p = text + 1; *p != '\0'; p++)
        if (!g_ascii_isxdigit(*p))
            return false;
    return true;
}

static void channels(const char *colour, double *rgb_out)
{
    for (guint i = 0; i < 3; i++)
        rgb_out[i] = (g_ascii_xdigit_value(colour[1 + 2 * i]) * 16 + g_ascii_xdigit_value(colour[2 + 2 * i])) / 255.0;
}

static double luminance(const char *colour)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double rgb[3], sum = 0;

    channels(colour, rgb);
    for (guint i = 0; i < 3; i++)
        sum += weights[i] * (rgb[i] <= 0.04045 ? rgb[i] / 12.92 : pow((rgb[i] + 0.055) / 1.055, 2.4));
    return sum;
}

double colour_contrast(const char *a, const char *b)
{
    double one = luminance(a), two = luminance(b);

    return (MAX(one, two) + 0.05) / (MIN(one, two) + 0.05);
}

static struct hsl to_hsl(const char *colour)
{
    double c[3];
    struct hsl h = {0};

    channels(colour, c);
    double most = MAX(MAX(c[0], c[1]), c[2]), least = MIN(MIN(c[0], c[1]), c[2]), span = most - least;
    h.lightness = (most + least) / 2;
    if (span <= 0)
        return h;
    h.saturation = span / (1 - fabs(2 * h.lightness - 1));
    h.hue = most <= c[0] ? fmod((c[1] - c[2]) / span + 6, 6) : most <= c[1] ? (c[2] - c[0]) / span + 2 : (c[0] - c[1]) / span + 4;
    return h;
}

static void from_hsl(const struct hsl *h, char *colour_out)
{
    double chroma = (1 - fabs(2 * h->lightness - 1)) * h->saturation;
    double second = chroma * (1 - fabs(fmod(h->hue, 2) - 1)), least = h->lightness - chroma / 2;
    const double sixths[][3] = {{chroma, second, 0}, {second, chroma, 0}, {0, chroma, second},
                                {0, second, chroma}, {second, 0, chroma}, {chroma, 0, second}};
    const double *c = sixths[MIN((guint)h->hue, 5)];

    g_snprintf(colour_out, 8, "#%02x%02x%02x", (guint)lround((c[0] + least) * 255), (guint)lround((c[1] + least) * 255),
               (guint)lround((c[2] + least) * 255));
}

static void lighten(const char *accent, char *dark_out)
{
    struct hsl h = to_hsl(accent);

    do {
        h.lightness = MIN(h.lightness + STEP, 1);
        from_hsl(&h, dark_out);
    } while (colour_contrast(dark_out, COLOUR_NIGHT) < COLOUR_CONTRAST && h.lightness < 1);
}

bool colours_of(const char *accent, struct colours *out)
{
    *out = (struct colours){COLOUR_ACCENT, COLOUR_ACCENT_DARK};
    if (accent == NULL || g_ascii_strcasecmp(accent, COLOUR_ACCENT) == 0)
        return true;
    if (!colour_is(accent) || colour_contrast(accent, COLOUR_PAPER) < COLOUR_CONTRAST)
        return false;
    g_autofree char *lower = g_ascii_strdown(accent, -1);
    g_strlcpy(out->accent, lower, sizeof out->accent);
    lighten(lower, out->dark);
    return true;
}

char *colours_style(const char *css, const struct colours *c)
{
    static const char usual[] = "--accent: " COLOUR_ACCENT "; --accent-dark: " COLOUR_ACCENT_DARK;
    const char *at = strstr(css, usual);

    if (at == NULL)
        return g_strdup(css);
    g_autofree char *head = g_strndup(css, (gsize)(at - css));
    return g_strdup_printf("%s--accent: %s; --accent-dark: %s%s", head, c->accent, c->dark, at + strlen(usual));
}
