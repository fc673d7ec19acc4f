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

if FUZZERS
EXTRA_PROGRAMS += $(FUZZ_TARGETS)
fuzzers: $(FUZZ_TARGETS)
endif
.PHONY: fuzzers
