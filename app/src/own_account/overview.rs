//! « Mon compte »: the client's accounts, who manages them since when with which services, and what was done.

use super::calls;
use crate::{
    parts::{
        form::{FormState, PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
        tag::StateTag,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    catalogue::ServiceCode,
    form::WithdrawForm,
    holding::{Deed, Holding, Mandate, OwnAccount},
    ids::EnrolmentId,
    language::t,
};

/// The page.
#[component]
pub fn AccountPage() -> impl IntoView {
    let search = use_location().search;
    // What was just taken back is a reason to look again.
    let saves = RwSignal::new(0_u32);
    let account = Resource::new_blocking(move || (search.get(), saves.get()), |_| calls::account());
    let form = use_form(WithdrawForm::default());
    view! {
        <PageTitle text=t("Mon compte") form=form.faulty() />
        <Transition>
            {move || Suspend::new(async move {
                let outcome = account.await;
                loaded(outcome, |account| view! { <Shown account form saves /> })
            })}
        </Transition>
    }
}

#[component]
fn Shown(
    account: OwnAccount,
    form: FormState<WithdrawForm>,
    saves: RwSignal<u32>,
) -> impl IntoView {
    let OwnAccount {
        holdings,
        mandates,
        identifier,
        email,
        awaited_email,
        history,
    } = account;
    let done = (!history.is_empty()).then(|| view! { <History history /> });
    let sections = holdings
        .into_iter()
        .enumerate()
        .map(|(place, holding)| {
            let of: Vec<_> = mandates
                .iter()
                .filter(|mandate| mandate.held == holding.held)
                .cloned()
                .collect();
            view! { <One place holding mandates=of form saves /> }
        })
        .collect_view();
    let awaited = awaited_email.map(|address| {
        view! { <p class="hint">{t("En attente de confirmation\u{a0}: ")} {address}</p> }
    });
    let written = if email.is_empty() {
        t("Aucune adresse électronique").to_owned()
    } else {
        email
    };
    view! {
        <article class="page own-account">
            <h1>{t("Mon compte")}</h1>
            <p class="muted">{t("Qui gère vos comptes de cotisations, depuis quand et avec quels services. Vous pouvez retirer un service, ou tout un mandat.")}</p>
            <Said again=t("Appuyez de nouveau sur «\u{a0}Retirer\u{a0}».") />
            <p class="actions"><a class="button primary" href=routes::MY_ATTESTATIONS>{t("Attestation de vigilance")}</a></p>
            {sections}
            <section aria-labelledby="acces-titre">
                <h2 id="acces-titre">{t("Mon accès")}</h2>
                <dl class="facts-line">
                    <div><dt>{t("Identifiant")}</dt><dd>{identifier}</dd></div>
                    <div><dt>{t("Courriels")}</dt><dd>{written}</dd></div>
                </dl>
                {awaited}
                {done}
                <p class="actions">
                    <a class="button" href=routes::MY_EMAIL>{t("Changer d’adresse électronique")}</a>
                    <a class="button" href=routes::NOTICES>{t("Choisir ses courriels")}</a>
                    <a class="button" href=routes::SECURITY>{t("Mot de passe et seconde preuve")}</a>
                </p>
            </section>
        </article>
    }
}

/// One holding, with its mandates.
#[component]
fn One(
    place: usize,
    holding: Holding,
    mandates: Vec<Mandate>,
    form: FormState<WithdrawForm>,
    saves: RwSignal<u32>,
) -> impl IntoView {
    let Holding {
        held, name, state, ..
    } = holding;
    let title = format!("titulaire-{place}");
    let (current, past): (Vec<_>, Vec<_>) = mandates
        .into_iter()
        .partition(|mandate| mandate.ended.is_none());
    let nobody = current.is_empty();
    let current = current
        .into_iter()
        .map(|mandate| view! { <InForce mandate form saves /> })
        .collect_view();
    let ended = past
        .into_iter()
        .map(|mandate| view! { <Past mandate /> })
        .collect_view();
    view! {
        <section aria-labelledby=title.clone() class="holding">
            <header class="head">
                <h2 id=title.clone()>{name}</h2>
                <StateTag state />
            </header>
            <dl class="facts-line">
                <div><dt>{held.holder.noun()}</dt><dd class="identifier">{held.holder.to_string()}</dd></div>
                <div><dt>{t("Régime")}</dt><dd>{held.scheme.label()}</dd></div>
            </dl>
            {nobody.then(|| view! { <p>{t("Personne ne gère ce compte pour vous.")}</p> })}
            {current}
            {ended}
        </section>
    }
}

/// A firm that manages it.
#[component]
fn InForce(mandate: Mandate, form: FormState<WithdrawForm>, saves: RwSignal<u32>) -> impl IntoView {
    let Mandate {
        id,
        firm,
        since,
        services,
        history,
        ..
    } = mandate;
    let none = services.is_empty();
    let of = firm.clone();
    let services = services
        .into_iter()
        .map(|service| view! { <Service id service firm=of.clone() form saves /> })
        .collect_view();
    view! {
        <div class="mandate">
            <h3>{firm}</h3>
            <p>{t("Gère ce compte depuis le ")} <time datetime=since.iso_date()>{since.long_date()}</time> "."</p>
            {none.then(|| view! { <p class="muted">{t("Aucun service n’est choisi.")}</p> })}
            <ul role="list" class="own-services">{services}</ul>
            <History history />
            <p class="actions"><a class="button danger" href=routes::withdraw(id)>{t("Retirer tout le mandat")}</a></p>
        </div>
    }
}

/// One service, with the button that takes it back.
#[component]
fn Service(
    id: EnrolmentId,
    service: ServiceCode,
    firm: String,
    form: FormState<WithdrawForm>,
    saves: RwSignal<u32>,
) -> impl IntoView {
    let known = service.service();
    // What came back of a form that was refused is of one service; the others have a state of their own.
    let here = WithdrawForm {
        of: id.to_string(),
        service: service.as_str().to_owned(),
    };
    let form = if form.initial() == here {
        form
    } else {
        FormState::new(None, here.clone())
    };
    let of = format!(" {} ({firm})", known.label());
    let send = move |typed| async move {
        let next = calls::withdraw(typed).await?;
        // The address may be the same as before: it is looked again all the same.
        let _ = saves.try_update(|saves| *saves += 1);
        Ok(next)
    };
    view! {
        <li>
            <span>{known.label()}</span>
            <PageForm form action=routes::MY_ACCOUNT send>
                <input type="hidden" name="of" value=here.of />
                <input type="hidden" name="service" value=here.service />
                <Submit form label=t("Retirer") busy=t("Retrait…") quiet=true of />
            </PageForm>
        </li>
    }
}

/// A firm that no longer does.
#[component]
fn Past(mandate: Mandate) -> impl IntoView {
    let Mandate {
        firm,
        since,
        ended,
        history,
        ..
    } = mandate;
    let until = ended.map(portfolio::time::Timestamp::long_date);
    view! {
        <div class="mandate past">
            <h3>{firm}</h3>
            <p>{t("A géré ce compte du ")} {since.long_date()} {t(" au ")} {until} "."</p>
            <History history />
        </div>
    }
}

/// What was done, in plain words.
#[component]
fn History(history: Vec<Deed>) -> impl IntoView {
    let rows = history
        .into_iter()
        .map(|Deed { at, by, what }| {
            view! {
                <li>
                    <time datetime=at.iso_date()>{at.short_moment()}</time>
                    <span class="by">{by.label()}</span>
                    <span>{what.told()}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <details>
            <summary>{t("Ce qui a été fait")}</summary>
            <ol class="history" role="list">{rows}</ol>
        </details>
    }
}
