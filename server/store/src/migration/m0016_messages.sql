-- Secure messages about an account. Moments are seconds since 1970. What people write (subjects, texts, names and content of files)
-- stands in `sealed` alone: (subject) for a conversation, (message) for a message, (attachment) and (piece) for what is attached,
-- (begun) for what was begun and not sent. Here are their places, who may open them, and who has.

-- A conversation. firm_id, enrolment_id: the firm that is a side of it, and the enrolment it is about; client_id: the client's house that
-- is a side. messages: how many there are, which is the number of the last. waiting_since: when the first message that the body has not
-- answered was written. closed_at: when the body closed it.
CREATE TABLE message_thread (
    id {id} NOT NULL PRIMARY KEY,
    holder_key {text} NOT NULL REFERENCES holder (key),
    firm_id {id} REFERENCES firm (id),
    enrolment_id {id} REFERENCES enrolment (id),
    client_id {id} REFERENCES firm (id),
    with_body {flag} NOT NULL,
    created_at {big} NOT NULL,
    changed_at {big} NOT NULL,
    messages {number} NOT NULL,
    last_side {text} NOT NULL CHECK (last_side IN ('cabinet', 'organisme', 'client')),
    waiting_since {big},
    closed_at {big},
    CHECK ((firm_id IS NULL) = (enrolment_id IS NULL)),
    CHECK (waiting_since IS NULL OR (with_body AND closed_at IS NULL))
) {strict};
CREATE INDEX message_thread_of_firm ON message_thread (firm_id, changed_at, id);
CREATE INDEX message_thread_of_enrolment ON message_thread (enrolment_id, changed_at, id);
CREATE INDEX message_thread_of_client ON message_thread (client_id, changed_at, id);
CREATE INDEX message_thread_of_body ON message_thread (changed_at, id) WHERE with_body;
CREATE INDEX message_thread_waiting ON message_thread (waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX message_thread_age ON message_thread (changed_at);

-- A message. n: its number in the conversation, from 1. house_id: the house of who wrote it, whose messages of a day are counted. once:
-- what tells the same message sent twice from two. files, bytes: what is attached, together.
CREATE TABLE message (
    id {id} NOT NULL PRIMARY KEY,
    thread_id {id} NOT NULL REFERENCES message_thread (id),
    n {number} NOT NULL,
    side {text} NOT NULL CHECK (side IN ('cabinet', 'organisme', 'client')),
    author_id {id} NOT NULL REFERENCES member (id),
    house_id {id} NOT NULL REFERENCES firm (id),
    at {big} NOT NULL,
    once {id} NOT NULL,
    files {number} NOT NULL,
    bytes {big} NOT NULL,
    UNIQUE (thread_id, n),
    UNIQUE (author_id, once)
) {strict};
CREATE INDEX message_of_house ON message (house_id, at);

-- What is attached to a message. kind: portfolio::message::file::FileKind.
CREATE TABLE message_file (
    id {id} NOT NULL PRIMARY KEY,
    message_id {id} NOT NULL REFERENCES message (id),
    n {number} NOT NULL,
    kind {text} NOT NULL,
    bytes {big} NOT NULL,
    UNIQUE (message_id, n)
) {strict};

-- It is sealed piece by piece, so that a new key of the vault never has all of many files in memory.
CREATE TABLE message_piece (
    file_id {id} NOT NULL REFERENCES message_file (id),
    n {number} NOT NULL,
    box_id {id} NOT NULL,
    PRIMARY KEY (file_id, n)
) {strict};

-- How far somebody has read a conversation. seen: the number of the last message that they have seen. unread: whether another side wrote
-- since. It is written for everybody of a firm and of a client; of the body, for those who have opened the conversation.
CREATE TABLE message_mark (
    person_id {id} NOT NULL REFERENCES member (id),
    thread_id {id} NOT NULL REFERENCES message_thread (id),
    seen {number} NOT NULL,
    unread {flag} NOT NULL,
    PRIMARY KEY (person_id, thread_id)
) {strict};
CREATE INDEX message_mark_unread ON message_mark (person_id) WHERE unread;
CREATE INDEX message_mark_of_thread ON message_mark (thread_id);
