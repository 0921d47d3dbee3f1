//! « Attestation de vigilance » of a client's own accounts: the same as a firm sees of its client, for each of them.

use super::{
    calls,
    papers::{Papers, WhyNot},
};
use crate::{
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use portfolio::attestation::{Overview, OwnIssueForm};
use portfolio::language::t;
use portfolio::say;

/// The page.
#[component]
pub fn OwnAttestationsPage() -> impl IntoView {
    // What was just issued here is a reason to look again.
    let issued = RwSignal::new(0_u32);
    let found = Resource::new_blocking(move || issued.get(), |_| calls::own());
    let returned = use_returned::<OwnIssueForm>();
    view! {
        <PageTitle text=t("Attestation de vigilance") />
        <Transition>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let again = Callback::new(move |()| issued.update(|issued| *issued += 1));
                    loaded(found.await, move |all| view! { <All all returned again /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn All(all: Vec<Overview>, returned: Returned<OwnIssueForm>, again: Callback<()>) -> impl IntoView {
    let none = all.is_empty().then(|| {
        view! { <p class="muted">{t("Aucun compte n’est rattaché à votre accès.")}</p> }
    });
    let each = (0..)
        .zip(all)
        .map(|(place, overview)| {
            let key = overview.held.key();
            let mine = returned.clone().filter(|(form, _)| form.held == key);
            view! { <One overview place returned=mine again /> }
        })
        .collect_view();
    view! {
        <article class="page attestation">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::MY_ACCOUNT>{t("Mon compte")}</a></li></ol>
            </nav>
            <h1>{t("Attestation de vigilance")}</h1>
            <p>
                {t("Ce papier montre à ceux qui vous font travailler que vous avez déclaré et payé vos cotisations. Ils doivent vous le demander pour \
                 tout contrat de 5\u{202f}000\u{a0}€ ou plus, puis tous les six mois. Il est délivré tout de suite.")}
            </p>
            <Said />
            {none}
            {each}
        </article>
    }
}

#[component]
fn One(
    overview: Overview,
    place: u32,
    returned: Returned<OwnIssueForm>,
    again: Callback<()>,
) -> impl IntoView {
    let Overview {
        name,
        held,
        refused,
        past,
        today,
        ..
    } = overview;
    let key = held.key();
    let form = FormState::new(returned, OwnIssueForm { held: key.clone() });
    let send = move |typed| async move {
        let next = calls::issue_own(typed).await?;
        again.run(());
        Ok(next)
    };
    let title = format!("compte-{place}");
    let titled = title.clone();
    let of = say!(
        " pour {name}, {accounts}",
        name,
        accounts = held.scheme.accounts()
    );
    let offer = refused.is_none().then(|| view! {
        <PageForm form action=routes::MY_ATTESTATIONS send>
            <input type="hidden" name="held" value=key />
            <p>{t("Ce compte est à jour\u{a0}: l’attestation est délivrée tout de suite, et valable six mois.")}</p>
            <div class="actions"><Submit form label=t("Obtenir l’attestation") busy=t("Un instant…") of /></div>
        </PageForm>
    });
    view! {
        <section aria-labelledby=titled>
            <h2 id=title>{name}</h2>
            <p class="muted">{held.holder.noun()} " " <span class="identifier">{held.holder.to_string()}</span> ", " {held.scheme.accounts()}</p>
            {refused.map(|refused| view! { <WhyNot refused /> })}
            {offer}
            <Papers past today file=routes::my_attestation_file />
        </section>
    }
}
