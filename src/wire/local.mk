noinst_LIBRARIES += libwire.a
libwire_a_SOURCES =
libwire_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
