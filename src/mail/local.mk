noinst_LIBRARIES += libmail.a
libmail_a_SOURCES = \
	src/mail/body_out.c src/mail/body_out.h \
	src/mail/compose.c src/mail/compose.h \
	src/mail/contact.c src/mail/contact.h src/mail/contact_phone.c src/mail/contact_place.c src/mail/contact_words.c \
	src/mail/header_out.c src/mail/header_out.h \
	src/mail/address.c src/mail/address.h \
	src/mail/auth.c src/mail/auth.h src/mail/auth_field.c src/mail/auth_field.h src/mail/author.c src/mail/author.h \
	src/mail/body.c src/mail/body.h src/mail/body_pieces.c src/mail/body_pieces.h \
	src/mail/body_words.c src/mail/body_words.h src/mail/budget.h \
	src/mail/canonical.c src/mail/canonical.h \
	src/mail/charset.c src/mail/charset.h src/mail/charset_guess.c src/mail/charset_guess.h \
	src/mail/date.c src/mail/date.h \
	src/mail/decode.c src/mail/decode.h \
	src/mail/defect.c src/mail/defect.h \
	src/mail/entity.c src/mail/entity.h \
	src/mail/html.c src/mail/html.h \
	src/mail/html_element.c src/mail/html_element.h \
	src/mail/html_limit.c src/mail/html_limit.h \
	src/mail/html_out.c src/mail/html_out.h \
	src/mail/html_style.c src/mail/html_style.h \
	src/mail/init.c \
	src/mail/dsn.h src/mail/dsn_code.c src/mail/dsn_code.h src/mail/dsn_lines.c src/mail/dsn_lines.h \
	src/mail/dsn_groups.c src/mail/dsn_json.c src/mail/dsn_original.c src/mail/dsn_parts.c src/mail/dsn_said.c src/mail/dsn_words.c src/mail/auto.def src/mail/bounces.def src/mail/reasons.def \
	src/mail/phrases.c src/mail/phrases.h \
	src/mail/kind.c src/mail/kind.h src/mail/kind_part.c src/mail/kind_part.h \
	src/mail/lex.c src/mail/lex.h \
	src/mail/reply_sentence.c src/mail/reply_sentence.h src/mail/attributions.def \
	src/mail/language.c src/mail/language.h src/mail/languages.def \
	src/mail/message.c src/mail/message.h \
	src/mail/packed.c \
	src/mail/filename.c src/mail/filename.h \
	src/mail/param.c src/mail/param.h src/mail/param_lint.c \
	src/mail/parse.c \
	src/mail/pgp.c src/mail/pgp.h \
	src/mail/reply.c src/mail/reply.h \
	src/mail/content.c src/mail/content.h \
	src/mail/field.c src/mail/field.h \
	src/mail/small_print.c src/mail/small_print.h src/mail/small_print.def \
	src/mail/enriched.c src/mail/enriched.h \
	src/mail/cms.c src/mail/cms.h src/mail/kind_secret.c src/mail/kind_secret.h \
	src/mail/reaction.c src/mail/reaction.h src/mail/subject.c src/mail/subject.h \
	src/mail/signature.c src/mail/signature.h \
	src/mail/split.c src/mail/split.h \
	src/mail/structure.c \
	src/mail/tnef.c src/mail/tnef.h \
	src/mail/uu.c src/mail/uu.h \
	src/mail/variant.c \
	src/mail/refs.c src/mail/refs.h src/mail/threads.c src/mail/threads.h
libmail_a_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS) $(XML_CFLAGS) $(YTNEF_CFLAGS) $(IDN_CFLAGS)
libmail_a_SOURCES += src/mail/heads.def src/mail/subjects.def src/mail/signatures.def \
	src/mail/reply_match.c src/mail/reply_match.h src/mail/reply_words.c src/mail/reply_words.h \
	src/mail/reply_lines.c src/mail/reply_lines.h src/mail/reply_head.c src/mail/reply_attribution.c \
	src/mail/reply_attached.c src/mail/reply_forward.c src/mail/reply_forward.h src/mail/reply_contact.c src/mail/reply_contact.h
