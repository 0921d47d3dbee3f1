//! The binary as a process, and a place for its files.

use server::generate::Rows;
use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
};
use store::key::Key;

/// The key of every database here.
pub const KEY: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";

pub fn key() -> Key {
    Key::from_hex(KEY).unwrap()
}

/// A folder of its own for each test, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join("storage")
            .join(name);
        // What a run that was broken off has left.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// The address of a SQLite file in it.
    pub fn database(&self) -> String {
        format!("sqlite:{}", self.0.join("data/portail.db").display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The binary on a database, with no settings but these.
pub fn server(folder: &Path, database: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("DATABASE_URL", database)
        .env("PORTAIL_KEY", KEY)
        .env("PORTAIL_ADDRESS", "127.0.0.1:0")
        .env("PORTAIL_OPERATIONS_ADDRESS", "")
        .stdin(Stdio::null());
    command
}

/// Runs the binary to its good end; what it said.
pub fn run(folder: &Path, database: &str, arguments: &[&str]) -> String {
    let output = server(folder, database, arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", told(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What an ended process said to people.
pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An employer of the registry, and what proves a mandate for it.
#[derive(Clone, Debug)]
pub struct Account {
    pub siren: String,
    pub amount: String,
    pub number: String,
}

/// The demonstration, and employers besides that nobody manages.
pub fn fill(folder: &Path, database: &str) -> Vec<Account> {
    fill_with(folder, database, 600)
}

/// The same, with employers out of so many accounts.
pub fn fill_with(folder: &Path, database: &str, rows: u64) -> Vec<Account> {
    run(folder, database, &["demo"]);
    let number = rows.to_string();
    let file = folder.join("more.csv");
    let file = file.to_str().unwrap();
    let many = ["--accounts", &number, "--seed", "7", "--out", file];
    run(
        folder,
        database,
        &[&["registry", "generate"], &many[..]].concat(),
    );
    run(folder, database, &["registry", "import", file]);
    let mut accounts: Vec<Account> = Vec::new();
    for row in Rows::new(rows, 7) {
        let [number, kind, siren, _, _, _, _, amount, ..] = row.fields();
        let known = accounts.last().is_some_and(|last| last.siren == siren);
        let plain = !amount.is_empty() && amount.bytes().all(|b| b.is_ascii_digit());
        if kind == "EMP" && plain && !known {
            accounts.push(Account {
                siren: siren.to_owned(),
                amount: amount.to_owned(),
                number: number.to_owned(),
            });
        }
    }
    assert!(accounts.len() > 100, "{}", accounts.len());
    accounts
}

/// A portal that serves.
pub struct Portal {
    child: Child,
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
}

impl Portal {
    /// Starts it, and waits until it listens.
    pub fn start(folder: &Path, database: &str) -> Self {
        Self::of(server(folder, database, &["serve"]))
    }

    /// Starts it by a command of one's own.
    pub fn of(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut first = Vec::new();
        let address = lines.by_ref().find_map(|line| {
            let line = line.unwrap();
            let address = line.split_once("listening on ").map(|(_, rest)| {
                let address = rest.split([',', ' ']).next().unwrap();
                address.parse().unwrap()
            });
            first.push(line);
            address
        });
        let Some(address) = address else {
            panic!("it does not listen: {}", first.join("\n"));
        };
        let log = Arc::new(Mutex::new(first));
        let lines_of = Arc::clone(&log);
        // Until the process ends: a full pipe would hold it.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                lines_of.lock().unwrap().push(line);
            }
        });
        Self {
            child,
            address,
            log,
        }
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether a line of its log holds these words.
    pub fn logged(&self, words: &str) -> bool {
        let log = self.log.lock().unwrap();
        log.iter().any(|line| line.contains(words))
    }

    /// SIGKILL: nothing is written any more, nothing closed.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and its good end.
    pub fn stop(mut self) {
        let pid = self.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(sent.success());
        assert!(self.child.wait().unwrap().success());
        let log = self.log.lock().unwrap().join("\n");
        assert!(!log.contains("panicked"), "{log}");
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        // Ended already, unless a test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
