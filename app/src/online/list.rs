//! « Invitations »: every invitation of the firm by how it stands, and what clients took back.

use super::calls;
use crate::{
    parts::{
        form::{PageForm, Submit, use_answer, use_form},
        frame::{PageTitle, Who},
        loaded::loaded,
        notice::Notice,
    },
    refusal::Next,
    routes,
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_location};
use portfolio::{
    form::{InviteManyForm, online_act},
    french,
    invitation::{Invitation, Invitations, InvitedMany, MOST_AT_ONCE, State, Withdrawal},
    language::t,
    say,
};

/// How an invitation stands, in words and shape.
#[component]
pub fn StateTag(
    /// How it stands.
    state: State,
) -> impl IntoView {
    let (class, mark) = match state {
        State::Waiting => ("tag", "○"),
        State::Accepted => ("tag success", "●"),
        State::Refused => ("tag danger", "✕"),
        State::Expired => ("tag warning", "◐"),
        State::Cancelled => ("tag", "–"),
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span> " " {state.label()}</span> }
}

/// The page.
#[component]
pub fn InvitationsPage() -> impl IntoView {
    let search = use_location().search;
    let wanted = Memo::new(move |_| {
        search.with(|query| routes::part(query, routes::param::STATE).unwrap_or_default())
    });
    let found = Resource::new_blocking(move || wanted.get(), calls::list);
    view! {
        <PageTitle text=t("Invitations") />
        <Transition>
            {move || {
                let state = State::from_code(&wanted.get());
                Suspend::new(async move {
                    let outcome = found.await;
                    loaded(outcome, |found| view! { <Shown found state /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Shown(found: Invitations, state: Option<State>) -> impl IntoView {
    let Invitations {
        rows,
        counts,
        withdrawals,
    } = found;
    let all: u64 = counts.iter().sum();
    let choices = State::ALL
        .into_iter()
        .zip(counts)
        .map(|(one, count)| {
            let told = format!("{} ({})", one.label(), french::number(count));
            view! { <option value=one.code() selected=state == Some(one)>{told}</option> }
        })
        .collect_view();
    let empty = rows.is_empty();
    view! {
        <article class="page wide invitations">
            <p class="crumbs"><a href=routes::CLIENTS>{t("Établissements")}</a></p>
            <h1>{t("Invitations")}</h1>
            <p class="muted">{t("Les clients que vous avez invités à créer leur compte en ligne, et ce qu’ils ont retiré.")}</p>
            <search>
                <Form method="GET" action=routes::INVITATIONS attr:class="search">
                    <div class="field">
                        <label for="etat">{t("État")}</label>
                        <select id="etat" name=routes::param::STATE>
                            <option value="">{say!("Tous ({all})", all = french::number(all))}</option>
                            {choices}
                        </select>
                    </div>
                    <button type="submit" class="button">{t("Filtrer")}</button>
                </Form>
            </search>
            {if empty {
                view! { <div class="empty" role="status"><h2>{t("Aucune invitation")}</h2><p>{t("Invitez un client depuis sa page, à «\u{a0}Compte en ligne\u{a0}».")}</p></div> }.into_any()
            } else {
                view! { <Rows rows /> }.into_any()
            }}
            {Who::here().get_untracked().is_some_and(|who| who.edits()).then(|| view! { <Many /> })}
            <Taken withdrawals />
        </article>
    }
}

/// « Inviter les clients sélectionnés », and what became of them.
#[component]
fn Many() -> impl IntoView {
    let done = RwSignal::new(use_answer::<InvitedMany>());
    let form = use_form(InviteManyForm {
        act: online_act::INVITE.to_owned(),
    });
    let send = move |form| async move {
        done.set(Some(calls::invite_selected(form).await?));
        Ok(Next {
            to: routes::INVITATIONS.to_owned(),
        })
    };
    view! {
        <section aria-labelledby="selection-titre">
            <h2 id="selection-titre">{t("Inviter plusieurs clients")}</h2>
            <p>
                {say!("Les clients sélectionnés dans la liste reçoivent chacun une invitation, à l’adresse que le référentiel connaît, {most_at_once}\u{a0}par heure au plus.", most_at_once = MOST_AT_ONCE)}
            </p>
            <div>{move || done.get().map(|done| view! { <Became done /> })}</div>
            <PageForm form action=routes::INVITATIONS send>
                <input type="hidden" name="act" value=online_act::INVITE />
                <Submit form label=t("Inviter les clients sélectionnés") busy=t("Envoi…") quiet=true />
            </PageForm>
            <p class="actions"><a class="button quiet" href=routes::SELECTION>{t("Voir la sélection")}</a></p>
        </section>
    }
}

#[component]
fn Became(done: InvitedMany) -> impl IntoView {
    let InvitedMany {
        invited,
        waiting,
        has_account,
        no_address,
        left,
    } = done;
    if done == InvitedMany::default() {
        return view! { <Notice kind="warning">{t("Aucun client n’est sélectionné dans la liste.")}</Notice> }.into_any();
    }
    let rest = [
        (waiting, t("est déjà invité"), t("sont déjà invités")),
        (has_account, t("a déjà un compte"), t("ont déjà un compte")),
        (
            no_address,
            t("est sans adresse au référentiel\u{a0}: invitez-le depuis sa page"),
            t("sont sans adresse au référentiel\u{a0}: invitez-les depuis leur page"),
        ),
        (
            left,
            t("attend\u{a0}: recommencez dans une heure"),
            t("attendent\u{a0}: recommencez dans une heure"),
        ),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| {
        let does = if count == 1 { one } else { many };
        view! { <li>{french::count(count, "client", "clients")} " " {does}</li> }
    })
    .collect_view();
    let kind = if invited > 0 { "success" } else { "warning" };
    view! {
        <Notice kind=kind>
            <p>{french::count(invited, "invitation envoyée", "invitations envoyées")}</p>
            <ul>{rest}</ul>
        </Notice>
    }
    .into_any()
}

#[component]
fn Rows(rows: Vec<Invitation>) -> impl IntoView {
    let count = french::count(rows.len() as u64, "invitation", "invitations");
    let rows = rows
        .into_iter()
        .map(|one| {
            let answered = one.answered_at.map(portfolio::time::Timestamp::short_moment);
            view! {
                <tr>
                    <th scope="row" data-label=t("Client")><a href=routes::online(one.of)>{one.client}</a></th>
                    <td data-label=t("Régime")>{one.held.scheme.label()}</td>
                    <td data-label=t("Adresse")>{one.email.to_string()}</td>
                    <td data-label=t("Envoyée") class="moment">{one.sent_at.short_moment()}</td>
                    <td data-label=t("Réponse") class="moment">{answered}</td>
                    <td data-label=t("État")><StateTag state=one.state /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p role="status">{count}</p>
        <table class="ledger">
            <caption class="visually-hidden">{t("Invitations")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("Client")}</th>
                    <th scope="col">{t("Régime")}</th>
                    <th scope="col">{t("Adresse")}</th>
                    <th scope="col">{t("Envoyée")}</th>
                    <th scope="col">{t("Réponse")}</th>
                    <th scope="col">{t("État")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What clients took back.
#[component]
fn Taken(withdrawals: Vec<Withdrawal>) -> impl IntoView {
    let none = withdrawals.is_empty();
    let rows = withdrawals
        .into_iter()
        .map(|one| {
            let what = if one.services.is_empty() {
                t("a retiré son mandat").to_owned()
            } else {
                let labels: Vec<_> = one
                    .services
                    .iter()
                    .map(|code| code.service().label())
                    .collect();
                say!("a retiré\u{a0}: {join}", join = labels.join(", "))
            };
            view! {
                <li>
                    <time datetime=one.at.iso_date()>{one.at.short_moment()}</time>
                    <span class="by"><a href=routes::client(one.of, "")>{one.client}</a></span>
                    <span>{what}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="retraits-titre">
            <h2 id="retraits-titre">{t("Mandats et services retirés par les clients")}</h2>
            {if none {
                view! { <p>{t("Aucun depuis 90\u{a0}jours.")}</p> }.into_any()
            } else {
                view! { <ol class="history" role="list">{rows}</ol> }.into_any()
            }}
        </section>
    }
}
