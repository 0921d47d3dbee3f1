//! One model of services: made, changed, deleted.

use super::{
    calls,
    services::{ServiceTicks, read},
};
use crate::{
    missing::MissingPage,
    parts::{
        field::{Field, FieldMessage},
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    form::{ModelField, ModelForm, model_act},
    language::t,
    model::{Model, suggestions},
    problem::Problem,
};

/// The page of a new one; it may start from a suggestion.
#[component]
pub fn NewModelPage() -> impl IntoView {
    let query = use_location().search;
    let returned = use_returned::<ModelForm>();
    let from = routes::part(&query.get_untracked(), routes::param::FROM).unwrap_or_default();
    let suggested = suggestions()
        .into_iter()
        .find(|suggestion| suggestion.code == from);
    let fresh = suggested.map_or_else(ModelForm::default, |suggestion| ModelForm {
        name: suggestion.name.to_owned(),
        services: suggestion
            .services
            .iter()
            .map(|code| code.as_str().to_owned())
            .collect(),
        ..ModelForm::default()
    });
    view! { <Edit fresh returned /> }
}

/// The page of one that is there.
#[component]
pub fn ModelPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let models = Resource::new_blocking(id, |_| calls::models());
    let returned = use_returned::<ModelForm>();
    view! {
        <Suspense>
            {move || {
                let (id, returned) = (id(), returned.clone());
                Suspend::new(async move {
                    let outcome = models.await;
                    loaded(outcome, move |models| {
                        match models.into_iter().find(|model| model.id.to_string() == id) {
                            Some(model) => view! { <Edit fresh=form_of(model) returned /> }.into_any(),
                            None => view! { <MissingPage /> }.into_any(),
                        }
                    })
                })
            }}
        </Suspense>
    }
}

fn form_of(model: Model) -> ModelForm {
    ModelForm {
        of: model.id.to_string(),
        version: model.version.to_string(),
        act: String::new(),
        name: model.name,
        services: model
            .services
            .iter()
            .map(|code| code.as_str().to_owned())
            .collect(),
    }
}

#[component]
fn Edit(fresh: ModelForm, returned: Returned<ModelForm>) -> impl IntoView {
    let delete = FormState::new(None, fresh.clone());
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    let ticked = RwSignal::new(read(&initial.services));
    let is_new = initial.of.is_empty();
    let action = initial
        .of
        .parse()
        .map_or_else(|_| routes::NEW_MODEL.to_owned(), routes::model);
    // A stale save is refused; the next one is made knowing it.
    let version = move || match form.problem(ModelField::Services) {
        Some(Problem::OwnStale { version }) => version.to_string(),
        _ => form.initial().version,
    };
    let remove = (!is_new).then(|| view! { <Delete form=delete action=action.clone() /> });
    view! {
        <PageTitle text=t("Modèle de services") form=form.faulty() />
        <article class="page">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::MODELS>{t("Modèles de services")}</a></li></ol>
            </nav>
            <h1>{if is_new { t("Nouveau modèle") } else { t("Modifier le modèle") }}</h1>
            <PageForm form action send=calls::act_on_model class="services">
                <input type="hidden" name="of" value=initial.of.clone() />
                <input type="hidden" name="act" value=model_act::SAVE />
                <input type="hidden" name="version" value=version() prop:value=version />
                <Field form field=ModelField::Name label=t("Nom") hint=t("Exemple\u{a0}: Employeur standard") value=initial.name.clone() />
                <div id="services" tabindex="-1"><FieldMessage form field=ModelField::Services /></div>
                <ServiceTicks ticked />
                <div class="save"><Submit form label=t("Enregistrer") busy=t("Enregistrement…") /></div>
            </PageForm>
            {remove}
        </article>
    }
}

/// Gone for good, while clients keep what they have.
#[component]
fn Delete(form: FormState<ModelForm>, action: String) -> impl IntoView {
    let of = form.initial().of;
    view! {
        <details class="leave">
            <summary>{t("Supprimer ce modèle")}</summary>
            <PageForm form action send=calls::act_on_model summary="problemes-supprimer">
                <input type="hidden" name="of" value=of />
                <input type="hidden" name="act" value=model_act::DELETE />
                <p>{t("Les clients gardent leurs services.")}</p>
                <Submit form label=t("Supprimer") busy=t("Suppression…") danger=true />
            </PageForm>
        </details>
    }
}
