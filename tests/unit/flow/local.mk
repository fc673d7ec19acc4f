check_PROGRAMS += tests/unit/flow/test_settings
tests_unit_flow_test_settings_SOURCES = tests/unit/flow/test_settings.c
tests_unit_flow_test_settings_LDADD = $(FLOW_LINK)
TESTS += tests/unit/flow/test_settings
check_PROGRAMS += tests/unit/flow/test_reader tests/unit/flow/test_spool
TESTS += tests/unit/flow/test_reader tests/unit/flow/test_spool
# The pool once more, with limits that a test can hit.
tests_unit_flow_test_reader_SOURCES = tests/unit/flow/test_reader.c tests/unit/flow/short_limits.h \
	src/flow/reader/reader.c src/flow/reader/care.c src/flow/reader/child.c src/flow/reader/death.c src/flow/reader/ledger.c \
	src/flow/reader/link.c src/flow/reader/nursery.c
tests_unit_flow_test_reader_CFLAGS = $(AM_CFLAGS) -include $(srcdir)/tests/unit/flow/short_limits.h
tests_unit_flow_test_reader_LDADD = $(FLOW_LINK)
tests_unit_flow_test_spool_SOURCES = tests/unit/flow/test_spool.c
tests_unit_flow_test_spool_LDADD = $(FLOW_LINK)
check_PROGRAMS += tests/unit/flow/test_render
TESTS += tests/unit/flow/test_render
tests_unit_flow_test_render_SOURCES = tests/unit/flow/test_render.c tests/unit/flow/render_fields.h tests/unit/flow/render_purposes.h tests/unit/flow/mail_words.c tests/unit/flow/mail_words.h tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_flow_test_render_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS) $(SQLITE_CFLAGS)
tests_unit_flow_test_render_LDADD = $(FLOW_LINK)
check_PROGRAMS += tests/unit/flow/test_digest_run
TESTS += tests/unit/flow/test_digest_run
tests_unit_flow_test_digest_run_SOURCES = tests/unit/flow/test_digest_run.c tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_flow_test_digest_run_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
tests_unit_flow_test_digest_run_LDADD = $(FLOW_LINK)
check_PROGRAMS += tests/unit/flow/test_content
TESTS += tests/unit/flow/test_content
tests_unit_flow_test_content_SOURCES = tests/unit/flow/test_content.c tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_flow_test_content_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
tests_unit_flow_test_content_LDADD = $(FLOW_LINK)
check_PROGRAMS += tests/unit/flow/test_texts
TESTS += tests/unit/flow/test_texts
tests_unit_flow_test_texts_SOURCES = tests/unit/flow/test_texts.c
tests_unit_flow_test_texts_LDADD = $(FLOW_LINK)

check_PROGRAMS += tests/unit/flow/test_domains
TESTS += tests/unit/flow/test_domains
tests_unit_flow_test_domains_SOURCES = tests/unit/flow/test_domains.c tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_flow_test_domains_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
tests_unit_flow_test_domains_LDADD = $(FLOW_LINK)
# An installation in a temporary folder.
FLOW_WORLD = tests/unit/flow/world.c tests/unit/flow/world.h tests/unit/store/fixture.c tests/unit/store/fixture.h
FLOW_WORLD_TESTS = tests/unit/flow/test_receive tests/unit/flow/test_writer tests/unit/flow/test_outbox tests/unit/flow/test_dispatch
check_PROGRAMS += $(FLOW_WORLD_TESTS)
TESTS += $(FLOW_WORLD_TESTS)
tests_unit_flow_test_receive_SOURCES = tests/unit/flow/test_receive.c $(FLOW_WORLD)
tests_unit_flow_test_receive_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
tests_unit_flow_test_receive_LDADD = $(FLOW_LINK)
tests_unit_flow_test_writer_SOURCES = tests/unit/flow/test_writer.c $(FLOW_WORLD)
tests_unit_flow_test_writer_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
tests_unit_flow_test_writer_LDADD = $(FLOW_LINK)
tests_unit_flow_test_outbox_SOURCES = tests/unit/flow/test_outbox.c $(FLOW_WORLD)
tests_unit_flow_test_outbox_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
tests_unit_flow_test_outbox_LDADD = $(FLOW_LINK)
tests_unit_flow_test_dispatch_SOURCES = tests/unit/flow/test_dispatch.c tests/unit/wire/relay.c tests/unit/wire/relay.h $(FLOW_WORLD)
tests_unit_flow_test_dispatch_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
tests_unit_flow_test_dispatch_LDADD = $(FLOW_LINK)
