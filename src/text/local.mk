noinst_LIBRARIES += libtext.a
libtext_a_SOURCES = \
	src/text/escape.c \
	src/text/expand.c \
	src/text/template.c src/text/template.h src/text/template_private.h \
	src/text/templates.h \
	src/text/value.c src/text/value.h \
	src/text/wrap.h
libtext_a_CFLAGS = $(AM_CFLAGS)
