noinst_LIBRARIES += libmail.a
libmail_a_SOURCES = \
	src/mail/body_out.c src/mail/body_out.h \
	src/mail/compose.c src/mail/compose.h \
	src/mail/header_out.c src/mail/header_out.h \
	src/mail/message.c src/mail/message.h \
	src/mail/refs.c src/mail/refs.h src/mail/threads.c src/mail/threads.h
libmail_a_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS) $(XML_CFLAGS) $(YTNEF_CFLAGS) $(TEXTCAT_CFLAGS) $(IDN_CFLAGS)
