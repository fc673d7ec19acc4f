# what this folder installs and ships
templatesdir = $(pkgdatadir)/templates
dist_templates_DATA = templates/README
templates_dedir = $(templatesdir)/de
dist_templates_de_DATA = \
	templates/de/_footer.txt \
	templates/de/_forums.txt \
	templates/de/_privacy.txt \
	templates/de/_stop.txt \
	templates/de/_stop_choices.txt \
	templates/de/confirm-idea.txt \
	templates/de/confirm-reply.txt \
	templates/de/digest.txt \
	templates/de/error-address.txt \
	templates/de/error-closed.txt \
	templates/de/error-digest.txt \
	templates/de/error-empty.txt \
	templates/de/error-encrypted.txt \
	templates/de/error-expired.txt \
	templates/de/error-idea-closed.txt \
	templates/de/error-member.txt \
	templates/de/error-moderation-decided.txt \
	templates/de/error-moderation-reason.txt \
	templates/de/error-moderation-unclear.txt \
	templates/de/error-not-moderator.txt \
	templates/de/error-other-address.txt \
	templates/de/error-stop-nothing.txt \
	templates/de/error-stop-which.txt \
	templates/de/error-stop.txt \
	templates/de/error-unclear.txt \
	templates/de/error.txt \
	templates/de/help.txt \
	templates/de/moderate.txt \
	templates/de/operator-failed.txt \
	templates/de/operator-mail.txt \
	templates/de/operator-undeliverable.txt \
	templates/de/operator-unmoderated.txt \
	templates/de/post.txt \
	templates/de/receipt-published-idea.txt \
	templates/de/receipt-published-reply.txt \
	templates/de/receipt-review.txt \
	templates/de/rejected.txt \
	templates/de/stopped-all.txt \
	templates/de/stopped-digests.txt \
	templates/de/stopped-forum.txt \
	templates/de/stopped-unnamed.txt \
	templates/de/stopped.txt \
	templates/de/words
templates_endir = $(templatesdir)/en
dist_templates_en_DATA = \
	templates/en/_footer.txt \
	templates/en/_forums.txt \
	templates/en/_privacy.txt \
	templates/en/_stop.txt \
	templates/en/_stop_choices.txt \
	templates/en/confirm-idea.txt \
	templates/en/confirm-reply.txt \
	templates/en/digest.txt \
	templates/en/error-address.txt \
	templates/en/error-closed.txt \
	templates/en/error-digest.txt \
	templates/en/error-empty.txt \
	templates/en/error-encrypted.txt \
	templates/en/error-expired.txt \
	templates/en/error-idea-closed.txt \
	templates/en/error-member.txt \
	templates/en/error-moderation-decided.txt \
	templates/en/error-moderation-reason.txt \
	templates/en/error-moderation-unclear.txt \
	templates/en/error-not-moderator.txt \
	templates/en/error-other-address.txt \
	templates/en/error-stop-nothing.txt \
	templates/en/error-stop-which.txt \
	templates/en/error-stop.txt \
	templates/en/error-unclear.txt \
	templates/en/error.txt \
	templates/en/help.txt \
	templates/en/moderate.txt \
	templates/en/operator-failed.txt \
	templates/en/operator-mail.txt \
	templates/en/operator-undeliverable.txt \
	templates/en/operator-unmoderated.txt \
	templates/en/post.txt \
	templates/en/receipt-published-idea.txt \
	templates/en/receipt-published-reply.txt \
	templates/en/receipt-review.txt \
	templates/en/rejected.txt \
	templates/en/stopped-all.txt \
	templates/en/stopped-digests.txt \
	templates/en/stopped-forum.txt \
	templates/en/stopped-unnamed.txt \
	templates/en/stopped.txt \
	templates/en/words
