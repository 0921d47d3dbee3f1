//! The portal at work on a file: how far it is, as it happens. Without JavaScript the page asks again by itself.

use crate::{browser, routes};
use leptos::prelude::*;
use portfolio::{
    french,
    ids::ImportId,
    import::{Progress, State},
    language::t,
    say,
};

/// How often a page without JavaScript asks again: a whole element, which a browser that runs scripts never reads.
const AGAIN: &str = "<meta http-equiv=\"refresh\" content=\"3\">";

/// The bar and what it stands for.
#[component]
pub fn Working(
    /// The file.
    id: ImportId,
    /// How far it was when the page was drawn.
    progress: Progress,
    /// Raised when there is something else to show.
    looks: RwSignal<u32>,
) -> impl IntoView {
    let now = RwSignal::new(progress);
    Effect::new(move || {
        browser::follow(&routes::progress(id), move |told| {
            let Some(told) = Progress::read(&told) else {
                return true;
            };
            // The page may be gone by now.
            let there = now.try_set(told).is_none();
            if !told.state.at_work() {
                looks.try_update(|looks| *looks += 1);
            }
            there && told.state.at_work()
        });
    });
    let label = move || match now.get().state {
        State::Adding => t("Ajout des clients"),
        _ => t("Contrôle des lignes"),
    };
    let done = move || {
        let Progress { done, total, .. } = now.get();
        say!(
            "{done} sur {total}",
            done = french::number(u64::from(done)),
            total = french::count(u64::from(total), "ligne", "lignes")
        )
    };
    view! {
        <noscript inner_html=AGAIN></noscript>
        <section class="working" aria-labelledby="avancement">
            <h2 id="avancement">{label}</h2>
            <progress
                aria-labelledby="avancement"
                max=progress.total.max(1).to_string()
                value=progress.done.to_string()
                prop:value=move || f64::from(now.get().done)
            ></progress>
            <p><strong class="figure">{move || now.get().percent()} {t("\u{a0}%")}</strong> " – " {done}</p>
            <p class="muted">{move || found(now.get())}</p>
            <p class="hint">{t("Vous pouvez quitter cette page\u{a0}: le travail continue, et vous le retrouverez ici.")}</p>
        </section>
    }
}

/// What the lines came to so far.
fn found(progress: Progress) -> String {
    let counts = progress.counts;
    let good = if progress.state == State::Adding {
        french::count(u64::from(counts.added), "client ajouté", "clients ajoutés")
    } else {
        french::count(u64::from(counts.ready), "ligne valide", "lignes valides")
    };
    format!(
        "{good}, {}, {}",
        french::count(u64::from(counts.already), "déjà présente", "déjà présentes"),
        french::count(u64::from(counts.refused), "refusée", "refusées")
    )
}
