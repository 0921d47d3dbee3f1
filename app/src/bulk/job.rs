//! One change of many clients: what it will do, how far it is, what it did, and the way back.

use super::{calls, lines::Lines};
use crate::{
    parts::{
        field::FieldMessage,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::{PageTitle, Who},
        loaded::loaded,
        notice::Notice,
    },
    refusal::{NoField, Refusal},
    routes,
    session::said::Said,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    bulk::{Change, Job, Part, State, Tally},
    form::{JobField, JobForm, job_act},
    french,
    ids::BulkId,
    language::t,
    say,
};
use std::time::Duration;

/// How often a page that is awake asks how far a change is.
const LOOK: Duration = Duration::from_secs(1);
/// The same for browsers without JavaScript: the page is loaded again. Raw, since a browser with JavaScript reads it as text.
const AGAIN: &str = "<meta http-equiv=\"refresh\" content=\"2\">";

/// The page.
#[component]
pub fn JobPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let query = use_location().search;
    let asked = Memo::new(move |_| {
        let query = query.get();
        let part = routes::part(&query, routes::param::PART).unwrap_or_default();
        let after = routes::part(&query, routes::param::AFTER).and_then(|n| n.parse().ok());
        (Part::from_code(&part), after.unwrap_or(0u64))
    });
    let job = Resource::new_blocking(
        move || (id.get(), asked.get()),
        |(id, (part, after))| calls::one_job(id, part.code().to_owned(), after),
    );
    let returned = use_returned::<JobForm>();
    view! {
        <Transition>
            {move || {
                let (part, from) = asked.get();
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = job.await;
                    loaded(outcome, move |found| view! { <Shown job=found part from returned again=job /> })
                })
            }}
        </Transition>
    }
}

type Loaded = Resource<Result<Job, Refusal<NoField>>>;

/// What a look at a change leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Onwards {
    /// So many clients are done with; look again.
    Look(u64),
    /// Something else is to be shown, or why nothing can be.
    Show,
    /// The portal did not answer: look again.
    Wait,
}

fn onwards(told: &Result<(State, u64), Refusal<NoField>>) -> Onwards {
    match told {
        Ok((State::Running, done)) => Onwards::Look(*done),
        Err(Refusal::Unavailable { .. } | Refusal::Offline) => Onwards::Wait,
        // Over; or signed out, or gone, which asking again would not change.
        Ok(_) | Err(_) => Onwards::Show,
    }
}

/// Asks how far a change is until it is over. The page stays as it is meanwhile, and the focus where it was.
fn follow(id: BulkId, done: RwSignal<u64>, again: Loaded) {
    Effect::new(move || {
        let handle = StoredValue::new(None::<IntervalHandle>);
        let stop = move || {
            if let Some(handle) = handle.try_get_value().flatten() {
                handle.clear();
            }
        };
        let look = move || {
            spawn_local(async move {
                match onwards(&calls::job_progress(id.to_string()).await) {
                    Onwards::Look(so_far) => {
                        let _ = done.try_set(so_far);
                    }
                    Onwards::Show => {
                        stop();
                        again.refetch();
                    }
                    Onwards::Wait => {}
                }
            });
        };
        handle.set_value(set_interval_with_handle(look, LOOK).ok());
        on_cleanup(stop);
    });
}

#[component]
fn Shown(
    job: Job,
    part: Part,
    from: u64,
    returned: Returned<JobForm>,
    again: Loaded,
) -> impl IntoView {
    let may = Who::here().get_untracked().is_some_and(|who| who.edits());
    let form = FormState::new(
        returned,
        JobForm {
            of: job.id.to_string(),
            act: String::new(),
        },
    );
    let state = job.state;
    let services = job.change.services();
    let head = match state {
        State::Ready => view! { <Foreseen job=job.clone() form may again /> }.into_any(),
        State::Running => view! { <UnderWay job=job.clone() form may again /> }.into_any(),
        State::Done | State::Stopped => {
            view! { <Over job=job.clone() form may again /> }.into_any()
        }
    };
    view! {
        <PageTitle text=t("Modification en nombre") form=form.faulty() />
        <article class="page wide bulk">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::CLIENTS>{t("Établissements")}</a></li>
                    <li><a href=routes::JOBS>{t("Modifications en nombre")}</a></li>
                </ol>
            </nav>
            <h1>{job.told.clone()}</h1>
            {(!services.is_empty()).then(|| {
                let labels: Vec<_> = services.iter().map(|code| code.service().label()).collect();
                view! { <p class="muted">{labels.join(", ")}</p> }
            })}
            // Where what is asked for is no longer offered, why not is told here.
            <div id="act" tabindex="-1"><FieldMessage form field=JobField::Act /></div>
            {head}
            <Lines job part from />
        </article>
    }
}

/// The three counts, and what was left out.
#[component]
fn Counts(tally: Tally, waits: bool) -> impl IntoView {
    let changed = if waits {
        t("à modifier")
    } else {
        t("modifiés")
    };
    let left = tally.left_alone();
    let reasons = tally
        .left
        .iter()
        .map(|(why, count)| {
            view! { <li>{why.label()} {t("\u{a0}: ")} <span class="figure">{french::number(*count)}</span></li> }
        })
        .collect_view();
    let left_out = tally
        .left_out
        .iter()
        .map(|(code, count)| {
            let clients = french::count(*count, "client", "clients");
            view! { <li>{code.service().label()} {t("\u{a0}: n’existe pas pour le compte de ")} {clients}</li> }
        })
        .collect_view();
    let figure = |count: u64, words: &'static str| {
        view! { <div><dt>{words}</dt><dd class="figure">{french::number(count)}</dd></div> }
    };
    view! {
        <dl class="counts">
            {figure(tally.changed, changed)} {figure(tally.same, t("inchangés"))} {figure(left, t("écartés"))}
        </dl>
        {(left > 0).then(|| view! { <ul class="reasons" aria-label=t("Pourquoi des clients sont écartés")>{reasons}</ul> })}
        {(!tally.left_out.is_empty()).then(|| view! {
            <details class="reasons">
                <summary>{t("Services laissés de côté")}</summary>
                <ul>{left_out}</ul>
            </details>
        })}
    }
}

/// One button, with what it sends.
#[component]
fn Act(
    form: FormState<JobForm>,
    job: Job,
    act: &'static str,
    label: &'static str,
    busy: &'static str,
    again: Loaded,
    #[prop(optional)] danger: bool,
) -> impl IntoView {
    let send = move |typed| async move {
        let next = calls::act_on_job(typed).await?;
        again.refetch();
        Ok(next)
    };
    let summary = match act {
        job_act::DROP => "problemes-abandon",
        _ => "problemes",
    };
    view! {
        <PageForm form action=routes::job(job.id) send=send summary>
            <input type="hidden" name="of" value=job.id.to_string() />
            <input type="hidden" name="act" value=act />
            <Submit form label busy danger />
        </PageForm>
    }
}

/// Before it is confirmed.
#[component]
fn Foreseen(job: Job, form: FormState<JobForm>, may: bool, again: Loaded) -> impl IntoView {
    let ends = job.change == Change::End;
    let drop = FormState::new(None, form.initial());
    let nothing = job.tally.changed == 0;
    let buttons = (may && job.own).then(|| {
        let confirm = (!nothing).then(|| {
            let (form, job) = (form, job.clone());
            if ends {
                view! {
                    <Act form job act=job_act::CONFIRM label=t("Résilier ces clients") busy=t("Résiliation…") again danger=true />
                }
                .into_any()
            } else {
                view! { <Act form job act=job_act::CONFIRM label=t("Confirmer") busy=t("Enregistrement…") again /> }.into_any()
            }
        });
        view! {
            <div class="actions">
                {confirm}
                <Act form=drop job=job.clone() act=job_act::DROP label=t("Abandonner") busy=t("Abandon…") again />
            </div>
        }
    });
    view! {
        <Said again=t("Appuyez de nouveau sur le bouton pour confirmer.") />
        <Counts tally=job.tally.clone() waits=true />
        {ends.then(|| view! {
            <Notice kind="warning">
                {t("La résiliation ferme tout de suite l’accès à ces comptes, et elle ne s’annule pas\u{a0}: pour gérer un client de nouveau, \
                il faut justifier de nouveau son mandat. L’historique est conservé.")}
            </Notice>
        })}
        {(!ends && !nothing).then(|| view! {
            <p class="muted">
                {t("Vous pourrez annuler pendant 24\u{a0}heures. Un client modifié d’ici là par quelqu’un d’autre est laissé tel quel.")}
            </p>
        })}
        {nothing.then(|| view! { <Notice>{t("Rien ne changerait\u{a0}: il n’y a rien à confirmer.")}</Notice> })}
        {buttons}
    }
}

/// While it goes on.
#[component]
fn UnderWay(job: Job, form: FormState<JobForm>, may: bool, again: Loaded) -> impl IntoView {
    let (done, total) = (RwSignal::new(job.done), job.total);
    follow(job.id, done, again);
    let told = move || {
        say!(
            "{done} sur {total}",
            done = french::number(done.get()),
            total = french::count(total, "client", "clients")
        )
    };
    view! {
        <noscript inner_html=AGAIN></noscript>
        <div class="progress">
            <label for="avancement">{t("En cours")}</label>
            <progress id="avancement" max=total.to_string() value=move || done.get().to_string()>{told}</progress>
            <p class="figure" role="status">{told}</p>
        </div>
        <p class="muted">{t("Vous pouvez quitter cette page\u{a0}: la modification continue.")}</p>
        {may.then(|| view! { <Act form job act=job_act::STOP label=t("Arrêter") busy=t("Arrêt…") again /> })}
    }
}

/// At its end.
#[component]
fn Over(job: Job, form: FormState<JobForm>, may: bool, again: Loaded) -> impl IntoView {
    let stopped = job.state == State::Stopped;
    let rest = job.total.saturating_sub(job.done);
    let verb = if stopped {
        t("Arrêtée")
    } else {
        t("Terminée")
    };
    // Whoever stopped it may be somebody else: the journal names them.
    let when = job.ended_at.map(|at| {
        say!(
            "{verb} le {short_moment}. Demandée par {by}.",
            verb,
            short_moment = at.short_moment(),
            by = job.by
        )
    });
    let notice = if stopped {
        let rest = french::count(
            rest,
            "client n’a pas été traité",
            "clients n’ont pas été traités",
        );
        view! { <Notice kind="warning">{t("Modification arrêtée\u{a0}: ")} {rest} "."</Notice> }
            .into_any()
    } else {
        let clients = french::count(job.tally.changed, "client modifié", "clients modifiés");
        view! { <Notice kind="success">{t("C’est fait\u{a0}: ")} {clients} "."</Notice> }.into_any()
    };
    let undo = job.undo_until.filter(|_| may).map(|until| {
        view! {
            <section class="undo" aria-labelledby="annuler-titre">
                <h2 id="annuler-titre">{t("Annuler cette modification")}</h2>
                <p>
                    {t("Possible jusqu’au ")} {until.short_moment()}
                    {t(". Chaque client redevient ce qu’il était, sauf ceux que quelqu’un a modifiés depuis.")}
                </p>
                <Act form job=job.clone() act=job_act::UNDO label=t("Annuler cette modification") busy=t("Annulation…") again />
            </section>
        }
    });
    view! {
        <Said again=t("Demandez de nouveau le fichier.") />
        {notice}
        <p class="muted">
            {when}
            {job.undo_of.map(|id| view! { " " <a href=routes::job(id)>{t("La modification annulée")}</a> "." })}
            {job.undone_by.map(|id| view! { {t(" Annulée depuis\u{a0}: ")} <a href=routes::job(id)>{t("voir l’annulation")}</a> "." })}
        </p>
        <Counts tally=job.tally.clone() waits=false />
        <p class="actions">
            <a class="button" href=routes::CLIENTS>{t("Revenir à la liste")}</a>
        </p>
        {(job.tally.left_alone() > 0).then(|| view! {
            <form method="post" action=routes::left_of_job(job.id)>
                <button type="submit" class="button">{t("Télécharger les clients écartés")}</button>
            </form>
        })}
        {undo}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a page that is left open asks every second for ever, of a portal that has signed it out; or gives up at the first hiccup.
    #[test]
    fn asking_ends() {
        let running = Ok((State::Running, 3));
        assert_eq!(onwards(&running), Onwards::Look(3));
        for over in [State::Done, State::Stopped, State::Ready] {
            assert_eq!(onwards(&Ok((over, 3))), Onwards::Show);
        }
        for end in [Refusal::SignedOut, Refusal::NotFound, Refusal::Forbidden] {
            assert_eq!(onwards(&Err(end)), Onwards::Show);
        }
        let reference = String::new();
        assert_eq!(
            onwards(&Err(Refusal::Unavailable { reference })),
            Onwards::Wait
        );
    }
}
