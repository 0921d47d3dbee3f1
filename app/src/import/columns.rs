//! What each column of a file is, to be confirmed: what was recognised is chosen beforehand.

use crate::parts::{field::FieldMessage, form::FormState};
use leptos::prelude::*;
use portfolio::{
    form::{ImportField, ImportForm},
    import::{Column, FileColumn},
    language::t,
    say,
};

/// What a form sends for a column that is left alone.
const IGNORED: &str = "-";

/// The columns.
#[component]
pub fn Columns(
    /// The form.
    form: FormState<ImportForm>,
    /// The columns of the file.
    columns: Vec<FileColumn>,
) -> impl IntoView {
    let chosen = form.initial().columns;
    let rows = columns
        .into_iter()
        .enumerate()
        .map(|(place, column)| {
            let chosen = chosen.get(place).cloned();
            view! { <Row place column chosen /> }
        })
        .collect_view();
    view! {
        <div id="columns" tabindex="-1"><FieldMessage form field=ImportField::Columns /></div>
        <table class="ledger columns">
            <caption class="visually-hidden">{t("Colonnes du fichier")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("Dans votre fichier")}</th>
                    <th scope="col">{t("Premières lignes")}</th>
                    <th scope="col">{t("Contient")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Row(place: usize, column: FileColumn, chosen: Option<String>) -> impl IntoView {
    let id = format!("colonne-{place}");
    let head = if column.head.is_empty() {
        say!("Colonne {place}", place = place + 1)
    } else {
        column.head
    };
    let chosen = chosen.unwrap_or_else(|| column.column.map_or(IGNORED, Column::code).to_owned());
    let samples = column.samples;
    view! {
        <tr>
            <th scope="row" data-label=t("Dans votre fichier")><label for=id.clone()>{head}</label></th>
            <td data-label=t("Premières lignes") class="samples">
                {samples.into_iter().map(|sample| view! { <span>{sample}</span> }).collect_view()}
            </td>
            <td data-label=t("Contient")>
                <select id=id name="columns[]">
                    <option value=IGNORED selected=chosen == IGNORED>{t("Rien d’utile ici")}</option>
                    {Column::ALL
                        .map(|column| view! {
                            <option value=column.code() selected=chosen == column.code()>{column.head()}</option>
                        })
                        .collect_view()}
                </select>
            </td>
        </tr>
    }
}
