//! How the portfolio moved: two charts, and the same figures as a table.

use crate::parts::chart::{ColumnChart, CourseChart};
use leptos::prelude::*;
use portfolio::{
    dashboard::{Moves, told},
    french,
    language::t,
};

/// The last months.
#[component]
pub fn Movement(
    /// In their order.
    movement: Vec<Moves>,
) -> impl IntoView {
    let rows = movement
        .iter()
        .rev()
        .map(|moves| view! {
            <tr>
                <th scope="row"><time datetime=moves.month.iso()>{moves.month.long()}</time></th>
                <td class="count">{french::number(moves.added)}</td>
                <td class="count">{french::number(moves.ended)}</td>
                <td class="count">{french::number(moves.managed)}</td>
            </tr>
        })
        .collect_view();
    let summary = told(&movement);
    view! {
        <section aria-labelledby="evolution">
            <h2 id="evolution">{t("Évolution sur 12\u{a0}mois")}</h2>
            <p class="muted">{summary.clone()}</p>
            <div class="charts">
                <figure>
                    <figcaption>
                        {t("Clients ajoutés et résiliés par mois")}
                        <span class="legend">
                            <span class="key up" aria-hidden="true"></span> {t("ajoutés, au-dessus ")}
                            <span class="key down" aria-hidden="true"></span> {t("résiliés, au-dessous")}
                        </span>
                    </figcaption>
                    <ColumnChart movement=movement.clone() summary=summary.clone() />
                </figure>
                <figure>
                    <figcaption>
                        {t("Clients gérés en fin de mois")}
                        <span class="legend">{t("l’axe ne commence pas toujours à zéro")}</span>
                    </figcaption>
                    <CourseChart movement summary />
                </figure>
            </div>
            <details class="figures">
                <summary>{t("Les mêmes chiffres en tableau")}</summary>
                <table class="plain">
                    <caption class="visually-hidden">{t("Clients ajoutés, résiliés et gérés, mois par mois")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("Mois")}</th>
                            <th scope="col" class="count">{t("Ajoutés")}</th>
                            <th scope="col" class="count">{t("Résiliés")}</th>
                            <th scope="col" class="count">{t("Gérés en fin de mois")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </section>
    }
}
