//! The demonstration: a firm with a portfolio, a registry of made-up accounts, and the words that say what to try.
//!
//! It uses the portal as an accountant does, through the ports: nothing is written that a person could not have done. Its secrets
//! are public by nature, so it fills a database that holds no firm and no other, and `serve` never calls it.

mod abroad;
mod clients;
mod messages;
mod specimen;
mod words;

pub use words::words;

use crate::{
    generate,
    hasher::{HashError, Hasher},
};
use clients::{CLIENTS, Client};
use portfolio::{
    form::Password,
    identifier::Identifier,
    ids::{DraftId, EnrolmentId, FirmId, OfficerId, Oneself, Scope},
    origin::Origin,
    permission::{Client as OwnClient, Editor, Role},
    ports::{
        Asker, Attestations as _, Begun, Changed, Enrolled, Outage, Portfolio as _, Proved, Session,
    },
    time::{DAY, MINUTE, Timestamp},
};
use specimen::Specimen;
use std::collections::HashMap;
use store::{AddFirm, AddMember, ImportError, NewClient, NewOfficer, Store};
use thiserror::Error;

/// The demonstration's firm.
pub const FIRM: &str = "Cabinet Démo Expertise";
/// What its member signs in with.
pub const IDENTIFIER: &str = "demo";
/// Its member's password, which everybody may know.
pub const PASSWORD: &str = "demonstration-2026";
/// Its member's name.
pub const MEMBER: &str = "Camille Démo";
/// The demonstration's body, which decides requests to work abroad.
pub const BODY: &str = "Organisme de démonstration";
/// What its officer signs in with; the password is the member's.
pub const OFFICER: &str = "agent";
/// Its officer's name.
pub const OFFICER_NAME: &str = "Dominique Agent";
/// What a client signs in with who has made its own account; the password is the member's.
pub const CLIENT: &str = "client";
/// That client's name.
pub const CLIENT_NAME: &str = "Martin Titulaire";
/// What that client sees, as the registry's keys have it: an employer that the firm manages.
pub const CLIENT_HOLDER: &str = "RG:999100019";
/// The accounts that are there; fields as registry files have them. Sirens and account numbers begin with 999, and the social
/// security numbers name municipalities that do not exist: none is meant to be anybody's.
const REGISTRY: &str = include_str!("demo/registry.csv");
/// When the firm began, in days before now: before its oldest client.
const BEGAN: i64 = 400;
/// Since when the client has its own account, in days before now.
const OWN_SINCE: i64 = 30;
/// Clients whose attestation de vigilance was fetched, and when, in days before now: one of them comes to its end.
const ATTESTED: [(&str, i64); 2] = [("999000000002000178", 160), ("999000000003000169", 40)];
/// Which made-up accounts are added.
const SEED: u64 = 2026;

/// Why the demonstration was not made.
#[derive(Debug, Error)]
pub enum DemoError {
    /// Somebody uses this database.
    #[error(
        "this database already holds a firm that is not the demonstration's: set DATABASE_URL to an empty one, such as sqlite:data/demo.db"
    )]
    InUse,
    /// The firm was not added.
    #[error("{0}")]
    Firm(#[from] AddFirm),
    /// The member was not added.
    #[error("{0}")]
    Member(#[from] AddMember),
    /// The registry was not imported.
    #[error("the demonstration's registry: {0}")]
    Import(#[from] ImportError),
    /// The password was not hashed.
    #[error("{0}")]
    Hash(#[from] HashError),
    /// The database did not answer.
    #[error("the database did not answer: {0}")]
    Outage(#[from] Outage),
    /// A client of the demonstration was refused: something else has touched its registry.
    #[error("the demonstration's account {0} was refused: begin again with an empty database")]
    Refused(&'static str),
}

/// Fills a database that holds no firm; one that holds the demonstration is left as it is. `more` made-up accounts are added.
///
/// # Errors
/// See [`DemoError`].
pub async fn fill(
    store: &Store,
    hasher: &Hasher,
    more: u64,
    now: Timestamp,
) -> Result<(), DemoError> {
    if !store.is_empty().await? {
        return match store.firm_named(FIRM).await? {
            // A demonstration of before the body came gets its officer.
            Some(_) if store.body().await?.is_none() => {
                add_officer(store, hasher, now).await?;
                add_own_account(store, hasher, now).await?;
                Ok(())
            }
            Some(_) => Ok(()),
            None => Err(DemoError::InUse),
        };
    }
    let nothing_to_tell = |_| {};
    store
        .import_registry(REGISTRY.as_bytes(), now, nothing_to_tell)
        .await?;
    if more > 0 {
        let file = generate::File::new(more, SEED);
        store.import_registry(file, now, nothing_to_tell).await?;
    }
    let began = now.plus(-BEGAN * DAY);
    let firm = store.add_firm(FIRM, began).await?;
    let editor = add_member(store, hasher, firm, began).await?;
    let officer = add_officer(store, hasher, began).await?;
    let mut clients = HashMap::new();
    for client in &CLIENTS {
        let id = add_client(store, &editor, client, now).await?;
        clients.insert(client.account, id);
        if let Some((_, days_ago)) = ATTESTED.iter().find(|(of, _)| *of == client.account) {
            let asker = Asker::Firm((*editor).clone(), id);
            store.issue(&asker, now.plus(-days_ago * DAY)).await?;
        }
    }
    let client = add_own_account(store, hasher, now.plus(-OWN_SINCE * DAY)).await?;
    abroad::fill_in(store, &editor, officer, &clients, now).await?;
    let people = messages::People {
        editor: &editor,
        officer,
        client: &client,
    };
    messages::fill_in(store, &people, &clients, now).await
}

async fn add_member(
    store: &Store,
    hasher: &Hasher,
    firm: FirmId,
    now: Timestamp,
) -> Result<Editor, DemoError> {
    let place = hasher.enter().expect("nobody else is hashing here");
    let password = Password::new(PASSWORD.to_owned());
    let hash = hasher.hash(password, place).await?;
    let member = store
        .add_member(firm, IDENTIFIER, MEMBER, &hash, Role::Administrator, now)
        .await?;
    let scope = Scope {
        firm,
        member,
        from: Origin::default(),
    };
    Session::of_operator(scope, Role::Administrator, now)
        .editor()
        .ok_or(DemoError::Refused(IDENTIFIER))
}

/// Somebody who decides. No second factor is asked of them: everybody is to look around.
async fn add_officer(
    store: &Store,
    hasher: &Hasher,
    now: Timestamp,
) -> Result<OfficerId, DemoError> {
    let place = hasher.enter().expect("nobody else is hashing here");
    let password = Password::new(PASSWORD.to_owned());
    let hash = hasher.hash(password, place).await?;
    let new = NewOfficer {
        body: BODY,
        second_factor: false,
        identifier: OFFICER,
        name: OFFICER_NAME,
        password_hash: &hash,
    };
    Ok(store.add_officer(new, now).await?)
}

/// A client that has made its own account.
async fn add_own_account(
    store: &Store,
    hasher: &Hasher,
    now: Timestamp,
) -> Result<OwnClient, DemoError> {
    let place = hasher.enter().expect("nobody else is hashing here");
    let hash = hasher
        .hash(Password::new(PASSWORD.to_owned()), place)
        .await?;
    let held = CLIENT_HOLDER
        .parse()
        .map_err(|()| DemoError::Refused(CLIENT))?;
    let new = NewClient {
        held: &[held],
        identifier: CLIENT,
        name: CLIENT_NAME,
        password_hash: &hash,
    };
    let (house, member) = store.add_client(new, now).await?;
    let from = Origin::default();
    Ok(OwnClient::of_session(&Oneself {
        house,
        member,
        from,
    }))
}

/// « Inscrire », the proof, « Enregistrer », and for some a change later on.
async fn add_client(
    store: &Store,
    editor: &Editor,
    client: &Client,
    now: Timestamp,
) -> Result<EnrolmentId, DemoError> {
    let refused = || DemoError::Refused(client.account);
    let specimen = Specimen::of(client.account).ok_or_else(refused)?;
    let at = now.plus(-client.days_ago * DAY);
    let draft = begin(store, editor, &specimen.identifier(), at)
        .await?
        .ok_or_else(refused)?;
    let proof = specimen.proof().ok_or_else(refused)?;
    let Some(Proved::Proven(proven)) = store.prove(editor, draft, &proof, at).await? else {
        return Err(refused());
    };
    let services = client.services.of(proven.kind);
    let saved = at.plus(2 * MINUTE);
    let enrolled = store.enrol(editor, draft, &services, saved).await?;
    let Some(Enrolled::Done(enrolment)) = enrolled else {
        return Err(refused());
    };
    if let Some((days_ago, services)) = client.changed {
        let services = services.of(proven.kind);
        let at = now.plus(-days_ago * DAY);
        let changed = store.change(editor, enrolment, 1, &services, at).await?;
        if changed != Some(Changed::Done) {
            return Err(refused());
        }
    }
    Ok(enrolment)
}

/// Begins with one scheme of a holder or, when that is enrolled already, with the other.
async fn begin(
    store: &Store,
    editor: &Editor,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<DraftId>, Outage> {
    let mut begun = store.begin(editor, identifier, false, now).await?;
    if let Begun::Already {
        other_open: true, ..
    } = begun
    {
        begun = store.begin(editor, identifier, true, now).await?;
    }
    match begun {
        Begun::Draft(draft) => Ok(Some(draft)),
        Begun::Already { .. } => Ok(None),
    }
}

#[cfg(test)]
mod tests;
