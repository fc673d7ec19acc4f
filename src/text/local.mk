noinst_LIBRARIES += libtext.a
libtext_a_SOURCES =
libtext_a_CFLAGS = $(AM_CFLAGS)
