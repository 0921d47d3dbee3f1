//! « + Ajouter un compte »: one field that adds and finds.

use super::{
    calls,
    rows::{Look, Pen},
};
use crate::{
    browser,
    parts::address::asked_at,
    parts::{
        field::Field,
        form::{FormState, PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
    },
    refusal::Refusal,
    routes,
};
use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use portfolio::{
    client::{Listing, Total},
    form::{BeginField, BeginForm},
    french,
    identifier::Identifier,
    language::t,
    problem::{Key, Problem},
    say,
    search::Search,
};

/// The field, in the form and in the address of « Rechercher ».
const IDENTIFIER: &str = "identifier";
/// The name under which a Siren that was not sent is kept.
const UNSENT: &str = "ajouter";

/// The page.
#[component]
pub fn AddPage() -> impl IntoView {
    let address = use_location().search;
    let sought = asked_at(routes::ADD, sought);
    let found = Resource::new_blocking(
        move || sought.get(),
        |text| async move {
            let Some(text) = text else { return Ok(None) };
            let search = Search {
                text,
                ..Search::default()
            };
            calls::list(search.query()).await.map(Some)
        },
    );
    let form = use_form(address.with_untracked(|query| as_typed(query)));
    let nothing_sought = address.with_untracked(|query| {
        routes::part(query, routes::param::SEEK).is_some()
            && routes::part(query, IDENTIFIER).is_none_or(|typed| typed.trim().is_empty())
    });
    if nothing_sought {
        form.complain(BeginField::Identifier, Problem::Missing);
    }
    let send = |typed| async move {
        let next = calls::begin(typed).await?;
        browser::forget(UNSENT);
        Ok::<_, Refusal<BeginField>>(next)
    };
    view! {
        <PageTitle text=t("Ajouter un compte") form=form.faulty() />
        <article class="page">
            <h1>{t("Ajouter un compte")}</h1>
            <p class="muted">{t("Inscrivez un nouveau client, ou retrouvez-en un pour le modifier ou le résilier.")}</p>
            <PageForm form action=routes::ADD send class="big">
                <Identify form />
                <div class="actions">
                    <Submit form label=t("Inscrire") busy=t("Inscription…") />
                    <Seek form />
                </div>
                <p class="hint">
                    {t("Beaucoup de clients à inscrire\u{202f}? ")}
                    <a href=routes::IMPORTS>{t("Ajouter plusieurs comptes avec un fichier")}</a>
                </p>
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

/// The one field, and the boxes that help where its number could mean two things.
#[component]
fn Identify(form: FormState<BeginForm>) -> impl IntoView {
    let initial = form.initial();
    let problem = move || form.problem(BeginField::Identifier);
    let as_account = RwSignal::new(initial.as_account == "1");
    let other_scheme = RwSignal::new(false);
    // Shown once it can help, and while it is ticked: the number has the length of both.
    let doubtful = move || {
        let two_meanings = matches!(
            problem(),
            Some(Problem::WrongKey(Key::Siret) | Problem::DigitCount { .. })
        );
        as_account.get() || two_meanings
    };
    let other_open = move || {
        let open = matches!(
            problem(),
            Some(Problem::AlreadyEnrolled {
                other_open: true,
                ..
            })
        );
        other_scheme.get() || open
    };
    let empty = initial.identifier.is_empty();
    Effect::new(move || {
        if empty && let Some(unsent) = browser::kept(UNSENT) {
            request_animation_frame(move || browser::set_input_value(IDENTIFIER, &unsent));
        }
    });
    view! {
        <Field
            form
            field=BeginField::Identifier
            label=t("Siren, Siret ou numéro de compte")
            hint=t("Siren d’un employeur ou d’un indépendant (732\u{a0}829\u{a0}320), ou numéro de compte d’un gérant majoritaire sans Siret (18 chiffres). D’un Siret, seul le Siren est repris.")
            value=initial.identifier
            class="identifier"
            tidy=grouped
            typed=Callback::new(keep_unsent)
        />
        <Show when=doubtful>
            <TickBox name="as_account" ticked=as_account label=t("C’est un numéro de compte, pas un Siret") />
        </Show>
        <Show when=other_open>
            <TickBox name="other_scheme" ticked=other_scheme label=t("Inscrire aussi les comptes de son autre régime") />
        </Show>
    }
}

/// A box to tick.
#[component]
fn TickBox(name: &'static str, ticked: RwSignal<bool>, label: &'static str) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                name=name
                value="1"
                checked=ticked.get_untracked()
                prop:checked=ticked
                on:change=move |event| ticked.set(event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
}

/// « Rechercher »: the same field, as a question to the portfolio.
#[component]
fn Seek(form: FormState<BeginForm>) -> impl IntoView {
    let navigate = use_navigate();
    let seek = move |event: MouseEvent| {
        event.prevent_default();
        let typed = BeginForm {
            identifier: browser::input_value(IDENTIFIER),
            seek: "1".to_owned(),
            ..BeginForm::default()
        };
        match typed.sought() {
            Some(Err(problem)) => form.complain(BeginField::Identifier, problem),
            Some(Ok(sought)) => navigate(
                &routes::sought(sought),
                NavigateOptions {
                    scroll: false,
                    ..NavigateOptions::default()
                },
            ),
            None => {}
        }
    };
    view! {
        <button type="submit" class="button" name="seek" value="1" on:click=seek>
            {t("Rechercher")}
        </button>
    }
}

/// What an address asks to find, if « Rechercher » was pressed with something in the field.
fn sought(query: &str) -> Option<String> {
    routes::part(query, routes::param::SEEK)?;
    let typed = routes::part(query, IDENTIFIER)?;
    (!typed.trim().is_empty()).then(|| as_search(&typed))
}

/// The form as an address fills it.
fn as_typed(query: &str) -> BeginForm {
    BeginForm {
        identifier: routes::part(query, IDENTIFIER).unwrap_or_default(),
        as_account: routes::part(query, routes::param::AS_ACCOUNT)
            .map_or_else(String::new, |_| "1".to_owned()),
        ..BeginForm::default()
    }
}

/// « 3 clients trouvés », « plus de 1 000 clients trouvés ».
fn found(total: Total) -> String {
    match total {
        Total::Exactly(count) => french::count(count, "client trouvé", "clients trouvés"),
        Total::MoreThan(_) => say!("{total} trouvés", total = total.told()),
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
    let more = listing.after;
    let rows = Pen::new(&search, None, Look::Short).rows(&listing.rows);
    if listing.rows.is_empty() {
        return view! {
            <section class="found" role="status">
                <h2>{t("Aucun client ne correspond")}</h2>
                <p>"«\u{a0}" {text} {t("\u{a0}» n’est pas dans votre portefeuille. Pour l’ajouter, choisissez «\u{a0}Inscrire\u{a0}».")}</p>
            </section>
        }
        .into_any();
    }
    view! {
        <section class="found" aria-label=t("Résultat de la recherche")>
            <div role="status"><h2>{found(listing.total)}</h2></div>
            <table class="list short">
                <caption class="visually-hidden">{t("Clients trouvés")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("Client")}</th>
                        <th scope="col" class="numero">{t("Siren ou n° de compte")}</th>
                        <th scope="col" class="regime">{t("Régime")}</th>
                        <th scope="col">{t("État")}</th>
                        <th scope="col" class="services">{t("Services")}</th>
                        <th scope="col" class="date">{t("Modifié le")}</th>
                        <th scope="col" class="do"><span class="visually-hidden">{t("Actions")}</span></th>
                    </tr>
                </thead>
                <tbody inner_html=rows></tbody>
            </table>
            {more.then(|| view! { <p><a href=all>{t("Voir toute la liste")}</a></p> })}
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

/// A Siren is kept until it is sent. Nothing else is: fourteen digits may be an account number, which is half of a proof.
fn keep_unsent(typed: String) {
    if matches!(Identifier::parse(&typed, false), Ok(Identifier::Siren(_))) {
        browser::keep(UNSENT, &typed);
    } else {
        browser::forget(UNSENT);
    }
}
