//! What the page of a firm's client and the holder's own page show alike: why there is none today, and those that were issued.

use crate::parts::notice::Notice;
use leptos::prelude::*;
use portfolio::{
    attestation::{Past, Refused},
    ids::AttestationId,
    language::t,
    mobility::day::Day,
    say,
};

/// Why there is no attestation today, by which text, and what to do.
#[component]
pub fn WhyNot(
    /// The reason.
    refused: Refused,
) -> impl IntoView {
    view! {
        <Notice kind="warning">
            <strong>{t("Aucune attestation ne peut être délivrée aujourd’hui.")}</strong>
            <p>{refused.reason()}</p>
            <p><strong>{t("Que faire\u{202f}? ")}</strong>{refused.advice()}</p>
        </Notice>
    }
}

/// Whether a paper is good today, in words and shape.
#[component]
fn GoodTag(good: bool) -> impl IntoView {
    let (class, mark, said) = if good {
        ("tag success", "●", t("Valable"))
    } else {
        ("tag", "■", t("Expirée"))
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span> " " {said}</span> }
}

/// Those that were issued, the latest ahead, each to be downloaded.
#[component]
pub fn Papers(
    /// The papers.
    past: Vec<Past>,
    /// The day it is.
    today: Day,
    /// Where each is downloaded.
    #[prop(into)]
    file: Callback<AttestationId, String>,
) -> impl IntoView {
    if past.is_empty() {
        return view! { <p class="muted">{t("Aucune attestation n’a encore été obtenue.")}</p> }
            .into_any();
    }
    let lines = past
        .into_iter()
        .map(|paper| {
            let (issued, until) = (paper.issued, paper.until());
            let of = say!(" de l’attestation du {long}", long = issued.long());
            view! {
                <tr>
                    <th scope="row" data-label=t("Délivrée le") class="date">
                        <time datetime=issued.iso()>{issued.short()}</time>
                    </th>
                    <td data-label=t("Valable jusqu’au") class="date"><time datetime=until.iso()>{until.short()}</time></td>
                    <td data-label=t("État")><GoodTag good=paper.is_good(today) /></td>
                    <td data-label=t("Code de sécurité") class="identifier">{paper.code.to_string()}</td>
                    <td data-label=t("Obtenue par")>{paper.by.told().to_owned()}</td>
                    <td data-label=t("Document")>
                        <a href=file.run(paper.id) rel="external" download>
                            {t("Télécharger")} <span class="visually-hidden">{of}</span> {t(" (PDF)")}
                        </a>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="ledger attestations">
            <caption class="visually-hidden">{t("Attestations délivrées")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("Délivrée le")}</th>
                    <th scope="col">{t("Valable jusqu’au")}</th>
                    <th scope="col">{t("État")}</th>
                    <th scope="col">{t("Code de sécurité")}</th>
                    <th scope="col">{t("Obtenue par")}</th>
                    <th scope="col">{t("Document")}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}
