//! PostgreSQL for one test: a database in the one that `TEST_POSTGRES_URL` names, or a whole one of its own, which can be stopped.

use sea_orm::{ConnectionTrait as _, Database};
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// A database that is dropped at the end.
pub struct Scratch {
    admin: String,
    name: String,
    pub url: String,
}

impl Scratch {
    pub async fn new() -> Self {
        let admin = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL must be set");
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        let (server, _) = admin.rsplit_once('/').unwrap();
        let url = format!("{server}/{name}");
        let scratch = Self { admin, name, url };
        let name = &scratch.name;
        scratch
            .administer(&format!("CREATE DATABASE {name} TEMPLATE template0"))
            .await;
        scratch
    }

    /// To be called at the end: a test that fails leaves its database behind, which goes with the server.
    pub async fn dropped(self) {
        let name = &self.name;
        self.administer(&format!("DROP DATABASE {name} WITH (FORCE)"))
            .await;
    }

    async fn administer(&self, sql: &str) {
        let db = Database::connect(&self.admin).await.unwrap();
        db.execute_unprepared(sql).await.unwrap();
        db.close().await.unwrap();
    }
}

/// A PostgreSQL of its own.
pub struct Cluster {
    script: Child,
    control: Vec<String>,
    pub url: String,
}

impl Cluster {
    pub fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/postgres");
        let told = "echo \"$TEST_POSTGRES_URL\"; echo \"$TEST_POSTGRES_CONTROL\"; cat";
        let mut script = Command::new(script)
            .args(["sh", "-c", told])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(script.stdout.take().unwrap()).lines();
        let url = lines.next().unwrap().unwrap();
        let control = lines.next().unwrap().unwrap();
        Self {
            script,
            control: control.split_whitespace().map(str::to_owned).collect(),
            url,
        }
    }

    /// Stops it in good order: what is under way is broken off.
    pub fn stop(&self) {
        self.control(&["stop", "--mode=fast"]);
    }

    /// Starts it again.
    pub fn start_again(&self) {
        self.control(&["start"]);
    }

    fn control(&self, verb: &[&str]) {
        let done = Command::new(&self.control[0])
            .args(&self.control[1..])
            .args(verb)
            .current_dir("/tmp")
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(done.success(), "{verb:?}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Its input ends, so it stops the database and removes its files.
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}
