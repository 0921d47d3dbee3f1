//! One conversation: who wrote what and when, what is attached, and the answer below.

use super::{
    calls,
    list::StateMark,
    unread::Looks,
    writing::{FORM, FilesField, Keeping, send},
};
use crate::{
    mobility::controls::Area,
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    refusal::Refusal,
    routes,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    french,
    ids::ThreadId,
    language::t,
    message::{
        form::{AnswerForm, MessageField, answer_act},
        side::{Bar, Side},
        view::{Attached, Shown, Thread},
    },
    wording,
};
use std::time::Duration;

/// How often an open page looks whether something was written.
const LOOK: Duration = Duration::from_secs(20);

/// The page.
#[component]
pub fn ThreadPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let base = super::base();
    let query = use_location().search;
    let done = Memo::new(move |_| routes::part(&query.get(), routes::param::DONE));
    // What was just sent is a reason to look again.
    let sent = RwSignal::new(0_u32);
    let thread = Resource::new_blocking(
        move || (id.get(), sent.get()),
        |(id, _)| calls::conversation(id),
    );
    let returned = use_returned::<AnswerForm>();
    view! {
        <Transition>
            {move || {
                let (returned, done) = (returned.clone(), done.get());
                Suspend::new(async move {
                    let outcome = thread.await;
                    loaded(outcome, move |thread| view! { <Whole thread returned base sent done /> })
                })
            }}
        </Transition>
    }
}

/// What is said of what was just done.
fn said(done: &str) -> Option<&'static str> {
    match done {
        "" | answer_act::ANSWER => Some(t("Votre message est envoyé.")),
        answer_act::CLOSE => Some(t("La conversation est close.")),
        answer_act::REOPEN => Some(t("La conversation est rouverte.")),
        _ => None,
    }
}

#[component]
fn Whole(
    thread: Thread,
    returned: Returned<AnswerForm>,
    base: &'static str,
    sent: RwSignal<u32>,
    done: Option<String>,
) -> impl IntoView {
    let Thread {
        row,
        messages,
        barred,
        begun,
        once,
    } = thread;
    let id = row.id;
    let body = base == routes::OFFICE_MESSAGES;
    let barred = if body {
        barred
    } else {
        super::reads().or(barred)
    };
    let again = returned
        .as_ref()
        .is_some_and(|(form, _)| form.of == id.to_string());
    let fresh = AnswerForm {
        of: id.to_string(),
        text: begun.text,
        once: once.to_string(),
        ..AnswerForm::default()
    };
    let returned = returned.filter(|(form, _)| form.of == fresh.of);
    let form = FormState::new(returned, fresh);
    let last = messages.last().map_or(0, |message| message.n);
    let came = RwSignal::new(Vec::<Shown>::new());
    let unseen = RwSignal::new(false);
    follow(id, last, came, unseen);
    // Opening it has read it.
    Effect::new(Looks::again);
    // Whoever does something on the page has what came before them.
    let here = move || {
        if unseen.get_untracked() {
            unseen.set(false);
            spawn_local(async move {
                if calls::conversation(id.to_string()).await.is_ok() {
                    Looks::again();
                }
            });
        }
    };
    let client = row
        .about
        .client
        .map(|id| (routes::client(id, ""), routes::threads_of_client(id)));
    let said = done.as_deref().and_then(said);
    let with = row.with.told().to_lowercase();
    view! {
        <PageTitle text=t("Conversation") form=form.faulty() />
        <article class="page messages" on:pointerdown=move |_| here() on:keydown=move |_| here()>
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=base>{t("Messagerie")}</a></li>
                    {client.clone().map(|(_, to)| view! { <li><a href=to>{t("Messages de ce client")}</a></li> })}
                </ol>
            </nav>
            {said.map(|said| view! { <Notice kind="success">{said}</Notice> })}
            <header class="head">
                <h1>{row.subject}</h1>
                <StateMark state=row.state />
            </header>
            <dl class="facts-line">
                <div>
                    <dt>{t("Compte")}</dt>
                    <dd>{match client {
                        Some((to, _)) => view! { <a href=to>{row.about.name.clone()}</a> }.into_any(),
                        None => row.about.name.clone().into_any(),
                    }}</dd>
                </div>
                <div><dt>{row.about.held.holder.noun()}</dt><dd class="identifier">{row.about.held.holder.to_string()}</dd></div>
                <div><dt>{t("Inscription")}</dt><dd>{row.about.held.scheme.accounts()}</dd></div>
                {row.firm.map(|firm| view! { <div><dt>{t("Cabinet")}</dt><dd>{firm}</dd></div> })}
                <div><dt>{t("Lue par")}</dt><dd>{with}</dd></div>
            </dl>
            <ol class="conversation" role="list">
                {messages.into_iter().map(|message| view! { <One message base /> }).collect_view()}
                {move || came.get().into_iter().map(|message| view! { <One message base /> }).collect_view()}
            </ol>
            <p role="status" class="visually-hidden">
                {move || {
                    let new = came.with(Vec::len) as u64;
                    (new > 0).then(|| french::count(new, "nouveau message", "nouveaux messages"))
                }}
            </p>
            <Answer form id barred body base again sent />
        </article>
    }
}

/// Looks for what is written while the page is open. It keeps no session alive, and reads nothing in anybody's place.
fn follow(id: ThreadId, last: u32, came: RwSignal<Vec<Shown>>, unseen: RwSignal<bool>) {
    Effect::new(move || {
        let handle = StoredValue::new(None::<IntervalHandle>);
        let stop = move || {
            if let Some(handle) = handle.try_get_value().flatten() {
                handle.clear();
            }
        };
        let look = move || {
            spawn_local(async move {
                let Some(known) =
                    came.try_with_untracked(|came| came.last().map_or(last, |message| message.n))
                else {
                    return;
                };
                match calls::after(id.to_string(), known).await {
                    Ok(new) if new.is_empty() => {}
                    Ok(new) => {
                        // Two answers to the same look show nothing twice.
                        came.try_update(|came| {
                            let known = came.last().map_or(last, |message| message.n);
                            came.extend(new.into_iter().filter(|message| message.n > known));
                        });
                        let _ = unseen.try_set(true);
                    }
                    Err(Refusal::Unavailable { .. } | Refusal::Offline) => {}
                    // Signed out, or gone: asking again would change nothing.
                    Err(_) => stop(),
                }
            });
        };
        handle.set_value(set_interval_with_handle(look, LOOK).ok());
        on_cleanup(stop);
    });
}

#[component]
fn One(message: Shown, base: &'static str) -> impl IntoView {
    let Shown {
        n,
        side,
        by,
        mine,
        at,
        text,
        files,
        new,
    } = message;
    let named = format!("message-{n}");
    let of = if side == Side::Body && by == side.label() {
        String::new()
    } else {
        format!("\u{a0}({})", side.label().to_lowercase())
    };
    let files = (!files.is_empty()).then(|| {
        view! {
            <ul class="attached" role="list" aria-label=t("Pièces jointes")>
                {files.into_iter().map(|file| view! { <File file base /> }).collect_view()}
            </ul>
        }
    });
    view! {
        <li class="said" class:mine=mine id=named.clone()>
            <p class="who">
                <strong>{wording::by(&by).to_owned()}</strong> <span class="muted">{of}</span>
                " " <time class="muted" datetime=at.iso_date()>{at.short_moment()}</time>
                {new.then(|| view! { " " <span class="tag info"><span aria-hidden="true">"●"</span> {t(" Nouveau")}</span> })}
            </p>
            <p class="words">{text}</p>
            {files}
        </li>
    }
}

#[component]
fn File(file: Attached, base: &'static str) -> impl IntoView {
    let told = file.told();
    view! {
        <li>
            <a href=routes::attachment(base, file.id) download rel="external">{file.name}</a>
            <span class="muted">{format!(" ({told})")}</span>
        </li>
    }
}

#[component]
fn Answer(
    form: FormState<AnswerForm>,
    id: ThreadId,
    barred: Option<Bar>,
    body: bool,
    base: &'static str,
    again: bool,
    sent: RwSignal<u32>,
) -> impl IntoView {
    let initial = form.initial();
    let action = routes::thread(base, id);
    let there = action.clone();
    let keeping = Keeping::new();
    let sending = move |typed: AnswerForm| {
        keeping.stop();
        let there = there.clone();
        async move {
            let next = send(there, typed.act).await?;
            let _ = sent.try_update(|sent| *sent += 1);
            Ok(next)
        }
    };
    let over = barred == Some(Bar::Closed) && body;
    let act = |act: &'static str, label: &'static str| {
        view! { <button type="submit" class="button" name="act" value=act>{label}</button> }
    };
    let writes = barred.is_none().then(|| {
        view! {
            <div class="written" on:input=move |_| keeping.typed()>
                <Area form field=MessageField::Text label=t("Votre message") value=initial.text longest=portfolio::message::text::LONGEST_TEXT rows=6 />
            </div>
            <FilesField form again />
        }
    });
    // What keeps from writing keeps the body from nothing else: a conversation that is over may be closed.
    let acts = body && (barred.is_none() || over || barred == Some(Bar::Ended));
    let bar = barred
        .filter(|_| !over)
        .map(|bar| view! { <Notice>{wording::message::bar(bar)}</Notice> });
    let may = barred.is_none() || acts;
    view! {
        <section aria-labelledby="repondre-titre">
            <h2 id="repondre-titre">{if over { t("Conversation close") } else { t("Répondre") }}</h2>
            {bar}
            {may.then(|| view! {
                <PageForm form action send=sending id=FORM files=true class="writing">
                    <input type="hidden" name="of" value=initial.of />
                    <input type="hidden" name="once" value=initial.once />
                    {writes}
                    <div class="actions">
                        {barred.is_none().then(|| view! { <Submit form label=t("Envoyer") busy=t("Envoi…") /> })}
                        {(acts && !over).then(|| act(answer_act::CLOSE, if barred.is_none() { t("Clore la conversation") } else { t("Clore") }))}
                        {over.then(|| act(answer_act::REOPEN, t("Rouvrir la conversation")))}
                    </div>
                </PageForm>
            })}
        </section>
    }
}
