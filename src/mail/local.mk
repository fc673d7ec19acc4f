# One list a wing, in their order (src/LAYERS).
noinst_LIBRARIES += libmail.a
libmail_a_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS) $(XML_CFLAGS) $(YTNEF_CFLAGS) $(IDN_CFLAGS)
libmail_a_SOURCES =
libmail_a_SOURCES += src/mail/message/defect.c src/mail/message/defect.h src/mail/message/entity.c src/mail/message/entity.h \
	src/mail/message/message.c src/mail/message/message.h src/mail/message/packed.c src/mail/message/variant.c
libmail_a_SOURCES += src/mail/word/address.c src/mail/word/address.h src/mail/word/attributions.def src/mail/word/canonical.c \
	src/mail/word/canonical.h src/mail/word/charset.c src/mail/word/charset.h src/mail/word/charset_guess.c \
	src/mail/word/charset_guess.h src/mail/word/date.c src/mail/word/date.h src/mail/word/decode.c src/mail/word/decode.h \
	src/mail/word/filename.c src/mail/word/filename.h src/mail/word/heads.def src/mail/word/language.c src/mail/word/language.h \
	src/mail/word/languages.def src/mail/word/lex.c src/mail/word/lex.h src/mail/word/param.c src/mail/word/param.h \
	src/mail/word/param_lint.c src/mail/word/phrases.c src/mail/word/phrases.h src/mail/word/refs.c src/mail/word/refs.h \
	src/mail/word/reply_match.c src/mail/word/reply_match.h src/mail/word/reply_words.c src/mail/word/reply_words.h \
	src/mail/word/signatures.def src/mail/word/subject.c src/mail/word/subject.h src/mail/word/subjects.def
libmail_a_SOURCES += src/mail/html/html.c src/mail/html/html.h src/mail/html/html_element.c src/mail/html/html_element.h \
	src/mail/html/html_limit.c src/mail/html/html_limit.h src/mail/html/html_out.c src/mail/html/html_out.h \
	src/mail/html/html_style.c src/mail/html/html_style.h
libmail_a_SOURCES += src/mail/contact/contact.c src/mail/contact/contact.h src/mail/contact/contact_abroad.c \
	src/mail/contact/contact_bank.c src/mail/contact/contact_bell.c src/mail/contact/contact_door.c src/mail/contact/contact_home.c src/mail/contact/contact_identity.c src/mail/contact/contact_mail.c src/mail/contact/contact_phone.c src/mail/contact/contact_place.c \
	src/mail/contact/contact_plate.c src/mail/contact/contact_private.h src/mail/contact/contact_public.c src/mail/contact/contact_spelled.c src/mail/contact/contact_street.c \
	src/mail/contact/contact_told.c src/mail/contact/contact_words.c
libmail_a_SOURCES += src/mail/mime/attached.c src/mail/mime/attached.h src/mail/mime/budget.h src/mail/mime/cms.c src/mail/mime/cms.h src/mail/mime/content.c \
	src/mail/mime/content.h src/mail/mime/enriched.c src/mail/mime/enriched.h src/mail/mime/field.c src/mail/mime/field.h \
	src/mail/mime/pgp.c src/mail/mime/pgp.h src/mail/mime/split.c src/mail/mime/split.h src/mail/mime/structure.c src/mail/mime/structure.h \
	src/mail/mime/tnef.c src/mail/mime/tnef.h src/mail/mime/uu.c src/mail/mime/uu.h
libmail_a_SOURCES += src/mail/body/body.c src/mail/body/body.h src/mail/body/body_pieces.c src/mail/body/body_pieces.h \
	src/mail/body/body_words.c src/mail/body/body_words.h src/mail/body/small_print.c src/mail/body/small_print.def \
	src/mail/body/small_print.h
libmail_a_SOURCES += src/mail/report/bounces.def src/mail/report/dsn.h src/mail/report/dsn_code.c src/mail/report/dsn_code.h \
	src/mail/report/dsn_groups.c src/mail/report/dsn_json.c src/mail/report/dsn_lines.c src/mail/report/dsn_lines.h \
	src/mail/report/dsn_original.c src/mail/report/dsn_parts.c src/mail/report/dsn_said.c src/mail/report/dsn_source.c \
	src/mail/report/dsn_source.h src/mail/report/dsn_words.c \
	src/mail/report/reasons.def
libmail_a_SOURCES += src/mail/sender/auth.c src/mail/sender/auth.h src/mail/sender/auth_field.c src/mail/sender/auth_field.h \
	src/mail/sender/author.c src/mail/sender/author.h src/mail/sender/signature.c src/mail/sender/signature.h
libmail_a_SOURCES += src/mail/kind/auto.def src/mail/kind/kind.c src/mail/kind/kind.h src/mail/kind/kind_part.c \
	src/mail/kind/kind_note.c src/mail/kind/kind_note.h src/mail/kind/kind_part.h src/mail/kind/notes.def src/mail/kind/kind_secret.c src/mail/kind/kind_secret.h src/mail/kind/reaction.c \
	src/mail/kind/reaction.h
libmail_a_SOURCES += src/mail/reply/reply.c src/mail/reply/reply.h src/mail/reply/reply_attached.c \
	src/mail/reply/reply_attribution.c src/mail/reply/reply_cited.c src/mail/reply/reply_contact.c src/mail/reply/reply_cited.h src/mail/reply/reply_contact.h \
	src/mail/reply/reply_forward.c src/mail/reply/reply_forward.h src/mail/reply/reply_head.c src/mail/reply/reply_line.c src/mail/reply/reply_lines.c \
	src/mail/reply/reply_lines.h src/mail/reply/reply_print.c src/mail/reply/reply_sentence.c src/mail/reply/reply_sentence.h
libmail_a_SOURCES += src/mail/read/init.c src/mail/read/read.c src/mail/read/read.h
libmail_a_SOURCES += src/mail/write/body_out.c src/mail/write/body_out.h src/mail/write/compose.c src/mail/write/compose.h \
	src/mail/write/enclosed.c src/mail/write/enclosed.h src/mail/write/header_out.c src/mail/write/header_out.h
libmail_a_SOURCES += src/mail/thread/threads.c src/mail/thread/threads.h
