//! « Courriels »: which messages the portal sends to whoever asks, and whether they arrive.

use super::calls;
use crate::{
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    refusal::{Next, Refusal},
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    form::{NoticeField, NoticeForm, notice_act},
    language::t,
    letter::Notice as Kind,
    ports::NoticesShown,
    say,
};

/// The page.
#[component]
pub fn NoticesPage() -> impl IntoView {
    let search = use_location().search;
    let saves = RwSignal::new(0_u32);
    let shown = Resource::new_blocking(
        move || (search.get(), saves.get()),
        |_| calls::own_notices(),
    );
    let returned = use_returned::<NoticeForm>();
    let saved = Callback::new(move |()| saves.update(|saves| *saves += 1));
    view! {
        <PageTitle text=t("Courriels") />
        <article class="page narrow">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::SECURITY>{t("Sécurité")}</a></li></ol>
            </nav>
            <h1>{t("Courriels")}</h1>
            <Said />
            <Transition>
                {move || {
                    let returned = returned.clone();
                    Suspend::new(async move {
                        let outcome = shown.await;
                        loaded(outcome, |shown| view! { <Whole shown returned saved /> })
                    })
                }}
            </Transition>
        </article>
    }
}

async fn send(form: NoticeForm, saved: Callback<()>) -> Result<Next, Refusal<NoticeField>> {
    let next = calls::want_notice(form).await?;
    saved.run(());
    Ok(next)
}

fn form_of(act: &str, kind: &str, returned: Returned<NoticeForm>) -> FormState<NoticeForm> {
    FormState::new(
        returned.filter(|(form, _)| form.act == act && form.kind == kind),
        NoticeForm {
            act: act.to_owned(),
            kind: kind.to_owned(),
        },
    )
}

#[component]
fn Whole(
    shown: NoticesShown,
    returned: Returned<NoticeForm>,
    saved: Callback<()>,
) -> impl IntoView {
    let NoticesShown {
        email,
        refused_at,
        wanted,
    } = shown;
    let again = returned.clone();
    let unreachable = refused_at.map(|at| {
        let form = form_of(notice_act::ADDRESS, "", again);
        let send = move |form| send(form, saved);
        view! {
            <Notice kind="warning">
                {t("Depuis le ")} {at.long_date()} {t(", le serveur de courriel répond que cette adresse n’existe pas\u{a0}: rien de facultatif n’y part plus. Si \
                 l’adresse est bonne, dites-le ici\u{202f}; sinon, demandez à un administrateur de vous inviter à une autre.")}
            </Notice>
            <PageForm form action=routes::NOTICES send summary="problemes-adresse">
                <input type="hidden" name="act" value=notice_act::ADDRESS />
                <Submit form label=t("L’adresse est bonne") busy=t("Enregistrement…") quiet=true />
            </PageForm>
        }
    });
    let about_clients = (wanted.len() > 1).then(|| view! {
        <p>
            {t("Le portail vous écrit au sujet des clients dont vous êtes en charge ou, quand personne ne l’est, que vous avez inscrits, si le \
             service de courriel est coché pour eux.")}
        </p>
    });
    let rows = wanted
        .into_iter()
        .map(|(kind, on)| view! { <One kind on returned=returned.clone() saved /> })
        .collect_view();
    let none = email.is_empty();
    view! {
        {about_clients}
        <p>
            {if none { t("Vous n’avez pas d’adresse de courriel\u{a0}: rien ne vous est envoyé.").to_owned() } else { say!("Adresse\u{a0}: {email}", email) }}
        </p>
        {unreachable}
        <ul class="kept-views" role="list">{rows}</ul>
        <p class="muted">{t("Les courriels nécessaires à votre accès (invitation, mot de passe) partent toujours.")}</p>
    }
    .into_any()
}

#[component]
fn One(kind: Kind, on: bool, returned: Returned<NoticeForm>, saved: Callback<()>) -> impl IntoView {
    let act = if on { notice_act::OFF } else { notice_act::ON };
    let form = form_of(act, kind.code(), returned);
    let send = move |form| send(form, saved);
    let (class, state, label) = if on {
        ("tag success", t("● Envoyés"), t("Arrêter"))
    } else {
        ("tag", t("■ Arrêtés"), t("Reprendre"))
    };
    view! {
        <li class="kept-view">
            <p>{kind.label()} " " <span class=class>{state}</span></p>
            <PageForm form action=routes::NOTICES send class="one-line" summary="problemes-courriel">
                <input type="hidden" name="act" value=act />
                <input type="hidden" name="kind" value=kind.code() />
                <Submit form label busy=t("Enregistrement…") quiet=true of=format!("\u{a0}: {}", kind.label()) />
            </PageForm>
        </li>
    }
    .into_any()
}
