/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every ceiling of the program on one page. A limit that is not here does not exist; each has a test that hits
 * it. Sizes are bytes, times are seconds unless the name says otherwise.
 */
#pragma once

/* Messages as they come in */
#define LIMIT_MESSAGE_BYTES        (25 * 1024 * 1024) /* over it: 552 at MAIL (SIZE=) or after DATA */
#define LIMIT_HEADER_BYTES         (256 * 1024)       /* header block that the parser gets to see */
#define LIMIT_HEADER_LINES         1000
#define LIMIT_HEADER_LINES_ALL     20000             /* of all parts and attached messages together */
#define LIMIT_HEADER_BYTES_ALL     (2 * 1024 * 1024) /* likewise */
#define LIMIT_PARAMETERS           100               /* of one field, pieces of a long one counted */
#define LIMIT_PARTS                500 /* parts, attached messages, and files inside a text or a winmail.dat, together */
#define LIMIT_DELIMITERS           (4 * 1000 * 1000)          /* lines like "--..." that are looked at in search of parts */
#define LIMIT_DECODED_BYTES        (4L * LIMIT_MESSAGE_BYTES) /* decoded of one mail, each layer counted */
#define LIMIT_TNEF_ATTRIBUTES      20000 /* of one winmail.dat; libytnef takes time in them times the files */
#define LIMIT_DEPTH                20
#define LIMIT_HTML_BYTES           (512 * 1024)
#define LIMIT_HTML_ALL_BYTES       (4 * LIMIT_HTML_BYTES) /* of all HTML parts together */
#define LIMIT_HTML_STEPS           (5 * 1000 * 1000) /* through open elements for end tags that fit none; likewise quadratic */
#define LIMIT_HTML_ATTRS           1000              /* attributes of one tag; libxml2 takes quadratic time in them */
#define LIMIT_FORM_WORDS           20000             /* different words of one form of a text that are compared with another's */
#define LIMIT_TEXT_BYTES           (2 * 1024 * 1024) /* readable text kept of one message */
#define LIMIT_TEXT_ALL_BYTES       (2 * LIMIT_TEXT_BYTES) /* looked at in all text parts together */
#define LIMIT_REPLY_LINES          50000                  /* lines looked at for quotes; what is beyond counts as one line */
#define LIMIT_REPLY_SENTENCE_BYTES 600                    /* longest attribution line, joined */
#define LIMIT_REPLY_SENTENCES      2000                   /* lines ending in a colon that are tried as attribution lines */
#define LIMIT_CONTACT_LOOKS        20000        /* numbers of one text whose words are looked at; then their shape alone counts */
#define LIMIT_CONTACT_LINES        100          /* below a letter; more of them are what it is about */
#define LIMIT_FORUMS_OF_A_MAIL     2            /* that a new idea stands in because its mail went to all of them */
#define LIMIT_COMMAND_LINES        21           /* commands in one mail, and one more: then it is none */
#define LIMIT_COMMAND_DAYS         3            /* for the JA to words that change something */
#define LIMIT_ORDERS_ASKED         20           /* of one person that wait for a JA: the oldest go */
#define LIMIT_COMMAND_BYTES        (64 * 1024)  /* of a mail's own words that may command; more is text */
#define LIMIT_REFERENCES           1000         /* the first one and the last ones are kept */
#define LIMIT_ID_BYTES             998          /* of one Message-ID, RFC 5322 2.1.1 */
#define LIMIT_REPORT_BYTES         (256 * 1024) /* of a delivery report that is looked at */
#define LIMIT_REPORT_RECIPIENTS    200          /* recipients told of one report */
#define LIMIT_DIAGNOSTIC_BYTES     2048         /* kept of what a server said about one recipient */
#define LIMIT_ADDRESSES            1000         /* mailboxes kept of one header field */

/* Threads of a mailbox */
#define LIMIT_THREAD_MESSAGES      (16 * 1024 * 1024)
#define LIMIT_THREAD_MISSING_BYTES (256 * 1024 * 1024) /* ids of mails that are only referred to; more are ignored */
#define LIMIT_THREAD_MEMORY_BYTES  (8L * 1024 * 1024 * 1024)
#define LIMIT_THREAD_CPU_S         3600
#define LIMIT_THREAD_GUESSES       32 /* ids of one mail that may stand for mails not seen yet: first and last ones */

/* LMTP server (RFC 2033) */
#define LIMIT_LMTP_SESSIONS    1000
#define LIMIT_LMTP_LINE_BYTES  2048
#define LIMIT_LMTP_RECIPIENTS  100
#define LIMIT_LMTP_ERRORS      20  /* bad commands before 421 */
#define LIMIT_LMTP_IDLE_S      300 /* RFC 5321 4.5.3.2.7: at least five minutes */
#define LIMIT_LMTP_TOTAL_S     3600
#define LIMIT_LMTP_AHEAD_BYTES (64 * 1024)         /* pipelined while a message waits for its answers */
#define LIMIT_LMTP_HELD_BYTES  (256 * 1024 * 1024) /* messages of all sessions together; 452 beyond */

/* Readers */
#define LIMIT_READER_MEMORY_BYTES   (1024L * 1024 * 1024)
#define LIMIT_READER_CPU_S          2   /* of one message; the process is replaced before it runs out */
#define LIMIT_READER_QUICK_MS       300 /* of CPU time; what takes longer goes to the patient reader */
#define LIMIT_READER_WALL_S         20
#define LIMIT_READER_PATIENT_WALL_S 60   /* of the patient reader, which gives way to the others */
#define LIMIT_READER_SLOW_WAITING   4    /* mails that may wait for it; each holds a session of the mail server */
#define LIMIT_READER_DEBT_MS        1000 /* CPU time a sender's mails may cost before they wait behind the others */
#define LIMIT_READER_CHEAP_MS       100  /* a mail that costs less is not counted */
#define LIMIT_READER_DEBTS          512  /* senders and domains in debt that are remembered */
#define LIMIT_READER_BEHIND_S       10   /* longest wait of those for the others */
#define LIMIT_READER_MESSAGES       5000 /* then a fresh process takes over */
#define LIMIT_READER_RSS_BYTES      (64L * 1024 * 1024) /* once it had grown to this, too */
#define LIMIT_READER_ANSWER_BYTES   (32 * 1024 * 1024)
#define LIMIT_READER_PIPELINE       4            /* mails sent ahead to one reader */
#define LIMIT_READER_AHEAD_BYTES    (256 * 1024) /* and their size together */
#define LIMIT_READER_SLOW_MS        150          /* a mail that takes longer loses its reader the mails behind it */
#define LIMIT_READER_START_S        30

/* Storage */
#define LIMIT_BLOB_INLINE_BYTES  (128 * 1024) /* larger raw mails lie in spool/blob */
#define LIMIT_EVENT_DETAIL_BYTES 300          /* of a line of the journal: words of ours */
#define LIMIT_BUSY_MS            5000
#define LIMIT_WAL_PAGES          32768 /* of 4 KiB in the write-ahead log; from then on a commit empties it itself */
#define LIMIT_WAL_ROOM_BYTES     (512L * 1024 * 1024) /* that must be free on the disk before the log is made longer ahead of need */
#define LIMIT_WORDS_CATCH_UP     1000 /* posts that one commit puts into the index of words, its own and what waits before them */
#define LIMIT_SAME_MESSAGE_ID    20   /* mails of one Message-ID that are looked at */
#define LIMIT_QUOTA_SLOT_S       600  /* step in which the bytes of unproved senders are added up; in the schema too */
#define LIMIT_COUNTED            1000 /* rows that are counted for a rate: more is more than any rule asks for */
#define LIMIT_GROUP_MESSAGES     64   /* messages that share one commit */

/* Deciding */
#define LIMIT_POSTS_PER_HOUR 30 /* of one person, then a moderator looks first */
#define LIMIT_OWN_CHAIN \
    5 /* in a row, of one person within an hour, each in answer to our mail about the one before; then as well */
#define LIMIT_ANSWERS_OF_HOLD 5 /* of a kind, a day, to who does not understand one and the same question */
#define LIMIT_POSTS_OF_IDEA \
    5 /* mails of one post each to one reader about one idea within an hour; then a digest in the morning */
#define LIMIT_POSTS_A_DAY         20  /* such mails to one reader, about whatever ideas */
#define LIMIT_FORUM_MAILS_A_DAY   30  /* of all kinds that forums bring to one reader; what is more waits for the morning */
#define LIMIT_TOLD_OF_PERSON      20  /* posts of one person in a forum within an hour; of more nobody is told one by one */
#define LIMIT_TOLD_OF_IDEA        20  /* in one idea */
#define LIMIT_TOLD_OF_FORUM       40  /* in one forum */
#define LIMIT_LATE_AHEAD_S        600 /* before the morning: so soon what is told together then is put together */
#define LIMIT_DIGEST_DAILY_S      (26 * 3600) /* by then a daily digest was made, on the days with 25 hours, too */
#define LIMIT_DIGEST_WEEKLY_S     (8 * 24 * 3600)
#define LIMIT_NEWS_TOGETHER_S     600              /* what happens to an idea until then is told in one mail */
#define LIMIT_NEWS_TOGETHER       100              /* ideas in one such mail; further ones stand in the next */
#define LIMIT_NEWS_EVERY_S        3600             /* between two such mails to one person */
#define LIMIT_NEWS_A_DAY          6                /* of them to one person; what is more waits for the morning */
#define LIMIT_TOLD_KEEP_S         (30 * 24 * 3600) /* how long it is known what was told together */
#define LIMIT_MODERATE_A_DAY      30 /* mails about one waiting text each, to one who moderates; of further texts a list */
#define LIMIT_MODERATE_LIST_S     (2 * 3600)  /* between two such lists of a forum to one who moderates there */
#define LIMIT_MODERATE_LISTED     50          /* texts in one; the rest is counted */
#define LIMIT_MODERATE_LINES      50          /* of an answer to it that decide something */
#define LIMIT_MODERATE_OF_PERSON  5           /* texts of one author that moderators are asked about in an hour */
#define LIMIT_MODERATE_LATER_S    600         /* after that a text that found no room is looked at again */
#define LIMIT_ASK_EVERY_S         (24 * 3600) /* between two questions about mails that came unproved in one mailbox's name */
#define LIMIT_ASKED_PROVED        20          /* questions a day to one mailbox about mails that came with proof; more wait */
#define LIMIT_MISUSED_EVERY_S     (24 * 3600) /* between two mails that an address was used by somebody else, to who leads a forum */
#define LIMIT_SECOND_EVERY_S      (30 * 24 * 3600) /* between two such questions to anybody else */
#define LIMIT_WRITER_DAYS         7                /* how long they can be answered */
#define LIMIT_STOPPED_S           (30 * 24 * 3600) /* how long STOPP to a question is remembered */
#define LIMIT_HELD_PER_MAILBOX    1000             /* texts of one mailbox that wait for a yes; then the operator decides */
#define LIMIT_QUESTION_CHARS      2000             /* of a text in the question to somebody who may not have written it */
#define LIMIT_TRANSCRIPTS_STAFF   500              /* of who leads a forum */
#define LIMIT_TRANSCRIPTS_PER_DAY 30               /* answers to commands of somebody we know; of others one */
#define LIMIT_SEARCH_HITS         10               /* ideas that a search by mail tells of */
#define LIMIT_LIST_IDEAS          100              /* that a list by mail tells of */
#define LIMIT_THREAD_POSTS        50               /* of a discussion sent as a mail: the newest */
#define LIMIT_DATA_MAILS          500              /* of ours that MEINE DATEN lists, the newest; older ones are counted */
#define LIMIT_REPLIES_PER_DAY     5                /* automatic answers to one address, all kinds together (RFC 3834) */
#define LIMIT_OFFICER_PER_DAY     50          /* mails to who answers for data protection, one each; the rest is the operator's */
#define LIMIT_OPERATOR_EVERY_S    3600        /* between two mails to the operator: what comes meanwhile shares one */
#define LIMIT_OPERATOR_ONCE_S     (24 * 3600) /* what goes on is reported once in that time */
#define LIMIT_OPERATOR_KEEP_S     (30 * 24 * 3600) /* reports that were told are forgotten */
#define LIMIT_REPORTS_SHOWN       50               /* in one mail to the operator; the rest is counted */
#define LIMIT_DETAIL_CHARS        4000             /* of a foreign text shown to the operator */
#define LIMIT_RECEIVED_FIELDS     100
#define LIMIT_CONFIRM_DAYS        30               /* the longest that a text may wait for its author's yes */
#define LIMIT_UNDO_DAYS           7                /* an author may take a withdrawal back; then the text is deleted */
#define LIMIT_UNSAID_AT_ONCE      100              /* posts that a transaction shortens which takes back what they quote */
#define LIMIT_UNSAID_REMEMBERED   10000            /* newest texts taken back, whose words are looked for in what comes */
#define LIMIT_SILENCES            3                /* mails to one author that nothing is heard of an idea */
#define LIMIT_QUIET_S             (180 * 86400)    /* nothing came of an idea for so long: what is written there is read first */
#define LIMIT_SILENCE_S           (30 * 24 * 3600) /* within that time */
#define LIMIT_ACTIONS_LOOKED      50000            /* newest lines of the journal that are looked at for what staff did */
#define LIMIT_ACTIONS_SHOWN       200              /* of it in one mail */
#define LIMIT_NOTHING_WAITS_S     (30 * 24 * 3600) /* between two mails to who leads a forum that nothing waits there */
#define LIMIT_WAITING_SHOWN       20               /* ideas that wait, in the weekly mail to who leads a forum */
#define LIMIT_SECOND_S            (5 * 24 * 3600)  /* of working days: so long an official answer waits for a second person */
#define LIMIT_SECOND_OTHERS_S     (24 * 3600)      /* then other seconds are asked, too */
#define LIMIT_OFFICIAL_CHARS      20000            /* of an official answer or a note */
#define LIMIT_LETTERS_OF_IDEA     6                /* a day, of who leads the forum to the author alone; and as many answers */
#define LIMIT_LETTERS_OF_WRITER   40               /* a day, to whatever authors */
#define LIMIT_ANSWERED_BYTES      240              /* of a line that stays above what answers it */
#define LIMIT_WRITTEN_REMEMBERED  20  /* a person's newest posts among which those that their program may quote are */
#define LIMIT_INNER_DISCUSSIONS   20  /* newest ones of a forum's members that what they write to everybody is compared with */
#define LIMIT_INNER_REMEMBERED    10  /* newest posts of each of them */
#define LIMIT_INNER_KEPT_S        600 /* that it is kept for the next mail, unless somebody says more there */
#define LIMIT_INNER_KEPT_BYTES    (8 * 1024 * 1024) /* of it, of all forums together */
#define LIMIT_INNER_RUN_WORDS     6                 /* words in a row of one of them that are asked about */
#define LIMIT_MEMORY_WORDS        200000            /* words of a text that leave or meet a memory */
#define LIMIT_MEMORIES_BYTES      (3 * 1024 * 1024) /* of memories that are kept for the next answer to the same post */
#define LIMIT_TITLE_CHARS         120

/* Moderation, receipts */
#define LIMIT_SIMILAR           3  /* ideas about the same that are named beside one that came */
#define LIMIT_SIMILAR_STEMS     12 /* words of an idea that are looked for */
#define LIMIT_SIMILAR_POSTS     60 /* posts with one of them that are looked at, the newest */
#define LIMIT_SIMILAR_LOOKED_AT 8  /* ideas that are compared word for word */
/* Seconds of working days (forum/office_hours.h) since the moderators, or whoever else must decide, were asked: */
#define LIMIT_DEPUTY_S            86400       /* then others are asked, too */
#define LIMIT_AUTHOR_S            (2 * 86400) /* then its author hears that it takes longer */
#define LIMIT_DEFAULT_S           (3 * 86400) /* then the forum's own word decides (forum set --undecided) */
#define LIMIT_PHASE_MISSED_S      120         /* since a phase ended: then nobody was there to see it */
#define LIMIT_PHASE_MISSED_CRON_S (26 * 3600) /* the same where no clock runs but `clock --once`, daily at least */
#define LIMIT_SUPPORTS_HOUR       50          /* for one idea; of more the operator hears, and nothing is taken away */
#define LIMIT_REPORTS             3  /* so many people report a post: it is decided about; so often moderators are told before */
#define LIMIT_REPORTS_TOLD        10 /* of a forum in an hour: of more that nothing proves they are not told by mail */
#define LIMIT_COMPLAINT_S         (3 * 86400)  /* then whoever decides about a complaint is reminded */
#define LIMIT_JUDGE_S             (5 * 86400)  /* and then others are asked about it, too */
#define LIMIT_COMPLAIN_DAYS       30           /* after a decision (on all days) nobody complains about it any more */
#define LIMIT_HOLIDAYS            400          /* days on which nobody works, in the settings */
#define LIMIT_NEXT_AHEAD_S        (60 * 86400) /* nothing of these is due later: a clock was set back */
#define LIMIT_CORRECT_SHARE       60 /* of a hundred words: so many stand in the text before if it is that text, corrected */
#define LIMIT_CORRECTIONS         20 /* of one text; then its author is told to write to a person */
#define LIMIT_FORWARD_DEPTH       5  /* mails inside each other that are looked into for who wrote */
#define LIMIT_REPORTS_KEPT        10 /* what reports say of one text; what more say is counted, and leaves room for LIMIT_REMARKS */
#define LIMIT_REMARKS             20            /* questions, answers and complaints kept about one text */
#define LIMIT_PASSAGES            20            /* that a moderator takes out of a text at once */
#define LIMIT_QUESTIONS           3             /* of moderators about one text */
#define LIMIT_QUESTION_DAYS       7             /* that long its author may take to answer one */
#define LIMIT_TRUST_AFTER         3             /* texts that were released: then the forum reads that person's no more first */
#define LIMIT_TRUST_S             (180 * 86400) /* so long a refused or removed one counts against that */
#define LIMIT_TRUST_POSTS         200           /* newest posts of a person that are looked at for it */

/* What a text says that is a reason to read it first */
#define LIMIT_CONCERN_WORDS 20000 /* words of it that are looked at for what it tells of others */
#define LIMIT_LINKS         1000  /* that are counted */
#define LIMIT_SHORTENERS    200   /* services that `[moderation] shorteners` names */

/* Digests */
#define LIMIT_DIGEST_POSTS        1000             /* in one digest; what follows comes with the next one */
#define LIMIT_DIGEST_ANSWERS      20               /* entries that one mail may answer; of more its author is asked */
#define LIMIT_DIGEST_KEEP_S       (60 * 24 * 3600) /* an answer to an older one finds no entry and goes back to its author */
#define LIMIT_DIGEST_ASKED        100              /* discussions listed in the question which one an answer is for */
#define LIMIT_DIGEST_ENTRY_CHARS  4000             /* of one post's text in a digest */
#define LIMIT_DIGEST_WHOLE        8                /* posts whose texts stand in a digest that has more than LIMIT_DIGEST_ALL */
#define LIMIT_DIGEST_ALL          20               /* posts that a digest may have and still show the text of each */
#define LIMIT_DIGEST_WHOLE_BYTES  34000 /* of the mail, of all these together; the rest of the posts is one line each */
#define LIMIT_DIGEST_MAIL_BYTES   60000 /* of a digest as it is sent; with the lines it comes near to that, the rest is counted */
#define LIMIT_DIGEST_BLOCKS_BYTES (16 * 1024 * 1024) /* of discussions that are kept for the next reader of a digest */
#define LIMIT_DIGEST_LINES        60 /* discussions of which a line stands in a digest; of the rest the forums are counted */

/* Newsletters */
#define LIMIT_CONFIRM_MAILS_S       (24 * 3600)       /* between two confirm mails to one address for one list */
#define LIMIT_CONFIRM_MAILS         3                 /* at most so many */
#define LIMIT_CONFIRM_MAILS_MONTH_S (30 * 24 * 3600)  /* within that time */
#define LIMIT_ORDERS_PER_HOUR       300               /* by the form for anybody that nobody said yes to; then it waits */
#define LIMIT_SUBSCRIBE_DAYS        7                 /* how long a confirm mail can be answered: the last of them whole */
#define LIMIT_ISSUE_BYTES           (256 * 1024)      /* of an issue's Markdown */
#define LIMIT_ISSUE_FILES           10                /* that go along with an issue */
#define LIMIT_ISSUE_FILES_BYTES     (3 * 1000 * 1000) /* of all of them together */
#define LIMIT_LOGO_BYTES            (20 * 1024)       /* of the picture at the head of an issue */
#define LIMIT_ISSUE_STEP            500               /* subscribers whose mails are queued in one transaction */
#define LIMIT_ISSUE_NEWS            50                /* entries of one block */
#define LIMIT_IMPORT_LINES          2000000           /* addresses of one imported file */

/* Delivery reports */
#define LIMIT_BOUNCE_POINTS       3                /* then nothing unasked is sent to the address, and it is probed */
#define LIMIT_BOUNCE_POINT_S      (24 * 3600)      /* one point a day at most */
#define LIMIT_BOUNCE_FADE_S       (10 * 24 * 3600) /* a point fades after that time without another */
#define LIMIT_BOUNCE_TOKEN_S      (14 * 24 * 3600) /* a report about an older mail counts nothing */
#define LIMIT_BOUNCE_PROBE_S      (24 * 3600)      /* from the pause to the probe */
#define LIMIT_BOUNCE_WAIT_S       (3 * 24 * 3600)  /* for the probe to come back */
#define LIMIT_BOUNCE_DOMAIN_DAY   20               /* addresses of one domain paused in a day; more is their server's error */
#define LIMIT_BOUNCE_KEEP_BYTES   (64 * 1024)      /* of a report; a larger one is kept to its headers */
#define LIMIT_BOUNCE_SAID_CHARS   300              /* of what the other server said */
#define LIMIT_BOUNCE_RESENDS      3                /* of a mail that came back because they do not speak to us */
#define LIMIT_ISSUES_MISSED       3                /* of a newsletter, sent to who is written to again: the newest */
#define LIMIT_RUN_LAST            200              /* mails of a run among which those to nobody are counted */
#define LIMIT_DOMAIN_PAUSE_S      (15 * 60)        /* a domain that refuses us all: so long first, then doubled */
#define LIMIT_DOMAIN_PAUSE_MOST_S (4 * 3600)
#define LIMIT_DOMAIN_DEFERRALS    3     /* mails to one domain put off one after the other; then the domain waits */
#define LIMIT_DOMAIN_DEFER_S      30    /* so long first, then doubled up to LIMIT_DOMAIN_PAUSE_S */
#define LIMIT_DOMAINS             10000 /* recipient domains of which a pace is remembered, while they are quiet */
#define LIMIT_DOMAIN_REFUSALS     3     /* people whose mails one domain refuses in an hour for what we are; then it is paused */

/* Sending */
#define LIMIT_SMTP_CONNECTIONS 20
#define LIMIT_SMTP_REUSE       100 /* mails on one connection */
/* How long each phase may take as a whole, however busily the relay talks; RFC 5321 4.5.3.2 thinks of servers far away,
 * ours is our own mail server. */
#define LIMIT_SMTP_LOOKUP_S      30 /* of its name */
#define LIMIT_SMTP_CONNECT_S     20
#define LIMIT_SMTP_GREETING_S    60
#define LIMIT_SMTP_EHLO_S        60
#define LIMIT_SMTP_ENVELOPE_S    60  /* each of MAIL, RCPT, DATA, RSET */
#define LIMIT_SMTP_DATA_S        120 /* until a mail's last byte is written */
#define LIMIT_SMTP_END_S         300 /* from then on: the relay may look into the mail */
#define LIMIT_SMTP_QUIT_S        5
#define LIMIT_SMTP_STOP_S        2 /* for what is on its way when dispatch has to end */
#define LIMIT_SMTP_REPLY_BYTES   8192
#define LIMIT_SECRET_BYTES       8192               /* of a password or token in a file */
#define LIMIT_SMTP_ADDRESS_BYTES 320                /* 64 + @ + 255 (RFC 5321 4.5.3.1) */
#define LIMIT_REFERENCES_OUT     20                 /* written in a mail of ours: the first one and the last ones */
#define LIMIT_ORIGINAL_BYTES     (10 * 1024 * 1024) /* of a mail that goes along with the operator's; a larger one stays with us */
#define LIMIT_NOTICE_TRIES       20
#define LIMIT_NOTICE_CLAIM       200 /* notices claimed at once */
#define LIMIT_BACKOFF_MAX_S      (4 * 3600)
#define LIMIT_NOTICE_AHEAD_S     (5 * 3600)  /* nothing is due later than that: the clock was set back */
#define LIMIT_NEWS_AHEAD_S       (26 * 3600) /* but what forums bring, which may wait for the morning */

/* Doors */
#define LIMIT_FORUM_NAME_CHARS 40 /* local part of a forum's address */
#define LIMIT_GIVEN_NAME_CHARS 80 /* of a person or a ministry */
#define LIMIT_PATH_CHARS       4000
#define LIMIT_REASON_CHARS     2000
#define LIMIT_LOGIN_BYTES      64 /* of the operator's login as the journal keeps it; a longer one is left out */

/* `forumpost check` */
#define LIMIT_FREE_BAD_BYTES (256L * 1024 * 1024)  /* less room is a fault where there is no low-water mark */
#define LIMIT_FREE_LOW_BYTES (1024L * 1024 * 1024) /* less is said */
#define LIMIT_FREE_FILES     1000                  /* less files to be made is a fault */

/* Configuration */
#define LIMIT_CONF_BYTES (256 * 1024)

/* News to other servers */
#define LIMIT_NEWS_A_TICK       20          /* items in one turn of the clock */
#define LIMIT_NEWS_POST_S       10          /* for one of them, from the connection to the end of the answer */
#define LIMIT_NEWS_ANSWER_BYTES (64 * 1024) /* of an answer, which nobody reads */

/* The web process */
#define LIMIT_HTTP_CONNECTIONS      1000
#define LIMIT_HTTP_IDLE_S           15           /* without a byte from a client */
#define LIMIT_HTTP_REQUEST_S        30           /* from a connection's begin, or its last answer, to the end of the next one */
#define LIMIT_HTTP_CROWDED_S        3            /* the same while three quarters of the connections are taken */
#define LIMIT_HTTP_FULL_S           1            /* and while all are: whoever comes next waits outside */
#define LIMIT_HTTP_CONNECTION_BYTES (32 * 1024)  /* of memory for one: a head longer than it has room for is 431 */
#define LIMIT_HTTP_BODY_BYTES       (256 * 1024) /* of a form; more is 413 */
#define LIMIT_HTTP_FIELDS           200          /* of a form, of a query */
#define LIMIT_HTTP_GZIP_BYTES       1000         /* a shorter page is sent as it is */
#define LIMIT_FORM_LEAST_S          2            /* a form for anybody that comes back sooner was sent by a program */
#define LIMIT_FORM_MOST_S           (24 * 3600)  /* and later it is shown again */
#define LIMIT_FIND_CHARS            200          /* of what somebody looks for; the rest is not looked at */
#define LIMIT_FIND_WORDS            8            /* of it that count */
#define LIMIT_PAGE_POSTS            100          /* of a discussion on one page, by their numbers; further ones on the next */
/* of a discussion's texts as HTML on one page; what has no room is in the mbox file */
#define LIMIT_PAGE_WORDS_BYTES    (5 * 1024 * 1024)
#define LIMIT_FEED_WORDS_BYTES    (1024 * 1024)     /* of texts in one feed; one that has no room is left out */
#define LIMIT_PAGE_BUSY_MS        1000              /* a page waits that long for the database, then it is 503 */
#define LIMIT_DESK_LINK_S         (15 * 60)         /* how long a link opens the desk, after its mail went out */
#define LIMIT_DESK_SESSION_S      (12 * 3600)       /* and how long the desk stays open, after that mail */
#define LIMIT_DESK_LINKS_PER_HOUR 5                 /* to one person */
#define LIMIT_DESK_IDEAS          100               /* that a form names; what comes behind them is not read */
#define LIMIT_LINK_LEAVE_S        (400 * 24 * 3600) /* how long a link in a mail ends mails */
#define LIMIT_LINK_PREFERENCES_S  (14 * 24 * 3600)  /* and how long it opens somebody's preferences */

/* Templates */
#define LIMIT_TEMPLATE_BYTES        (64 * 1024)       /* of one source */
#define LIMIT_TEMPLATE_DEPTH        32                /* sections and partials inside each other */
#define LIMIT_TEMPLATE_OUTPUT_BYTES (8 * 1024 * 1024) /* of one expansion */
#define LIMIT_TEMPLATE_STEPS        4000000           /* pieces written by one expansion */
