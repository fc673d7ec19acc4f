noinst_LIBRARIES += libflow.a
libflow_a_SOURCES =
libflow_a_CFLAGS = $(AM_CFLAGS)
