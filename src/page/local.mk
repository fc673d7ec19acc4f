# The pages. One file a line: pages come.
noinst_LIBRARIES += libpage.a
libpage_a_SOURCES = \
	src/page/about.c \
	src/page/article.c src/page/article.h \
	src/page/confirm.c \
	src/page/contribute.c src/page/contribute.h \
	src/page/data.c src/page/data.h \
	src/page/numbers.c \
	src/page/encoded.c src/page/encoded.h \
	src/page/news.c src/page/news.h \
	src/page/newsletter.c src/page/newsletter_rows.c src/page/newsletter.h \
	src/page/feed.c src/page/feed.h \
	src/page/folder.c src/page/folder.h \
	src/page/desk.c src/page/desk.h \
	src/page/desk_acts.c \
	src/page/desk_complaint.c \
	src/page/desk_hold.c \
	src/page/desk_idea.c \
	src/page/desk_ideas.c \
	src/page/desk_proposal.c \
	src/page/desk_sitting.c src/page/desk_sitting.h \
	src/page/desk_letter.c \
	src/page/desk_letters.c \
	src/page/desk_official.c \
	src/page/session.c src/page/session.h \
	src/page/finish.c src/page/finish.h \
	src/page/forum.c \
	src/page/idea.c \
	src/page/shelf.c src/page/shelf.h \
	src/page/leave.c \
	src/page/open_form.c src/page/open_form.h \
	src/page/page.c src/page/page.h \
	src/page/parts.c src/page/parts.h \
	src/page/plain.c \
	src/page/preferences.c \
	src/page/proposal.c \
	src/page/publish.c src/page/publish.h \
	src/page/published.c src/page/published.h \
	src/page/public.c src/page/public.h \
	src/page/route.c src/page/route.h src/page/routes.def \
	src/page/search.c \
	src/page/site.c src/page/site.h \
	src/page/withdraw.c src/page/withdraw.h \
	src/page/subscribe.c src/page/subscribe.h \
	src/page/talk.c src/page/talk.h \
	src/page/thread.c src/page/thread.h src/page/thread_steps.c \
	src/page/web.c src/page/web.h \
	src/page/words.c
libpage_a_CFLAGS = $(AM_CFLAGS)
