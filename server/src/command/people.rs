//! Firms and members, added and changed by those who run the portal. A password comes in on standard input: arguments are seen by everybody on
//! the machine, and kept by shells.

use super::{Failure, MemberCommand};
use crate::{clock, desk, hasher::Hasher, settings::Settings, strength};
use portfolio::{
    form::{Act, Form as _, Password, SignInField, SignInForm},
    ids::FirmId,
    permission::Role,
    ports::Acted,
};
use std::io::{self, BufRead, IsTerminal as _};
use store::{Handed, NewOfficer, Store};

/// Characters of the shortest password. Twelve is what the CNIL asks for where attempts are limited by work alone.
const SHORTEST_PASSWORD: usize = 12;
/// Characters of the longest name.
const LONGEST_NAME: usize = 200;
/// Bytes that are read in search of the line's end.
const LONGEST_LINE: u64 = 4096;

/// Adds a firm and prints its id.
pub(super) async fn add_firm(store: &Store, name: &str) -> Result<(), Failure> {
    let name = checked_name(name)?;
    let id = store.add_firm(name, clock::now()).await?;
    println!("{id}");
    Ok(())
}

/// Closes a firm's access to its portfolio, or opens it again.
pub(super) async fn suspend(store: &Store, firm: &str, closed: bool) -> Result<(), Failure> {
    let (firm, _) = find_firm(store, firm).await?;
    store.suspend_firm(firm, closed, clock::now()).await?;
    Ok(())
}

/// Does what is said of a member.
pub(super) async fn change(
    store: &Store,
    settings: &Settings,
    command: MemberCommand,
) -> Result<(), Failure> {
    match command {
        MemberCommand::Add {
            firm,
            identifier,
            name,
            role,
        } => add_member(store, &firm, &identifier, &name, role.into()).await,
        MemberCommand::Suspend { identifier } => act(store, &identifier, Act::Suspend).await,
        MemberCommand::Restore { identifier } => act(store, &identifier, Act::Restore).await,
        MemberCommand::Role { identifier, role } => {
            act(store, &identifier, Act::Role(role.into())).await
        }
        MemberCommand::Reset { identifier } => reset(store, &settings.url, &identifier).await,
        MemberCommand::ForgetSecondFactor { identifier } => {
            forget_second_factor(store, &identifier).await
        }
    }
}

async fn act(store: &Store, identifier: &str, act: Act) -> Result<(), Failure> {
    match store
        .act_as_operators(identifier, act, clock::now())
        .await?
    {
        Some(Acted::Done) => Ok(()),
        Some(Acted::LastAdministrator) => Err(Failure::LastAdministrator),
        Some(Acted::Stale | Acted::NotAllowed | Acted::Paused { .. }) => {
            Err(Failure::Invited(identifier.to_owned()))
        }
        None => Err(Failure::NoMember(identifier.to_owned())),
    }
}

/// Makes a link to choose a new password. It is printed where nobody can be written to, and nowhere else.
async fn reset(store: &Store, url: &str, identifier: &str) -> Result<(), Failure> {
    match desk::reset_as_operators(store, url, identifier, clock::now()).await? {
        Some((Handed::Sent, _)) => {
            eprintln!(
                "the link is on its way, as soon as the portal serves; it is good for an hour"
            );
            Ok(())
        }
        Some((Handed::Over, link)) => {
            eprintln!(
                "there is no address to write to; hand this link over, it is good for an hour:"
            );
            println!("{}", link.0);
            Ok(())
        }
        None => Err(Failure::NoMember(identifier.to_owned())),
    }
}

/// Adds a member, whose password stands in the first line of standard input.
async fn add_member(
    store: &Store,
    firm: &str,
    identifier: &str,
    name: &str,
    role: Role,
) -> Result<(), Failure> {
    let name = checked_name(name)?;
    let (firm, firm_name) = find_firm(store, firm).await?;
    let (identifier, hash) = chosen(identifier, &[name, &firm_name]).await?;
    let id = store
        .add_member(firm, &identifier, name, &hash, role, clock::now())
        .await?;
    println!("{id}");
    Ok(())
}

/// Adds an officer of the body, whose password stands in the first line of standard input.
pub(super) async fn add_officer(
    store: &Store,
    (body, second_factor): (&str, bool),
    identifier: &str,
    name: &str,
) -> Result<(), Failure> {
    let (name, body) = (checked_name(name)?, checked_name(body)?);
    let (identifier, hash) = chosen(identifier, &[name, body]).await?;
    let new = NewOfficer {
        body,
        second_factor,
        identifier: &identifier,
        name,
        password_hash: &hash,
    };
    let id = store.add_officer(new, clock::now()).await?;
    println!("{id}");
    Ok(())
}

/// The identifier as it is stored, and the hash of the password on standard input, which is not made of these words of its owner.
async fn chosen(identifier: &str, own: &[&str]) -> Result<(String, String), Failure> {
    if io::stdin().is_terminal() {
        eprintln!(
            "Password, at least {SHORTEST_PASSWORD} characters (it is shown while you type), then Enter:"
        );
    }
    let password = read_line(io::stdin().lock())?;
    let (identifier, password) = checked(identifier, password)?;
    let words: Vec<&str> = own.iter().copied().chain([&*identifier]).collect();
    if strength::guessable(password.expose(), &words) {
        return Err(Failure::Usage(
            "the password is easily guessed: it is common, or made of the member's own words",
        ));
    }
    let hasher = Hasher::new()?;
    let place = hasher.enter().expect("nobody else is hashing here");
    let hash = hasher.hash(password, place).await?;
    Ok((identifier, hash))
}

/// Forgets a member's second factor.
async fn forget_second_factor(store: &Store, identifier: &str) -> Result<(), Failure> {
    if store.forget_second_factor(identifier, clock::now()).await? {
        Ok(())
    } else {
        Err(Failure::NoMember(identifier.to_owned()))
    }
}

/// The firm of a name, or else of an id, and its name.
async fn find_firm(store: &Store, named: &str) -> Result<(FirmId, String), Failure> {
    if let Some(firm) = store.firm_named(named).await? {
        return Ok((firm, named.to_owned()));
    }
    if let Ok(id) = named.parse()
        && let Some(name) = store.name_of_firm(id).await?
    {
        return Ok((id, name));
    }
    Err(Failure::NoFirm(named.to_owned()))
}

fn checked_name(name: &str) -> Result<&str, Failure> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return Err(Failure::Usage(
            "--name must be 1 to 200 characters on one line",
        ));
    }
    Ok(name)
}

/// The first line, its end off.
fn read_line(input: impl BufRead) -> Result<String, Failure> {
    let mut line = String::new();
    input
        .take(LONGEST_LINE)
        .read_line(&mut line)
        .map_err(Failure::Input)?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(line)
}

/// Judged by the sign-in page's own form: whoever is added here can sign in there.
fn checked(identifier: &str, password: String) -> Result<(String, Password), Failure> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(Failure::Usage(
            "the password, the first line of standard input, must have at least 12 characters",
        ));
    }
    let form = SignInForm {
        identifier: identifier.to_owned(),
        password,
        next: String::new(),
    };
    match form.check() {
        Ok(draft) => Ok((draft.identifier, draft.password)),
        Err(problems) if problems.of(SignInField::Identifier).is_some() => {
            Err(Failure::Usage("--identifier must be 1 to 254 characters"))
        }
        Err(_) => Err(Failure::Usage(
            "the password is too long: 1024 bytes at most",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: the end of the line becomes part of the password, or a space that is part of it does not.
    #[test]
    fn one_line_as_typed() {
        let read = |text: &str| read_line(text.as_bytes()).unwrap();
        assert_eq!(read(" twelve chars \r\nsecond\n"), " twelve chars ");
        assert_eq!(read("no end of line"), "no end of line");
        assert_eq!(read(""), "");
        assert!(read_line(&[0xff, 0xfe][..]).is_err());
    }

    /// Fear: somebody is added who cannot sign in, or with a password that is guessed.
    #[test]
    fn held_to_the_sign_in_form() {
        let (identifier, password) =
            checked(" Claire@Cabinet.fr ", "a pass phrase".into()).unwrap();
        assert_eq!(
            (identifier.as_str(), password.expose()),
            ("claire@cabinet.fr", "a pass phrase")
        );
        assert!(checked("claire", "elevenchars".into()).is_err());
        // Twelve letters, more bytes.
        assert!(checked("claire", "éééééééééééé".into()).is_ok());
        assert!(checked(" ", "a pass phrase".into()).is_err());
        assert!(checked("claire", "x".repeat(2000)).is_err());
        assert!(checked_name(" \n").is_err() && checked_name("a\nb").is_err());
    }
}
