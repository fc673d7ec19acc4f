noinst_LIBRARIES += libflow.a
libflow_a_SOURCES = \
	src/flow/settings.c src/flow/settings.h src/flow/settings.def
libflow_a_CFLAGS = $(AM_CFLAGS)
