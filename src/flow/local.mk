noinst_LIBRARIES += libflow.a
libflow_a_SOURCES = \
	src/flow/announce.c src/flow/announce.h \
	src/flow/answer.c src/flow/answer.h \
	src/flow/ask.c src/flow/ask.h \
	src/flow/backup.c src/flow/backup.h src/flow/backup_private.h \
	src/flow/restore.c \
	src/flow/aside.c src/flow/aside.h \
	src/flow/dispatch.c src/flow/dispatch.h src/flow/outbox.c src/flow/outbox.h \
	src/flow/content.c src/flow/content.h \
	src/flow/copy.c src/flow/copy.h \
	src/flow/deed/deed.c src/flow/deed/deed.h \
	src/flow/deed/nothing.c src/flow/deed/add.c src/flow/deed/confirm.c src/flow/deed/name.c src/flow/deed/warn_moderator.c src/flow/deed/disown.c src/flow/deed/stop_asking.c src/flow/deed/show.c \
	src/flow/deed/release.c src/flow/deed/reject.c src/flow/deed/leave.c src/flow/deed/withdraw.c src/flow/deed/ask_withdraw.c src/flow/deed/undo.c src/flow/deed/report.c src/flow/deed/pass_on.c src/flow/deed/warn.c \
	src/flow/facts.c src/flow/facts.h \
	src/flow/gateway.c src/flow/gateway.h \
	src/flow/incomplete.c src/flow/incomplete.h \
	src/flow/intake.c src/flow/intake.h \
	src/flow/leave.c src/flow/leave.h \
	src/flow/names.c src/flow/names.h \
	src/flow/notify.c src/flow/notify.h \
	src/flow/quota.c src/flow/quota.h \
	src/flow/receive.c src/flow/receive.h \
	src/flow/sent.c src/flow/sent.h \
	src/flow/serve.c src/flow/serve.h \
	src/flow/sweep.c src/flow/sweep.h src/flow/sweep_check.c src/flow/sweep_duty.h src/flow/sweep_files.c src/flow/sweep_holds.c src/flow/sweep_turns.c \
	src/flow/sweep_mails.c src/flow/sweep_pages.c src/flow/sweep_records.c src/flow/sweep_words.c \
	src/flow/erase.c src/flow/erase.h src/flow/forget.c src/flow/forget.h src/flow/mask.c src/flow/mask.h \
	src/flow/withdraw.c src/flow/withdraw.h src/flow/takedown.c src/flow/takedown.h src/flow/sweep_posts.c \
	src/flow/writer.c src/flow/writer.h \
	src/flow/digest_run.c src/flow/digest_run.h \
	src/flow/reload.c src/flow/reload.h \
	src/flow/render.c src/flow/render.h \
	src/flow/render_data.c src/flow/render_drop.c src/flow/render_job.h src/flow/render_rows.c src/flow/render_left_out.c src/flow/render_stops.c \
	src/flow/texts.c src/flow/texts.h \
	src/flow/reader.c src/flow/reader.h src/flow/reader_private.h src/flow/reader_care.c \
	src/flow/reader_ledger.c src/flow/reader_ledger.h src/flow/reader_child.c src/flow/reader_child.h \
	src/flow/reader_death.c src/flow/reader_death.h \
	src/flow/reader_link.c src/flow/reader_link.h src/flow/reader_nursery.c src/flow/reader_nursery.h \
	src/flow/spool.c src/flow/spool.h \
	src/flow/settings.c src/flow/settings.h src/flow/settings.def
libflow_a_CFLAGS = $(AM_CFLAGS)

# What a folder of templates is checked against: the keys that the sources fill in.
nodist_libflow_a_SOURCES = src/flow/texts_known.h
EXTRA_DIST += src/flow/texts_known.awk
BUILT_SOURCES += src/flow/texts_known.h
CLEANFILES += src/flow/texts_known.h
src/flow/texts_known.h: src/flow/texts_known.awk $(libflow_a_SOURCES)
	$(AM_V_GEN)$(MKDIR_P) src/flow && ( cd $(srcdir) && $(AWK) -f src/flow/texts_known.awk $(libflow_a_SOURCES) ) >$@.new && mv $@.new $@
