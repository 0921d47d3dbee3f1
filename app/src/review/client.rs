//! One client of the review: what matters for saying that its mandate still holds, and what can be done.

use super::{calls, walk::as_a_list};
use crate::{
    browser,
    clients::rows::AccountTable,
    parts::{
        form::{FormState, PageForm, Returned, Submit},
        frame::Who,
        notice::Notice,
        tag::StateTag,
    },
    routes::{self, Way},
};
use leptos::prelude::*;
use portfolio::{
    catalogue::{Channel, ServiceCode},
    client::Client,
    form::ReviewForm,
    french,
    holder::AccountState,
    ids::EnrolmentId,
    language::t,
    review::{Stale, Walk},
    say, wording,
};

/// The name of the client: it takes the focus when the next one comes.
const NAME: &str = "client-a-revoir";

/// The client.
#[component]
pub fn OneClient(
    /// The client.
    shown: Stale,
    /// The walk.
    walk: Walk,
    /// What came back when it was posted without JavaScript and refused.
    returned: Returned<ReviewForm>,
    /// Whether a client was shown before this one.
    moved: StoredValue<bool>,
) -> impl IntoView {
    Effect::new(move || {
        if moved.get_value() {
            // Once it stands on the page: the client before has the same place.
            request_animation_frame(|| browser::focus(NAME));
        }
        moved.set_value(true);
    });
    let Stale {
        client,
        place,
        since,
        by,
    } = shown;
    let later = routes::review(&walk.later(place));
    let Client {
        id,
        name,
        held,
        kind,
        state,
        accounts,
        services,
        version,
        own,
        reviewed_at,
        ..
    } = client;
    let reviewed = match reviewed_at {
        Some(at) if at > since => say!("le {day}", day = at.long_date()),
        _ => t("jamais depuis l’inscription").to_owned(),
    };
    let in_charge = own
        .in_charge
        .map_or_else(|| t("aucun membre").to_owned(), |colleague| colleague.name);
    let reference = (!own.reference.is_empty())
        .then(|| view! { <div><dt>{t("Référence")}</dt><dd>{own.reference}</dd></div> });
    let advice = match state {
        AccountState::Radie => Some(t(
            "Ce compte est radié. Si vous ne le gérez plus, résiliez l’inscription.",
        )),
        AccountState::Suspendu => Some(t("Ce compte est suspendu.")),
        AccountState::Actif => None,
    }
    .map(|words| view! { <Notice kind="warning">{words}</Notice> });
    let count = french::count(accounts.total, "compte", "comptes");
    let of = name.clone();
    view! {
        <section class="reviewed" aria-labelledby=NAME>
            <header class="head">
                <h2 id=NAME tabindex="-1">{name}</h2>
                <StateTag state />
            </header>
            <dl class="facts">
                <div><dt>{held.holder.noun()}</dt><dd class="identifier">{held.holder.to_string()}</dd></div>
                <div><dt>{t("Inscription")}</dt><dd>{held.scheme.accounts()} " – " {kind.label()}</dd></div>
                {reference}
                <div><dt>{t("Géré depuis")}</dt><dd>{say!("le {since}, ajouté par {by}", since = since.long_date(), by)}</dd></div>
                <div><dt>{t("Dernière revue")}</dt><dd>{reviewed}</dd></div>
                <div><dt>{t("En charge")}</dt><dd>{in_charge}</dd></div>
                <div><dt>{t("Services")}</dt><dd><Services services /></dd></div>
            </dl>
            <details class="figures">
                <summary>{count}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=t("Liste des comptes")>
                    <AccountTable accounts of />
                </div>
            </details>
            {advice}
            <Actions form=fresh(id.to_string(), version, walk) returned later way=Way::Review(walk) of=id />
            <p class="muted"><a href=as_a_list()>{t("Voir tous les mandats à revoir dans la liste")}</a></p>
        </section>
    }
}

fn fresh(of: String, version: i32, walk: Walk) -> ReviewForm {
    ReviewForm {
        of,
        version: version.to_string(),
        walk: walk.query(),
        ..ReviewForm::default()
    }
}

/// The services that are on, by list.
#[component]
fn Services(services: Vec<ServiceCode>) -> impl IntoView {
    if services.is_empty() {
        return t("Aucun service ouvert").into_any();
    }
    Channel::ALL
        .into_iter()
        .filter_map(|channel| {
            let names: Vec<_> = services
                .iter()
                .map(|code| code.service())
                .filter(|service| service.channel() == channel)
                .map(|service| view! { <li>{service.label()}</li> })
                .collect();
            (!names.is_empty()).then(|| {
                view! {
                    <strong>{channel.label()}</strong>
                    <ul class="services" role="list">{names}</ul>
                }
            })
        })
        .collect_view()
        .into_any()
}

/// What can be done: the answer that most clients get comes first.
#[component]
fn Actions(
    form: ReviewForm,
    returned: Returned<ReviewForm>,
    later: String,
    way: Way,
    of: EnrolmentId,
) -> impl IntoView {
    let who = Who::here();
    let edits =
        move || who.with(|who| who.as_ref().is_some_and(portfolio::client::SignedIn::edits));
    let edit = routes::client(of, &way.query());
    let end = routes::terminate(of, &way.query());
    let after = later.clone();
    let confirm = move || {
        let form = form.clone();
        let returned = returned.clone().filter(|(typed, _)| typed.of == form.of);
        let state = FormState::new(returned, form.clone());
        let (edit, end, later) = (edit.clone(), end.clone(), later.clone());
        view! {
            <PageForm form=state action=format!("{}?{}", routes::REVIEW, form.walk) send=calls::confirm>
                <input type="hidden" name="of" value=form.of />
                <input type="hidden" name="version" value=form.version />
                <input type="hidden" name="walk" value=form.walk.clone() />
                <div class="actions">
                    <Submit form=state label=t(wording::STILL_VALID) busy=t("Enregistrement…") />
                    <a class="button" href=edit>{t("Modifier")}</a>
                    <a class="button quiet" href=later>{t("Plus tard")}</a>
                    <a class="button quiet end" href=end>{t("Résilier")}</a>
                </div>
            </PageForm>
        }
    };
    move || {
        if edits() {
            confirm().into_any()
        } else {
            view! {
                <p class="muted">{t("Votre rôle vous permet de consulter la revue, pas de confirmer un mandat.")}</p>
                <div class="actions">
                    <a class="button" href=after.clone()>{t("Client suivant")}</a>
                </div>
            }
            .into_any()
        }
    }
}
