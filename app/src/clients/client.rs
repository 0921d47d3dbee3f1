//! One client: who it is, its establishments, its services, its history, and « Résilier » apart at the end.

use super::{
    calls, follow,
    own::{Followed, OwnFields},
    picker::{Choice, Chosen, ServicePicker},
    rows::AccountTable,
    terminate::TerminateActions,
};
use crate::{
    browser,
    bulk::calls::models,
    parts::{
        dialog::Dialog,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::{PageTitle, Who},
        loaded::loaded,
        notice::Notice,
        tag::StateTag,
    },
    review::calls::confirm,
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    client::{Client, Event},
    finding::Choices,
    form::{ON_CLIENT, ReviewForm, ServicesForm},
    holder::AccountState,
    language::t,
    model::Model,
    say,
    time::Timestamp,
    wording,
};

/// The dialog that asks before an enrolment is ended.
const CONFIRM: &str = "confirmer";

/// The page.
#[component]
pub fn ClientPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    // What was just saved here is a reason to look again.
    let saves = RwSignal::new(0_u32);
    let client = Resource::new_blocking(move || (id(), saves.get()), |(id, _)| calls::show(id));
    let choices = Resource::new_blocking(|| (), |()| follow::own_choices());
    let models = Resource::new_blocking(|| (), |()| models());
    let returned = use_returned::<ServicesForm>();
    let query = use_location().search;
    let saved = Callback::new(move |()| {
        saves.update(|saves| *saves += 1);
        choices.refetch();
    });
    view! {
        <Transition>
            {move || {
                let back = routes::Way::of_page(&query.get_untracked()).query();
                let returned = returned.clone();
                Suspend::new(async move {
                    let (outcome, choices) = (client.await, choices.await.unwrap_or_default());
                    let models = models.await.unwrap_or_default();
                    loaded(outcome, |client| view! { <Whole client choices back returned saved models /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Whole(
    client: Client,
    choices: Choices,
    back: String,
    returned: Returned<ServicesForm>,
    saved: Callback<()>,
    models: Vec<Model>,
) -> impl IntoView {
    let followed = Followed::of(&client, &back);
    let own = followed.form(None);
    let Client {
        id,
        name,
        held,
        kind,
        state,
        accounts,
        services,
        version,
        history,
        ended,
        reviewed_at,
        ..
    } = client;
    let way = routes::Way::read(&back);
    let fresh = ServicesForm {
        of: id.to_string(),
        version: version.to_string(),
        services: services
            .iter()
            .map(|code| code.as_str().to_owned())
            .collect(),
        back: back.clone(),
        ..ServicesForm::default()
    };
    let returned = returned.filter(|(form, _)| form.of == fresh.of);
    let form = FormState::new(returned, fresh);
    let faulty = Signal::derive(move || form.faulty().get() || own.faulty().get());
    let in_force = ended.is_none();
    let advice = (state == AccountState::Radie && in_force).then(|| view! {
        <Notice kind="warning">
            {t("Ce compte est radié. Si vous ne le gérez plus, nous vous conseillons de résilier l’inscription, au bas de cette page.")}
        </Notice>
    }.into_any());
    let withdrawn = ended
        .as_ref()
        .is_some_and(|(_, by)| by == wording::BY_CLIENT);
    let over = ended.map(|(at, by)| {
        if withdrawn {
            view! {
                <Notice kind="warning">
                    {t("Mandat retiré par le titulaire du compte le ")} {at.long_date()}
                    {t(". Vous ne gérez plus ces comptes\u{202f}; l’historique est conservé.")}
                </Notice>
            }
            .into_any()
        } else {
            view! {
                <Notice kind="warning">
                    {t("Inscription résiliée le ")} {at.long_date()} {t(" par ")} {by}
                    {t(". Vous ne gérez plus ces comptes\u{202f}; l’historique est conservé. ")}
                    <a href=routes::ADD>{t("Inscrire de nouveau ce client")}</a>
                </Notice>
            }
            .into_any()
        }
    });
    let looked_at = ReviewForm {
        of: id.to_string(),
        version: version.to_string(),
        on: ON_CLIENT.to_owned(),
        back: back.clone(),
        ..ReviewForm::default()
    };
    let messages = {
        let writes = in_force;
        view! {
            <section aria-labelledby="messages-titre">
                <h2 id="messages-titre">{t("Messages")}</h2>
                <p>{t("Vos échanges avec l’organisme et avec ce client, au sujet de son compte.")}</p>
                <p class="actions">
                    {writes.then(|| view! { <a class="button" href=routes::new_thread(id)>{t("Nouveau message")}</a> })}
                    <a class="button quiet" href=routes::threads_of_client(id)>{t("Messages de ce client")}</a>
                </p>
            </section>
        }
        .into_any()
    };
    let abroad = portfolio::mobility::serves(&services).then(|| view! {
        <section aria-labelledby="etranger-titre">
            <h2 id="etranger-titre">{t("Travailler à l’étranger")}</h2>
            <p>{t("Détachements et pluriactivité\u{a0}: demandes, certificats et personnes de ce client.")}</p>
            <p class="actions"><a class="button" href=routes::mobility_client(id)>{t("Demandes de ce client")}</a></p>
        </section>
    }.into_any());
    let attested = portfolio::attestation::serves(&services).then(|| view! {
        <section aria-labelledby="attestation-titre">
            <h2 id="attestation-titre">{t("Attestation de vigilance")}</h2>
            <p>{t("Ce que ce client montre à ses donneurs d’ordre\u{a0}: délivrée tout de suite, valable six mois.")}</p>
            <p class="actions"><a class="button" href=routes::attestations(id)>{t("Attestations de ce client")}</a></p>
        </section>
    }.into_any());
    let dates = in_force.then(|| view! {
        <p class="actions"><a class="button" href=routes::client_dates(id)>{t("Échéances de ce client")}</a></p>
    }.into_any());
    let edit = in_force.then(|| {
        let choice = Choice::of(form);
        let send = move |typed| async move {
            let next = calls::change(typed).await?;
            choice.saved();
            Ok(next)
        };
        view! {
            <section aria-labelledby="services-titre">
                <h2 id="services-titre">{t("Services")}</h2>
                <PageForm form action=routes::client(id, &back) send class="services">
                    <ServicePicker form choice kind models />
                    <div class="save">
                        <Chosen choice />
                        <Submit form label=t("Enregistrer") busy=t("Enregistrement…") />
                    </div>
                </PageForm>
                <StillRight looked_at reviewed_at saved />
            </section>
        }
        .into_any()
    });
    let named = name.clone();
    let question = wording::confirm_termination(&held);
    let remove = in_force.then(move || {
        let again = back.clone();
        view! {
            <section class="remove" aria-labelledby="resilier-titre">
                <h2 id="resilier-titre">{t("Résilier l’inscription")}</h2>
                <p>{t("Quand vous ne gérez plus ce compte, ou qu’il est radié. Vous perdez l’accès tout de suite\u{202f}; l’historique reste.")}</p>
                <a
                    class="button danger"
                    href=routes::terminate(id, &back)
                    role="button"
                    on:click=move |event| {
                        event.prevent_default();
                        browser::open_dialog(CONFIRM);
                    }
                    on:keydown=move |event| {
                        // What is called a button answers the space bar.
                        if event.key() == " " {
                            event.prevent_default();
                            browser::open_dialog(CONFIRM);
                        }
                    }
                >
                    {t("Résilier")}
                </a>
                <Dialog id=CONFIRM title=t("Résilier l’inscription")>
                    <p class="strong">{question}</p>
                    <p>{named}</p>
                    <TerminateActions id back=again returned=None dialog=CONFIRM />
                </Dialog>
            </section>
        }.into_any()
    });
    view! {
        <PageTitle text=t("Client") form=faulty />
        <article class="page with-side">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=way.path()>{way.name()}</a></li></ol>
            </nav>
            <header class="head">
                <h1>{name.clone()}</h1>
                <StateTag state />
            </header>
            <dl class="facts-line">
                <div><dt>{held.holder.noun()}</dt><dd class="identifier">{held.holder.to_string()}</dd></div>
                <div><dt>{t("Inscription")}</dt><dd>{held.scheme.accounts()}</dd></div>
                <div><dt>{t("Statut")}</dt><dd>{kind.label()}</dd></div>
            </dl>
            <Said again=t("Appuyez de nouveau sur «\u{a0}Résilier\u{a0}», au bas de cette page.") />
            {over}
            {advice}
            {edit}
            {attested}
            {abroad}
            <section aria-labelledby="en-ligne-titre">
                <h2 id="en-ligne-titre">{t("Compte en ligne du client")}</h2>
                <p>{t("Votre client peut créer son propre compte\u{a0}: il y voit qui gère ses comptes et avec quels services.")}</p>
                <p class="actions"><a class="button" href=routes::online(id)>{t("Compte en ligne et invitation")}</a></p>
            </section>
            {messages}
            {dates}
            <section aria-labelledby="suivi-titre">
                <h2 id="suivi-titre">{t("Suivi par le cabinet")}</h2>
                <OwnFields followed form=own choices in_force saved />
            </section>
            <section aria-labelledby="comptes-titre">
                <h2 id="comptes-titre">{t("Établissements et comptes")}</h2>
                <div class="scroll" tabindex="0" role="region" aria-label=t("Liste des comptes")>
                    <AccountTable accounts of=name.clone() />
                </div>
            </section>
            <section aria-labelledby="historique-titre">
                <h2 id="historique-titre">{t("Historique")}</h2>
                <ol class="history" role="list">
                    {history.into_iter().map(|event| view! { <Happened event /> }).collect_view()}
                </ol>
            </section>
            {remove}
        </article>
    }
}

/// Says that the mandate and the services were looked at, without walking through the review.
#[component]
fn StillRight(
    looked_at: ReviewForm,
    reviewed_at: Option<Timestamp>,
    saved: Callback<()>,
) -> impl IntoView {
    let who = Who::here();
    let edits =
        move || who.with(|who| who.as_ref().is_some_and(portfolio::client::SignedIn::edits));
    let form = FormState::new(None, looked_at);
    let send = move |typed| async move {
        let next = confirm(typed).await?;
        saved.run(());
        Ok(next)
    };
    let last = reviewed_at.map_or_else(
        || t("Jamais revu.").to_owned(),
        |at| say!("Revu le {long_date}.", long_date = at.long_date()),
    );
    move || {
        let ReviewForm {
            of,
            version,
            on,
            back,
            ..
        } = form.initial();
        let last = last.clone();
        edits().then(|| view! {
            <PageForm form action=routes::REVIEW send summary="problemes-revue">
                <input type="hidden" name="of" value=of />
                <input type="hidden" name="version" value=version />
                <input type="hidden" name="on" value=on />
                <input type="hidden" name="back" value=back />
                <p class="hint">{t("Ces services conviennent toujours\u{202f}? Dites-le, et ce client ne sera plus à revoir avant un an. ")} {last}</p>
                <div class="actions">
                    <button type="submit" class="button">{t(wording::STILL_VALID)}</button>
                </div>
            </PageForm>
        })
    }
}

#[component]
fn Happened(event: Event) -> impl IntoView {
    let Event { at, by, what } = event;
    view! {
        <li>
            <time datetime=at.iso_date()>{at.short_moment()}</time>
            <span class="by">{by}</span>
            <span>{wording::happening(&what)}</span>
        </li>
    }
}
