//! The binary as those who run it meet it: exit codes, what is said on which stream, and how it stops.
#![expect(
    clippy::unwrap_used,
    reason = "tests state what they expect by unwrapping it"
)]

use server::clock::Stopwatch;
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    path::PathBuf,
    process::{Command, Output, Stdio},
    time::Duration,
};

/// A folder of its own for each test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What a run that was broken off has left.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// The binary, in this folder and with no settings but the given ones and a free port for operations.
    fn server(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env_clear()
            // A free port: many of these run at once.
            .env("PORTAIL_OPERATIONS_ADDRESS", "127.0.0.1:0")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.server(arguments).output().unwrap()
    }

    fn run_with(&self, arguments: &[&str], typed: &str) -> Output {
        let mut child = self
            .server(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It may have ended without reading: that is what some tests are about.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        child.wait_with_output().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A failure ends in this exit code, in few words, all of them on standard error, and never in a panic.
fn refused(output: &Output, code: i32, words: &str) {
    let told = said(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert_eq!(said(&output.stdout), "");
    let errors = told.lines().filter(|line| line.starts_with("error: "));
    assert!((1..=2).contains(&errors.count()), "{told}");
    assert!(told.contains(words), "{words:?} is not in {told}");
    assert!(
        !told.contains("panicked") && !told.contains("RUST_BACKTRACE"),
        "{told}"
    );
}

/// Fear: an operator's slip ends in a panic, in silence, or in exit code 0.
#[test]
fn slips_are_told() {
    let folder = Folder::new("slips");
    refused(
        &folder.run(&["registry", "import", "nowhere.csv"]),
        1,
        "nowhere.csv",
    );
    refused(
        &folder.run(&["registry", "import", "."]),
        1,
        "cannot read .",
    );
    assert_eq!(folder.run(&["import"]).status.code(), Some(2));
    let wrong = folder
        .server(&["migrate"])
        .env("PORTAIL_HTTPS", "oui")
        .env("DATABASE_URL", "mysql://x:hunter2@y")
        .output()
        .unwrap();
    refused(&wrong, 2, "PORTAIL_HTTPS");
    assert!(said(&wrong.stderr).contains("DATABASE_URL"));
    assert!(!said(&wrong.stderr).contains("hunter2"));
}

/// Fear: half a registry is applied, or nobody knows which line to mend.
#[test]
fn an_unreadable_row_is_named() {
    let folder = Folder::new("row");
    let file = "account_number;kind;siren;siret;name;organism;state;last_declared_amount;last_period;nir;email;up_to_date;headcount;payroll\n\
                117000001567462542;EMP;732829320;;Boulangerie Martin;117;1;10;202641;;;1;;\n\
                117000001567462543;EMP;732829320;;Boulangerie Martin;117;9;10;202641;;;1;;\n";
    refused(
        &folder.run_with(&["registry", "import", "-"], file),
        1,
        "line 3: column state",
    );
    let mended = file.replace(";9;", ";1;");
    let output = folder.run_with(&["registry", "import", "-"], &mended);
    assert!(output.status.success());
    assert!(
        said(&output.stdout).contains("2 added, 0 changed, 0 unchanged"),
        "{}",
        said(&output.stdout)
    );
    let again = folder.run_with(&["registry", "import", "-"], &mended);
    assert!(said(&again.stdout).contains("0 added, 0 changed, 2 unchanged"));
}

/// Fear: the database is used with another key than its own, so that no mandate can be proved any more.
#[test]
fn one_key_for_one_database() {
    let folder = Folder::new("key");
    assert!(folder.run(&["migrate"]).status.success());
    assert!(folder.run(&["migrate"]).status.success());
    let other = folder
        .server(&["migrate"])
        .env("PORTAIL_KEY", "0f".repeat(32))
        .output()
        .unwrap();
    refused(&other, 1, "another secret key");
    let key = folder.0.join("data/portail.key");
    std::fs::remove_file(&key).unwrap();
    refused(&folder.run(&["migrate"]), 1, "portail.key is missing");
    assert!(!key.exists(), "a key was made that fits nothing");
    std::fs::write(&key, "abc").unwrap();
    refused(&folder.run(&["migrate"]), 1, "portail.key");
}

/// Fear: after its key was replaced the portal no longer opens its database, takes its journal for broken, or the old key is gone.
#[test]
fn a_key_is_replaced() {
    let folder = Folder::new("key-replaced");
    refused(&folder.run(&["keys", "replace"]), 1, "is missing");
    assert!(folder.run(&["demo"]).status.success());
    let path = folder.0.join("data/portail.key");
    let before = std::fs::read_to_string(&path).unwrap();
    let replaced = folder.run(&["keys", "replace"]);
    assert!(replaced.status.success(), "{}", said(&replaced.stderr));
    let after = std::fs::read_to_string(&path).unwrap();
    let keys: Vec<&str> = after.lines().collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[1], before.trim());
    for told in [&replaced.stdout, &replaced.stderr] {
        assert!(keys.iter().all(|key| !said(told).contains(key)));
    }
    let verified = folder.run(&["journal", "verify"]);
    assert!(said(&verified.stdout).contains("the journal is whole"));
    let outright = folder
        .server(&["keys", "replace"])
        .env("PORTAIL_KEY", keys[0])
        .output()
        .unwrap();
    refused(&outright, 2, "PORTAIL_KEY is set");
    // The old key alone opens nothing any more.
    std::fs::write(&path, before).unwrap();
    refused(&folder.run(&["check"]), 1, "another secret key");
}

/// Fear: a member cannot be added, or is added to nobody's firm, twice, or with a password that is guessed.
#[test]
fn firms_and_members() {
    let folder = Folder::new("people");
    let firm = folder.run(&["firm", "add", "--name", "Cabinet Durand"]);
    assert!(firm.status.success());
    let id = said(&firm.stdout).trim().to_owned();
    refused(
        &folder.run(&["firm", "add", "--name", "Cabinet Durand"]),
        1,
        "there already",
    );
    let add = |firm: &str, identifier: &str, password: &str| {
        let arguments = [
            "member",
            "add",
            "--firm",
            firm,
            "--identifier",
            identifier,
            "--name",
            "Claire",
        ];
        folder.run_with(&arguments, password)
    };
    assert!(
        add("Cabinet Durand", "claire", "cheval agrafe pile juste\n")
            .status
            .success()
    );
    assert!(
        add(&id, "paul", "cheval agrafe pile juste")
            .status
            .success()
    );
    refused(
        &add(&id, "CLAIRE", "cheval agrafe pile juste\n"),
        1,
        "taken",
    );
    refused(
        &add("Cabinet Dupont", "anne", "cheval agrafe pile juste\n"),
        1,
        "Cabinet Dupont",
    );
    let nobody = uuid::Uuid::new_v4().to_string();
    refused(
        &add(&nobody, "anne", "cheval agrafe pile juste\n"),
        1,
        "no firm",
    );
    refused(&add(&id, "anne", "short\n"), 2, "12 characters");
    // What the pages refuse.
    for easy in ["123456789012", "motdepasse2026", "Claire-Durand-2026"] {
        refused(&add(&id, "anne", easy), 2, "easily guessed");
    }
    let forget =
        |identifier| folder.run(&["member", "forget-second-factor", "--identifier", identifier]);
    assert!(forget(" Claire").status.success());
    refused(&forget("anne"), 1, "nobody signs in");
    // Somebody's own data are left alone, and `make run` goes on to serve them.
    let demo = folder.run(&["demo"]);
    assert!(demo.status.success());
    assert!(said(&demo.stdout).contains("already holds a firm"));
}

/// Fear: whoever runs the portal cannot shut somebody out or let them in again, leaves a firm without an administrator, or a link to
/// choose a password is shown where it need not be.
#[test]
fn members_are_changed() {
    let folder = Folder::new("members");
    let firm = folder.run(&["firm", "add", "--name", "Cabinet Durand"]);
    assert!(firm.status.success());
    for (identifier, role) in [
        ("claire@durand.example", "administrator"),
        ("paul", "reader"),
    ] {
        let arguments = [
            "member",
            "add",
            "--firm",
            "Cabinet Durand",
            "--identifier",
            identifier,
            "--name",
            "X",
            "--role",
            role,
        ];
        let added = folder.run_with(&arguments, "cheval agrafe pile juste\n");
        assert!(added.status.success(), "{}", said(&added.stderr));
    }
    let member =
        |act: &str, identifier: &str| folder.run(&["member", act, "--identifier", identifier]);
    let role = |identifier: &str, role: &str| {
        folder.run(&["member", "role", "--identifier", identifier, "--role", role])
    };
    let done = |output: Output| {
        assert!(output.status.success(), "{}", said(&output.stderr));
        said(&output.stdout)
    };
    let claire = "claire@durand.example";
    refused(&member("suspend", claire), 1, "without an administrator");
    refused(&role(claire, "reader"), 1, "without an administrator");
    done(role("paul", "administrator"));
    for _ in 0..2 {
        done(member("suspend", " Claire@Durand.example "));
    }
    refused(&member("reset", claire), 1, "nobody signs in");
    refused(&member("suspend", "paul"), 1, "without an administrator");
    done(member("restore", claire));
    let sent = done(member("reset", claire));
    assert_eq!(sent, "", "the link is shown though it is sent");
    let link = done(member("reset", "paul"));
    assert!(
        link.starts_with("http://127.0.0.1:3000/mot-de-passe/"),
        "{link}"
    );
    for act in ["suspend", "restore", "reset"] {
        refused(&member(act, "anne"), 1, "nobody signs in");
    }
    assert_eq!(role("paul", "boss").status.code(), Some(2));
}

/// Fear: the demonstration does not come up, or differs from one call to the next.
#[test]
fn demo_prints_what_to_try() {
    let folder = Folder::new("demo");
    let first = folder.run(&["demo"]);
    assert!(first.status.success(), "{}", said(&first.stderr));
    for needed in [
        "http://127.0.0.1:3000",
        "demonstration-2026",
        "GP999260418M01",
    ] {
        assert!(said(&first.stdout).contains(needed), "{needed}");
    }
    assert_eq!(said(&folder.run(&["demo"]).stdout), said(&first.stdout));
}

/// Fear: made-up registries cannot be piped, or `| head` ends in an error.
#[test]
fn generate_writes_to_a_pipe() {
    let folder = Folder::new("generate");
    let output = folder.run(&["registry", "generate", "--accounts", "50", "--out", "-"]);
    assert!(output.status.success());
    assert_eq!(said(&output.stdout).lines().count(), 51);
    let mut child = folder
        .server(&["registry", "generate", "--accounts", "900000", "--out", "-"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.starts_with("account_number;"));
    assert!(child.wait().unwrap().success());
    let nowhere = [
        "registry",
        "generate",
        "--accounts",
        "5",
        "--out",
        "no/such/folder.csv",
    ];
    refused(&folder.run(&nowhere), 1, "folder.csv");
}

/// Fear: a restart hangs, or the port that is taken is found out by a panic.
#[test]
fn serve_starts_and_stops() {
    let folder = Folder::new("serve");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused_port = folder
        .server(&["serve"])
        .env("PORTAIL_ADDRESS", &address)
        .output()
        .unwrap();
    refused(&refused_port, 1, "PORTAIL_ADDRESS");
    let refused_port = folder
        .server(&["serve"])
        .env("PORTAIL_ADDRESS", "127.0.0.1:0")
        .env("PORTAIL_OPERATIONS_ADDRESS", &address)
        .output()
        .unwrap();
    refused(&refused_port, 1, "PORTAIL_OPERATIONS_ADDRESS");

    for signal in ["TERM", "INT"] {
        let mut child = folder
            .server(&[])
            .env("PORTAIL_ADDRESS", "127.0.0.1:0")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let listening = log.find_map(|line| {
            let line = line.unwrap();
            let (_, rest) = line.split_once("listening on ")?;
            rest.split([',', ' ']).next().map(str::to_owned)
        });
        // A browser that has opened a connection and says nothing.
        let open = std::net::TcpStream::connect(listening.unwrap()).unwrap();
        let pid = child.id().to_string();
        assert!(
            Command::new("kill")
                .args([&format!("-{signal}"), &pid])
                .status()
                .unwrap()
                .success()
        );
        let told = Stopwatch::start();
        let code = child.wait().unwrap().code();
        assert_eq!(code, Some(0), "{signal}");
        assert!(told.elapsed() < Duration::from_secs(8), "{signal}");
        drop(open);
    }
}

/// What a running portal says of itself: where it listens, and where it answers those who run it.
fn addresses(log: impl std::io::BufRead) -> [String; 2] {
    let mut told = [String::new(), String::new()];
    for line in log.lines() {
        let line = line.unwrap();
        for (words, address) in ["listening on ", "health and metrics on "]
            .iter()
            .zip(&mut told)
        {
            if let Some((_, rest)) = line.split_once(words) {
                rest.split([',', ' ']).next().unwrap().clone_into(address);
            }
        }
        if told.iter().all(|address| !address.is_empty()) {
            return told;
        }
    }
    panic!("it ended: {told:?}");
}

fn fetched(address: &str, path: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let ask = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(ask.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Fear: health and metrics are on the public address, or nowhere; two portals cannot run on one machine; a portal whose log nobody
/// reads any more stops answering.
#[test]
fn operations_have_an_address_of_their_own() {
    let folders = [Folder::new("operations"), Folder::new("operations-too")];
    let mut portals = folders.each_ref().map(|folder| {
        folder
            .server(&[])
            .env("PORTAIL_ADDRESS", "127.0.0.1:0")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    });
    for portal in &mut portals {
        let log = portal.stderr.take().unwrap();
        let [public, operations] = addresses(BufReader::new(log));
        for path in ["/health/live", "/health/ready", "/metrics"] {
            let told = fetched(&operations, path);
            assert!(told.starts_with("HTTP/1.1 200"), "{path}: {told}");
            let told = fetched(&public, path);
            assert!(told.starts_with("HTTP/1.1 404"), "{path}: {told}");
        }
        let metrics = fetched(&operations, "/metrics");
        let counted = "portail_requests_total{method=\"GET\",route=\"other\",status=\"4xx\"} 3\n";
        assert!(metrics.contains(counted), "{metrics}");
        assert!(metrics.contains("portail_connections_open "), "{metrics}");
    }
    for mut portal in portals {
        portal.kill().unwrap();
        portal.wait().unwrap();
    }
}

/// Fear: requests are still sent to a portal that is stopping, because it says that it is ready, or says nothing any more.
#[test]
fn stopping_is_not_ready() {
    let folder = Folder::new("stopping");
    let mut portal = folder
        .server(&[])
        .env("PORTAIL_ADDRESS", "127.0.0.1:0")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(portal.stderr.take().unwrap());
    let [public, operations] = addresses(&mut log);
    // A request that is under way: its body has not come.
    let mut busy = std::net::TcpStream::connect(&public).unwrap();
    let begun =
        "POST /connexion HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n";
    busy.write_all(begun.as_bytes()).unwrap();
    let mut told = [0; 12];
    busy.read_exact(&mut told).unwrap();
    assert_eq!(&told, b"HTTP/1.1 100");
    let pid = portal.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(killed.success());
    loop {
        let told = fetched(&operations, "/health/ready");
        if !told.starts_with("HTTP/1.1 200") {
            assert!(
                told.starts_with("HTTP/1.1 503") && told.ends_with("stopping\n"),
                "{told}"
            );
            break;
        }
    }
    assert!(fetched(&operations, "/health/live").starts_with("HTTP/1.1 200"));
    drop(busy);
    assert_eq!(portal.wait().unwrap().code(), Some(0));
}
