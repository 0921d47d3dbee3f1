//! What must stand nowhere.

use crate::base::{
    Base, EMPLOYER, MANAGER, NOW, employer, good_employer, good_self_employed, manager, on_sqlite,
};
use portfolio::ports::{Portfolio, Postings as _};

/// Fear: whoever steals the file reads a social security number or an amount in it, as text or as a number.
#[test]
fn no_secret_in_the_file() {
    on_sqlite(async |base: Base| {
        let lines = crate::base::ACCOUNTS.map(|line| line.replace("1234,56", "987654,32"));
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        base.import(crate::base::file(&lines)).await.unwrap();
        let scope = base.firm("Cabinet Dupont").await;
        let amount = || employer("987654,32", "117000001567462542");
        base.client(
            &scope,
            EMPLOYER,
            &amount(),
            &["DPAE", "MOBILITE_INTERNATIONALE"],
            NOW,
        )
        .await;
        base.client(&scope, EMPLOYER, &good_self_employed(), &[], NOW)
            .await;
        base.client(&scope, MANAGER, &manager("253072A07300443"), &[], NOW)
            .await;
        let draft = base.draft(&scope, crate::base::AUTO, NOW).await;
        base.prove(&scope, draft, &good_employer(), NOW).await;
        base.prove(&scope, draft, &manager("180127512345642"), NOW)
            .await;
        let line = format!("{EMPLOYER}|Ormesson|Zoé|2550814168025|Allemagne|01/03/2027|30/06/2027");
        let sent = crate::postings::sent(&[&line], None);
        base.store.keep_postings(&scope, sent, NOW).await.unwrap();
        let waits = base.store.postings(&scope, NOW).await.unwrap().unwrap();
        let created = base.store.create_drafts(&scope, waits.id, NOW).await;
        assert_eq!(created.unwrap(), Some(1));
        base.store.clone().close().await.unwrap();
        let mut looked = 0;
        for file in std::fs::read_dir(base.folder.join("new")).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            looked += bytes.len();
            let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
            for secret in [
                "2550814168025",
                "253072A073004",
                "1801275123456",
                "987654,32",
                "987654",
                "98765432",
            ] {
                assert!(!holds(secret.as_bytes()), "{secret}");
            }
            for number in [98_765_432_i64, 2_550_814_168_025, 1_801_275_123_456] {
                // SQLite stores integers in their last 4, 6 or 8 bytes.
                let bytes = number.to_be_bytes();
                assert!(
                    !holds(if number < 1 << 31 {
                        &bytes[4..]
                    } else {
                        &bytes[2..]
                    }),
                    "{number}"
                );
            }
        }
        assert!(looked > 50_000, "nothing was looked at");
    });
}

/// Fear: an outage tells in the logs what was sought.
#[test]
fn outages_hold_no_value() {
    on_sqlite(async |base: Base| {
        let scope = base.with_accounts().await;
        let db = base.behind().await;
        sea_orm::ConnectionTrait::execute_unprepared(&db, "DROP TABLE account")
            .await
            .unwrap();
        let draft = base.draft(&scope, EMPLOYER, NOW).await;
        let outage = base
            .store
            .prove(&scope, draft, &good_employer(), NOW)
            .await
            .unwrap_err();
        let told = format!("{outage} {outage:?}");
        assert!(
            told.contains("no such table") && !told.contains("1170000"),
            "{told}"
        );
    });
}

/// Fear: another user of the machine reads the database.
#[cfg(unix)]
#[test]
fn the_file_is_private() {
    on_sqlite(async |base: Base| {
        base.firm("Dupont").await;
        for entry in std::fs::read_dir(base.folder.join("new")).unwrap() {
            let entry = entry.unwrap();
            let mode =
                std::os::unix::fs::PermissionsExt::mode(&entry.metadata().unwrap().permissions());
            assert_eq!(mode & 0o077, 0, "{:?}", entry.file_name());
        }
    });
}
