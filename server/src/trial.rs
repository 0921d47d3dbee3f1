//! What tests have in common: a database for one test, brought up to date and removed at its end; and how samples of times compare.

use store::{Store, key::Key};

/// The store, and the folder that goes with it.
pub struct Trial {
    /// The store.
    pub store: Store,
    /// Its address, to look behind the store.
    pub url: String,
    folder: std::path::PathBuf,
}

impl Trial {
    /// An empty database.
    pub async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("portail-{}", uuid::Uuid::new_v4()));
        let key = Key::from_hex(&"0f".repeat(32)).expect("64 hexadecimal digits");
        let url = format!("sqlite:{}", folder.join("trial.db").display());
        let store = Store::open(&url, key).await.expect("a new database opens");
        store.migrate().await.expect("a new database migrates");
        Self { store, url, folder }
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Above what chance makes of two samples of one kind (once in 100,000 runs), and far below what a look-up that is left out makes.
pub const BOUND: f64 = 4.5;

/// Distances between the middles of two samples of times, in standard deviations of what chance makes of them (Mann and Whitney's
/// test): a few slow tries, however slow, weigh no more than their ranks.
pub fn apart(one: &[u128], other: &[u128]) -> f64 {
    let mut all: Vec<(u128, bool)> = one
        .iter()
        .map(|time| (*time, true))
        .chain(other.iter().map(|time| (*time, false)))
        .collect();
    all.sort_unstable();
    let count = |sample: &[u128]| f64::from(u32::try_from(sample.len()).unwrap());
    let ranks: f64 = (1_u32..)
        .zip(&all)
        .filter(|(_, (_, of_one))| *of_one)
        .map(|(rank, _)| f64::from(rank))
        .sum();
    let (n, m) = (count(one), count(other));
    let expected = n * (n + m + 1.0) / 2.0;
    let spread = (n * m * (n + m + 1.0) / 12.0).sqrt();
    ((ranks - expected) / spread).abs()
}
