//! Controls that the steps have in common.

use crate::parts::{field::FieldMessage, form::FormState};
use leptos::prelude::*;
use portfolio::{
    form::Form,
    language::t,
    problem::{Field as _, Problem},
};

/// One of several: the word that is sent, and what it is called.
pub type Choice = (&'static str, &'static str);

/// Yes or no.
pub fn yes_no() -> Vec<Choice> {
    vec![("oui", t("Oui")), ("non", t("Non"))]
}

/// One of few, as points to choose.
#[component]
pub fn Radios<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// What is asked.
    legend: &'static str,
    /// What may be answered.
    choices: Vec<Choice>,
    /// What was answered.
    chosen: String,
    /// What helps to answer.
    #[prop(optional)]
    hint: &'static str,
) -> impl IntoView {
    let name = field.name();
    let points = choices
        .into_iter()
        .enumerate()
        .map(|(place, (code, label))| {
            // The first carries the field's name as its id, so that the summary's link leads to it.
            let id = if place == 0 {
                name.to_owned()
            } else {
                format!("{name}-{code}")
            };
            view! {
                <div class="choice">
                    <input type="radio" id=id.clone() name=name value=code checked=chosen == code />
                    <label for=id>{label}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices" class:faulty=move || form.problem(field).is_some() aria-describedby=format!("{name}-message")>
            <legend>{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            <FieldMessage form field />
            {points}
        </fieldset>
    }
    .into_any()
}

/// One of several, as a list that opens.
#[component]
pub fn Select<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// What it is called.
    label: &'static str,
    /// What may be answered.
    choices: Vec<Choice>,
    /// What was answered.
    chosen: String,
) -> impl IntoView {
    let name = field.name();
    let options = choices
        .into_iter()
        .map(|(code, label)| view! { <option value=code selected=chosen == code>{label}</option> })
        .collect_view();
    view! {
        <div class="field" class:faulty=move || form.problem(field).is_some()>
            <label for=name>{label}</label>
            <FieldMessage form field />
            <select id=name name=name aria-describedby=format!("{name}-message") aria-invalid=move || form.problem(field).is_some().then_some("true")>
                <option value="">{t("Choisissez")}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// Several lines of text. Leptos does not escape what stands in a text area, so that it is escaped here.
#[component]
pub fn Area<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// What it is called.
    label: &'static str,
    /// How it is filled in.
    #[prop(optional)]
    hint: &'static str,
    /// What it holds at first.
    #[prop(optional, into)]
    value: String,
    /// Its id where the page has more than one of the name.
    #[prop(optional)]
    id: &'static str,
    /// Characters that it takes.
    #[prop(default = 2_000)]
    longest: usize,
    /// How many lines of it are seen at first.
    #[prop(default = 4)]
    rows: u32,
) -> impl IntoView {
    let name = field.name();
    let id = if id.is_empty() { name } else { id };
    view! {
        <div class="field" class:faulty=move || form.problem(field).is_some()>
            <label for=id>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-indication")>{hint}</p> })}
            <FieldMessage form field />
            <textarea
                id=id
                name=name
                rows=rows
                maxlength=longest
                aria-describedby=format!("{name}-message")
                aria-invalid=move || form.problem(field).is_some().then_some("true")
                inner_html=escaped(&value)
            ></textarea>
        </div>
    }
    .into_any()
}

/// A text as HTML: nothing in it is markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A day. It is text and no date control: a date is copied from a contract, and a wrong one is told in words.
#[component]
pub fn DayField<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// What it is called.
    label: &'static str,
    /// What it holds at first.
    value: String,
    /// How it is filled in.
    #[prop(default = "Exemple\u{a0}: 24/11/2026")]
    hint: &'static str,
) -> impl IntoView {
    view! {
        <crate::parts::field::Field form field label hint value class="day" inputmode="numeric" tidy=tidy_day />
    }
}

/// A day that was understood, as French people write it.
fn tidy_day(typed: &str) -> Option<String> {
    portfolio::mobility::day::Day::parse(typed)
        .ok()
        .map(portfolio::mobility::day::Day::short)
}

/// The request and the version that a page shows. When somebody changed it meanwhile, sending again is meant for what there is now.
#[component]
pub fn Of<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The request.
    request: String,
    /// The version.
    version: i32,
    /// The field at which a newer version is told.
    first: F::Field,
) -> impl IntoView {
    let version = move || match form.problem(first) {
        Some(Problem::OwnStale { version }) => version.to_string(),
        _ => version.to_string(),
    };
    view! {
        <input type="hidden" name="request" value=request />
        <input type="hidden" name="version" value=version />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: what somebody typed ends the text area and runs.
    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            escaped("a & b</textarea><script>"),
            "a &amp; b&lt;/textarea&gt;&lt;script&gt;"
        );
    }
}
