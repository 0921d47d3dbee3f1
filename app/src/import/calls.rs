//! The server functions of files: who asks → parse → call a port → map the refusal → answer.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    form::{ImportField, ImportForm},
    import::{ImportRow, ImportView},
};

/// The firm's files; or those alone that whoever asks has sent and has to mend.
///
/// # Errors
/// Signed out, or not allowed.
#[server(prefix = "/api", endpoint = "fichiers")]
pub async fn imports(#[server(default)] to_mend: bool) -> Result<Vec<ImportRow>, Refusal<NoField>> {
    use crate::asking::{answer, editor, outage, portal};
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            if to_mend {
                return own_to_mend(&portal, &editor).await;
            }
            let found = portal.imports.imports(&editor, (portal.now)()).await;
            found.map_err(outage)
        }
        .await,
    )
}

/// The files that a member has sent and whose refused lines can still be fetched, which nobody else can.
#[cfg(feature = "ssr")]
pub async fn own_to_mend(
    portal: &crate::asking::Portal,
    editor: &portfolio::permission::Editor,
) -> Result<Vec<ImportRow>, Refusal<NoField>> {
    use crate::asking::outage;
    let sent = portal.dashboard.sent(editor).await.map_err(outage)?;
    let found = portal.imports.imports(editor, (portal.now)()).await;
    let mut found = found.map_err(outage)?;
    found.retain(|row| row.to_mend && sent.contains(&row.id));
    Ok(found)
}

/// One file; the query string says which lines are shown.
///
/// # Errors
/// Signed out, not allowed, or not there.
#[server(prefix = "/api", endpoint = "fichier")]
pub async fn import(
    #[server(default)] id: String,
    #[server(default)] query: String,
) -> Result<ImportView, Refusal<NoField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::import::Shown;
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let shown = Shown::of(&query);
            portal
                .imports
                .import(&editor, id, shown, (portal.now)())
                .await
                .map_err(outage)?
                .ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// Confirms the columns of a file, has its good lines added, or ends it. Where the file has moved on, nothing is done nor said to be,
/// and the page shows how far it is.
///
/// # Errors
/// What is wrong with the columns, signed out, not allowed, or not there.
#[server(prefix = "/api", endpoint = "fichier/agir")]
pub async fn act_on_import(
    #[server(flatten)] form: ImportForm,
) -> Result<Next, Refusal<ImportField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::form::Form;
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let id = draft.of.ok_or(Refusal::NotFound)?;
            let taken = portal
                .imports
                .act_on_import(&editor, id, &draft.act, (portal.now)())
                .await
                .map_err(outage)?
                .ok_or(Refusal::NotFound)?;
            let page = crate::routes::import(id);
            Ok(Next {
                to: if taken {
                    crate::routes::done(&page, &form.act)
                } else {
                    page
                },
            })
        }
        .await,
    )
}
