//! A file of postings: where it is sent, and what is done with it once its lines were tried.

use super::postings_lines::Lines;
use crate::{
    parts::{
        field::FieldMessage,
        form::{ErrorSummary, FormState, PageForm, Submit, use_form, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    refusal::{Next, NoField, Refusal},
    routes::{self, Done},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    form::{UploadField, UploadForm},
    french,
    ids::EnrolmentId,
    language::t,
    mobility::{
        batch::{FileView, MOST_POSTINGS},
        form::{PostingsField, PostingsForm, postings_acts},
    },
    problem::Field as _,
    say,
};

/// The member's file of postings, tried as things stand now; nothing when there is none, or its hour is over.
///
/// # Errors
/// Signed out, or not allowed.
#[server(prefix = "/api", endpoint = "mobilite/fichier")]
pub async fn postings() -> Result<Option<FileView>, Refusal<NoField>> {
    use crate::asking::{answer, editor, outage, portal};
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let found = portal.postings.postings(&editor, (portal.now)()).await;
            found.map_err(outage)
        }
        .await,
    )
}

/// The client whose page a file is sent from: its id and its name; nothing when none is named, or it is not the firm's.
///
/// # Errors
/// Signed out, or not allowed.
#[server(prefix = "/api", endpoint = "mobilite/fichier/client")]
pub async fn postings_client(
    #[server(default)] id: String,
) -> Result<Option<(EnrolmentId, String)>, Refusal<NoField>> {
    use crate::asking::{answer, editor, outage, portal};
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let Ok(id) = id.parse() else {
                return Ok(None);
            };
            let found = portal.postings.sender(&editor, id).await.map_err(outage)?;
            Ok(found.map(|(client, _)| (client.id, client.name)))
        }
        .await,
    )
}

/// « Créer les brouillons », or « Oublier ce fichier ».
///
/// # Errors
/// Signed out, not allowed, or a file that is no longer the one that the page showed.
#[server(prefix = "/api", endpoint = "mobilite/fichier/agir")]
pub async fn act_on_postings(
    #[server(flatten)] form: PostingsForm,
) -> Result<Next, Refusal<PostingsField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::{
        form::Form,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let file = draft.file.ok_or(Refusal::NotFound)?;
            let (port, now) = (&portal.postings, (portal.now)());
            if !draft.create {
                let forgotten = port.forget_postings(&editor, file, now).await;
                forgotten.map_err(outage)?;
                return Ok(Next {
                    to: routes::POSTINGS.to_owned(),
                });
            }
            let created = port.create_drafts(&editor, file, now).await;
            if created.map_err(outage)?.is_some() {
                let to = routes::done(routes::POSTINGS_CHECKED, Done::Drafts.code());
                return Ok(Next { to });
            }
            let gone = Problems::one(PostingsField::Act, Problem::Gone);
            Err(Refusal::Problems(gone))
        }
        .await,
    )
}

/// Where a file is sent.
#[component]
pub fn PostingsPage() -> impl IntoView {
    let query = use_location().search;
    let client =
        Memo::new(move |_| routes::part(&query.get(), routes::param::CLIENT).unwrap_or_default());
    let found = Resource::new_blocking(
        move || client.get(),
        |client| async move { Ok((postings_client(client).await?, postings().await?)) },
    );
    let form = use_form(UploadForm {});
    view! {
        <PageTitle text=t("Importer des missions à l’étranger") form=form.faulty() />
        <Suspense>
            {move || Suspend::new(async move {
                loaded(found.await, move |(client, waits)| view! { <Send form client waits /> })
            })}
        </Suspense>
    }
}

#[component]
fn Send(
    form: FormState<UploadForm>,
    client: Option<(EnrolmentId, String)>,
    waits: Option<FileView>,
) -> impl IntoView {
    let field = UploadField::File;
    let action = client.as_ref().map_or_else(
        || routes::POSTINGS.to_owned(),
        |(id, _)| routes::postings_of(*id),
    );
    let of = client.clone().map(|(id, name)| {
        view! {
            <li><a href=routes::mobility_client(id)>{name}</a></li>
        }
    });
    let whose = client.map_or_else(
        || t("Chaque ligne nomme son client par son Siren.").to_owned(),
        |(_, name)| say!("Les lignes sans Siren sont pour {name}.", name),
    );
    let waits = waits.map(|file| {
        view! {
            <Notice>
                {t("Le fichier «\u{a0}")} {file.name} {t("\u{a0}» est contrôlé. ")}
                <a href=routes::POSTINGS_CHECKED>{t("Voir le résultat")}</a>
            </Notice>
        }
    });
    view! {
        <article class="page">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::MOBILITY>{t("Travailler à l’étranger")}</a></li>
                    {of}
                </ol>
            </nav>
            <h1>{t("Importer des missions à l’étranger")}</h1>
            <p class="muted">
                {t("Un salon, une équipe sur un chantier\u{a0}: une ligne par personne, un brouillon par ligne. Rien n’est créé sans votre accord, et rien n’est envoyé à l’organisme.")}
            </p>
            {waits}
            <ol class="file-steps">
                <li>
                    <h2>{t("Préparez le fichier")}</h2>
                    <p>
                        {t("Il faut au moins le numéro de sécurité sociale, le pays et les deux dates\u{202f}; pour une nouvelle personne, son nom et ses prénoms. Le reste peut être complété dans chaque brouillon. ")}
                        {whose}
                    </p>
                    <p class="actions">
                        <a class="button" href=routes::POSTINGS_TEMPLATE rel="external" download>{t("Télécharger le modèle Excel")}</a>
                        <a class="button quiet" href=routes::POSTINGS_TEXT_TEMPLATE rel="external" download>{t("Modèle CSV")}</a>
                    </p>
                    <p class="hint">{t("La seconde feuille du modèle explique chaque colonne. Celles que vous n’utilisez pas peuvent être retirées.")}</p>
                </li>
                <li>
                    <h2>{t("Envoyez-le")}</h2>
                    <form method="post" action=action enctype="multipart/form-data" class="upload">
                        <ErrorSummary form />
                        <div class="field" class:faulty=move || form.problem(field).is_some()>
                            <label for=field.name()>{t("Fichier de missions")}</label>
                            <p class="hint" id="fichier-indication">
                                {say!("CSV ou Excel (.xlsx), {most_postings}\u{a0}lignes au plus. Il est gardé une heure, chiffré, pour vous seul.", most_postings = MOST_POSTINGS)}
                            </p>
                            <FieldMessage form field />
                            <input
                                type="file"
                                id=field.name()
                                name=field.name()
                                accept=".csv,.txt,.xlsx,text/csv"
                                aria-describedby="fichier-indication fichier-message"
                                aria-invalid=move || form.problem(field).is_some().then_some("true")
                            />
                        </div>
                        <div class="actions"><button type="submit" class="button primary">{t("Contrôler le fichier")}</button></div>
                    </form>
                </li>
            </ol>
        </article>
    }
    .into_any()
}

/// What the lines of a file come to.
#[component]
pub fn PostingsCheckedPage() -> impl IntoView {
    // Something done here leads here again.
    let done = RwSignal::new(0);
    let found = Resource::new_blocking(move || done.get(), |_| postings());
    let returned = use_returned::<PostingsForm>();
    let query = use_location().search;
    view! {
        <PageTitle text=t("Missions à l’étranger\u{a0}: contrôle du fichier") />
        <Transition>
            {move || {
                let returned = returned.clone();
                let made = Done::of(&query.get()) == Some(Done::Drafts);
                Suspend::new(async move {
                    let again = Callback::new(move |()| done.update(|done| *done += 1));
                    loaded(found.await, move |file| match file {
                        Some(file) => view! { <Checked file returned made again /> }.into_any(),
                        None => view! { <Gone /> }.into_any(),
                    })
                })
            }}
        </Transition>
    }
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <article class="page">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::MOBILITY>{t("Travailler à l’étranger")}</a></li></ol>
            </nav>
            <h1>{t("Aucun fichier en attente")}</h1>
            <p>{t("Un fichier de missions est gardé une heure après son envoi, puis effacé. Les brouillons qui en sont nés restent.")}</p>
            <p class="actions">
                <a class="button primary" href=routes::POSTINGS>{t("Envoyer un fichier")}</a>
                <a class="button" href=routes::MOBILITY>{t("Voir les demandes")}</a>
            </p>
        </article>
    }
}

#[component]
fn Checked(
    file: FileView,
    returned: crate::parts::form::Returned<PostingsForm>,
    made: bool,
    again: Callback<()>,
) -> impl IntoView {
    let (ready, there, refused) = file.counts();
    let form_of = move |act: &'static str| {
        let fresh = PostingsForm {
            file: file.id.to_string(),
            act: act.to_owned(),
        };
        FormState::new(returned.clone().filter(|(form, _)| form.act == act), fresh)
    };
    let create = (ready > 0).then(|| {
        let label = match (refused, ready) {
            (0, _) => say!(
                "Créer {ready}",
                ready = french::count(ready, "brouillon", "brouillons")
            ),
            (_, 1) => t("Créer le brouillon de la ligne valide").to_owned(),
            _ => say!(
                "Créer les {ready} brouillons des lignes valides",
                ready = french::number(ready)
            ),
        };
        let form = form_of(postings_acts::CREATE);
        let send = move |typed: PostingsForm| async move {
            let next = act_on_postings(typed).await?;
            again.run(());
            Ok::<_, Refusal<PostingsField>>(next)
        };
        view! {
            <PageForm form action=routes::POSTINGS_CHECKED send class="add-file">
                <Hidden form />
                <div class="actions"><Submit form label busy=t("Création…") /></div>
            </PageForm>
        }
    });
    let forget = form_of(postings_acts::FORGET);
    let none = (ready == 0 && !made).then(|| {
        view! {
            <Notice>{t("Aucun brouillon n’est à créer.")}</Notice>
        }
    });
    let made = made.then(|| {
        view! {
            <Notice kind="success">
                <strong>{t("Les brouillons sont créés.")}</strong>
                {t(" Complétez-les, puis envoyez chacun d’eux. ")}
                <a href=routes::mobility_drafts()>{t("Voir les brouillons")}</a>
            </Notice>
        }
    });
    let ignored = (!file.ignored.is_empty()).then(|| {
        view! {
            <p class="muted">{t("Colonnes laissées de côté\u{a0}: ")} {file.ignored.join(", ")} "."</p>
        }
    });
    let of = file.client.clone().map(|(id, name)| {
        view! {
            <li><a href=routes::mobility_client(id)>{name}</a></li>
        }
    });
    let told = [
        (ready, t("prête"), t("prêtes")),
        (there, t("déjà là"), t("déjà là")),
        (refused, t("refusée"), t("refusées")),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| french::count(count, one, many))
    .collect::<Vec<_>>()
    .join(", ");
    view! {
        <article class="page wide">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::MOBILITY>{t("Travailler à l’étranger")}</a></li>
                    {of}
                    <li><a href=routes::POSTINGS>{t("Importer des missions à l’étranger")}</a></li>
                </ol>
            </nav>
            <h1 class="file-name">{file.name.clone()}</h1>
            <p class="muted">
                {french::count(file.lines.len() as u64, "ligne", "lignes")} {t("\u{a0}: ")} {told}
                {t(". Envoyé le ")} {file.at.short_moment()} {t(", gardé une heure.")}
            </p>
            {made}
            {none}
            {ignored}
            {create}
            <Lines lines=file.lines />
            <details class="leave">
                <summary>{t("Oublier ce fichier")}</summary>
                <PageForm form=forget action=routes::POSTINGS_CHECKED send=act_on_postings summary="problemes-oubli">
                    <Hidden form=forget />
                    <p>{t("Il est effacé tout de suite. Les brouillons déjà créés restent.")}</p>
                    <Submit form=forget label=t("Oublier le fichier") busy=t("Un instant…") danger=true />
                </PageForm>
            </details>
        </article>
    }
    .into_any()
}

/// Which file, and which button.
#[component]
fn Hidden(form: FormState<PostingsForm>) -> impl IntoView {
    let initial = form.initial();
    view! {
        <input type="hidden" name="file" value=initial.file />
        <input type="hidden" name="act" value=initial.act />
    }
}
