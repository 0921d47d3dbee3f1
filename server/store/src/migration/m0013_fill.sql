-- The rhythm of every client, as nobody has said otherwise yet.
UPDATE client SET calendar = CASE
    WHEN client.state = 3 THEN ''
    WHEN client.kind = 'EMP' THEN CASE
        WHEN COALESCE((SELECT h.headcount FROM holder h WHERE h.key = client.holder_key), 0) >= 50 THEN 'dsn-5' ELSE 'dsn-15' END
    WHEN client.kind = 'AE' THEN 'ca-mensuel'
    ELSE 'mensuel-5' END;
