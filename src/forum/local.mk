noinst_LIBRARIES += libforum.a
libforum_a_SOURCES = \
	src/forum/access.c src/forum/access.h \
	src/forum/action.c src/forum/action.h src/forum/answered.c src/forum/answered.h \
	src/forum/bounce.c src/forum/bounce.h \
	src/forum/command.c src/forum/command.h src/forum/command.def src/forum/command_row.c src/forum/command_begun.c src/forum/command_begun.h src/forum/command_tail.c src/forum/command_tail.h \
	src/forum/command_block.c src/forum/command_block.h src/forum/command_language.c src/forum/command_language.h \
	src/forum/command_hint.c src/forum/command_hint.h \
	src/forum/command_help.c src/forum/command_help.h src/forum/command_help.def \
	src/forum/command_words.c src/forum/command_words.h \
	src/forum/concern.c src/forum/concern.h src/forum/concern.def src/forum/concern_links.c \
	src/forum/contact.c src/forum/contact.h \
	src/forum/correct.c src/forum/correct.h \
	src/forum/deed.def \
	src/forum/duty.c src/forum/duty.h \
	src/forum/digest.c src/forum/digest.h \
	src/forum/file_number.c src/forum/file_number.h src/forum/find.c src/forum/find.h \
	src/forum/figures.c src/forum/figures.h \
	src/forum/emoji.c src/forum/emoji.h \
	src/forum/fold.c src/forum/fold.h \
	src/forum/given.c src/forum/given.h \
	src/forum/forward.c src/forum/forward.h \
	src/forum/issue_files.c src/forum/issue_files.h \
	src/forum/left_out.c src/forum/left_out.h \
	src/forum/link.c src/forum/link.h \
	src/forum/life.c src/forum/life.h src/forum/life.def \
	src/forum/lint.c src/forum/lint.h \
	src/forum/list.c src/forum/list.h src/forum/listed.c src/forum/listed.h \
	src/forum/memory.c src/forum/memory.h src/forum/memory_hashes.c src/forum/memory_index.c src/forum/memory_private.h \
	src/forum/memory_split.c src/forum/memory_taken.c src/forum/memory_words.c \
	src/forum/unsaid.c src/forum/unsaid.h \
	src/forum/mark.c src/forum/mark.h \
	src/forum/model.c src/forum/model.h \
	src/forum/name.c src/forum/name.h src/forum/name_skeleton.c \
	src/forum/pace.c src/forum/pace.h src/forum/personal.c src/forum/personal.h \
	src/forum/portions.c src/forum/portions.h src/forum/portions_choose.c src/forum/portions_name.c src/forum/portions_private.h \
	src/forum/order.c src/forum/order.h \
	src/forum/office_hours.c src/forum/office_hours.h src/forum/redact.c src/forum/redact.h \
	src/forum/command_explain.c src/forum/command_explain.h src/forum/phase.c src/forum/phase.h src/forum/phase_order.c src/forum/policy.c src/forum/policy.h src/forum/policy_answers.c src/forum/policy_command.c src/forum/policy_correct.c src/forum/policy_facts.c src/forum/policy_leave.c src/forum/policy_list.c \
	src/forum/policy_private.h \
	src/forum/purpose.c src/forum/purpose.h src/forum/purpose.def \
	src/forum/rates.c src/forum/rates.h \
	src/forum/reason.c src/forum/reason.h src/forum/reason.def \
	src/forum/reference.c src/forum/reference.h \
	src/forum/recipients.c src/forum/recipients.h \
	src/forum/similar.c src/forum/similar.h \
	src/forum/route.c src/forum/route.h src/forum/route_address.c src/forum/route_idea.c src/forum/route_name.c src/forum/route_private.h \
	src/forum/title.c src/forum/undone.c src/forum/undone.h \
	src/forum/wish.c src/forum/wish.h \
	src/forum/when.c src/forum/when.h src/forum/whys.c src/forum/whys.h
libforum_a_CFLAGS = $(AM_CFLAGS)
