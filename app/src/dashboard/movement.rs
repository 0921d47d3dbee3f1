//! How the portfolio moved: two charts, and the same figures as a table.

use crate::parts::chart::{ColumnChart, CourseChart};
use leptos::prelude::*;
use portfolio::{
    dashboard::{Moves, told},
    french,
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
            <h2 id="evolution">"Évolution sur 12\u{a0}mois"</h2>
            <p class="muted">{summary.clone()}</p>
            <div class="charts">
                <figure>
                    <figcaption>
                        "Clients ajoutés et résiliés par mois"
                        <span class="legend">
                            <span class="key up" aria-hidden="true"></span> "ajoutés, au-dessus "
                            <span class="key down" aria-hidden="true"></span> "résiliés, au-dessous"
                        </span>
                    </figcaption>
                    <ColumnChart movement=movement.clone() summary=summary.clone() />
                </figure>
                <figure>
                    <figcaption>
                        "Clients gérés en fin de mois"
                        <span class="legend">"l’axe ne commence pas toujours à zéro"</span>
                    </figcaption>
                    <CourseChart movement summary />
                </figure>
            </div>
            <details class="figures">
                <summary>"Les mêmes chiffres en tableau"</summary>
                <table class="plain">
                    <caption class="visually-hidden">"Clients ajoutés, résiliés et gérés, mois par mois"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Mois"</th>
                            <th scope="col" class="count">"Ajoutés"</th>
                            <th scope="col" class="count">"Résiliés"</th>
                            <th scope="col" class="count">"Gérés en fin de mois"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </section>
    }
}
