noinst_LIBRARIES += libflow.a
libflow_a_SOURCES = \
	src/flow/facts.c src/flow/facts.h src/flow/facts_private.h src/flow/facts_ring.c src/flow/facts_thread.c src/flow/filed.c src/flow/filed.h \
	src/flow/gateway.c src/flow/gateway.h \
	src/flow/notify.c src/flow/notify.h \
	src/flow/inner.c src/flow/inner.h \
	src/flow/pose.c src/flow/pose.h \
	src/flow/quota.c src/flow/quota.h \
	src/flow/reload.c src/flow/reload.h \
	src/flow/settings.c src/flow/settings.def src/flow/settings.h \
	src/flow/shown.c src/flow/shown.h \
	src/flow/spoken.c src/flow/spoken.h \
	src/flow/spool.c src/flow/spool.h \
	src/flow/step/announce.c src/flow/step/announce.h \
	src/flow/step/answered.c src/flow/step/answered.h \
	src/flow/step/answer.c src/flow/step/answer.h \
	src/flow/step/answers.c src/flow/step/answers.h \
	src/flow/step/ask.c src/flow/step/ask.h \
	src/flow/step/bounce.c src/flow/step/bounce.h \
	src/flow/step/concern.c src/flow/step/concern.h \
	src/flow/step/content.c src/flow/step/content_decide.c src/flow/step/content_private.h src/flow/step/content.h \
	src/flow/step/copy.c src/flow/step/copy.h \
	src/flow/step/correct.c src/flow/step/correct.h \
	src/flow/step/erase.c src/flow/step/erase.h \
	src/flow/step/forget.c src/flow/step/forget.h \
	src/flow/step/idea_change.c src/flow/step/idea_change.h \
	src/flow/step/idea_place.c src/flow/step/idea_place.h \
	src/flow/step/idea_step.c src/flow/step/idea_step.h \
	src/flow/step/incomplete.c src/flow/step/incomplete.h \
	src/flow/step/inner_talk.c src/flow/step/inner_talk.h \
	src/flow/step/issue.c src/flow/step/issue.h src/flow/step/issue_blocks.c \
	src/flow/step/late.c src/flow/step/late.h \
	src/flow/step/letter.c src/flow/step/letter.h \
	src/flow/step/leave.c src/flow/step/leave.h \
	src/flow/step/mask.c src/flow/step/mask.h \
	src/flow/step/misuse.c src/flow/step/misuse.h \
	src/flow/step/names.c src/flow/step/names.h \
	src/flow/step/second.c src/flow/step/second.h \
	src/flow/phase.c src/flow/phase.h \
	src/flow/step/official.c src/flow/step/official.h src/flow/step/official_decide.c src/flow/step/official_private.h \
	src/flow/step/proposal.c src/flow/step/proposal.h \
	src/flow/step/public_words.c src/flow/step/public_words.h \
	src/flow/step/decision.c src/flow/step/decision.h src/flow/step/redact.c src/flow/step/redact.h \
	src/flow/step/review.c src/flow/step/review_complaint.c src/flow/step/review_clock.c src/flow/step/review_clock.h src/flow/step/review_next.c src/flow/step/review.h \
	src/flow/step/reported.c src/flow/step/reported.h \
	src/flow/step/rota.c src/flow/step/rota.h \
	src/flow/step/support.c src/flow/step/support.h \
	src/flow/step/subscribe.c src/flow/step/subscribe.h \
	src/flow/step/settle.c src/flow/step/settle.h \
	src/flow/step/trust.c src/flow/step/trust.h \
	src/flow/step/takedown.c src/flow/step/takedown.h \
	src/flow/step/told.c src/flow/step/told.h \
	src/flow/step/version.c src/flow/step/version.h \
	src/flow/step/wish.c src/flow/step/wish.h \
	src/flow/step/withdraw.c src/flow/step/withdraw.h \
	src/flow/deed/deed.c src/flow/deed/deed.h src/flow/deed/everybody.c src/flow/deed/everybody.h src/flow/deed/order.c src/flow/deed/order.h \
	src/flow/deed/voices.c src/flow/deed/voices.h \
	src/flow/reader/care.c \
	src/flow/reader/child.c src/flow/reader/child.h \
	src/flow/reader/death.c src/flow/reader/death.h \
	src/flow/reader/ledger.c src/flow/reader/ledger.h \
	src/flow/reader/link.c src/flow/reader/link.h \
	src/flow/reader/nursery.c src/flow/reader/nursery.h \
	src/flow/reader/private.h \
	src/flow/reader/order.c src/flow/reader/queue.c src/flow/reader/reader.c src/flow/reader/reader.h \
	src/flow/in/foresee.c src/flow/in/foresee.h \
	src/flow/in/envelope.c src/flow/in/envelope.h \
	src/flow/in/intake.c src/flow/in/intake.h \
	src/flow/in/receive.c src/flow/in/receive.h \
	src/flow/in/recipient.c src/flow/in/recipient.h \
	src/flow/in/sent.c src/flow/in/sent.h \
	src/flow/in/take.c src/flow/in/take.h \
	src/flow/in/writer.c src/flow/in/writer.h \
	src/flow/view/reason.c src/flow/view/reason.h \
	src/flow/view/similar.c src/flow/view/similar.h \
	src/flow/view/view.c src/flow/view/view.h \
	src/flow/out/digest_news.c src/flow/out/digest_news.h \
	src/flow/out/dispatch.c src/flow/out/dispatch.h src/flow/out/dispatch_private.h src/flow/out/lane.c \
	src/flow/out/domains.c src/flow/out/domains.h \
	src/flow/out/logo.c src/flow/out/logo.h \
	src/flow/out/news_item.c src/flow/out/news_item.h \
	src/flow/out/outbox.c src/flow/out/outbox.h src/flow/out/outcome.c src/flow/out/outcome.h src/flow/out/room.c src/flow/out/room.h \
	src/flow/out/render.c src/flow/out/render.h \
	src/flow/out/render_answers.c \
	src/flow/out/render_data.c \
	src/flow/out/blocks.c src/flow/out/blocks.h src/flow/out/render_digest.c src/flow/out/render_blocks.c src/flow/out/render_fields.c src/flow/out/render_from.c \
	src/flow/out/render_drop.c \
	src/flow/out/render_enclosed.c \
	src/flow/out/render_issue.c \
	src/flow/out/render_job.h \
	src/flow/out/render_left_out.c src/flow/out/render_links.c \
	src/flow/out/render_review.c \
	src/flow/out/render_rows.c src/flow/out/renderer.c \
	src/flow/out/own_rows.c src/flow/out/own_rows.h \
	src/flow/out/render_told.c src/flow/out/render_told_data.c src/flow/out/render_steps.c src/flow/out/render_proposal.c src/flow/out/render_phase.c src/flow/out/render_actions.c src/flow/out/render_waiting.c \
	src/flow/out/render_stops.c \
	src/flow/out/ceilings.c src/flow/out/ceilings.h src/flow/out/together.c src/flow/out/together.h \
	src/flow/out/texts.c src/flow/out/texts.h \
	src/flow/clock/digest_run.c src/flow/clock/digest_run.h \
	src/flow/clock/files.c \
	src/flow/clock/holds.c \
	src/flow/clock/job.h src/flow/clock/jobs.c src/flow/clock/jobs.def src/flow/clock/jobs.h \
	src/flow/clock/mails.c \
	src/flow/clock/news.c \
	src/flow/clock/overdue.c \
	src/flow/clock/old_digests.c \
	src/flow/clock/pages.c \
	src/flow/clock/pauses.c \
	src/flow/clock/phases.c \
	src/flow/clock/posts.c \
	src/flow/clock/orders.c src/flow/clock/actions.c src/flow/clock/silence.c \
	src/flow/clock/records.c \
	src/flow/clock/reviews.c \
	src/flow/clock/turns.c src/flow/clock/unsaid.c \
	src/flow/clock/wishes.c \
	src/flow/clock/words.c \
	src/flow/keep/backup.c src/flow/keep/backup.h \
	src/flow/keep/backup_private.h \
	src/flow/keep/restore.c \
	src/flow/serve/duties.def src/flow/serve/serve.c src/flow/serve/serve.h
libflow_a_CFLAGS = $(AM_CFLAGS)

# The deeds are found by their table: a new one is a row there and a file (dist-hook ships them).
BUILT_SOURCES += src/flow/deed/deeds.inc
CLEANFILES += src/flow/deed/deeds.inc
src/flow/deed/deeds.inc: src/forum/deed.def
	$(AM_V_GEN)$(MKDIR_P) src/flow/deed && sed -n 's|^DEED([A-Z_]*, *\([a-z_]*\),.*|#include "flow/deed/\1.c"|p' $(srcdir)/src/forum/deed.def >$@.new && mv $@.new $@

# What a folder of templates is checked against: the keys that the sources fill in.
nodist_libflow_a_SOURCES = src/flow/out/texts_known.h
EXTRA_DIST += src/flow/out/texts_known.awk
BUILT_SOURCES += src/flow/out/texts_known.h
$(libflow_a_OBJECTS): | src/flow/out/texts_known.h src/flow/spool_readme.h src/flow/deed/deeds.inc
CLEANFILES += src/flow/out/texts_known.h
src/flow/out/texts_known.h: src/flow/out/texts_known.awk src/forum/command.def $(libflow_a_SOURCES)
	$(AM_V_GEN)$(MKDIR_P) src/flow && ( cd $(srcdir) && $(AWK) -f src/flow/out/texts_known.awk $(libflow_a_SOURCES) src/forum/command.def ) >$@.new && mv $@.new $@

# The page that `init` puts into a spool is the one of the skeleton at the top of the tree.
nodist_libflow_a_SOURCES += src/flow/spool_readme.h
BUILT_SOURCES += src/flow/spool_readme.h
CLEANFILES += src/flow/spool_readme.h
EXTRA_DIST += spool/README spool/blob/.keep spool/failed/.keep
src/flow/spool_readme.h: spool/README
	$(AM_V_GEN)$(MKDIR_P) src/flow && sed -e 's/[\\"]/\\&/g' -e 's/.*/"&\\n"/' $(srcdir)/spool/README >$@.new && mv $@.new $@
