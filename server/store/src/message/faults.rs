//! What is wrong with conversations, if anything is.

/// Each a query for the ids of rows that are wrong, and what is wrong with them.
pub(crate) const WRONG: [(&str, &str); 17] = [
    (
        "a conversation is about an enrolment that is not its firm's, or of another account",
        "SELECT t.id FROM message_thread t JOIN enrolment e ON e.id = t.enrolment_id \
         WHERE e.firm_id <> t.firm_id OR e.holder_key <> t.holder_key",
    ),
    (
        "a conversation has one side alone",
        "SELECT id FROM message_thread WHERE (CASE WHEN firm_id IS NULL THEN 0 ELSE 1 END) \
         + (CASE WHEN client_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN with_body THEN 1 ELSE 0 END) < 2",
    ),
    (
        "a conversation does not count its messages",
        "SELECT t.id FROM message_thread t WHERE t.messages <> (SELECT COUNT(*) FROM message g WHERE g.thread_id = t.id) \
         OR NOT EXISTS (SELECT 1 FROM message g WHERE g.thread_id = t.id AND g.n = t.messages AND g.side = t.last_side)",
    ),
    (
        "a conversation waits for the body that wrote last, or does not wait for it",
        "SELECT id FROM message_thread WHERE with_body AND closed_at IS NULL AND (waiting_since IS NULL) <> (last_side = 'organisme')",
    ),
    (
        "a message was written for a side that is none",
        "SELECT g.id FROM message g JOIN message_thread t ON t.id = g.thread_id WHERE (g.side = 'cabinet' \
         AND (t.firm_id IS NULL OR g.house_id <> t.firm_id)) OR (g.side = 'client' AND (t.client_id IS NULL OR g.house_id <> t.client_id)) \
         OR (g.side = 'organisme' AND NOT t.with_body)",
    ),
    (
        "the words of a message, or what it is about, are not there",
        "SELECT g.id FROM message g WHERE NOT EXISTS (SELECT 1 FROM sealed s WHERE s.purpose = 'message' AND s.owner = g.id) \
         OR NOT EXISTS (SELECT 1 FROM sealed s WHERE s.purpose = 'subject' AND s.owner = g.thread_id)",
    ),
    (
        "a message does not count what is attached to it",
        "SELECT g.id FROM message g WHERE g.files <> (SELECT COUNT(*) FROM message_file f WHERE f.message_id = g.id) \
         OR g.bytes <> COALESCE((SELECT SUM(f.bytes) FROM message_file f WHERE f.message_id = g.id), 0)",
    ),
    (
        "a part of an attachment is not there",
        "SELECT f.id FROM message_file f WHERE NOT EXISTS (SELECT 1 FROM message_piece p WHERE p.file_id = f.id) \
         OR NOT EXISTS (SELECT 1 FROM sealed s WHERE s.purpose = 'attachment' AND s.owner = f.id) \
         OR EXISTS (SELECT 1 FROM message_piece p WHERE p.file_id = f.id \
         AND NOT EXISTS (SELECT 1 FROM sealed s WHERE s.purpose = 'piece' AND s.owner = p.box_id))",
    ),
    (
        "somebody has read what is not written, or has nothing to read of what is marked",
        "SELECT k.thread_id AS id FROM message_mark k JOIN message_thread t ON t.id = k.thread_id \
         WHERE k.seen > t.messages OR (k.unread AND k.seen >= t.messages)",
    ),
    (
        "a conversation is with a house that is no client's, or with a firm that is none",
        "SELECT t.id FROM message_thread t WHERE (t.client_id IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM firm f WHERE f.id = t.client_id AND f.is_client)) OR (t.firm_id IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM firm f WHERE f.id = t.firm_id AND NOT f.is_client AND NOT f.is_body))",
    ),
    (
        "a message is in no conversation, or its number is none of it",
        "SELECT g.id FROM message g WHERE NOT EXISTS (SELECT 1 FROM message_thread t WHERE t.id = g.thread_id \
         AND g.n BETWEEN 1 AND t.messages)",
    ),
    (
        "a message was written by nobody of its house",
        "SELECT g.id FROM message g WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.id = g.author_id AND m.firm_id = g.house_id)",
    ),
    (
        "what is attached belongs to no message",
        "SELECT f.id FROM message_file f WHERE NOT EXISTS (SELECT 1 FROM message g WHERE g.id = f.message_id) \
         UNION SELECT p.file_id FROM message_piece p WHERE NOT EXISTS (SELECT 1 FROM message_file f WHERE f.id = p.file_id)",
    ),
    (
        "somebody has a mark of a conversation that is not there, or is no side of it",
        "SELECT k.person_id AS id FROM message_mark k WHERE NOT EXISTS (SELECT 1 FROM message_thread t JOIN member m ON m.id = k.person_id \
         JOIN firm f ON f.id = m.firm_id WHERE t.id = k.thread_id AND (f.id = t.firm_id OR f.id = t.client_id OR (f.is_body AND t.with_body)))",
    ),
    (
        "what a conversation is about is kept, and the conversation is not there",
        "SELECT s.owner AS id FROM sealed s WHERE s.purpose = 'subject' AND NOT EXISTS (SELECT 1 FROM message_thread t WHERE t.id = s.owner)",
    ),
    (
        "the words of a message are kept, and the message is not there",
        "SELECT s.owner AS id FROM sealed s WHERE s.purpose = 'message' AND NOT EXISTS (SELECT 1 FROM message g WHERE g.id = s.owner)",
    ),
    (
        "a part of an attachment is kept, and the attachment is not there",
        "SELECT s.owner AS id FROM sealed s WHERE (s.purpose = 'attachment' AND NOT EXISTS (SELECT 1 FROM message_file f WHERE f.id = s.owner)) \
         OR (s.purpose = 'piece' AND NOT EXISTS (SELECT 1 FROM message_piece p WHERE p.box_id = s.owner))",
    ),
];
