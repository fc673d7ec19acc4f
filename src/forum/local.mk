noinst_LIBRARIES += libforum.a
libforum_a_SOURCES = \
	src/forum/model.c src/forum/model.h
libforum_a_CFLAGS = $(AM_CFLAGS)
