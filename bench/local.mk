# Measuring programs; never installed. `make bench` runs them, `make check` builds them, so that none is forgotten when what it measures
# changes.
MEASURING = bench/store-write bench/store-queue
check_PROGRAMS += $(MEASURING)
CLEANFILES += $(MEASURING)

bench_store_write_SOURCES = bench/store-write.c
bench_store_write_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
bench_store_write_LDADD = $(STORE_LINK)
bench_store_queue_SOURCES = bench/store-queue.c
bench_store_queue_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
bench_store_queue_LDADD = $(STORE_LINK)
$(bench_store_write_OBJECTS) $(bench_store_queue_OBJECTS) $(bench_statements_OBJECTS) $(bench_unsaid_OBJECTS): | src/store/queries.h

check_PROGRAMS += bench/read
bench_read_SOURCES = bench/read.c
bench_read_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
bench_read_LDADD = $(MAIL_LINK)

check_PROGRAMS += bench/lmtp-blast bench/smtp-sink
CLEANFILES += bench/lmtp-blast bench/smtp-sink
bench_lmtp_blast_SOURCES = bench/lmtp-blast.c bench/meter.h
bench_lmtp_blast_CFLAGS = $(AM_CFLAGS)
bench_lmtp_blast_LDADD = $(WIRE_LINK)
bench_smtp_sink_SOURCES = bench/smtp-sink.c bench/meter.h
bench_smtp_sink_CFLAGS = $(AM_CFLAGS)
bench_smtp_sink_LDADD = $(WIRE_LINK)
EXTRA_DIST += bench/README.md bench/run bench/log-pages bench/web bench/publish bench/search bench/gen-mails.py

bench: forumpost$(EXEEXT) bench/bare bench/lmtp-blast bench/smtp-sink bench/digests bench/memory bench/similar
	top_builddir='$(abs_top_builddir)' FORUMPOST_TEMPLATES='$(abs_top_srcdir)/templates' $(PYTHON3) $(srcdir)/bench/run
.PHONY: bench

check_PROGRAMS += bench/digests
bench_digests_SOURCES = bench/digests.c
bench_digests_LDADD = $(FLOW_LINK)

check_PROGRAMS += bench/similar
CLEANFILES += bench/similar
bench_similar_SOURCES = bench/similar.c
bench_similar_LDADD = $(FLOW_LINK) -lm

check_PROGRAMS += bench/unsaid
CLEANFILES += bench/unsaid
bench_unsaid_SOURCES = bench/unsaid.c
bench_unsaid_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
bench_unsaid_LDADD = $(FLOW_LINK) -lm

check_PROGRAMS += bench/statements
CLEANFILES += bench/statements
bench_statements_SOURCES = bench/statements.c
bench_statements_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
bench_statements_LDADD = $(FLOW_LINK)

check_PROGRAMS += bench/pages
CLEANFILES += bench/pages
bench_pages_SOURCES = bench/pages.c
bench_pages_LDADD = $(PAGE_LINK)

check_PROGRAMS += bench/memory
CLEANFILES += bench/memory
bench_memory_SOURCES = bench/memory.c
bench_memory_LDADD = $(FLOW_LINK) -lm

check_PROGRAMS += bench/bare
CLEANFILES += bench/bare
bench_bare_SOURCES = bench/bare.c
bench_bare_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS) $(SQLITE_CFLAGS)
bench_bare_LDADD = $(GMIME_LIBS) $(SQLITE_LIBS)
