//! One request: where it stands, its certificate, its history, and what can be done.

use super::{
    aside::Made,
    calls,
    controls::{Area, DayField, Of},
    rows::RequestTag,
    summary::Told,
};
use crate::{
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::{PageTitle, Who},
        loaded::loaded,
        notice::Notice,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::language::t;
use portfolio::mobility::{
    form::{ActField, ActForm, Journey, acts},
    life::State,
    request::{Certified, Event, Request},
    wording,
};
use portfolio::say;

/// The page.
#[component]
pub fn RequestPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    // Something done here leads here again.
    let done = RwSignal::new(0);
    let asked = Memo::new(move |_| (id(), done.get()));
    let request = Resource::new_blocking(move || asked.get(), |(id, _)| calls::show_request(id));
    let returned = use_returned::<ActForm>();
    view! {
        <Transition>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let again = Callback::new(move |()| done.update(|done| *done += 1));
                    loaded(request.await, move |request| view! { <Shown request returned again /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Shown(request: Request, returned: Returned<ActForm>, again: Callback<()>) -> impl IntoView {
    let who = Who::here();
    let edits =
        who.with_untracked(|who| who.as_ref().is_some_and(portfolio::client::SignedIn::edits));
    let title = wording::journey(request.answers.journey);
    let name = request.answers.who();
    let name = if name.is_empty() {
        t("Personne à nommer").to_owned()
    } else {
        name
    };
    let places: Vec<_> = request
        .answers
        .countries()
        .iter()
        .map(|country| country.name())
        .collect();
    let person = request.worker.map(|id| {
        view! {
            <a href=routes::mobility_person(id)>{name.clone()}</a>
        }
        .into_any()
    });
    let asks = request.question().map(str::to_owned);
    let question = asks.map(|question| {
        view! {
            <Notice kind="warning">
                <strong>{t("L’organisme demande un complément.")}</strong>
                <p class="words">{question}</p>
            </Notice>
        }
    });
    let certificate = request.certificate.clone().map(|certified| {
        view! {
            <Certificate request=request.clone() certified />
        }
    });
    let draft = request.state == State::Draft;
    let go_on = (draft && edits).then(|| {
        let open = request.answers.next_open();
        view! {
            <p class="actions">
                <a class="button primary" href=routes::mobility_step(request.id, open)>{t("Continuer le brouillon")}</a>
            </p>
        }
    });
    let history = request
        .history
        .clone()
        .into_iter()
        .map(|event| view! { <Line event /> })
        .collect_view();
    let (decision, answers) = (request.judged(), request.answers.clone());
    let (told, nir) = (request.answers.clone(), request.nir.clone());
    view! {
        <PageTitle text=t("Demande de mobilité") />
        <article class="page mobility request">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::MOBILITY>{t("Travailler à l’étranger")}</a></li>
                    <li><a href=routes::mobility_client(request.client.id)>{request.client.name.clone()}</a></li>
                </ol>
            </nav>
            <header class="head">
                <h1>{title} {(!places.is_empty()).then(|| format!(", {}", places.join(", ")))}</h1>
                <RequestTag state=request.state />
            </header>
            <dl class="facts-line">
                <div><dt>{t("Personne")}</dt><dd>{person.unwrap_or_else(|| name.clone().into_any())}</dd></div>
                <div><dt>{t("Client")}</dt><dd>{request.client.name.clone()}</dd></div>
                {request.answers.period().map(|days| view! {
                    <div><dt>{t("Dates demandées")}</dt><dd>{days.start.short()} {t(" au ")} {days.end.short()}</dd></div>
                })}
            </dl>
            {question}
            {certificate}
            {go_on}
            {edits.then(|| view! { <Acts request=request.clone() returned=returned.clone() again /> })}
            <section aria-labelledby="decision-titre">
                <h2 id="decision-titre">{t("Ce que disent les règles")}</h2>
                <Made decision answers />
            </section>
            <section aria-labelledby="historique-titre">
                <h2 id="historique-titre">{t("Historique")}</h2>
                <ol class="history" role="list">{history}</ol>
            </section>
            <details class="all-answers">
                <summary>{t("Toutes les réponses")}</summary>
                <Told answers=told nir edit=draft.then_some(request.id) />
            </details>
        </article>
    }
}

/// The certificate that it gave.
#[component]
fn Certificate(request: Request, certified: Certified) -> impl IntoView {
    let country = request.answers.countries().first().copied();
    let now = match request.state {
        State::Withdrawn => {
            Some(t("Ce certificat est retiré\u{a0}: il ne vaut plus rien.").to_owned())
        }
        State::EndedEarly => request.last_day.map(|day| {
            say!(
                "La mission a été écourtée\u{a0}: ce certificat vaut jusqu’au {long}.",
                long = day.long()
            )
        }),
        _ => None,
    };
    // A certificate that was withdrawn or cut short is no longer handed out.
    let good = request.state == State::Granted;
    view! {
        <section class="certificate" aria-labelledby="certificat-titre">
            <h2 id="certificat-titre">{wording::certificate(certified.kind, country)}</h2>
            {now.map(|now| view! { <Notice kind="warning">{now}</Notice> })}
            <dl class="facts">
                <div><dt>{t("Numéro")}</dt><dd class="identifier">{certified.number}</dd></div>
                <div><dt>{t("Valable")}</dt><dd>{t("du ")} {certified.period.start.long()} {t(" au ")} {certified.period.end.long()}</dd></div>
                <div><dt>{t("Établi le")}</dt><dd>{certified.at.long_date()} {if certified.automatic { t(", aussitôt") } else { t(", après examen") }}</dd></div>
                <div><dt>{t("Code de vérification")}</dt><dd class="identifier">{certified.code.to_string()}</dd></div>
            </dl>
            {good.then(|| view! {
                <p class="actions">
                    <a class="button primary" href=routes::mobility_certificate(request.id) rel="external" download>{t("Télécharger le certificat (PDF)")}</a>
                </p>
            })}
        </section>
    }
    .into_any()
}

/// What can be done to it: each by a form of its own.
#[component]
fn Acts(request: Request, returned: Returned<ActForm>, again: Callback<()>) -> impl IntoView {
    let state = request.state;
    let may = |act: &'static str| {
        let form = FormState::new(
            returned.clone().filter(|(form, _)| form.act == act),
            ActForm::default(),
        );
        (form, form.initial())
    };
    let of = request;
    let answer = (state == State::Asked).then(|| {
        let (form, typed) = may(acts::ANSWER);
        view! {
            <section aria-labelledby="reponse-titre">
                <h2 id="reponse-titre">{t("Répondre à l’organisme")}</h2>
                <One request=of.clone() form act=acts::ANSWER again label=t("Envoyer la réponse") summary="problemes-reponse">
                    <Area form field=ActField::Answer label=t("Votre réponse") value=typed.answer />
                </One>
            </section>
        }
    });
    let early = (state == State::Granted).then(|| {
        let (form, typed) = may(acts::END_EARLY);
        let open = form.faulty().get_untracked();
        view! {
            <details class="act" open=open>
                <summary>{t("La mission se termine plus tôt")}</summary>
                <One request=of.clone() form act=acts::END_EARLY again label=t("Écourter la mission") summary="problemes-fin">
                    <DayField form field=ActField::LastDay label=t("Dernier jour passé à l’étranger") value=typed.last_day />
                    <Area form field=ActField::EarlyWords label=t("Motif") value=typed.early_words />
                </One>
            </details>
        }
    });
    let withdraws = matches!(state, State::Examination | State::Asked | State::Granted);
    let withdraw = withdraws.then(|| {
        let (form, typed) = may(acts::WITHDRAW);
        let open = form.faulty().get_untracked();
        view! {
            <details class="act" open=open>
                <summary>{t("Retirer la demande")}</summary>
                <p>{t("Si la mission n’a pas lieu. Le certificat, s’il y en a un, ne vaut plus rien, et la page de vérification le dit.")}</p>
                <One request=of.clone() form act=acts::WITHDRAW again label=t("Retirer la demande") summary="problemes-retrait" danger=true>
                    <Area form field=ActField::Words label=t("Motif") value=typed.words />
                </One>
            </details>
        }
    });
    let turn = (state == State::Draft).then(|| {
        let (form, _) = may(acts::TURN);
        let other = of.answers.journey.other();
        let told = match other {
            Journey::Several => t("Si le travail se partage en fait entre la France et d’autres pays européens. Ce qui est répondu sur la personne, l’entreprise et le contact est gardé\u{202f}; le pays et les dates sont repris."),
            Journey::Posting => t("Si tout le travail se fait en fait dans un seul pays, pour un temps. Ce qui est répondu sur la personne, l’entreprise et le contact est gardé\u{202f}; le premier pays et les dates sont repris."),
        };
        let label = match other {
            Journey::Several => t("En faire une pluriactivité"),
            Journey::Posting => t("En faire un détachement"),
        };
        view! {
            <details class="act">
                <summary>{t("Changer de type de demande")}</summary>
                <One request=of.clone() form act=acts::TURN again label summary="problemes-type">
                    <input type="hidden" name="journey" value=other.code() />
                    <p>{told}</p>
                </One>
            </details>
        }
    });
    let discard = (state == State::Draft).then(|| {
        let (form, _) = may(acts::DISCARD);
        view! {
            <details class="act">
                <summary>{t("Abandonner ce brouillon")}</summary>
                <One request=of.clone() form act=acts::DISCARD again label=t("Abandonner") summary="problemes-abandon" danger=true>
                    <p>{t("Il n’en reste rien.")}</p>
                </One>
            </details>
        }
    });
    view! {
        {answer}
        {early}
        {withdraw}
        {turn}
        {discard}
    }
    .into_any()
}

/// One thing that can be done.
#[component]
fn One(
    request: Request,
    form: FormState<ActForm>,
    act: &'static str,
    again: Callback<()>,
    label: &'static str,
    summary: &'static str,
    #[prop(optional)] danger: bool,
    children: Children,
) -> impl IntoView {
    let send = move |typed: ActForm| async move {
        let next = calls::act(typed).await?;
        // What is given up is no longer there to be asked for.
        if act != acts::DISCARD {
            again.run(());
        }
        Ok(next)
    };
    view! {
        <PageForm form action=routes::mobility(request.id) send class="act" summary>
            <Of form request=request.id.to_string() version=request.version first=ActField::Act />
            <input type="hidden" name="act" value=act />
            {children()}
            <div class="actions"><Submit form label busy=t("Enregistrement…") danger /></div>
        </PageForm>
    }
    .into_any()
}

#[component]
fn Line(event: Event) -> impl IntoView {
    let by = event.by.unwrap_or_else(|| t("L’organisme").to_owned());
    let words = event.what.words().to_owned();
    view! {
        <li>
            <time datetime=event.at.iso_date()>{event.at.short_moment()}</time>
            <span class="by">{by}</span>
            <span>
                {event.what.told()}
                {(!words.is_empty()).then(|| view! { <span class="words">{words}</span> })}
            </span>
        </li>
    }
}
