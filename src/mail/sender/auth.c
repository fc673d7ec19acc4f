/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See auth.h. Fields to findings (auth_field.c), findings to one judgement.
 */
#include "mail/sender/auth.h"

#include "base/letter.h"
#include "mail/sender/auth_field.h"
#include "mail/word/address.h"

#include <string.h>

static bool is_pass(const struct auth_finding *f)
{
    return strcmp(f->result, "pass") == 0 && f->is_known_version && !f->is_torn;
}

/* What is said once and does not pass must not be outvoted: the first that is no pass, else pass. */
static void note_worst(char **worst, const struct auth_finding *f)
{
    if (*worst != NULL && strcmp(*worst, "pass") != 0)
        return;
    g_free(*worst);
    *worst = g_strdup(is_pass(f) || strcmp(f->result, "pass") != 0 ? f->result : "permerror");
}

static bool is_domain(const char *text, const char *ascii)
{
    g_autofree char *domain = text != NULL && ascii != NULL ? address_domain_ascii(text) : NULL;

    return domain != NULL && strcmp(domain, ascii) == 0;
}

/* DMARC speaks of From's domain. Without header.from the verifier does not say whose, and there is one From only. */
static void judge_dmarc(struct authentication *a, const struct auth_finding *f, const char *author)
{
    bool is_of_from = is_pass(f) && author != NULL && (f->header_from == NULL || is_domain(f->header_from, author));

    a->is_dmarc_of_from = is_of_from && (a->dmarc == NULL || a->is_dmarc_of_from);
    note_worst(&a->dmarc, f);
}

/* SPF speaks of the envelope. A second domain that passes as well (HELO's, say) leaves it open which one was meant. */
static void judge_spf(struct authentication *a, const struct auth_finding *f)
{
    g_autofree char *domain = is_pass(f) && f->mailfrom != NULL ? address_domain_ascii(f->mailfrom) : NULL;
    bool is_first = a->spf == NULL;

    note_worst(&a->spf, f);
    if (is_first)
        a->spf_domain = g_steal_pointer(&domain);
    else if (g_strcmp0(a->spf_domain, domain) != 0)
        g_clear_pointer(&a->spf_domain, g_free);
}

/* Of several signatures the one of From's domain counts. Its very domain: that example.org speaks for mail.example.org,
 * but co.uk not for example.co.uk, takes a list of all registries to know; who checks DMARC has one. */
static void judge_dkim(struct authentication *a, const struct auth_finding *f, const char *author)
{
    const char *signer = f->header_d != NULL ? f->header_d : f->header_i;
    bool is_better = is_pass(f) && (a->dkim == NULL || strcmp(a->dkim, "pass") != 0 || is_domain(signer, author));

    if (a->is_dkim_of_from || (a->dkim != NULL && !is_better))
        return;
    g_free(a->dkim);
    g_free(a->dkim_domain);
    a->dkim = g_strdup(is_pass(f) || strcmp(f->result, "pass") != 0 ? f->result : "permerror");
    a->dkim_domain = is_pass(f) && signer != NULL ? address_domain_ascii(signer) : NULL;
    a->is_dkim_of_from = is_pass(f) && is_domain(signer, author);
}

static struct authentication *judge(const GPtrArray *findings, const char *id, const char *author)
{
    struct authentication *a = g_new0(struct authentication, 1);

    a->authserv_id = g_strdup(id);
    for (guint i = 0; i < findings->len; i++) {
        const struct auth_finding *f = findings->pdata[i];
        if (strcmp(f->method, "dmarc") == 0)
            judge_dmarc(a, f, author);
        else if (strcmp(f->method, "spf") == 0)
            judge_spf(a, f);
        else if (strcmp(f->method, "dkim") == 0)
            judge_dkim(a, f, author);
    }
    a->is_spf_of_from = author != NULL && g_strcmp0(a->spf_domain, author) == 0;
    return a;
}

/* Adds the findings of one field, if it is ours. */
static bool read_field(const struct header *h, const char *authserv_id, GPtrArray *findings)
{
    g_autoptr(GPtrArray) here = g_ptr_array_new_with_free_func((GDestroyNotify)auth_finding_free);
    g_autofree char *id = NULL;

    if (h->is_loose || !auth_field_read(h->raw, &id, here) || g_ascii_strcasecmp(id, authserv_id) != 0)
        return false;
    g_ptr_array_extend_and_steal(findings, g_steal_pointer(&here));
    return true;
}

struct authentication *auth_read(const struct entity *root, const struct read_options *options, const char *author)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func((GDestroyNotify)auth_finding_free);
    const char *id = options != NULL ? options->authserv_id : NULL;
    guint n_received = 0;
    bool any = false;

    if (id == NULL || *id == '\0')
        return NULL;
    for (guint i = 0; i < root->headers->len && n_received <= options->authserv_hops; i++) {
        const struct header *h = root->headers->pdata[i];
        if (letter_same(h->name, "Received"))
            n_received++;
        else if (letter_same(h->name, "Authentication-Results"))
            any |= read_field(h, id, findings);
    }
    return any ? judge(findings, id, author) : NULL;
}
