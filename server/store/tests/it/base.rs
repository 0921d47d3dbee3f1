//! A database for one test, and the people and accounts in it.

use portfolio::{
    account_number::AccountNumber,
    amount::Cents,
    catalogue::ServiceCode,
    client::{Listing, Proven},
    form::Proof,
    holder::Kind,
    identifier::Identifier,
    ids::{DraftId, EnrolmentId, FirmId, MemberId, Oneself, Scope},
    nir::Nir,
    origin::Origin,
    permission::{Client, Editor, Fresh, Role},
    ports::{Begun, Enrolled, Portfolio, Proved, Session, SessionToken, Visit},
    search::Search,
    siren::Siren,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use std::{collections::BTreeSet, panic, path::PathBuf};
use store::{Credentials, ImportError, Imported, NewClient, Store, Try, key::Key, new_token};
use uuid::Uuid;

/// « Now » of most tests: 24 November 2026.
pub const NOW: Timestamp = Timestamp(1_795_507_094);

pub const HEADER: &str = "account_number;kind;siren;siret;name;organism;state;last_declared_amount;last_period;nir;email;up_to_date;headcount;payroll";
/// The accounts of most tests: an employer with two establishments, a self-employed person (who is that employer too), an
/// auto-entrepreneur, a gérant majoritaire.
pub const ACCOUNTS: [&str; 5] = [
    "117000001567462542;EMP;732829320;73282932000074;Boulangerie Émile;117;1;1234,56;202631;;e@x.fr;1;12;45000",
    "117000001567462559;EMP;732829320;73282932000082;Boulangerie Émile Lyon;117;2;0;202631;;;1;2;",
    "217000001567462542;TI;732829320;73282932000074;Émile Œuf;217;1;;;255081416802538;;0;;",
    "317000001567462542;AE;404833048;;Chloé d'Arc;317;1;;;180127512345642;;1;;",
    "GQ815739800M01;GM;;;Gérard Manet;117;3;;;253072A07300443;;1;;",
];
pub const EMPLOYER: &str = "732829320";
pub const AUTO: &str = "404833048";
pub const MANAGER: &str = "GQ815739800M01";

pub struct Base {
    pub store: Store,
    pub url: String,
    pub folder: PathBuf,
}

/// What stands for a member's password.
pub const HASH: &str = "$argon2id$x";

/// A session of this member, fresh at [`NOW`].
pub fn session(firm: FirmId, member: MemberId, role: Role) -> Session {
    let from = Origin(Some([192, 0, 2, 7].into()));
    Session::of_operator(Scope { firm, member, from }, role, NOW)
}

/// The permission of this member to change the firm's portfolio.
pub fn editor(firm: FirmId, member: MemberId) -> Editor {
    session(firm, member, Role::Collaborator).editor().unwrap()
}

/// The same permission, fresh.
pub fn fresh(editor: &Editor) -> Fresh<Editor> {
    session(editor.firm, editor.member, Role::Collaborator)
        .fresh(editor.clone(), NOW)
        .unwrap()
}

pub fn key() -> Key {
    Key::from_hex(&"5a".repeat(32)).unwrap()
}

/// A registry file of these lines.
pub fn file(lines: &[&str]) -> String {
    let mut text = HEADER.to_owned();
    for line in lines {
        text.push('\n');
        text.push_str(line);
    }
    text
}

pub fn on_sqlite(test: impl AsyncFnOnce(Base)) {
    let folder = std::env::temp_dir().join(format!("store-{}", Uuid::new_v4()));
    let url = format!("sqlite:{}/new/portail.db", folder.display());
    run(test, url, folder.clone());
    std::fs::remove_dir_all(folder).unwrap();
}

pub fn on_postgres(test: impl AsyncFnOnce(Base)) {
    let admin = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL must be set");
    let name = format!("test_{}", Uuid::new_v4().simple());
    let server = admin
        .rsplit_once('/')
        .expect("an address ends in a database")
        .0;
    let url = format!("{server}/{name}");
    administer(
        &admin,
        &format!("CREATE DATABASE {name} TEMPLATE template0"),
    );
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| run(test, url, PathBuf::new())));
    administer(&admin, &format!("DROP DATABASE {name} WITH (FORCE)"));
    if let Err(failure) = outcome {
        panic::resume_unwind(failure);
    }
}

fn run(test: impl AsyncFnOnce(Base), url: String, folder: PathBuf) {
    runtime().block_on(async {
        let store = Store::open(&url, key()).await.unwrap();
        store.migrate().await.unwrap();
        test(Base { store, url, folder }).await;
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn administer(url: &str, sql: &str) {
    runtime().block_on(async {
        let connection = Database::connect(url).await.unwrap();
        connection.execute_unprepared(sql).await.unwrap();
        connection.close().await.unwrap();
    });
}

impl Base {
    /// A connection beside the store's, to look behind it.
    pub async fn behind(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.unwrap()
    }

    /// The number that a query behind the store's back gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let db = self.behind().await;
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// Writes behind the store's back what no program of ours would: what rows name is not looked at.
    pub async fn plant(&self, sql: &str) {
        let db = self.behind().await;
        let off = match db.get_database_backend() {
            DbBackend::Postgres => "SET session_replication_role = replica",
            _ => "PRAGMA foreign_keys = OFF",
        };
        db.execute_unprepared(&format!("{off}; {sql}"))
            .await
            .unwrap();
        db.close().await.unwrap();
    }

    /// An id as SQL writes it.
    pub fn literal(&self, id: Uuid) -> String {
        if self.url.starts_with("sqlite:") {
            format!("X'{}'", id.simple())
        } else {
            format!("'{id}'")
        }
    }

    pub async fn import(&self, text: impl Into<Vec<u8>>) -> Result<Imported, ImportError> {
        let file = std::io::Cursor::new(text.into());
        self.store.import_registry(file, NOW, |_| ()).await
    }

    /// The usual accounts, and a firm with one member.
    pub async fn with_accounts(&self) -> Editor {
        self.import(file(&ACCOUNTS)).await.unwrap();
        self.firm("Cabinet Dupont").await
    }

    pub async fn firm(&self, name: &str) -> Editor {
        let firm = self.store.add_firm(name, NOW).await.unwrap();
        self.colleague(firm, name, "Claire").await
    }

    pub async fn colleague(&self, firm: FirmId, at: &str, name: &str) -> Editor {
        let identifier = format!("{name}@{at}");
        let member = self
            .store
            .add_member(firm, &identifier, name, HASH, Role::Collaborator, NOW)
            .await
            .unwrap();
        editor(firm, member)
    }

    /// What a sign-in of this member is tried against; the identifier is the one of [`Base::firm`].
    pub async fn credentials(&self, identifier: &str, now: Timestamp) -> Option<Credentials> {
        match self
            .store
            .try_sign_in(identifier, Origin::default(), now)
            .await
            .unwrap()
        {
            Try::Go(found) => found,
            paused @ Try::Paused { .. } => panic!("{paused:?}"),
        }
    }

    /// Starts a session of the first member of the firm of this name.
    pub async fn signed_in(&self, firm: &str, now: Timestamp) -> SessionToken {
        let identifier = format!("claire@{}", firm.to_lowercase());
        let known = self.credentials(&identifier, now).await.unwrap();
        let token = SessionToken::new(new_token().unwrap());
        self.store
            .signed_in(&identifier, &known, &token, &Visit::default(), now)
            .await
            .unwrap();
        token
    }

    /// The session of a token.
    pub async fn session(&self, token: &SessionToken, now: Timestamp) -> Option<Session> {
        self.store
            .session(token, Origin::default(), now)
            .await
            .unwrap()
    }

    /// A client of its own who may see these schemes of holders, as the registry's keys have them.
    pub async fn own_client(&self, identifier: &str, held: &[&str]) -> Client {
        let held: Vec<_> = held.iter().map(|key| key.parse().unwrap()).collect();
        let new = NewClient {
            held: &held,
            identifier,
            name: "Toni Titulaire",
            password_hash: HASH,
        };
        let (house, member) = self.store.add_client(new, NOW).await.unwrap();
        let from = Origin(Some([192, 0, 2, 9].into()));
        Client::of_session(&Oneself {
            house,
            member,
            from,
        })
    }

    pub async fn draft(&self, scope: &Editor, identifier: &str, now: Timestamp) -> DraftId {
        match self
            .store
            .begin(scope, &typed(identifier), true, now)
            .await
            .unwrap()
        {
            Begun::Draft(id) => id,
            already @ Begun::Already { .. } => panic!("{already:?}"),
        }
    }

    pub async fn prove(
        &self,
        scope: &Editor,
        draft: DraftId,
        proof: &Proof,
        now: Timestamp,
    ) -> Proved {
        self.store
            .prove(scope, draft, proof, now)
            .await
            .unwrap()
            .unwrap()
    }

    /// A draft whose mandate is proved.
    pub async fn proven(
        &self,
        scope: &Editor,
        identifier: &str,
        proof: &Proof,
    ) -> (DraftId, Proven) {
        let draft = self.draft(scope, identifier, NOW).await;
        match self.prove(scope, draft, proof, NOW).await {
            Proved::Proven(proven) => (draft, proven),
            other => panic!("{other:?}"),
        }
    }

    /// A client, enrolled.
    pub async fn client(
        &self,
        scope: &Editor,
        identifier: &str,
        proof: &Proof,
        on: &[&str],
        now: Timestamp,
    ) -> EnrolmentId {
        let (draft, _) = self.proven(scope, identifier, proof).await;
        match self
            .store
            .enrol(scope, draft, &services(on), now)
            .await
            .unwrap()
            .unwrap()
        {
            Enrolled::Done(id) => id,
            other => panic!("{other:?}"),
        }
    }

    pub async fn list(&self, scope: &Scope, search: &Search) -> Listing {
        self.store.list(scope, search, NOW).await.unwrap()
    }
}

/// Chance that a seed decides, so that what was found once is found again.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Of `TORTURE_SEED`, or else of the usual seed; which one is told when the test fails.
    pub fn of_environment(usual: u64) -> Self {
        let seed = wanted("TORTURE_SEED", usual);
        println!("TORTURE_SEED={seed}");
        Self(seed)
    }

    /// The steps of Weyl's sequence, their bits stirred (Steele, Lea and Flood: splitmix).
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number under `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(end).unwrap()).unwrap()
    }

    /// Some services of an employer's account, none or many.
    pub fn services(&mut self) -> BTreeSet<ServiceCode> {
        let bits = self.roll();
        ServiceCode::for_kind(Kind::Emp)
            .zip(0..)
            .filter(|(_, place)| bits >> place & 1 == 1)
            .map(|(code, _)| code)
            .collect()
    }
}

/// A number from the environment: `make torture` asks for more than a usual run.
pub fn wanted(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

pub fn typed(identifier: &str) -> Identifier {
    Identifier::parse(identifier, false).unwrap()
}

pub fn services(codes: &[&str]) -> BTreeSet<ServiceCode> {
    codes
        .iter()
        .map(|code| ServiceCode::find(code).unwrap())
        .collect()
}

pub fn employer(amount: &str, number: &str) -> Proof {
    Proof::Employer(
        Cents::parse(amount).unwrap(),
        AccountNumber::parse(number).unwrap(),
    )
}

pub fn self_employed(nir: &str, number: &str) -> Proof {
    Proof::SelfEmployed(
        Nir::parse(nir).unwrap(),
        AccountNumber::parse(number).unwrap(),
    )
}

pub fn manager(nir: &str) -> Proof {
    Proof::Manager(Nir::parse(nir).unwrap())
}

/// The good proof of the usual employer.
pub fn good_employer() -> Proof {
    employer("1234,56", "117000001567462542")
}

/// The good proof of the usual self-employed person.
pub fn good_self_employed() -> Proof {
    self_employed("255081416802538", "217000001567462542")
}

/// The `n`th of many Sirens.
pub fn siren(n: u32) -> String {
    Siren::with_check_digit(&format!("{:08}", 10_000_000 + n))
        .unwrap()
        .as_str()
        .to_owned()
}

/// Enrols an employer of this name for each number, proved by its own account.
pub async fn many(base: &Base, scope: &Editor, names: &[&str]) -> Vec<EnrolmentId> {
    let lines: Vec<String> = (0u32..)
        .zip(names)
        .map(|(n, name)| {
            let siren = siren(n);
            let state = n % 3 + 1;
            format!(
                "5{n:017};EMP;{siren};{siren}{:05};\"{name}\";117;{state};{n};;;;1;;",
                n + 1
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    base.import(file(&lines)).await.unwrap();
    let mut ids = Vec::new();
    for n in 0..u32::try_from(names.len()).unwrap() {
        let proof = employer(&n.to_string(), &format!("5{n:017}"));
        let on: &[&str] = match n % 3 {
            0 => &[],
            1 => &["DPAE"],
            _ => &["DPAE", "MAIL_DSN"],
        };
        let now = NOW.plus(i64::from(n) * 60 % 420);
        ids.push(base.client(scope, &siren(n), &proof, on, now).await);
    }
    ids
}
