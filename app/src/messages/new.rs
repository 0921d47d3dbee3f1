//! Where a conversation about a client begins.

use super::{
    calls,
    writing::{FORM, FilesField, Keeping, send},
};
use crate::{
    mobility::controls::{Area, Radios},
    parts::{
        field::Field,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    language::t,
    message::{
        form::{BeginThreadForm, MessageField},
        side::To,
        view::Opening,
    },
    wording,
};

/// The page.
#[component]
pub fn NewThreadPage() -> impl IntoView {
    let search = use_location().search;
    let client = Memo::new(move |_| {
        let query = search.get();
        let of = |name| routes::part(&query, name);
        of(portfolio::message::search::param::CLIENT)
            .or_else(|| of("compte"))
            .unwrap_or_default()
    });
    let base = super::base();
    let opening = Resource::new_blocking(move || client.get(), calls::beginning);
    let returned = use_returned::<BeginThreadForm>();
    view! {
        <Suspense>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = opening.await;
                    loaded(outcome, move |opening| view! { <Begins opening returned base about=client.get_untracked() /> })
                })
            }}
        </Suspense>
    }
}

/// To whom, as a firm or a client reads it.
fn label(to: To, own: bool) -> &'static str {
    match (to, own) {
        (To::Body, _) => t("À l’organisme"),
        (To::Other, false) => t("Au client, sans l’organisme"),
        (To::Both, false) => t("À l’organisme et au client ensemble"),
        (To::Other, true) => t("À mon cabinet, sans l’organisme"),
        (To::Both, true) => t("À l’organisme et à mon cabinet ensemble"),
    }
}

#[component]
fn Begins(
    opening: Opening,
    returned: Returned<BeginThreadForm>,
    base: &'static str,
    about: String,
) -> impl IntoView {
    let own = base == routes::OWN_MESSAGES;
    let place = about;
    let Opening {
        about,
        to,
        accounts,
        begun,
        once,
    } = opening;
    let again = returned.is_some();
    let to: Vec<_> = to
        .into_iter()
        .map(|(to, bar)| (to, super::reads().or(bar)))
        .collect();
    let open: Vec<_> = to.iter().filter(|(_, bar)| bar.is_none()).collect();
    let one = open.first().filter(|_| open.len() == 1).map(|(to, _)| *to);
    let barred = to.iter().find_map(|(_, bar)| *bar);
    let choices: Vec<_> = open
        .iter()
        .map(|(to, _)| (to.code(), label(*to, own)))
        .collect();
    let fresh = BeginThreadForm {
        about: about
            .client
            .map_or_else(|| about.held.key(), |id| id.to_string()),
        to: one.map_or(begun.to, |to| to.code().to_owned()),
        subject: begun.subject,
        text: begun.text,
        once: once.to_string(),
    };
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    let action = about.client.map_or_else(
        || routes::new_own_thread(place.parse().unwrap_or_default()),
        routes::new_thread,
    );
    let there = action.clone();
    let keeping = Keeping::new();
    let sending = move |_: BeginThreadForm| {
        keeping.stop();
        send(there.clone(), String::new())
    };
    let page = about.client.map(|id| routes::client(id, ""));
    view! {
        <PageTitle text=t("Nouveau message") form=form.faulty() />
        <article class="page messages">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=base>{t("Messagerie")}</a></li>
                    {page.map(|page| view! { <li><a href=page>{about.name.clone()}</a></li> })}
                </ol>
            </nav>
            <h1>{t("Nouveau message")}</h1>
            <dl class="facts-line">
                <div><dt>{if own { t("Compte") } else { t("Client") }}</dt><dd>{about.name.clone()}</dd></div>
                <div><dt>{about.held.holder.noun()}</dt><dd class="identifier">{about.held.holder.to_string()}</dd></div>
                <div><dt>{t("Inscription")}</dt><dd>{about.held.scheme.accounts()}</dd></div>
            </dl>
            {(accounts.len() > 1).then(|| view! {
                <nav aria-label=t("Autres comptes")>
                    <p class="muted">{t("Pour un autre de vos comptes\u{a0}:")}</p>
                    <ul>
                        {accounts.into_iter().enumerate().map(|(n, name)| view! { <li><a href=routes::new_own_thread(n)>{name}</a></li> }).collect_view()}
                    </ul>
                </nav>
            })}
            {if choices.is_empty() {
                barred.map(|bar| view! { <Notice kind="warning">{wording::message::bar(bar)}</Notice> }.into_any())
            } else {
                Some(view! {
                    <PageForm form action send=sending id=FORM files=true class="writing">
                        <input type="hidden" name="about" value=initial.about />
                        <input type="hidden" name="once" value=initial.once />
                        <div class="written" on:input=move |_| keeping.typed()>
                            {match one {
                                Some(to) => view! {
                                    <p class="to"><strong>{label(to, own)}</strong></p>
                                    <input type="hidden" name="to" value=to.code() />
                                }
                                .into_any(),
                                None => view! {
                                    <Radios form field=MessageField::To legend=t("À qui écrivez-vous\u{202f}?") choices=choices chosen=initial.to />
                                }
                                .into_any(),
                            }}
                            <Field form field=MessageField::Subject label=t("Objet") hint=t("En quelques mots. Exemple\u{a0}: taux AT 2027") value=initial.subject />
                            <Area form field=MessageField::Text label=t("Message") value=initial.text longest=portfolio::message::text::LONGEST_TEXT rows=10 />
                        </div>
                        <FilesField form again />
                        <div class="actions"><Submit form label=t("Envoyer") busy=t("Envoi…") /></div>
                    </PageForm>
                }.into_any())
            }}
        </article>
    }
}
