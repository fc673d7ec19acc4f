dist_doc_DATA += doc/postfix.md doc/exim.md doc/opensmtpd.md
