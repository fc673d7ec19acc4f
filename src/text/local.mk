noinst_LIBRARIES += libtext.a
libtext_a_SOURCES = \
	src/text/block.c src/text/block.h src/text/block_make.c \
	src/text/colour.c src/text/colour.h \
	src/text/escape.c \
	src/text/expand.c \
	src/text/hide.c src/text/hide.h \
	src/text/html.c \
	src/text/inline.c src/text/inline.h \
	src/text/layout.c src/text/layout.h \
	src/text/lines.c src/text/lines.h \
	src/text/links.c src/text/links.h \
	src/text/mail_style.c src/text/mail_style.h \
	src/text/page_lint.c src/text/page_lint.h \
	src/text/markdown.c src/text/markdown.h \
	src/text/template.c src/text/template.h src/text/template_private.h \
	src/text/templates.c src/text/templates.h \
	src/text/unwrap.c \
	src/text/value.c src/text/value.h \
	src/text/wrap.c src/text/wrap.h
libtext_a_CFLAGS = $(AM_CFLAGS) $(CMARK_CFLAGS)
