noinst_LIBRARIES += libwire.a
libwire_a_SOURCES = \
	src/wire/bind.c src/wire/bind.h \
	src/wire/curl_mail.c src/wire/curl_mail.h \
	src/wire/curl_pool.c src/wire/curl_pool.h \
	src/wire/curl_probe.c src/wire/curl_probe.h \
	src/wire/dns.c src/wire/dns.h \
	src/wire/dotted.c src/wire/dotted.h \
	src/wire/endpoint.c src/wire/endpoint.h \
	src/wire/envelope.c src/wire/envelope.h \
	src/wire/http.c src/wire/http.h src/wire/http_body.c src/wire/http_private.h \
	src/wire/listen.c src/wire/listen.h \
	src/wire/fetch.c src/wire/fetch.h \
	src/wire/lmtp.c src/wire/lmtp.h src/wire/lmtp_commands.c src/wire/lmtp_private.h src/wire/lmtp_say.c \
	src/wire/web_post.c src/wire/web_post.h \
	src/wire/relay_url.c src/wire/relay_url.h \
	src/wire/smtp.c src/wire/smtp.h src/wire/smtp_hear.c src/wire/smtp_say.c src/wire/smtp_private.h \
	src/wire/smtp_check.c src/wire/smtp_check.h \
	src/wire/smtp_dial.c src/wire/smtp_dial.h \
	src/wire/smtp_lookup.c src/wire/smtp_lookup.h \
	src/wire/smtp_pool.c src/wire/smtp_pool.h \
	src/wire/smtp_reply.c src/wire/smtp_reply.h \
	src/wire/way_out.c src/wire/way_out.h
libwire_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS) $(MICROHTTPD_CFLAGS)
