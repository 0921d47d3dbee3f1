//! « Mon compte »: the client's accounts.

use super::calls;
use crate::parts::{frame::PageTitle, loaded::loaded, tag::StateTag};
use leptos::prelude::*;
use portfolio::holding::Holding;

/// The page.
#[component]
pub fn AccountPage() -> impl IntoView {
    let holdings = Resource::new_blocking(|| (), |()| calls::holdings());
    view! {
        <PageTitle text="Mon compte" />
        <Suspense>
            {move || Suspend::new(async move {
                let outcome = holdings.await;
                loaded(outcome, |holdings| view! { <Shown holdings /> })
            })}
        </Suspense>
    }
}

#[component]
fn Shown(holdings: Vec<Holding>) -> impl IntoView {
    let rows = holdings
        .into_iter()
        .map(|holding| {
            let Holding { held, name, state, .. } = holding;
            view! {
                <li>
                    <h2>{name}</h2>
                    <dl class="facts-line">
                        <div><dt>{held.holder.noun()}</dt><dd class="identifier">{held.holder.to_string()}</dd></div>
                        <div><dt>"Régime"</dt><dd>{held.scheme.label()}</dd></div>
                        <div><dt>"État"</dt><dd><StateTag state /></dd></div>
                    </dl>
                </li>
            }
        })
        .collect_view();
    view! {
        <article class="page">
            <h1>"Mon compte"</h1>
            <ul role="list" class="holdings">{rows}</ul>
        </article>
    }
}
