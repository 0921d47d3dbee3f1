//! Many clients of one firm at once, put into the tables directly: proving a mandate a million times is another test's business.

use crate::base::{Base, Dice, NOW, siren};
use portfolio::{
    catalogue::ServiceCode,
    french::searchable,
    permission::Editor,
    search::{BEFORE, indexed},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, TransactionTrait};
use std::{collections::BTreeSet, fmt::Write};
use uuid::Uuid;

const TRADES: [&str; 40] = [
    "Boulangerie",
    "Garage",
    "Pharmacie",
    "Menuiserie",
    "Plomberie",
    "Électricité",
    "Coiffure",
    "Fleurs",
    "Transports",
    "Conseil",
    "Architecture",
    "Maçonnerie",
    "Peinture",
    "Couverture",
    "Restaurant",
    "Brasserie",
    "Hôtel",
    "Café",
    "Librairie",
    "Imprimerie",
    "Informatique",
    "Nettoyage",
    "Sécurité",
    "Formation",
    "Immobilier",
    "Assurances",
    "Optique",
    "Dentaire",
    "Taxi",
    "Ambulances",
    "Poissonnerie",
    "Boucherie",
    "Primeur",
    "Épicerie",
    "Tabac",
    "Pressing",
    "Carrelage",
    "Serrurerie",
    "Paysage",
    "Œnologie",
];
const FIRST: [&str; 30] = [
    "Émile",
    "Chloé",
    "Léa",
    "Zoé",
    "Jean",
    "Marie",
    "Pierre",
    "Anne",
    "Luc",
    "Inès",
    "François",
    "Noël",
    "Maël",
    "Théo",
    "Éloïse",
    "Jules",
    "Rose",
    "Hugo",
    "Alice",
    "Paul",
    "Nina",
    "Gaël",
    "Sarah",
    "Yanis",
    "Lina",
    "Adam",
    "Ève",
    "Noé",
    "Jade",
    "Louis",
];
const START: [&str; 20] = [
    "Du", "Le", "Mar", "Ber", "Gi", "Ro", "La", "Mo", "Fau", "Che", "Bon", "Per", "Gau", "Hu",
    "Ri", "Vin", "Sau", "Cor", "Bla", "Tré",
];
const MIDDLE: [&str; 20] = [
    "pon", "fè", "ti", "nar", "rau", "bin", "mou", "reau", "va", "li", "gue", "ra", "che", "cha",
    "lla", "di", "mon", "que", "ssi", "zé",
];
const END: [&str; 16] = [
    "t", "vre", "n", "d", "l", "ret", "lin", "s", "gne", "ier", "tte", "r", "c", "seau", "gny", "x",
];
const PLACES: [&str; 20] = [
    "de Lyon",
    "du Port",
    "des Halles",
    "d’Aix",
    "du Marché",
    "de l’Église",
    "Saint-Étienne",
    "de Brest",
    "des Lilas",
    "du Midi",
    "de Nantes",
    "d’Orléans",
    "du Parc",
    "de la Gare",
    "des Alpes",
    "du Rhône",
    "de Lille",
    "d’Évry",
    "des Prés",
    "de l’Est",
];

/// A made-up name.
pub fn name(dice: &mut Dice) -> String {
    let one = |dice: &mut Dice, of: &[&'static str]| of[dice.below(of.len())];
    let surname = format!(
        "{}{}{}",
        one(dice, &START),
        one(dice, &MIDDLE),
        one(dice, &END)
    );
    match dice.below(4) {
        0 => format!("{} {surname}", one(dice, &FIRST)),
        1 => format!("{} {surname}", one(dice, &TRADES)),
        2 => format!("{} {surname} & fils", one(dice, &TRADES)),
        _ => format!("{} {}", one(dice, &TRADES), one(dice, &PLACES)),
    }
}

/// Rows written by one statement.
const AT_ONCE: u32 = 500;

/// A client that was made up.
pub struct Made {
    pub id: Uuid,
    pub name: String,
    pub siren: String,
    pub scheme: &'static str,
    pub kind: &'static str,
    pub state: i32,
    pub organism: &'static str,
    pub services: BTreeSet<ServiceCode>,
    pub created_at: i64,
    pub changed_at: i64,
}

/// The id of the `n`th client.
pub fn id(n: u32) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n) * 0x1_0001)
}

/// A firm with this many clients, one for each of the first Sirens.
pub async fn crowd(base: &Base, count: u32, mut each: impl FnMut(Made)) -> Editor {
    let editor = base.firm("Cabinet Dupont").await;
    let db = base.behind().await;
    let mut dice = Dice::new(7);
    let tx = db.begin().await.unwrap();
    let mut from = 0;
    while from < count {
        let to = count.min(from + AT_ONCE);
        let made: Vec<Made> = (from..to).map(|n| make(&mut dice, n)).collect();
        tx.execute_unprepared(&batch(base, &editor, &made))
            .await
            .unwrap();
        made.into_iter().for_each(&mut each);
        from = to;
    }
    tx.commit().await.unwrap();
    listed(&db).await;
    editor
}

fn make(dice: &mut Dice, n: u32) -> Made {
    let (scheme, kind) = match dice.below(10) {
        0..6 => ("RG", "EMP"),
        6..8 => ("TI", "TI"),
        _ => ("TI", "AE"),
    };
    let usual = dice.below(12);
    let created_at = NOW.0 - i64::try_from(dice.below(40_000_000)).unwrap();
    Made {
        id: id(n),
        name: name(dice),
        siren: siren(n),
        scheme,
        kind,
        state: [1, 1, 1, 1, 1, 1, 1, 1, 2, 3][dice.below(10)],
        organism: ["117", "217", "317", "747", "827", "937"][dice.below(6)],
        services: ServiceCode::all().take(usual).skip(usual / 3).collect(),
        created_at,
        changed_at: created_at + i64::try_from(dice.below(1_000_000)).unwrap(),
    }
}

impl Made {
    /// What the holder is found by.
    pub fn found(&self) -> String {
        let Self { name, siren, .. } = self;
        format!(
            "{}{BEFORE}{siren}{BEFORE}{siren}00015{BEFORE}5{siren}",
            indexed(name)
        )
    }
}

fn batch(base: &Base, editor: &Editor, made: &[Made]) -> String {
    let (firm, member) = (base.literal(editor.firm.0), base.literal(editor.member.0));
    let (mut holders, mut enrolments, mut services) = (Vec::new(), Vec::new(), Vec::new());
    for client in made {
        let Made {
            siren,
            scheme,
            kind,
            state,
            organism,
            created_at,
            changed_at,
            ..
        } = client;
        let name = client.name.replace('\'', "''");
        holders.push(format!(
            "('{scheme}:{siren}', '{scheme}', '{siren}', '{siren}', '{kind}', '{name}', '{}', {state}, 1, '{}', ',{organism},')",
            searchable(&client.name),
            client.found(),
        ));
        let id = base.literal(client.id);
        enrolments.push(format!(
            "({id}, {firm}, '{scheme}:{siren}', 1, {created_at}, {member}, {changed_at}, {member}, {changed_at})"
        ));
        services.extend(
            client
                .services
                .iter()
                .map(|code| format!("({id}, '{}')", code.as_str())),
        );
    }
    let (holders, enrolments) = (holders.join(", "), enrolments.join(", "));
    let mut sql = format!(
        "INSERT INTO holder (key, scheme, siren, number, kind, name, search, state, accounts, found, organisms) VALUES {holders}; \
         INSERT INTO enrolment (id, firm_id, holder_key, version, created_at, created_by, changed_at, changed_by, reviewed_at) \
         VALUES {enrolments};"
    );
    if !services.is_empty() {
        write!(
            sql,
            " INSERT INTO enrolment_service (enrolment_id, code) VALUES {};",
            services.join(", ")
        )
        .unwrap();
    }
    sql
}

/// The places that the first fill gave on SQLite, and those that clients have now: in the order of names, far from each other.
const PLACES_BEFORE: &str =
    "(b.block << 32) + ROW_NUMBER() OVER (PARTITION BY e.firm_id ORDER BY e.id)";
const PLACES_NOW: &str = "(b.block << 40) + ROW_NUMBER() OVER (PARTITION BY e.firm_id ORDER BY h.search, e.id) \
    * ((1 << 40) / (COUNT(*) OVER (PARTITION BY e.firm_id) + 1))";

/// Draws all clients as the migrations did.
async fn listed(db: &DatabaseConnection) {
    let bits: Vec<String> = ServiceCode::all()
        .map(|code| format!("WHEN '{}' THEN {}", code.as_str(), code.bit()))
        .collect();
    let fill = include_str!("../../src/migration/m0003_fill.sql")
        .replace("{bits}", &bits.join(" "))
        .replace("{big}", "bigint")
        .replace("{last}", "\u{10ffff}");
    assert!(fill.contains(PLACES_BEFORE));
    let fill = match db.get_database_backend() {
        DbBackend::Sqlite => fill.replace(PLACES_BEFORE, PLACES_NOW),
        _ => fill,
    };
    let rhythms = include_str!("../../src/migration/m0013_fill.sql");
    db.execute_unprepared(&format!("DELETE FROM portfolio_size; {fill} {rhythms}"))
        .await
        .unwrap();
}
