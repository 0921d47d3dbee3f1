//! What a member does to their own access: who asks → parse → call a port → map the refusal → answer.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    access::{Access, Adding, Codes},
    form::{
        ApplicationField, ApplicationForm, CodesForm, EndSessionsForm, NewPasswordField,
        NewPasswordForm, RemoveForm, SessionField,
    },
};

/// What « Sécurité » shows.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "securite")]
pub async fn show_access() -> Result<Access, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, signed_in};
    let portal = portal();
    answer(
        async {
            let session = signed_in()?;
            portal
                .security
                .access(&session, (portal.now)())
                .await
                .map_err(outage)
        }
        .await,
    )
}

/// Ends one of one's own sessions, or all but this one.
///
/// # Errors
/// Signed out, or a confirmation that is too long ago.
#[server(prefix = "/api", endpoint = "securite/sessions")]
pub async fn end_sessions(
    #[server(flatten)] form: EndSessionsForm,
) -> Result<Next, Refusal<SessionField>> {
    use crate::{
        asking::{answer, fresh_self, outage, portal, signed_in},
        routes::{Done, SECURITY, done},
    };
    use portfolio::form::Form;
    let portal = portal();
    answer(
        async {
            let session = signed_in()?;
            let me = fresh_self()?;
            let which = form.check().map_err(Refusal::Problems)?;
            portal
                .security
                .end_sessions(&me, session.id, which, (portal.now)())
                .await
                .map_err(outage)?;
            Ok(Next {
                to: done(SECURITY, Done::Sessions.code()),
            })
        }
        .await,
    )
}

/// Changes the password. The old one is asked for, so that no other confirmation is.
///
/// # Errors
/// Signed out, what is missing or wrong, or a pause.
#[server(prefix = "/api", endpoint = "securite/mot-de-passe")]
pub async fn change_password(
    #[server(flatten)] form: NewPasswordForm,
) -> Result<Next, Refusal<NewPasswordField>> {
    use crate::{
        asking::{answer, outage, portal, signed_in},
        routes::{Done, SECURITY, done},
    };
    use portfolio::{
        attempts,
        form::Form,
        ports::PasswordChange,
        problem::{Problem, Problems},
    };
    let portal = portal();
    let refused = |field, problem| Err(Refusal::Problems(Problems::one(field, problem)));
    answer(
        async {
            let session = signed_in()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let now = (portal.now)();
            match portal
                .security
                .change_password(&session, &draft, now)
                .await
                .map_err(outage)?
            {
                PasswordChange::Done => Ok(Next {
                    to: done(SECURITY, Done::Password.code()),
                }),
                PasswordChange::WrongPassword => {
                    refused(NewPasswordField::Old, Problem::WrongPassword)
                }
                PasswordChange::Guessable => refused(NewPasswordField::New, Problem::Guessable),
                PasswordChange::Busy => refused(NewPasswordField::Old, Problem::Busy),
                PasswordChange::Paused { until } => refused(
                    NewPasswordField::Old,
                    Problem::Wait {
                        minutes: attempts::minutes_until(until, now),
                    },
                ),
            }
        }
        .await,
    )
}

/// How far the adding of an application is; its secret, once it is begun.
///
/// # Errors
/// Signed out, or a confirmation that is too long ago.
#[server(prefix = "/api", endpoint = "securite/application")]
pub async fn show_application() -> Result<Adding, Refusal<NoField>> {
    use crate::asking::{answer, fresh_self, outage, portal};
    let portal = portal();
    answer(
        async {
            let me = fresh_self()?;
            let used = portal
                .security
                .asked(&me)
                .await
                .map_err(outage)?
                .application;
            let setup = portal.security.application(&me).await.map_err(outage)?;
            Ok(match setup {
                _ if used => Adding::InUse,
                Some(setup) => Adding::Begun(setup),
                None => Adding::NotBegun,
            })
        }
        .await,
    )
}

/// Makes the secret of an application, or takes it into use by its first code.
///
/// # Errors
/// Signed out, a confirmation that is too long ago, a code that does not fit, or a pause.
#[server(prefix = "/api", endpoint = "securite/application/ajouter")]
pub async fn add_application(
    #[server(flatten)] form: ApplicationForm,
) -> Result<Next, Refusal<ApplicationField>> {
    use crate::{
        asking::{answer, fresh_self, outage, portal},
        routes::{APPLICATION, CODES, SECURITY},
    };
    use portfolio::{
        attempts,
        form::{ApplicationDraft, Form},
        ports::ApplicationAdded,
        problem::{Problem, Problems},
    };
    let portal = portal();
    let refused = |problem| {
        Err(Refusal::Problems(Problems::one(
            ApplicationField::Code,
            problem,
        )))
    };
    let next = |to: &str| Ok(Next { to: to.to_owned() });
    answer(
        async {
            let me = fresh_self()?;
            let now = (portal.now)();
            let code = match form.check().map_err(Refusal::Problems)? {
                ApplicationDraft::Begin => {
                    let begun = portal.security.begin_application(&me, now).await;
                    return next(if begun.map_err(outage)? {
                        APPLICATION
                    } else {
                        SECURITY
                    });
                }
                ApplicationDraft::Confirm(code) => code,
            };
            let added = portal.security.confirm_application(&me, &code, now).await;
            match added.map_err(outage)? {
                ApplicationAdded::Done { codes: true } => next(CODES),
                ApplicationAdded::Done { codes: false } => next(SECURITY),
                ApplicationAdded::NotBegun => next(APPLICATION),
                ApplicationAdded::WrongCode => refused(Problem::WrongCode),
                ApplicationAdded::Paused { until } => refused(Problem::Wait {
                    minutes: attempts::minutes_until(until, now),
                }),
            }
        }
        .await,
    )
}

/// Removes the application; removed before, it leads to the same page.
///
/// # Errors
/// Signed out, or a confirmation that is too long ago.
#[server(prefix = "/api", endpoint = "securite/application/retirer")]
pub async fn remove_application(
    #[server(flatten)] form: RemoveForm,
) -> Result<Next, Refusal<ApplicationField>> {
    use crate::{
        asking::{answer, fresh_self, outage, portal},
        routes::{Done, SECURITY, done},
    };
    use portfolio::form::Form;
    let portal = portal();
    answer(
        async {
            let me = fresh_self()?;
            form.check().map_err(Refusal::Problems)?;
            portal
                .security
                .remove_application(&me, (portal.now)())
                .await
                .map_err(outage)?;
            Ok(Next {
                to: done(SECURITY, Done::Removed.code()),
            })
        }
        .await,
    )
}

/// The recovery codes that were just made, and how many are left.
///
/// # Errors
/// Signed out, or a confirmation that is too long ago; not there for a member without a second factor.
#[server(prefix = "/api", endpoint = "securite/codes")]
pub async fn show_codes() -> Result<Codes, Refusal<NoField>> {
    use crate::asking::{answer, fresh_self, outage, portal};
    let portal = portal();
    answer(
        async {
            let me = fresh_self()?;
            portal
                .security
                .codes(&me, (portal.now)())
                .await
                .map_err(outage)?
                .ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// Makes new recovery codes, or forgets the text of those that are written down.
///
/// # Errors
/// Signed out, or a confirmation that is too long ago; not there for a member without a second factor.
#[server(prefix = "/api", endpoint = "securite/codes/renouveler")]
pub async fn renew_codes(
    #[server(flatten)] form: CodesForm,
) -> Result<Next, Refusal<ApplicationField>> {
    use crate::{
        asking::{answer, fresh_self, outage, portal},
        routes::{CODES, Done, SECURITY, done},
    };
    use portfolio::form::{CodesDraft, Form};
    let portal = portal();
    answer(
        async {
            let me = fresh_self()?;
            let now = (portal.now)();
            let written = match form.check().map_err(Refusal::Problems)? {
                CodesDraft::Renew => {
                    if !portal
                        .security
                        .renew_codes(&me, now)
                        .await
                        .map_err(outage)?
                    {
                        return Err(Refusal::NotFound);
                    }
                    false
                }
                CodesDraft::Written(None) => false,
                CodesDraft::Written(Some(list)) => portal
                    .security
                    .codes_written(&me, list, now)
                    .await
                    .map_err(outage)?,
            };
            // Those that are there now are shown: the ones that were just made, or that an old page knew nothing of.
            Ok(Next {
                to: if written {
                    done(SECURITY, Done::Codes.code())
                } else {
                    CODES.to_owned()
                },
            })
        }
        .await,
    )
}
