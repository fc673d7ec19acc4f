/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in a page's template a value may stand. Escaping makes a value harmless in a text and in a quoted attribute, and
 * nowhere else; so a template that puts one anywhere else does not load. That is what "escaped by context" means here:
 * there is one escaping, and only the contexts that it is for.
 */
#pragma once

#include "base/err.h"

#include <stdbool.h>

/* False and ERR_CONFIG with NAME, the line and the reason:
 *   {{{x}}}, {{&x}}            a value without escaping
 *   <{{x}}, <a {{x}}>          as a tag's or an attribute's name (a section around whole attributes is fine)
 *   href={{x}}                 outside quotes
 *   onclick=, style=           attributes that are code
 *   href="{{x}}"               at the beginning of an address, unless x's name ends in "href", "path" or "url": those are made
 *                              by the program. href="mailto:{{x}}" and href="/forum/{{x}}" are fine
 *   <script>, <style>, <!-- {{x}} -->   in code or a comment */
bool page_lint(const char *name, const char *source, struct err *e);
