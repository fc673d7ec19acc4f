noinst_LIBRARIES += libforum.a
libforum_a_SOURCES =
libforum_a_CFLAGS = $(AM_CFLAGS)
