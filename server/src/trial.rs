//! A database for one test: its own, brought up to date, removed at its end.

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
