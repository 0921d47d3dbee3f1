//! « Dans mon agenda »: the address of one's own feed, made, made anew, revoked. It is shown once.

use super::{
    calls::{self, FeedDone, OwnFeed},
    narrow::WhoseSelect,
};
use crate::{
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_answer, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    refusal::Next,
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use portfolio::{
    calendar::{FEED_NAMES, Whose},
    client::Colleague,
    form::{FeedForm, feed_act},
    language::t,
    say,
};

/// The page.
#[component]
pub fn FeedPage() -> impl IntoView {
    let done = RwSignal::new(use_answer::<FeedDone>());
    let returned = use_returned::<FeedForm>();
    let page = Resource::new_blocking(move || done.get(), |_| calls::show_feed());
    view! {
        <PageTitle text=t("Échéances dans mon agenda") />
        <article class="page narrow">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::CALENDAR>{t("Échéances")}</a></li></ol>
            </nav>
            <h1>{t("Échéances dans mon agenda")}</h1>
            <p>
                {t("Votre agenda (Outlook, Google, Apple, Thunderbird…) peut suivre les échéances par une adresse secrète, qui est à vous seul.")}
            </p>
            <ul>
                <li>{say!("Un événement par jour et par sorte d’échéance, avec le nombre de clients\u{202f}; leurs noms quand ils sont {feed_names} au plus.", feed_names = FEED_NAMES)}</li>
                <li>{t("Qui a l’adresse voit cela sans se connecter\u{a0}: ne la donnez à personne, et révoquez-la si elle a pu être lue.")}</li>
                <li>{t("Elle cesse aussitôt si votre accès est suspendu ou retiré.")}</li>
            </ul>
            <Said again=t("Vous pouvez créer l’adresse.") />
            <div role="status">
                {move || done.get().map(|done| match done {
                    FeedDone::Made { address, .. } => view! { <Made address /> }.into_any(),
                    FeedDone::Revoked => view! {
                        <Notice kind="success">{t("L’adresse est révoquée\u{a0}: elle n’ouvre plus rien.")}</Notice>
                    }
                    .into_any(),
                })}
            </div>
            <Transition>
                {move || {
                    let returned = returned.clone();
                    Suspend::new(async move {
                        let outcome = page.await;
                        loaded(outcome, |page| view! { <Forms page returned done /> })
                    })
                }}
            </Transition>
        </article>
    }
}

/// The address, this once.
#[component]
fn Made(address: String) -> impl IntoView {
    view! {
        <div class="notice success">
            <h2>{t("Votre adresse d’agenda")}</h2>
            <p>{t("Copiez-la maintenant dans votre agenda («\u{a0}s’abonner à un calendrier\u{a0}»)\u{a0}: elle ne sera plus affichée.")}</p>
            <p class="field">
                <label for="adresse">{t("Adresse secrète")}</label>
                <input type="text" id="adresse" class="identifier" readonly value=address />
            </p>
        </div>
    }
}

fn form_of(act: &str, whose: Whose, returned: Returned<FeedForm>) -> FormState<FeedForm> {
    FormState::new(
        returned.filter(|(form, refusal)| form.act == act && refusal.is_some()),
        FeedForm {
            act: act.to_owned(),
            whose: whose.code(),
        },
    )
}

#[component]
fn Forms(
    page: OwnFeed,
    returned: Returned<FeedForm>,
    done: RwSignal<Option<FeedDone>>,
) -> impl IntoView {
    let OwnFeed { feed, colleagues } = page;
    let whose = feed.map_or(Whose::Mine, |feed| feed.whose);
    let make = form_of(feed_act::MAKE, whose, returned.clone());
    let revoke = form_of(feed_act::REVOKE, whose, returned);
    let send = move |form| async move {
        let answer = calls::act_on_feed(form).await?;
        done.set(Some(answer));
        Ok(Next {
            to: routes::FEED_PAGE.to_owned(),
        })
    };
    let told = feed.map(|feed| {
        let of = told(feed.whose, &colleagues);
        view! { <p>{t("Vous avez une adresse depuis le ")} {feed.made_at.long_date()} {t(", pour ")} {of} "."</p> }
    });
    let label = if feed.is_some() {
        t("Créer une nouvelle adresse")
    } else {
        t("Créer l’adresse")
    };
    view! {
        {told}
        <PageForm form=make action=routes::FEED_PAGE send>
            <input type="hidden" name="act" value=feed_act::MAKE />
            <div class="field">
                <label for="whose">{t("Échéances de")}</label>
                <WhoseSelect id="whose" name="whose" chosen=whose colleagues />
            </div>
            {feed.map(|_| view! { <p class="hint">{t("L’adresse d’avant cesse aussitôt.")}</p> })}
            <Submit form=make label busy=t("Création…") />
        </PageForm>
        {feed.map(|_| view! {
            <PageForm form=revoke action=routes::FEED_PAGE send summary="problemes-revoquer">
                <input type="hidden" name="act" value=feed_act::REVOKE />
                <Submit form=revoke label=t("Révoquer l’adresse") busy=t("Révocation…") danger=true />
            </PageForm>
        })}
    }
    .into_any()
}

fn told(whose: Whose, colleagues: &[Colleague]) -> String {
    match whose {
        Whose::Everybody => t("tous les clients du cabinet").to_owned(),
        Whose::Mine => t("les clients dont vous êtes en charge").to_owned(),
        Whose::Nobody => t("les clients dont personne n’est en charge").to_owned(),
        Whose::Member(id) => {
            let known = colleagues.iter().find(|colleague| colleague.id == id);
            known.map_or_else(
                || t("les clients de quelqu’un qui a quitté le cabinet").to_owned(),
                |colleague| say!("les clients de {colleague}", colleague = colleague.name),
            )
        }
    }
}
