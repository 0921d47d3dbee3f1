//! The command line of the one binary, and what its exit codes mean.
//!
//! Knows which commands there are and in which order they prepare: settings, log, key, database. Refuses to know what the commands
//! do. Nothing foreseeable panics: it ends in a line on standard error and an exit code.

mod backup;
mod bulletin;
mod failure;
mod people;
mod registry;
mod trust;

pub use failure::Failure;
pub use trust::Noted;

use crate::{
    clock, demo, generate,
    hasher::Hasher,
    log, serve,
    settings::{self, KeySource, Settings},
};
use clap::{Parser, Subcommand, ValueEnum, ValueHint, value_parser};
use portfolio::{letter::Notice, permission::Role};
use std::{path::PathBuf, process::ExitCode, time::Duration};
use store::{
    OpenError, Store,
    key::{Key, KeyError},
};

/// The portal of « tiers déclarants »: serves the application, keeps its database and its account registry.
#[derive(Debug, Parser)]
#[command(name = "server", version, after_help = after_help())]
pub struct Line {
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the binary does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal (what happens when no command is given)
    ///
    /// Brings the database up to date, then listens. Never makes accounts, firms or members. Ends cleanly on Ctrl-C or SIGTERM.
    Serve,
    /// Bring the database up to date, and end
    Migrate,
    /// Fill an empty database with a demonstration, and print what to sign in and to try it with
    ///
    /// Refuses a database that holds another firm. Said again, it only prints.
    Demo {
        /// Add this many made-up accounts to the demonstration registry
        #[arg(long, value_name = "N", default_value_t = 0, value_parser = value_parser!(u64).range(..=generate::MOST_ACCOUNTS))]
        more: u64,
    },
    /// Copy the database, which may be in use, into a new file, with a manifest beside it
    ///
    /// For SQLite; the copies of PostgreSQL are made with its own tools, as docs/operations.md says.
    Backup {
        /// The file; nothing may have its name yet
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: PathBuf,
    },
    /// Put a copy that `backup` made in the place of the database, once it has been checked against its manifest and the key
    ///
    /// Refuses while a process has the database open.
    Restore {
        /// The copy; its manifest is beside it
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        copy: PathBuf,
        /// Put it in the place of a database that is there, which is kept under another name
        #[arg(long)]
        replace: bool,
    },
    /// Look whether the database holds together: every enrolment is what its history makes of it
    Check,
    /// The account registry
    #[command(subcommand)]
    Registry(RegistryCommand),
    /// The firms that use the portal
    #[command(subcommand)]
    Firm(FirmCommand),
    /// The people who sign in for a firm
    #[command(subcommand)]
    Member(MemberCommand),
    /// The people of the body who decide requests to work abroad
    #[command(subcommand)]
    Officer(OfficerCommand),
    /// The journal of what happened
    #[command(subcommand)]
    Journal(JournalCommand),
    /// What the body writes to those who asked for it
    #[command(subcommand)]
    Newsletter(NewsletterCommand),
    /// The keys that seal what must be readable later
    #[command(subcommand)]
    Keys(KeysCommand),
}

/// What is done with the journal.
#[derive(Debug, Subcommand)]
pub enum JournalCommand {
    /// Follow its chain: find any entry that was changed, removed or put elsewhere
    Verify {
        /// An entry that was noted before, NUMBER:CODE: finds a database that was set back to an earlier day
        #[arg(long, value_name = "NUMBER:CODE")]
        expect: Option<Noted>,
    },
}

/// What is done with newsletters.
#[derive(Debug, Subcommand)]
pub enum NewsletterCommand {
    /// Write to everybody who ticked it for a client of theirs, by the outbox, and print how many; the same text never twice
    Send {
        /// The text (UTF-8): its subject on the first line, then paragraphs with empty lines between them
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// « Actualité réglementaire » rather than « Lettre d'information »
        #[arg(long)]
        rules: bool,
    },
}

/// What is done with the keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a new key, and seal everything anew with it; the portal may serve meanwhile
    Rotate,
    /// Put a new key of digests and journal before the one in `PORTAIL_KEY_FILE`; every server of the database is stopped first
    Replace,
}

/// What is done to the account registry.
#[derive(Debug, Subcommand)]
pub enum RegistryCommand {
    /// Import a registry file (CSV): all of it or, when one row cannot be read, nothing
    Import {
        /// The file; `-` for standard input
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Write a registry of made-up accounts (CSV), the same ones for the same seed
    Generate {
        /// How many accounts
        #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..=generate::MOST_ACCOUNTS))]
        accounts: u64,
        /// Which of the many made-up registries
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// The file; `-` for standard output
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: PathBuf,
    },
}

/// What is done to firms.
#[derive(Debug, Subcommand)]
pub enum FirmCommand {
    /// Add a firm, and print its id
    Add {
        /// Its name, which no other firm has
        #[arg(long)]
        name: String,
    },
    /// Close a firm's access to its portfolio; its members can still sign in, and are told
    Suspend {
        /// The firm's name or id
        #[arg(long)]
        firm: String,
    },
    /// Open a suspended firm's access again
    Restore {
        /// The firm's name or id
        #[arg(long)]
        firm: String,
    },
}

/// What is done to the body's officers.
#[derive(Debug, Subcommand)]
pub enum OfficerCommand {
    /// Add somebody who decides requests to work abroad; the password is read from standard input, one line of at least 12 characters
    ///
    /// The first one brings the body along, which asks its officers for a second factor. `member suspend`, `restore`, `reset` and
    /// `forget-second-factor` are for officers too.
    Add {
        /// What the officer signs in with (« Identifiant »), upper and lower case alike
        #[arg(long)]
        identifier: String,
        /// The officer's name, which the portal shows
        #[arg(long)]
        name: String,
        /// What the body is called, for its first officer
        #[arg(long, default_value = "Organisme")]
        body: String,
        /// Ask the body's officers for no second factor; for its first officer, and for trials
        #[arg(long)]
        no_second_factor: bool,
    },
}

/// What is done to members.
#[derive(Debug, Subcommand)]
pub enum MemberCommand {
    /// Add a member of a firm; the password is read from standard input, one line of at least 12 characters
    Add {
        /// The firm's name or id
        #[arg(long)]
        firm: String,
        /// What the member signs in with (« Identifiant »), upper and lower case alike
        #[arg(long)]
        identifier: String,
        /// The member's name, which the portal shows
        #[arg(long)]
        name: String,
        /// What the member may do
        #[arg(long, value_enum, default_value_t = RoleName::Administrator)]
        role: RoleName,
    },
    /// Close a member's access: sessions, links and enrolments in the making end
    Suspend {
        /// What the member signs in with
        #[arg(long)]
        identifier: String,
    },
    /// Open a suspended member's access again
    Restore {
        /// What the member signs in with
        #[arg(long)]
        identifier: String,
    },
    /// Give a member another role
    Role {
        /// What the member signs in with
        #[arg(long)]
        identifier: String,
        /// What the member may do from now on
        #[arg(long, value_enum)]
        role: RoleName,
    },
    /// Make a link to choose a new password, good for an hour: sent to the member, or printed when there is no address to send it to
    ///
    /// A second factor stays asked for.
    Reset {
        /// What the member signs in with
        #[arg(long)]
        identifier: String,
    },
    /// Forget a member's second factor and recovery codes, and end their sessions; the password alone opens then
    ///
    /// For somebody who has lost application, passkeys and codes, once you are sure who they are.
    ForgetSecondFactor {
        /// What the member signs in with
        #[arg(long)]
        identifier: String,
    },
}

/// A role, as the command line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Manages the members and reads the journal, besides what a collaborator does
    Administrator,
    /// Manages the firm's clients
    Collaborator,
    /// Sees the firm's clients
    Reader,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Administrator => Self::Administrator,
            RoleName::Collaborator => Self::Collaborator,
            RoleName::Reader => Self::Reader,
        }
    }
}

fn after_help() -> String {
    format!(
        "{}\nExit codes: 0 done; 1 it failed; 2 the command line or a variable is wrong.",
        settings::help()
    )
}

/// Reads the command line and does what it says.
pub fn main() -> ExitCode {
    match obey(Line::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            for line in failure.to_string().lines() {
                eprintln!("error: {line}");
            }
            failure.exit_code()
        }
    }
}

/// Does what a command line says.
///
/// # Errors
/// See [`Failure`].
pub fn obey(line: Line) -> Result<(), Failure> {
    let command = line.command.unwrap_or(Command::Serve);
    // Needs neither settings nor database.
    if let Command::Registry(RegistryCommand::Generate {
        accounts,
        seed,
        out,
    }) = &command
    {
        return registry::generate(*accounts, *seed, out);
    }
    let settings = Settings::read(|name| std::env::var(name).ok())?;
    log::start(&settings.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::Runtime)?;
    let done = runtime.block_on(with_settings(command, &settings));
    // A password that is still being hashed is of no use to anybody any more.
    runtime.shutdown_timeout(Duration::from_secs(1));
    done
}

async fn with_settings(command: Command, settings: &Settings) -> Result<(), Failure> {
    match command {
        // These two are about the database's files: nothing is made, and nothing brought up to date.
        Command::Backup { out } => backup::take(settings, &out).await,
        Command::Keys(KeysCommand::Replace) => trust::replace(settings).await,
        Command::Restore { copy, replace } => backup::restore(settings, &copy, replace).await,
        command => with_store(command, settings).await,
    }
}

async fn with_store(command: Command, settings: &Settings) -> Result<(), Failure> {
    let store = open(settings).await?;
    let closing = store.clone();
    let done = with_migrated(command, settings, store).await;
    let closed = closing.close().await;
    done.and(closed.map_err(Failure::from))
}

async fn with_migrated(command: Command, settings: &Settings, store: Store) -> Result<(), Failure> {
    match command {
        Command::Serve => Ok(serve::serve(settings, store).await?),
        Command::Migrate => {
            eprintln!("the database is up to date");
            Ok(())
        }
        Command::Demo { more } => {
            match demo::fill(&store, &Hasher::new()?, more, clock::now()).await {
                // Somebody's own data: they are left alone, and nothing has gone wrong.
                Err(error @ demo::DemoError::InUse) => println!("{error}"),
                filled => {
                    filled?;
                    print!("{}", demo::words(settings));
                }
            }
            Ok(())
        }
        Command::Registry(RegistryCommand::Import { file }) => {
            registry::import(&store, &file).await
        }
        Command::Check => backup::check(&store).await,
        // Done before any database was opened.
        Command::Registry(RegistryCommand::Generate { .. })
        | Command::Keys(KeysCommand::Replace)
        | Command::Backup { .. }
        | Command::Restore { .. } => Ok(()),
        Command::Firm(FirmCommand::Add { name }) => people::add_firm(&store, &name).await,
        Command::Firm(FirmCommand::Suspend { firm }) => people::suspend(&store, &firm, true).await,
        Command::Firm(FirmCommand::Restore { firm }) => people::suspend(&store, &firm, false).await,
        Command::Journal(JournalCommand::Verify { expect }) => {
            trust::verify(&store, expect.as_ref()).await
        }
        Command::Newsletter(NewsletterCommand::Send { file, rules }) => {
            let notice = if rules {
                Notice::Rules
            } else {
                Notice::Newsletter
            };
            bulletin::send(&store, notice, &file).await
        }
        Command::Keys(KeysCommand::Rotate) => trust::rotate(&store).await,
        Command::Member(command) => people::change(&store, settings, command).await,
        Command::Officer(OfficerCommand::Add {
            identifier,
            name,
            body,
            no_second_factor,
        }) => {
            let body = (body.as_str(), !no_second_factor);
            people::add_officer(&store, body, &identifier, &name).await
        }
    }
}

/// Opens the database with its key, and brings it up to date.
async fn open(settings: &Settings) -> Result<Store, Failure> {
    let (key, made) = match &settings.key {
        KeySource::Hex(hex) => (Key::from_hex(hex), None),
        KeySource::File(path) => {
            let missing = !path.exists();
            (Key::load_or_create(path), missing.then_some(path))
        }
    };
    let key = key.map_err(|error| key_failure(settings, error))?;
    let store = match open_migrated(settings, key).await {
        // A new key is of no use to an old database, and would hide that the right one is missing.
        Err(Failure::Open(OpenError::OtherKey)) if let Some(path) = made => {
            // If it stays, it is told as another key next time.
            let _ = std::fs::remove_file(path);
            return Err(Failure::KeyMissing(path.clone()));
        }
        opened => opened?,
    };
    if let Some(path) = made {
        tracing::info!(
            "a new key was made in {}: without it no copy of the database is of use; keep a copy of the key too, in another place than those",
            path.display()
        );
    }
    Ok(store)
}

async fn open_migrated(settings: &Settings, key: Key) -> Result<Store, Failure> {
    let mut store = Store::open(settings.database.expose(), key)
        .await?
        .reached_at(&settings.url);
    if settings.second_factor {
        store = store.asking_everybody();
    }
    let pending = store.pending_migrations().await?;
    if pending > 0 {
        store.migrate().await?;
        tracing::info!(migrations = pending, "the database was brought up to date");
    }
    if store.take_over_key(clock::now()).await? {
        tracing::info!(
            "the key that was put in place makes digests and the journal's chain from now on"
        );
    }
    Ok(store)
}

fn key_failure(settings: &Settings, error: KeyError) -> Failure {
    let path = match &settings.key {
        KeySource::File(path) => Some(path.clone()),
        KeySource::Hex(_) => None,
    };
    Failure::Key { path, error }
}

#[cfg(test)]
mod tests;
