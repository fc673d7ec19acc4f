# libFuzzer targets: ./configure CC=clang --enable-fuzzers; make fuzz FUZZ_S=30 runs each in turn. See tests/fuzz/run.
# A target's own seeds lie in NAME-seeds.
FUZZ_LINKING = $(AM_LDFLAGS) -fsanitize=fuzzer
FUZZ_TARGETS =
EXTRA_DIST += tests/fuzz/address-seeds tests/fuzz/auth-seeds tests/fuzz/cms-seeds tests/fuzz/contact-seeds tests/fuzz/lmtp-seeds tests/fuzz/reader-seeds tests/fuzz/smtp-seeds tests/fuzz/small_print-seeds tests/fuzz/smtp_reply-seeds tests/fuzz/subject-seeds tests/fuzz/token-seeds tests/fuzz/run

FUZZ_TARGETS += tests/fuzz/fuzz_address
tests_fuzz_fuzz_address_SOURCES = tests/fuzz/fuzz_address.c
tests_fuzz_fuzz_address_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_address_LDADD = $(FORUM_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_auth
tests_fuzz_fuzz_auth_SOURCES = tests/fuzz/fuzz_auth.c
tests_fuzz_fuzz_auth_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_auth_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_bounce
tests_fuzz_fuzz_bounce_SOURCES = tests/fuzz/fuzz_bounce.c
tests_fuzz_fuzz_bounce_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_bounce_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_html
tests_fuzz_fuzz_html_SOURCES = tests/fuzz/fuzz_html.c
tests_fuzz_fuzz_html_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_html_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_lmtp
tests_fuzz_fuzz_lmtp_SOURCES = tests/fuzz/fuzz_lmtp.c
tests_fuzz_fuzz_lmtp_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_lmtp_LDADD = $(WIRE_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_packed
tests_fuzz_fuzz_packed_SOURCES = tests/fuzz/fuzz_packed.c
tests_fuzz_fuzz_packed_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_packed_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_reader
tests_fuzz_fuzz_reader_SOURCES = tests/fuzz/fuzz_reader.c
tests_fuzz_fuzz_reader_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_reader_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_reply
tests_fuzz_fuzz_reply_SOURCES = tests/fuzz/fuzz_reply.c
tests_fuzz_fuzz_reply_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_reply_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_smtp
tests_fuzz_fuzz_smtp_SOURCES = tests/fuzz/fuzz_smtp.c
tests_fuzz_fuzz_smtp_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_smtp_LDADD = $(WIRE_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_smtp_reply
tests_fuzz_fuzz_smtp_reply_SOURCES = tests/fuzz/fuzz_smtp_reply.c
tests_fuzz_fuzz_smtp_reply_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_smtp_reply_LDADD = $(WIRE_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_token
tests_fuzz_fuzz_token_SOURCES = tests/fuzz/fuzz_token.c
tests_fuzz_fuzz_token_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_token_LDADD = $(FORUM_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_memory
tests_fuzz_fuzz_memory_SOURCES = tests/fuzz/fuzz_memory.c
tests_fuzz_fuzz_memory_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_memory_LDADD = $(FORUM_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_subject
tests_fuzz_fuzz_subject_SOURCES = tests/fuzz/fuzz_subject.c
tests_fuzz_fuzz_subject_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_subject_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_contact
tests_fuzz_fuzz_contact_SOURCES = tests/fuzz/fuzz_contact.c
tests_fuzz_fuzz_contact_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_contact_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_cms
tests_fuzz_fuzz_cms_SOURCES = tests/fuzz/fuzz_cms.c
tests_fuzz_fuzz_cms_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_cms_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_small_print
tests_fuzz_fuzz_small_print_SOURCES = tests/fuzz/fuzz_small_print.c
tests_fuzz_fuzz_small_print_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_small_print_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_pieces
tests_fuzz_fuzz_pieces_SOURCES = tests/fuzz/fuzz_pieces.c
tests_fuzz_fuzz_pieces_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_pieces_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_secret
tests_fuzz_fuzz_secret_SOURCES = tests/fuzz/fuzz_secret.c
tests_fuzz_fuzz_secret_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_secret_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_reaction
tests_fuzz_fuzz_reaction_SOURCES = tests/fuzz/fuzz_reaction.c
tests_fuzz_fuzz_reaction_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_reaction_LDADD = $(MAIL_LINK)

if FUZZERS
EXTRA_PROGRAMS += $(FUZZ_TARGETS)
fuzzers: $(FUZZ_TARGETS)
fuzz: fuzzers
	top_srcdir='$(srcdir)' $(SHELL) $(srcdir)/tests/fuzz/run $(FUZZ_S) $(FUZZ_TARGETS)
endif
.PHONY: fuzzers fuzz
