//! Server functions of the firm's own fields: reference, labels, who is in charge.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    finding::Choices,
    form::{LabelField, LabelForm, OwnField, OwnForm},
};

/// The firm's labels, and the members who can be in charge.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "suivi/choix")]
pub async fn own_choices() -> Result<Choices, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(async { portal.own.choices(&scope()?).await.map_err(outage) }.await)
}

/// « Enregistrer » of a client's own fields.
///
/// # Errors
/// What is wrong with them, a version that is no longer in force, an enrolment that has ended.
#[server(prefix = "/api", endpoint = "suivi")]
pub async fn keep_own(#[server(flatten)] form: OwnForm) -> Result<Next, Refusal<OwnField>> {
    use crate::asking::{answer, editor, outage, portal};
    use crate::routes;
    use portfolio::{
        finding::MOST_LABELS,
        form::Form,
        ports::OwnKept,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let of = draft.of.ok_or(Refusal::NotFound)?;
            let refused = |field, problem| Err(Refusal::Problems(Problems::one(field, problem)));
            let kept = portal.own.keep_own(&editor, &draft, (portal.now)()).await;
            match kept.map_err(outage)? {
                None => Err(Refusal::NotFound),
                Some(OwnKept::Done) => Ok(Next {
                    to: routes::done(
                        &routes::client(of, &routes::Way::read(&draft.back).query()),
                        routes::Done::Own.code(),
                    ),
                }),
                Some(OwnKept::Stale { version }) => {
                    refused(OwnField::Reference, Problem::OwnStale { version })
                }
                Some(OwnKept::Ended { by, at }) => {
                    refused(OwnField::Reference, Problem::Ended { by, at })
                }
                Some(OwnKept::LabelGone) => refused(OwnField::Labels, Problem::Gone),
                Some(OwnKept::MemberGone) => refused(OwnField::InCharge, Problem::Gone),
                Some(OwnKept::TooManyLabels) => {
                    refused(OwnField::NewLabels, Problem::TooMany { most: MOST_LABELS })
                }
            }
        }
        .await,
    )
}

/// Makes, renames or deletes a label.
///
/// # Errors
/// A name that is missing or taken, too many labels, or one that is not there.
#[server(prefix = "/api", endpoint = "etiquette")]
pub async fn act_on_label(#[server(flatten)] form: LabelForm) -> Result<Next, Refusal<LabelField>> {
    use crate::asking::{answer, editor, outage, portal};
    use crate::routes;
    use portfolio::{
        finding::MOST_LABELS,
        form::Form,
        ports::LabelKept,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let refused =
                |problem| Err(Refusal::Problems(Problems::one(LabelField::Name, problem)));
            let kept = portal
                .own
                .act_on_label(&editor, &draft, (portal.now)())
                .await;
            match kept.map_err(outage)? {
                None => Err(Refusal::NotFound),
                Some(LabelKept::Done(_)) => Ok(Next {
                    to: routes::done(routes::LABELS, &form.act),
                }),
                Some(LabelKept::NameTaken) => refused(Problem::NameTaken),
                Some(LabelKept::TooMany) => refused(Problem::TooMany { most: MOST_LABELS }),
            }
        }
        .await,
    )
}
