//! temporary
use portfolio::{siren::Siren, time::Timestamp};
use std::io::Read;
struct Gen {
    n: u32,
    rows: u32,
    buf: Vec<u8>,
    at: usize,
}
impl Read for Gen {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.buf.len() {
            self.buf.clear();
            self.at = 0;
            if self.n == 0 {
                self.buf.extend(b"account_number;kind;siren;siret;name;organism;state;last_declared_amount;last_period;nir;email;up_to_date;headcount;payroll\n");
            }
            for _ in 0..1000 {
                if self.n == self.rows {
                    break;
                }
                let s = Siren::with_check_digit(&format!(
                    "{:08}",
                    10_000_000 + (self.n.wrapping_mul(7919) % self.rows) / 3
                ))
                .unwrap();
                let s = s.as_str();
                self.buf.extend(format!("{:018};EMP;{s};{s}{:05};Société Numéro {} des Étoiles;117;1;{},50;202631;;contact{}@exemple.fr;1;12;45000\n", 117_000_000_000_000_000u64 + u64::from(self.n), self.n % 100_000, self.n, self.n, self.n).into_bytes());
                self.n += 1;
            }
        }
        let k = out.len().min(self.buf.len() - self.at);
        out[..k].copy_from_slice(&self.buf[self.at..self.at + k]);
        self.at += k;
        Ok(k)
    }
}
fn main() {
    let rows: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    let url = std::env::args().nth(2).unwrap();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            let key = store::key::Key::from_hex(&"5a".repeat(32)).unwrap();
            let s = store::Store::open(&url, key).await.unwrap();
            s.migrate().await.unwrap();
            for _ in 0..std::env::args().nth(3).map_or(2, |n| n.parse().unwrap()) {
                #[allow(clippy::disallowed_methods)]
                let t = std::time::Instant::now();
                let done = s
                    .import_registry(
                        Gen {
                            n: 0,
                            rows,
                            buf: vec![],
                            at: 0,
                        },
                        Timestamp(1_795_507_094),
                        |_| (),
                    )
                    .await
                    .unwrap();
                println!("{done:?} {:?}", t.elapsed());
            }
            lists(&s, &url).await;
            println!(
                "{}",
                std::fs::read_to_string("/proc/self/status")
                    .unwrap()
                    .lines()
                    .filter(|l| l.starts_with("VmHWM"))
                    .collect::<String>()
            );
        });
}

async fn lists(s: &store::Store, url: &str) {
    use portfolio::{ids::*, ports::Portfolio, search::*};
    use sea_orm::ConnectionTrait;
    let now = Timestamp(1_795_507_094);
    let firm = s.add_firm("F", now).await.unwrap();
    let member = s.add_member(firm, "m", "m", "x", now).await.unwrap();
    let db = sea_orm::Database::connect(url).await.unwrap();
    let (f, m, id) = if url.starts_with("sqlite") {
        (
            format!("x'{}'", firm.0.simple()),
            format!("x'{}'", member.0.simple()),
            "randomblob(16)",
        )
    } else {
        (
            format!("'{firm}'"),
            format!("'{member}'"),
            "gen_random_uuid()",
        )
    };
    db.execute_unprepared(&format!("INSERT INTO enrolment (id, firm_id, holder_key, version, created_at, created_by, changed_at, changed_by) SELECT {id}, {f}, key, 1, 1, {m}, 1, {m} FROM (SELECT key FROM holder ORDER BY key LIMIT 5000) AS k")).await.unwrap();
    db.execute_unprepared(
        "INSERT INTO enrolment_service (enrolment_id, code) SELECT id, 'DPAE' FROM enrolment",
    )
    .await
    .unwrap();
    let scope = Scope { firm, member };
    let first = s.list(&scope, &Search::default()).await.unwrap().rows[19].id;
    for (what, search) in [
        ("plain", Search::default()),
        (
            "page 200",
            Search {
                page: 200,
                ..Search::default()
            },
        ),
        (
            "name",
            Search {
                text: "numero 12".into(),
                ..Search::default()
            },
        ),
        (
            "siren",
            Search {
                text: "1000".into(),
                ..Search::default()
            },
        ),
        (
            "siret",
            Search {
                text: "10000040500012".into(),
                ..Search::default()
            },
        ),
        (
            "services",
            Search {
                sort: Sort::Services,
                ..Search::default()
            },
        ),
        (
            "show",
            Search {
                show: Some(first),
                sort: Sort::Services,
                descending: true,
                ..Search::default()
            },
        ),
        (
            "open",
            Search {
                open: Some(first),
                ..Search::default()
            },
        ),
    ] {
        #[allow(clippy::disallowed_methods)]
        let t = std::time::Instant::now();
        let mut n = 0;
        for _ in 0..10 {
            n = s.list(&scope, &search).await.unwrap().total;
        }
        println!("{what}: {n} {:?}", t.elapsed() / 10);
    }
}
