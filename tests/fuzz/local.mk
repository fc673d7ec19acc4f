# libFuzzer targets: ./configure CC=clang --enable-fuzzers; make fuzzers. Each: tests/fuzz/fuzz_NAME -max_total_time=30 SEEDS
FUZZ_LINKING = $(AM_LDFLAGS) -fsanitize=fuzzer
FUZZ_TARGETS =
EXTRA_DIST += tests/fuzz/lmtp-seeds

FUZZ_TARGETS += tests/fuzz/fuzz_lmtp
tests_fuzz_fuzz_lmtp_SOURCES = tests/fuzz/fuzz_lmtp.c
tests_fuzz_fuzz_lmtp_CFLAGS = $(AM_CFLAGS)
tests_fuzz_fuzz_lmtp_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_lmtp_LDADD = $(WIRE_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_reply
tests_fuzz_fuzz_reply_SOURCES = tests/fuzz/fuzz_reply.c
tests_fuzz_fuzz_reply_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_reply_LDADD = $(MAIL_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_address
EXTRA_DIST += tests/fuzz/address-seeds
tests_fuzz_fuzz_address_SOURCES = tests/fuzz/fuzz_address.c
tests_fuzz_fuzz_address_CFLAGS = $(AM_CFLAGS)
tests_fuzz_fuzz_address_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_address_LDADD = $(FORUM_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_token
EXTRA_DIST += tests/fuzz/token-seeds
tests_fuzz_fuzz_token_SOURCES = tests/fuzz/fuzz_token.c
tests_fuzz_fuzz_token_CFLAGS = $(AM_CFLAGS)
tests_fuzz_fuzz_token_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_token_LDADD = $(BASE_LINK)

FUZZ_TARGETS += tests/fuzz/fuzz_bounce
tests_fuzz_fuzz_bounce_SOURCES = tests/fuzz/fuzz_bounce.c
tests_fuzz_fuzz_bounce_LDFLAGS = $(FUZZ_LINKING)
tests_fuzz_fuzz_bounce_LDADD = $(MAIL_LINK)

if FUZZERS
EXTRA_PROGRAMS += $(FUZZ_TARGETS)
fuzzers: $(FUZZ_TARGETS)
endif
.PHONY: fuzzers
