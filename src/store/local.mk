noinst_LIBRARIES += libstore.a
libstore_a_SOURCES =
libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
