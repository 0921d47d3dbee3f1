use super::*;
use portfolio::{
    holder::{AccountState, Kind, Scheme},
    registry::{RegistryRow, Secret},
};
use std::collections::{HashMap, HashSet};

const MANY: u64 = 5_000;

fn read(row: &Row) -> RegistryRow {
    let fields = row.fields();
    let place = |column| COLUMNS.iter().position(|known| *known == column).unwrap();
    RegistryRow::read(|column| fields[place(column)])
        .unwrap_or_else(|column| panic!("{column:?} of {row:?}"))
}

fn whole(accounts: u64, seed: u64) -> String {
    let mut text = String::new();
    File::new(accounts, seed).read_to_string(&mut text).unwrap();
    text
}

/// Fear: the import refuses what the generator makes, or two rows share an account number.
#[test]
fn every_row_is_accepted_and_its_own() {
    for seed in [0, 1, u64::MAX] {
        let rows: Vec<_> = Rows::new(MANY, seed).map(|row| read(&row)).collect();
        assert_eq!(rows.len() as u64, MANY);
        let numbers: HashSet<_> = rows.iter().map(|row| row.number.clone()).collect();
        assert_eq!(numbers.len() as u64, MANY);
        let sirets: Vec<_> = rows.iter().filter_map(|row| row.siret.as_ref()).collect();
        for siret in sirets {
            assert!(portfolio::siret::Siret::parse(siret.as_str()).is_ok());
        }
    }
}

/// Fear: measurements of two days were made on different data.
#[test]
fn the_seed_decides() {
    assert_eq!(whole(700, 7), whole(700, 7));
    assert_ne!(whole(700, 7), whole(700, 8));
    // A smaller registry is the beginning of a larger one.
    assert!(whole(700, 7).starts_with(&whole(300, 7)));
}

/// Fear: some kind or state is missing, so that nobody ever sees what the portal does with it.
#[test]
fn every_kind_and_state_occurs() {
    let mut kinds = HashMap::new();
    let mut states = HashMap::new();
    for row in Rows::new(MANY, 42).map(|row| read(&row)) {
        *kinds.entry(row.kind).or_insert(0u64) += 1;
        *states.entry(row.state).or_insert(0u64) += 1;
    }
    for (kind, percent) in [
        (Kind::Emp, 55),
        (Kind::Ti, 20),
        (Kind::Ae, 20),
        (Kind::Gm, 5),
    ] {
        let share = kinds[&kind] * 100 / MANY;
        assert!(share.abs_diff(percent) <= 6, "{kind:?}: {share} %");
    }
    assert!(states[&AccountState::Actif] > MANY * 8 / 10);
    assert!(states[&AccountState::Suspendu] > 20 && states[&AccountState::Radie] > 20);
}

/// Fear: chains, and Sirens under both schemes, occur in life and not in the data.
#[test]
fn chains_and_both_schemes_occur() {
    let mut schemes: HashMap<String, HashSet<Scheme>> = HashMap::new();
    let mut establishments: HashMap<String, u64> = HashMap::new();
    for row in Rows::new(MANY, 42).map(|row| read(&row)) {
        let holder = row.held.holder.key();
        schemes
            .entry(holder.clone())
            .or_default()
            .insert(row.held.scheme);
        if row.kind == Kind::Emp {
            *establishments.entry(holder).or_default() += 1;
        }
    }
    assert!(schemes.values().filter(|both| both.len() == 2).count() > 50);
    assert!(establishments.values().any(|count| *count > 24));
    assert!(
        establishments
            .values()
            .filter(|count| (2..7).contains(*count))
            .count()
            > 50
    );
}

/// Fear: an employer has a social security number, or a person an amount; or nought and negative amounts never occur.
#[test]
fn secrets_fit_their_kind() {
    let (mut nought, mut negative, mut none) = (0, 0, 0);
    for row in Rows::new(MANY, 3).map(|row| read(&row)) {
        match (row.kind, row.secret) {
            (Kind::Emp, Secret::Amount(amount)) => {
                nought += u64::from(amount.get() == 0);
                negative += u64::from(amount.get() < 0);
            }
            (Kind::Emp, Secret::None) => none += 1,
            (Kind::Ti | Kind::Ae | Kind::Gm, Secret::Nir(_)) => {}
            (kind, _) => panic!("{kind:?} with another kind's secret"),
        }
    }
    assert!(nought > 50 && negative > 20 && none > 5);
}

/// Fear: a name with a quote or a separator breaks its line; or a short read loses or repeats bytes.
#[test]
fn the_file_reads_back() {
    let mut small = Vec::new();
    let mut file = File::new(200, 5);
    let mut seven = [0; 7];
    loop {
        let count = file.read(&mut seven).unwrap();
        if count == 0 {
            break;
        }
        small.extend_from_slice(&seven[..count]);
    }
    assert_eq!(String::from_utf8(small).unwrap(), whole(200, 5));

    let text = whole(200, 5);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), COLUMNS.to_vec());
    let read: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(read.len(), 200);
    for (record, row) in read.iter().zip(Rows::new(200, 5)) {
        assert_eq!(record, row.fields().to_vec());
    }
    assert_eq!(quoted("a;\"b\""), "\"a;\"\"b\"\"\"");
}
