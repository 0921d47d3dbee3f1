//! What every step has around its form: the way back, the list of steps, the summary beside.

use super::{
    aside::{Known, Live},
    calls,
    controls::Of,
};
use crate::{
    browser,
    parts::{
        address::GoTo,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
    },
    refusal::{Next, Refusal},
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    language::t,
    mobility::{
        life::State,
        request::{Answers, Request, Step, StepForm},
    },
    say,
    search::decode,
};
use serde::de::{DeserializeOwned, value::MapDeserializer};
use std::future::Future;

/// The id of the form of a step.
const FORM: &str = "etape";

/// The page of a step: the draft, or the way to where it stands.
pub fn page<F: StepForm>(view: fn(Request, Returned<F>) -> AnyView) -> AnyView {
    let returned = use_returned::<F>();
    at(F::STEP, move |request| view(request, returned.clone()))
}

/// The same of a step whose form is no [`StepForm`].
pub fn at(
    step: Step,
    view: impl Fn(Request) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView {
    let params = use_params_map();
    let query = use_location().search;
    // A step that leads to itself (one more dependant) says the new version in its address, so that it is asked for anew.
    let asked = Memo::new(move |_| {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, query.get())
    });
    let request = Resource::new_blocking(move || asked.get(), |(id, _)| calls::show_request(id));
    view! {
        <Suspense>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    loaded(request.await, move |request: Request| {
                        if request.state != State::Draft {
                            return view! { <GoTo path=routes::mobility(request.id) /> }.into_any();
                        }
                        if !request.answers.steps().contains(&step) {
                            let open = request.answers.next_open();
                            return view! { <GoTo path=routes::mobility_step(request.id, open) /> }.into_any();
                        }
                        view(request)
                    })
                })
            }}
        </Suspense>
    }
    .into_any()
}

/// What a form that is being filled in holds.
pub fn typed<F: DeserializeOwned>() -> Option<F> {
    let parts = decode(&browser::form_query(FORM));
    let fields = MapDeserializer::<_, serde::de::value::Error>::new(parts.into_iter());
    F::deserialize(fields).ok()
}

/// The form of a step with everything around it. `fill` draws its fields.
#[component]
pub fn StepFrame<F, S, Fut>(
    /// The draft.
    request: Request,
    /// The state of its form.
    form: FormState<F>,
    /// What the page is called.
    title: &'static str,
    /// Sends the form.
    send: S,
    /// What the button says.
    #[prop(default = "Enregistrer et continuer")]
    label: &'static str,
    /// Told whenever something is typed.
    #[prop(optional, into)]
    typing: Option<Callback<()>>,
    /// What stands before the form.
    #[prop(optional, into)]
    before: Option<AnyView>,
    /// What stands after it.
    #[prop(optional, into)]
    after: Option<AnyView>,
    /// Its fields.
    children: Children,
) -> impl IntoView
where
    F: StepForm,
    S: Fn(F) -> Fut + Clone + 'static,
    Fut: Future<Output = Result<Next, Refusal<F::Field>>> + 'static,
{
    let (id, version) = (request.id, request.version);
    let known = Known {
        earlier: request.earlier.clone(),
        today: request.today,
    };
    let answers = RwSignal::new(request.answers.clone());
    let follow = move || {
        if let Some(typing) = typing {
            typing.run(());
        }
        if let Some(form) = typed::<F>() {
            answers.update(|answers| with(answers, form));
        }
    };
    view! {
        <PageTitle text=title form=form.faulty() />
        <article class="page journey">
            <Crumbs request=request.clone() />
            <h1>{title}</h1>
            <div class="columns">
                <Progress request=request.clone() here=F::STEP />
                <div class="main" on:input=move |_| follow() on:change=move |_| follow() on:focusout=move |_| follow()>
                    {before}
                    <PageForm form action=routes::mobility_step(id, F::STEP) send id=FORM class="step-form">
                        <Of form request=id.to_string() version first=F::FIRST />
                        {children()}
                        <div class="actions">
                            <Submit form label busy=t("Enregistrement…") />
                        </div>
                    </PageForm>
                    {after}
                </div>
                <Live answers known />
            </div>
        </article>
    }
    .into_any()
}

/// Puts what is being typed among the answers; a dependant that is not added yet is none.
fn with<F: StepForm>(answers: &mut Answers, form: F) {
    if F::STEP != Step::Dependants {
        answers.put(form.part());
    }
}

/// The way back.
#[component]
pub fn Crumbs(
    /// The request.
    request: Request,
) -> impl IntoView {
    view! {
        <nav class="crumbs" aria-label=t("Fil d’Ariane")>
            <ol role="list">
                <li><a href=routes::MOBILITY>{t("Travailler à l’étranger")}</a></li>
                <li><a href=routes::mobility_client(request.client.id)>{request.client.name}</a></li>
                <li><a href=routes::mobility(request.id)>{t("Demande")}</a></li>
            </ol>
        </nav>
    }
}

/// The steps that the answers call for, what is done of them, and the way to each.
#[component]
pub fn Progress(
    /// The request.
    request: Request,
    /// The step of this page.
    here: Step,
) -> impl IntoView {
    let answers = request.answers;
    let steps = answers.steps();
    let count = steps.len();
    let items = steps
        .into_iter()
        .map(|step| {
            let done = answers.is_done(step);
            let mark = if done { "✓" } else { "○" };
            let told = if done {
                t(" (rempli)")
            } else {
                t(" (à remplir)")
            };
            let current = (step == here).then_some("step");
            view! {
                <li class:done=done>
                    <a href=routes::mobility_step(request.id, step) aria-current=current>
                        <span class="mark" aria-hidden="true">{mark}</span>
                        <span>{step.label()}<span class="visually-hidden">{told}</span></span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="steps" aria-label=say!("Étapes de la demande ({count})", count)>
            <ol role="list">{items}</ol>
        </nav>
    }
    .into_any()
}
