//! « + Ajouter un compte »: one field that adds and finds.

use super::{calls, rows::ClientRow};
use crate::{
    browser,
    parts::{
        field::Field,
        form::{PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
    },
    refusal::Refusal,
    routes,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use portfolio::{
    client::Listing,
    form::{BeginField, BeginForm},
    french,
    identifier::Identifier,
    problem::{Key, Problem},
    search::{Search, encode},
};

/// The field, in the form and in the address of « Rechercher ».
const IDENTIFIER: &str = "identifier";
/// The part of the address that says « Rechercher » was pressed.
const SEEK: &str = "rechercher";
/// The name under which a Siren that was not sent is kept.
const UNSENT: &str = "ajouter";

/// The page.
#[component]
pub fn AddPage() -> impl IntoView {
    let address = use_location().search;
    let part = move |name: &'static str| routes::part(&address.get(), name).unwrap_or_default();
    let sought = Memo::new(move |_| {
        let text = part(IDENTIFIER);
        (!part(SEEK).is_empty() && !text.trim().is_empty()).then(|| as_search(&text))
    });
    let found = Resource::new_blocking(
        move || sought.get(),
        |text| async move {
            match text {
                None => Ok(None),
                Some(text) => calls::list(
                    Search {
                        text,
                        ..Search::default()
                    }
                    .query(),
                )
                .await
                .map(Some),
            }
        },
    );
    let as_account = if address
        .with_untracked(|query| routes::part(query, routes::param::AS_ACCOUNT).is_some())
    {
        "1"
    } else {
        ""
    };
    let form = use_form(BeginForm {
        identifier: address
            .with_untracked(|query| routes::part(query, IDENTIFIER))
            .unwrap_or_default(),
        as_account: as_account.to_owned(),
        ..BeginForm::default()
    });
    let initial = form.initial();
    let ticked = initial.as_account == "1";
    // Shown once it can help: the number has the length of both.
    let doubtful = move || {
        ticked
            || matches!(
                form.problem(BeginField::Identifier),
                Some(Problem::WrongKey(Key::Siret) | Problem::DigitCount { .. })
            )
    };
    let other_open = move || {
        matches!(
            form.problem(BeginField::Identifier),
            Some(Problem::AlreadyEnrolled {
                other_open: true,
                ..
            })
        )
    };
    let empty = initial.identifier.is_empty();
    Effect::new(move || {
        if empty && let Some(unsent) = browser::kept(UNSENT) {
            browser::set_input_value(IDENTIFIER, &unsent);
        }
    });
    let navigate = use_navigate();
    let seek = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let text = encode(&browser::input_value(IDENTIFIER));
        navigate(
            &format!("{}?{IDENTIFIER}={text}&{SEEK}=1", routes::ADD),
            NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            },
        );
    };
    let send = |typed| async move {
        let next = calls::begin(typed).await?;
        browser::forget(UNSENT);
        Ok::<_, Refusal<BeginField>>(next)
    };
    view! {
        <PageTitle text="Ajouter un compte" form=form.faulty() />
        <article class="page">
            <h1>"Ajouter un compte"</h1>
            <p class="muted">"Inscrivez un nouveau client, ou retrouvez-en un pour le modifier ou le résilier."</p>
            <PageForm form action=routes::ADD send class="big">
                <Field
                    form
                    field=BeginField::Identifier
                    label="Siren, Siret ou numéro de compte"
                    hint="Siren d’un employeur ou d’un indépendant (732 829 320), ou numéro de compte d’un gérant majoritaire sans Siret (18 chiffres). D’un Siret, seul le Siren est repris."
                    value=initial.identifier.clone()
                    class="identifier"
                    tidy=grouped
                    typed=Callback::new(keep_unsent)
                />
                <Show when=doubtful>
                    <label class="choice">
                        <input type="checkbox" name="as_account" value="1" checked=ticked />
                        <span>"C’est un numéro de compte, pas un Siret"</span>
                    </label>
                </Show>
                <Show when=other_open>
                    <label class="choice">
                        <input type="checkbox" name="other_scheme" value="1" />
                        <span>"Inscrire aussi les comptes de son autre régime"</span>
                    </label>
                </Show>
                <div class="actions">
                    <Submit form label="Inscrire" busy="Inscription…" />
                    <button type="submit" class="button" formmethod="get" formaction=routes::ADD name=SEEK value="1" on:click=seek>
                        "Rechercher"
                    </button>
                </div>
            </PageForm>
            <Transition>
                {move || {
                    let text = sought.get().unwrap_or_default();
                    Suspend::new(async move {
                        let outcome = found.await;
                        loaded(outcome, |found| found.map(|listing| view! { <Found listing text /> }))
                    })
                }}
            </Transition>
        </article>
    }
}

/// What « Rechercher » found.
#[component]
fn Found(listing: Listing, text: String) -> impl IntoView {
    let search = Search {
        text: text.clone(),
        ..Search::default()
    };
    let all = routes::list(&search);
    let more = listing.total > listing.rows.len() as u64;
    if listing.total == 0 {
        return view! {
            <section class="found" role="status">
                <h2>"Aucun client ne correspond"</h2>
                <p>"« " {text} " » n’est pas dans votre portefeuille. Pour l’ajouter, choisissez « Inscrire »."</p>
            </section>
        }
        .into_any();
    }
    view! {
        <section class="found" aria-label="Résultat de la recherche">
            <div role="status"><h2>{french::count(listing.total, "client trouvé", "clients trouvés")}</h2></div>
            <table class="list short">
                <caption class="visually-hidden">"Clients trouvés"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Client"</th>
                        <th scope="col" class="numero">"Siren ou n° de compte"</th>
                        <th scope="col" class="regime">"Régime"</th>
                        <th scope="col">"État"</th>
                        <th scope="col" class="services">"Services"</th>
                        <th scope="col" class="date">"Modifié le"</th>
                        <th scope="col" class="do"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>
                    {listing
                        .rows
                        .into_iter()
                        .map(|row| view! { <ClientRow row search=search.clone() opened=None /> })
                        .collect_view()}
                </tbody>
            </table>
            {more.then(|| view! { <p><a href=all>"Voir toute la liste"</a></p> })}
        </section>
    }
    .into_any()
}

/// A Siret finds its Siren's clients; anything else is sought as it was typed.
fn as_search(typed: &str) -> String {
    match Identifier::parse(typed, false) {
        Ok(Identifier::Siret(siren, _)) => siren.as_str().to_owned(),
        _ => typed.trim().to_owned(),
    }
}

/// A number that was understood, grouped for reading.
fn grouped(typed: &str) -> Option<String> {
    match Identifier::parse(typed, false).ok()? {
        Identifier::Siren(siren) => Some(siren.to_string()),
        Identifier::Siret(_, siret) => Some(siret.to_string()),
        Identifier::Account(number) => Some(number.to_string()),
    }
}

/// A Siren is kept until it is sent; an account number, which is half of a proof, never is.
fn keep_unsent(typed: String) {
    match Identifier::parse(&typed, false) {
        Ok(Identifier::Siren(_) | Identifier::Siret(..)) => browser::keep(UNSENT, &typed),
        _ => browser::forget(UNSENT),
    }
}
