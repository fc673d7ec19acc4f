/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any recipient address to the tolerant reader of addresses. Checked besides memory: what it understood is
 * complete, a token is believed only where its MAC was made with the key, and addresses of ours read back as what they were
 * made for, however a gateway or a person changes their case.
 */
#include "base/token.h"
#include "forum/route.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "beteiligung.example.org"

static const guint8 key[TOKEN_KEY_BYTES] = "fuzz_address: the key of no one";
static const guint8 other_key[TOKEN_KEY_BYTES] = "fuzz_address: the key of another";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

static void check_understood(const char *address)
{
    struct route with_key = {0}, with_other = {0};

    route_parse(address, DOMAIN, key, &with_key);
    route_parse(address, DOMAIN, other_key, &with_other);
    require(!(with_key.has_token && with_other.has_token));
    bool may_name = with_key.kind == ROUTE_IDEA && with_key.act == ACT_INNER;
    require(with_key.name != NULL ? may_name || with_key.kind == ROUTE_FORUM || with_key.kind == ROUTE_LIST
                                  : with_key.kind != ROUTE_FORUM && with_key.kind != ROUTE_LIST);
    require(with_key.kind != ROUTE_IDEA || (with_key.idea > 0) != (with_key.proposal > 0));
    require(with_key.kind != ROUTE_SUBSCRIPTION || (with_key.has_token && with_key.subscription > 0));
    require(with_key.kind != ROUTE_ISSUE || (with_key.has_token && with_key.issue > 0));
    require(with_key.kind != ROUTE_CONFIRM || (with_key.has_token && with_key.hold > 0));
    require(with_key.kind != ROUTE_MODERATE || (with_key.has_token && with_key.hold > 0 && with_key.person > 0));
    require(with_key.kind != ROUTE_BOUNCE || (with_key.has_token && with_key.notice > 0));
    route_clear(&with_key);
    route_clear(&with_other);
}

/* Numbers from the input, an address made of them, upper case where the input says so, read again. */
static void check_round(const uint8_t *data, size_t size)
{
    guint32 numbers[3] = {0};
    struct route route = {0};

    memcpy(numbers, data, MIN(size, sizeof numbers));
    row_id idea = 1 + (row_id)numbers[0], person = 1 + (row_id)numbers[1], post = (row_id)numbers[2];
    g_autofree char *address = route_reply_address(idea, size % 2 == 0 ? RING_PUBLIC : RING_MEMBERS, person, post, DOMAIN, key);
    for (char *p = address; *p != '\0'; p++)
        if (size > 0 && data[(gsize)(p - address) % size] & 1)
            *p = g_ascii_toupper(*p);
    route_parse(address, DOMAIN, key, &route);
    require(route.kind == ROUTE_IDEA && route.has_token);
    require(route.idea == idea && route.person == person && route.post == post);
    route_clear(&route);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *bytes = g_strndup((const char *)data, size);
    g_autofree char *text = g_utf8_make_valid(bytes, -1);
    g_autofree char *here = g_strconcat(text, "@" DOMAIN, NULL);
    g_autofree char *folded = route_fold_name(text);
    row_id post, notice;

    check_understood(text);
    check_understood(here);
    check_round(data, size);
    require(folded == NULL || g_str_is_ascii(folded));
    route_parse_message_id(text, DOMAIN, key, &post, &notice);
    return 0;
}
