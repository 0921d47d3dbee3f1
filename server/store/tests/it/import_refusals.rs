//! Files that are refused: nothing of them is applied.

use crate::base::{ACCOUNTS, Base, HEADER, NOW, file};
use std::io::{self, Read};
use store::ImportError;

crate::contract! { fields, columns, duplicates, broken_csv, a_file_that_breaks_off, late_faults_undo_all }

async fn refused(base: &Base, text: impl Into<Vec<u8>>) -> ImportError {
    let before = base.store.account_count().await.unwrap();
    let error = base.import(text).await.unwrap_err();
    assert_eq!(base.store.account_count().await.unwrap(), before);
    error
}

/// Fear: a wrong field is taken, or told with another line or column than an editor shows.
async fn fields(base: Base) {
    let wrong = ACCOUNTS[1].replace(";117;2;", ";117;9;");
    for end in ["\n", "\r\n"] {
        let text = file(&[ACCOUNTS[0], "", &wrong]).replace('\n', end);
        let error = refused(&base, text).await;
        assert!(
            matches!(
                error,
                ImportError::Row {
                    line: 4,
                    column: "state"
                }
            ),
            "{error}"
        );
    }
    let nir = ACCOUNTS[2].replace("255081416802538", "255081416802539");
    let error = refused(&base, file(&[&nir])).await;
    assert!(
        matches!(
            error,
            ImportError::Row {
                line: 2,
                column: "nir"
            }
        ),
        "{error}"
    );
    assert!(!format!("{error} {error:?}").contains("2550814"), "{error}");
}

/// Fear: a file without a column clears it everywhere.
async fn columns(base: Base) {
    let without = file(&ACCOUNTS).replace("up_to_date", "uptodate");
    let error = refused(&base, without).await;
    assert!(
        matches!(error, ImportError::MissingColumn("up_to_date")),
        "{error}"
    );
    let error = refused(&base, "").await;
    assert!(
        matches!(error, ImportError::MissingColumn("account_number")),
        "{error}"
    );
}

/// Fear: of two rows for one account, chance decides; or the short form of its number hides the second.
async fn duplicates(base: Base) {
    let error = refused(&base, file(&[ACCOUNTS[0], ACCOUNTS[1], ACCOUNTS[0]])).await;
    assert!(
        matches!(error, ImportError::Duplicate { line: 4 }),
        "{error}"
    );
    let short = ACCOUNTS[0].replace("117000001567462542", "11701567462542");
    let error = refused(&base, file(&[ACCOUNTS[0], &short])).await;
    assert!(
        matches!(error, ImportError::Duplicate { line: 3 }),
        "{error}"
    );
}

/// Fear: a file that is no CSV, or no text, is half understood.
async fn broken_csv(base: Base) {
    let error = refused(&base, file(&[ACCOUNTS[0], "a;b;c"])).await;
    assert!(matches!(error, ImportError::NotCsv { line: 3 }), "{error}");
    let error = refused(
        &base,
        file(&[&ACCOUNTS[0].replace("Boulangerie", "\"Boulangerie")]),
    )
    .await;
    assert!(matches!(error, ImportError::NotCsv { line: 2 }), "{error}");
    let mut latin = file(&ACCOUNTS[..1]).into_bytes();
    let accent = latin.iter().position(|byte| *byte == 0xc3).unwrap();
    latin.remove(accent);
    let error = refused(&base, latin).await;
    assert!(matches!(error, ImportError::NotCsv { line: 2 }), "{error}");
    let error = refused(&base, [HEADER.as_bytes(), b"\n\xff\xfe"].concat()).await;
    assert!(matches!(error, ImportError::NotCsv { line: 2 }), "{error}");
}

/// Good rows, then a disk that fails.
struct BreaksOff(io::Cursor<Vec<u8>>);

impl Read for BreaksOff {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("gone")),
            read => Ok(read),
        }
    }
}

/// Fear: half a file is applied when the other half cannot be read.
async fn a_file_that_breaks_off(base: Base) {
    let half = BreaksOff(io::Cursor::new(file(&ACCOUNTS).into_bytes()));
    let error = base
        .store
        .import_registry(half, NOW, |_| ())
        .await
        .unwrap_err();
    assert!(matches!(error, ImportError::File(_)), "{error}");
    assert_eq!(base.store.account_count().await.unwrap(), 0);
    assert_eq!(base.number("SELECT COUNT(*) FROM holder").await, 0);
}

/// Fear: a fault in the last row leaves the batches before it applied.
async fn late_faults_undo_all(base: Base) {
    base.import(file(&ACCOUNTS)).await.unwrap();
    let mut lines: Vec<String> = (0..2100)
        .map(|n| format!("{:018};EMP;732829320;;Nom {n};117;1;{n};;;;1;;", n + 1))
        .collect();
    lines.push(lines[0].replace(";1;;", ";2;;"));
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let error = refused(&base, file(&lines)).await;
    assert!(
        matches!(
            error,
            ImportError::Row {
                line: 2102,
                column: "up_to_date"
            }
        ),
        "{error}"
    );
    // The lock is free again.
    assert_eq!(base.import(file(&ACCOUNTS)).await.unwrap().unchanged, 5);
}
