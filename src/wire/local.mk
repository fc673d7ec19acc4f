noinst_LIBRARIES += libwire.a
libwire_a_SOURCES = \
	src/wire/endpoint.h \
	src/wire/listen.h \
	src/wire/lmtp.h
libwire_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
