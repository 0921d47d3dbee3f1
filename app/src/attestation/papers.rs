//! What the page of a firm's client and the holder's own page show alike: why there is none today, and those that were issued.

use crate::parts::notice::Notice;
use leptos::prelude::*;
use portfolio::{
    attestation::{Past, Refused},
    ids::AttestationId,
    mobility::day::Day,
};

/// Why there is no attestation today, by which text, and what to do.
#[component]
pub fn WhyNot(
    /// The reason.
    refused: Refused,
) -> impl IntoView {
    view! {
        <Notice kind="warning">
            <strong>"Aucune attestation ne peut être délivrée aujourd’hui."</strong>
            <p>{refused.reason()}</p>
            <p><strong>"Que faire\u{202f}? "</strong>{refused.advice()}</p>
        </Notice>
    }
}

/// Whether a paper is good today, in words and shape.
#[component]
fn GoodTag(good: bool) -> impl IntoView {
    let (class, mark, said) = if good {
        ("tag success", "●", "Valable")
    } else {
        ("tag", "■", "Expirée")
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
        return view! { <p class="muted">"Aucune attestation n’a encore été obtenue."</p> }
            .into_any();
    }
    let lines = past
        .into_iter()
        .map(|paper| {
            let (issued, until) = (paper.issued, paper.until());
            let of = format!(" de l’attestation du {}", issued.long());
            view! {
                <tr>
                    <th scope="row" data-label="Délivrée le" class="date">
                        <time datetime=issued.iso()>{issued.short()}</time>
                    </th>
                    <td data-label="Valable jusqu’au" class="date"><time datetime=until.iso()>{until.short()}</time></td>
                    <td data-label="État"><GoodTag good=paper.is_good(today) /></td>
                    <td data-label="Code de sécurité" class="identifier">{paper.code.to_string()}</td>
                    <td data-label="Obtenue par">{paper.by.told().to_owned()}</td>
                    <td data-label="Document">
                        <a href=file.run(paper.id) rel="external" download>
                            "Télécharger" <span class="visually-hidden">{of}</span> " (PDF)"
                        </a>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="ledger attestations">
            <caption class="visually-hidden">"Attestations délivrées"</caption>
            <thead>
                <tr>
                    <th scope="col">"Délivrée le"</th>
                    <th scope="col">"Valable jusqu’au"</th>
                    <th scope="col">"État"</th>
                    <th scope="col">"Code de sécurité"</th>
                    <th scope="col">"Obtenue par"</th>
                    <th scope="col">"Document"</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}
