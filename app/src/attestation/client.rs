//! The attestations of one client of a firm.

use super::{
    calls,
    papers::{Papers, WhyNot},
};
use crate::{
    parts::{
        form::{ErrorSummary, FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{
    attestation::{IssueForm, Overview},
    ids::EnrolmentId,
    language::t,
};

/// The page.
#[component]
pub fn ClientAttestationPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    // What was just issued here is a reason to look again.
    let issued = RwSignal::new(0_u32);
    let asked = Memo::new(move |_| (id(), issued.get()));
    let found = Resource::new_blocking(move || asked.get(), |(id, _)| calls::of_client(id));
    let returned = use_returned::<IssueForm>();
    view! {
        <Transition>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let again = Callback::new(move |()| issued.update(|issued| *issued += 1));
                    let id = id().parse().ok();
                    loaded(found.await, move |overview| id.map(|id| view! { <Shown overview id returned again /> }))
                })
            }}
        </Transition>
    }
}

#[component]
fn Shown(
    overview: Overview,
    id: EnrolmentId,
    returned: Returned<IssueForm>,
    again: Callback<()>,
) -> impl IntoView {
    let Overview {
        name,
        held,
        open,
        refused,
        past,
        today,
    } = overview;
    let fresh = IssueForm { of: id.to_string() };
    let form = FormState::new(returned, fresh);
    let send = move |typed| async move {
        let next = calls::issue(typed).await?;
        again.run(());
        Ok(next)
    };
    let body = if open {
        let offer = refused.is_none().then(|| view! {
            <PageForm form action=routes::attestations(id) send>
                <input type="hidden" id="of" name="of" value=id.to_string() />
                <p>
                    {t("Ce client est à jour\u{a0}: l’attestation est délivrée tout de suite, et valable six mois. Une attestation déjà obtenue \
                     aujourd’hui, si elle dit la même chose, est reprise.")}
                </p>
                <div class="actions"><Submit form label=t("Obtenir l’attestation") busy=t("Un instant…") /></div>
            </PageForm>
        });
        let file = move |paper| routes::attestation_file(id, paper);
        view! {
            <Said />
            {refused.map(|refused| view! { <WhyNot refused /> })}
            {offer}
            <section aria-labelledby="delivrees-titre">
                <h2 id="delivrees-titre">{t("Attestations délivrées")}</h2>
                <p class="hint">
                    {t("Les donneurs d’ordre vérifient le code de sécurité du papier sur la page ")}
                    <a href=routes::VERIFICATION>{t("Vérifier un document")}</a> "."
                </p>
                <Papers past today file />
            </section>
        }
        .into_any()
    } else {
        view! {
            <ErrorSummary form />
            <div id="of" tabindex="-1">
            <Notice kind="warning">
                {t("Cochez le service «\u{a0}Télécharger une attestation de vigilance\u{a0}» de ce client pour obtenir ses attestations. ")}
                <a href=routes::client(id, "")>{t("Modifier ses services")}</a>
            </Notice>
            </div>
        }
        .into_any()
    };
    view! {
        <PageTitle text=t("Attestation de vigilance") form=form.faulty() />
        <article class="page attestation">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::EVERYBODY>{t("Établissements")}</a></li>
                    <li><a href=routes::client(id, "")>{name.clone()}</a></li>
                </ol>
            </nav>
            <h1>{t("Attestation de vigilance")}</h1>
            <p class="muted">{name} ", " {held.scheme.accounts()}</p>
            <p>
                {t("Ce papier montre à ceux qui font travailler ce client qu’il a déclaré et payé ses cotisations. Ils doivent le demander pour tout \
                 contrat de 5\u{202f}000\u{a0}€ ou plus, puis tous les six mois.")}
            </p>
            {body}
        </article>
    }
}
