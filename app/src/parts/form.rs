//! A form and its state: judged in the browser before it is sent, sent in place, told apart field by field when refused.

use crate::{
    browser,
    parts::{frame::Who, notice::Trouble},
    refusal::{Next, Refusal},
    routes,
};
use leptos::{ev::SubmitEvent, form::FromFormData, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use portfolio::{
    form::Form,
    language::t,
    problem::{Field as _, Problem, Problems},
    wording,
};
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

/// What a form was returned with by the server, when it was posted without JavaScript and refused.
pub type Returned<F> = Option<(F, Option<Refusal<<F as Form>::Field>>)>;

/// The returned form of this page. Called at the top of a page, not below what is loaded, so that server and browser agree.
pub fn use_returned<F: Form>() -> Returned<F> {
    SharedValue::new(|| -> Returned<F> {
        #[cfg(feature = "ssr")]
        {
            let returned = use_context::<crate::plain::Returned>()?;
            let form = serde_json::from_str(&returned.form).ok()?;
            let refusal = serde_json::from_str(&returned.refusal).ok()?;
            Some((form, refusal))
        }
        #[cfg(not(feature = "ssr"))]
        None
    })
    .into_inner()
}

/// What was answered to the form of this page, when it was posted without JavaScript and leads nowhere else. Called at the top of a page,
/// like [`use_returned`].
pub fn use_answer<T>() -> Option<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    SharedValue::new(|| -> Option<T> {
        #[cfg(feature = "ssr")]
        {
            let returned = use_context::<crate::plain::Returned>()?;
            serde_json::from_str(&returned.answer).ok()?
        }
        #[cfg(not(feature = "ssr"))]
        None
    })
    .into_inner()
}

/// The state of one form on one page.
pub struct FormState<F: Form> {
    initial: StoredValue<F>,
    problems: RwSignal<Option<Problems<F::Field>>>,
    trouble: RwSignal<Option<Refusal<()>>>,
    pending: RwSignal<bool>,
}

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "a derive would ask it of the form as well"
)]
impl<F: Form> Clone for FormState<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F: Form> Copy for FormState<F> {}

/// The form of this page: what came back when it was refused, or `fresh`.
pub fn use_form<F: Form>(fresh: F) -> FormState<F> {
    FormState::new(use_returned(), fresh)
}

impl<F: Form> FormState<F> {
    /// The state of a form that came back, or of a fresh one.
    pub fn new(returned: Returned<F>, fresh: F) -> Self {
        let (initial, refusal) = returned.map_or((fresh, None), |(form, refusal)| (form, refusal));
        let state = Self {
            initial: StoredValue::new(initial),
            problems: RwSignal::new(None),
            trouble: RwSignal::new(None),
            pending: RwSignal::new(false),
        };
        if let Some(refusal) = refusal {
            state.refuse(refusal);
        }
        state
    }

    /// What its controls hold at first.
    pub fn initial(self) -> F {
        self.initial.get_value()
    }

    /// Its problems.
    pub fn problems(self) -> ReadSignal<Option<Problems<F::Field>>> {
        self.problems.read_only()
    }

    /// The problem of one field.
    pub fn problem(self, field: F::Field) -> Option<Problem> {
        self.problems.with(|problems| {
            problems
                .as_ref()
                .and_then(|problems| problems.of(field).cloned())
        })
    }

    /// Whether something is wrong, for the page's title: which outlives the form by a moment when the page changes.
    pub fn faulty(self) -> Signal<bool> {
        Signal::derive(move || {
            self.problems.try_with(Option::is_some).unwrap_or(false)
                || self.trouble.try_with(Option::is_some).unwrap_or(false)
        })
    }

    /// Shows a problem that was found before anything was sent.
    pub fn complain(self, field: F::Field, problem: Problem) {
        self.trouble.set(None);
        self.problems.set(Some(Problems::one(field, problem)));
        #[cfg(not(feature = "ssr"))]
        request_animation_frame(|| browser::focus(SUMMARY));
    }

    /// The same of two forms of one page.
    pub fn either_faulty<G: Form>(self, other: FormState<G>) -> Signal<bool> {
        let (one, other) = (self.faulty(), other.faulty());
        Signal::derive(move || one.get() || other.get())
    }

    fn refuse(self, refusal: Refusal<F::Field>) {
        let trouble = match refusal {
            Refusal::Problems(problems) => {
                self.problems.set(Some(problems));
                return;
            }
            Refusal::NotFound => Refusal::NotFound,
            Refusal::Forbidden => Refusal::Forbidden,
            Refusal::NotAllowed => Refusal::NotAllowed,
            Refusal::SecondFactorWanted => Refusal::SecondFactorWanted,
            Refusal::Unconfirmed => Refusal::Unconfirmed,
            Refusal::Unreadable => Refusal::Unreadable,
            Refusal::Unavailable { reference } => Refusal::Unavailable { reference },
            Refusal::Offline => Refusal::Offline,
            Refusal::SignedOut => Refusal::SignedOut,
        };
        self.trouble.set(Some(trouble));
    }

    fn clear(self) {
        self.problems.set(None);
        self.trouble.set(None);
    }
}

/// The id of the error summary.
const SUMMARY: &str = "problemes";

/// A form that is posted to the page's own address, or sent in place once the page is awake.
#[component]
pub fn PageForm<F, S, Fut>(
    /// Its state.
    form: FormState<F>,
    /// Where it is posted to without JavaScript: the page's own address.
    #[prop(into)]
    action: Signal<String>,
    /// The call that it is sent with.
    send: S,
    /// Its class.
    #[prop(optional, into)]
    class: String,
    /// The id of its error summary, where a page has two forms.
    #[prop(default = SUMMARY)]
    summary: &'static str,
    /// Its id, where controls that stand elsewhere belong to it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Whether files travel with it.
    #[prop(optional)]
    files: bool,
    /// Its controls.
    children: Children,
) -> impl IntoView
where
    F: Form,
    S: Fn(F) -> Fut + Clone + 'static,
    Fut: Future<Output = Result<Next, Refusal<F::Field>>> + 'static,
{
    let navigate = use_navigate();
    let location = use_location();
    let who = Who::here();
    let submit = move |event: SubmitEvent| {
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        if form.pending.get_untracked() {
            return;
        }
        let Ok(typed) = F::from_event(&event) else {
            form.refuse(Refusal::Unreadable);
            return;
        };
        form.clear();
        if let Err(problems) = typed.check() {
            form.problems.set(Some(problems));
            request_animation_frame(move || browser::focus(summary));
            return;
        }
        form.pending.set(true);
        let (send, navigate) = (send.clone(), navigate.clone());
        spawn_local(async move {
            let outcome = send(typed).await;
            // The page may be gone by now.
            let _ = form.pending.try_set(false);
            match outcome {
                Ok(next) => navigate(&next.to, NavigateOptions::default()),
                Err(refusal) => {
                    if refusal == Refusal::SignedOut {
                        who.set(None);
                    }
                    let here = format!(
                        "{}{}",
                        location.pathname.get_untracked(),
                        query(&location.search.get_untracked())
                    );
                    if let Some(elsewhere) = refusal.way_out(&here) {
                        navigate(&elsewhere, NavigateOptions::default());
                    } else {
                        form.refuse(refusal);
                        request_animation_frame(move || browser::focus(summary));
                    }
                }
            }
        });
    };
    view! {
        <form method="post" id=id action=action enctype=files.then_some("multipart/form-data") class=class novalidate on:submit=submit aria-busy=move || form.pending.get().to_string()>
            <ErrorSummary form id=summary />
            {children()}
        </form>
    }
    .into_any()
}

fn query(search: &str) -> String {
    let search = search.trim_start_matches('?');
    if search.is_empty() {
        String::new()
    } else {
        format!("?{search}")
    }
}

/// Everything that is wrong, each a link to its field; it takes the focus when it appears.
#[component]
pub fn ErrorSummary<F: Form>(
    /// The form.
    form: FormState<F>,
    /// Its id.
    #[prop(default = SUMMARY)]
    id: &'static str,
) -> impl IntoView {
    let lines = move || {
        form.problems.get().map(|problems| {
            problems
                .iter()
                .map(|(field, problem)| {
                    let text = wording::sentence(field, problem);
                    let name = field.name();
                    let open = match problem {
                        Problem::AlreadyEnrolled { enrolment, .. } => Some(view! {
                            " "
                            <a href=routes::client(*enrolment, "")>{t("Ouvrir ce client")}</a>
                        }),
                        _ => None,
                    };
                    view! {
                        <li>
                            <a
                                href=format!("#{name}")
                                on:click=move |event| {
                                    event.prevent_default();
                                    browser::focus(name);
                                }
                            >
                                {text}
                            </a>
                            {open}
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! {
        {move || {
            let trouble = form.trouble.get();
            form.faulty().get().then(|| view! {
                <div id=id class="summary" role="alert" tabindex="-1" aria-labelledby=format!("{id}-titre") autofocus>
                    <h2 id=format!("{id}-titre")>{t(wording::SUMMARY)}</h2>
                    <ul>{lines()}</ul>
                    {trouble.map(|refusal| view! { <Trouble refusal /> })}
                </div>
            })
        }}
    }
    .into_any()
}

/// The button that sends a form; busy while it is under way, never out of reach.
#[component]
pub fn Submit<F: Form>(
    /// The form.
    form: FormState<F>,
    /// What it says.
    #[prop(into)]
    label: String,
    /// What it says while busy.
    busy: &'static str,
    /// Whether it removes something.
    #[prop(optional)]
    danger: bool,
    /// Whether another button of the page is the usual one.
    #[prop(optional)]
    quiet: bool,
    /// What it acts on, for those who hear the button without its surroundings.
    #[prop(optional, into)]
    of: String,
) -> impl IntoView {
    let class = match (danger, quiet) {
        (true, _) => "button danger",
        (false, true) => "button",
        (false, false) => "button primary",
    };
    view! {
        <button type="submit" class=class aria-disabled=move || form.pending.get().then_some("true")>
            {move || if form.pending.get() { busy.to_owned() } else { label.clone() }}
            {(!of.is_empty()).then(|| view! { <span class="visually-hidden">{of}</span> })}
        </button>
    }
}
