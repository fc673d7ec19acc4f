check_PROGRAMS += tests/unit/wire/test_lmtp
TESTS += tests/unit/wire/test_lmtp
tests_unit_wire_test_lmtp_SOURCES = tests/unit/wire/test_lmtp.c
tests_unit_wire_test_lmtp_CFLAGS = $(AM_CFLAGS)
tests_unit_wire_test_lmtp_LDADD = $(WIRE_LINK)

check_PROGRAMS += tests/unit/wire/test_transcript
TESTS += tests/unit/wire/test_transcript
tests_unit_wire_test_transcript_SOURCES = tests/unit/wire/test_transcript.c
tests_unit_wire_test_transcript_CFLAGS = $(AM_CFLAGS)
tests_unit_wire_test_transcript_LDADD = $(WIRE_LINK)
EXTRA_DIST += tests/wire/README $(srcdir)/tests/wire/*.lmtp

check_PROGRAMS += tests/unit/wire/test_listen
TESTS += tests/unit/wire/test_listen
tests_unit_wire_test_listen_SOURCES = tests/unit/wire/test_listen.c
tests_unit_wire_test_listen_CFLAGS = $(AM_CFLAGS)
tests_unit_wire_test_listen_LDADD = $(WIRE_LINK)

check_PROGRAMS += tests/unit/wire/test_smtp
TESTS += tests/unit/wire/test_smtp
tests_unit_wire_test_smtp_SOURCES = tests/unit/wire/test_smtp.c tests/unit/wire/relay.c tests/unit/wire/relay.h
tests_unit_wire_test_smtp_CFLAGS = $(AM_CFLAGS)
tests_unit_wire_test_smtp_LDADD = $(WIRE_LINK)

check_PROGRAMS += tests/unit/wire/test_relay_url
TESTS += tests/unit/wire/test_relay_url
tests_unit_wire_test_relay_url_SOURCES = tests/unit/wire/test_relay_url.c
tests_unit_wire_test_relay_url_CFLAGS = $(AM_CFLAGS)
tests_unit_wire_test_relay_url_LDADD = $(WIRE_LINK)

check_PROGRAMS += tests/unit/wire/test_http
TESTS += tests/unit/wire/test_http
tests_unit_wire_test_http_SOURCES = tests/unit/wire/test_http.c
tests_unit_wire_test_http_CFLAGS = $(AM_CFLAGS)
tests_unit_wire_test_http_LDADD = $(WIRE_LINK)
check_PROGRAMS += tests/unit/wire/test_web_post
TESTS += tests/unit/wire/test_web_post
tests_unit_wire_test_web_post_SOURCES = tests/unit/wire/test_web_post.c
tests_unit_wire_test_web_post_LDADD = $(WIRE_LINK)
