# Measuring programs; never installed. `make bench` runs them.
MEASURING = bench/store-write
EXTRA_PROGRAMS += $(MEASURING)
CLEANFILES += $(MEASURING)

bench_store_write_SOURCES = bench/store-write.c
bench_store_write_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
bench_store_write_LDADD = $(STORE_LINK)
