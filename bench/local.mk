# Measuring programs; never installed. `make bench` runs them.
MEASURING = bench/store-write bench/store-queue
EXTRA_PROGRAMS += $(MEASURING)
CLEANFILES += $(MEASURING)

bench_store_write_SOURCES = bench/store-write.c
bench_store_write_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
bench_store_write_LDADD = $(STORE_LINK)
bench_store_queue_SOURCES = bench/store-queue.c
bench_store_queue_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
bench_store_queue_LDADD = $(STORE_LINK)

EXTRA_PROGRAMS += bench/read
bench_read_SOURCES = bench/read.c
bench_read_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
bench_read_LDADD = $(MAIL_LINK)
