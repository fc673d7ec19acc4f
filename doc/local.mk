dist_doc_DATA += doc/design.md doc/musts.md doc/postfix.md doc/web.md doc/exim.md doc/opensmtpd.md doc/backup.md doc/operator.md
# Pages to give to others; their names differ, so that they can lie in one folder.
dist_doc_DATA += doc/de/moderation.md doc/de/mitmachen.md doc/de/datenschutz.md \
	doc/en/moderators.md doc/en/taking-part.md doc/en/data-protection.md
# What people see of it, and the command that made the pictures (doc/pictures/make: Chromium, python3-pil).
EXTRA_DIST += doc/pictures/desk-held.png doc/pictures/desk-phone.png doc/pictures/form-errors.png doc/pictures/form-desktop.png
EXTRA_DIST += doc/pictures/make doc/pictures/mails-asking-light.png doc/pictures/mails-asking-dark.png \
	doc/pictures/mails-telling-light.png doc/pictures/mails-telling-dark.png \
	doc/pictures/make-pages doc/pictures/pages-light.png doc/pictures/pages-dark.png \
	doc/pictures/make-newsletter doc/pictures/newsletter-phone.png doc/pictures/newsletter-desktop.png \
	doc/pictures/make-site doc/pictures/site-phone.png doc/pictures/site-dark.png doc/pictures/site-desktop.png doc/pictures/desk-idea.png
