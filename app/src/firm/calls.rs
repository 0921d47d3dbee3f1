//! The server functions of the firm's people and its journal.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    form::{InviteField, InviteForm, MemberField, MemberForm, PolicyField, PolicyForm},
    ids::MemberId,
    journal::Subject,
    team::Team,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One page of the journal, latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// The lines.
    pub lines: Vec<Row>,
    /// Whether older ones go on.
    pub more: bool,
    /// The members who can be asked for.
    pub members: Vec<(MemberId, String)>,
}

/// One line of the journal, told on the server: otherwise everybody's client would carry a decoder for all that can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What was done.
    pub what: String,
    /// What it was done to.
    pub about: Option<Subject>,
    /// From where.
    pub from: String,
}

/// The firm's people.
///
/// # Errors
/// For those who are no administrators.
#[server(prefix = "/api", endpoint = "cabinet")]
pub async fn whole_team() -> Result<Team, Refusal<NoField>> {
    use crate::asking::{administrator, answer, outage, portal};
    let portal = portal();
    answer(async { portal.members.team(&administrator()?).await.map_err(outage) }.await)
}

/// Invites somebody.
///
/// # Errors
/// What is wrong with the form, or an address that is taken.
#[server(prefix = "/api", endpoint = "inviter")]
pub async fn invite(#[server(flatten)] form: InviteForm) -> Result<Next, Refusal<InviteField>> {
    use crate::asking::{answer, fresh_administrator, outage, portal};
    use portfolio::{
        attempts,
        form::Form,
        ports::Invited,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let administrator = fresh_administrator()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let now = (portal.now)();
            let wrong = |problem| {
                Err(Refusal::Problems(Problems::one(
                    InviteField::Email,
                    problem,
                )))
            };
            match portal
                .members
                .invite(&administrator, &draft, now)
                .await
                .map_err(outage)?
            {
                Invited::Done => Ok(Next {
                    to: crate::routes::done(crate::routes::FIRM, "inviter"),
                }),
                Invited::Taken => wrong(Problem::Taken),
                Invited::NotAllowed => Err(Refusal::NotAllowed),
                Invited::Paused { until } => wrong(Problem::Wait {
                    minutes: attempts::minutes_until(until, now),
                }),
            }
        }
        .await,
    )
}

/// Changes somebody of the firm.
///
/// # Errors
/// A page that was old, a firm that would be left without an administrator.
#[server(prefix = "/api", endpoint = "membre")]
pub async fn act_on(#[server(flatten)] form: MemberForm) -> Result<Next, Refusal<MemberField>> {
    use crate::{
        asking::{answer, fresh_administrator, outage, portal},
        routes,
    };
    use portfolio::{
        attempts,
        form::{Act, Form},
        permission::Role,
        ports::Acted,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let administrator = fresh_administrator()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let now = (portal.now)();
            let wrong = |problem| Err(Refusal::Problems(Problems::one(MemberField::Act, problem)));
            match portal
                .members
                .act(&administrator, &draft, now)
                .await
                .map_err(outage)?
            {
                None => Err(Refusal::NotFound),
                Some(Acted::Done) => {
                    let stays = matches!(
                        draft.act,
                        Act::Role(Role::Administrator) | Act::Restore | Act::Resend
                    );
                    // Who is no administrator any more has nothing to see here.
                    let to = if draft.of == Some(administrator.member) && !stays {
                        routes::CLIENTS.to_owned()
                    } else {
                        routes::done(routes::FIRM, draft.act.code())
                    };
                    Ok(Next { to })
                }
                Some(Acted::Stale) => wrong(Problem::MemberChanged),
                Some(Acted::LastAdministrator) => wrong(Problem::LastAdministrator),
                Some(Acted::NotAllowed) => Err(Refusal::NotAllowed),
                Some(Acted::Paused { until }) => wrong(Problem::Wait {
                    minutes: attempts::minutes_until(until, now),
                }),
            }
        }
        .await,
    )
}

/// Asks everybody of the firm for a second factor, or no longer.
///
/// # Errors
/// For those who are no administrators.
#[server(prefix = "/api", endpoint = "seconde-preuve")]
pub async fn set_policy(#[server(flatten)] form: PolicyForm) -> Result<Next, Refusal<PolicyField>> {
    use crate::{
        asking::{answer, fresh_administrator, outage, portal},
        routes,
    };
    use portfolio::{form::Form, ports::Acted};
    let portal = portal();
    answer(
        async {
            let administrator = fresh_administrator()?;
            let asked = form.check().map_err(Refusal::Problems)?.second_factor;
            let acted = portal
                .members
                .ask_second_factor(&administrator, asked, (portal.now)())
                .await
                .map_err(outage)?;
            if acted == Acted::NotAllowed {
                return Err(Refusal::NotAllowed);
            }
            Ok(Next {
                to: routes::done(routes::FIRM, if asked { "oui" } else { "non" }),
            })
        }
        .await,
    )
}

/// The page of the journal that a query string asks for.
///
/// # Errors
/// For those who are no administrators.
#[server(prefix = "/api", endpoint = "journal")]
pub async fn journal(#[server(default)] query: String) -> Result<Rows, Refusal<NoField>> {
    use crate::asking::{administrator, answer, outage, portal};
    let portal = portal();
    answer(
        async {
            let administrator = administrator()?;
            let wanted = crate::routes::journal_of(&query).0.wanted();
            let page = portal
                .journal
                .journal(&administrator, &wanted)
                .await
                .map_err(outage)?;
            let lines = page
                .lines
                .into_iter()
                .map(|line| Row {
                    seq: line.seq,
                    at: line.at,
                    who: line.who().to_owned(),
                    what: line.what.told(),
                    about: line.about,
                    from: line.from,
                })
                .collect();
            Ok(Rows {
                lines,
                more: page.more,
                members: page.members,
            })
        }
        .await,
    )
}
