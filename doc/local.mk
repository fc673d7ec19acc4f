dist_doc_DATA += doc/postfix.md
