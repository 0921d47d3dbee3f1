//! The page: a few weeks, day by day. A date of many clients is a number that leads to their list.

use super::{
    calls,
    clients::Clients,
    due::{list, whole, why_moved},
    narrow::Narrow,
};
use crate::{
    parts::{address::asked_at, frame::PageTitle, loaded::loaded, notice::Notice},
    refusal::{NoField, Refusal},
    routes,
};
use leptos::prelude::*;
use portfolio::{
    calendar::ClientPage,
    calendar::{Agenda, AgendaDay, AgendaQuery, DatedDay, Due, NAMED, View, WEEKS, Week, Whose},
    french,
    ids::MemberId,
    language::t,
    mobility::day::Day,
    say,
};

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
enum Shown {
    Weeks(Box<Agenda>),
    Clients(Box<ClientPage>),
}

async fn shown(asked: AgendaQuery) -> Result<Shown, Refusal<NoField>> {
    match asked.view {
        View::Weeks => Ok(Shown::Weeks(Box::new(calls::weeks(asked.query()).await?))),
        View::Clients => Ok(Shown::Clients(Box::new(
            calls::by_client(asked.query()).await?,
        ))),
    }
}

/// The page.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let asked = asked_at(routes::CALENDAR, AgendaQuery::read);
    let found = Resource::new_blocking(move || asked.get().0, shown);
    #[cfg(feature = "ssr")]
    if asked.get_untracked().1 {
        crate::asking::set_status(400);
    }
    view! {
        <PageTitle text=t("Échéances") />
        <article class="page wide agenda">
            <header class="head">
                <div>
                    <h1>{t("Échéances")}</h1>
                    <p class="muted">{t("Ce que vos clients ont à déclarer ou à payer, et ce qui se termine pour eux.")}</p>
                </div>
                <a class="button" href=routes::FEED_PAGE>{t("Dans mon agenda")}</a>
            </header>
            <Show when=move || asked.get().1>
                <Notice kind="warning">
                    {t("Une partie de l’adresse n’a pas pu être lue\u{202f}; elle a été ignorée.")}
                </Notice>
            </Show>
            <Transition>
                {move || {
                    let asked = asked.get().0;
                    Suspend::new(async move {
                        let outcome = found.await;
                        loaded(outcome, move |shown| match shown {
                            Shown::Weeks(agenda) => view! { <Weeks agenda=*agenda asked /> }.into_any(),
                            Shown::Clients(page) => view! {
                                <Narrow asked colleagues=page.colleagues.clone() />
                                <Clients page=*page asked />
                            }
                            .into_any(),
                        })
                    })
                }}
            </Transition>
            <Sources />
        </article>
    }
}

#[component]
fn Weeks(agenda: Agenda, asked: AgendaQuery) -> impl IntoView {
    let Agenda {
        today,
        me,
        weeks,
        colleagues,
    } = agenda;
    let quiet = weeks.iter().all(|week| week.days.is_empty());
    let monday = weeks.first().map_or(today, |week| week.monday);
    let weeks = weeks
        .into_iter()
        .map(|week| view! { <OneWeek week today me whose=asked.whose /> })
        .collect_view();
    view! {
        <Narrow asked colleagues />
        {quiet.then(|| view! {
            <div class="empty" role="status">
                <h2>{t("Rien à déclarer pendant ces semaines")}</h2>
                <p>{t("Aucun client de ce choix n’a d’échéance.")}</p>
            </div>
        })}
        {(!quiet).then_some(weeks)}
        <Around asked monday />
    }
    .into_any()
}

/// Earlier and later weeks.
#[component]
fn Around(asked: AgendaQuery, monday: Day) -> impl IntoView {
    let to = move |from: Option<Day>| routes::agenda(&asked.at(from));
    let elsewhere = asked.from.is_some();
    view! {
        <nav class="pager" aria-label=t("Semaines")>
            <ul role="list">
                <li><a href=to(Some(monday.plus_days(-7 * WEEKS))) rel="prev">{t("Semaines précédentes")}</a></li>
                {elsewhere.then(|| view! { <li><a href=to(None)>{t("Aujourd’hui")}</a></li> })}
                <li><a href=to(Some(monday.plus_days(7 * WEEKS))) rel="next">{t("Semaines suivantes")}</a></li>
            </ul>
        </nav>
    }
}

#[component]
fn OneWeek(week: Week, today: Day, me: MemberId, whose: Whose) -> impl IntoView {
    let Week {
        monday,
        days,
        holidays,
    } = week;
    let id = format!("semaine-{}", monday.iso());
    let heading = id.clone();
    let now = (monday..=monday.plus_days(6)).contains(&today);
    let empty = days.is_empty();
    let holidays = (!holidays.is_empty()).then(|| {
        let told: Vec<_> = holidays
            .into_iter()
            .map(|(day, name)| format!("{} ({name})", whole(day)))
            .collect();
        view! { <p class="muted">{if told.len() > 1 { t("Jours fériés\u{a0}: ") } else { t("Jour férié\u{a0}: ") }} {told.join(", ")} "."</p> }
    });
    let days = days
        .into_iter()
        .map(|day| view! { <OneDay day today me whose /> })
        .collect_view();
    view! {
        <section class="week" class:now=now aria-labelledby=id>
            <h2 id=heading>
                {t("Semaine du ")} {monday.long()}
                {now.then(|| view! { " " <span class="tag">{t("Cette semaine")}</span> })}
            </h2>
            {holidays}
            {empty.then(|| view! { <p class="muted">{t("Rien cette semaine.")}</p> })}
            {days}
        </section>
    }
}

#[component]
fn OneDay(day: AgendaDay, today: Day, me: MemberId, whose: Whose) -> impl IntoView {
    let AgendaDay { day, dues, dated } = day;
    let past = day < today;
    let dues = dues
        .into_iter()
        .map(|(due, clients)| view! { <OneDue due clients me whose /> })
        .collect_view();
    let dated = dated
        .into_iter()
        .map(|of| view! { <Ending of /> })
        .collect_view();
    view! {
        <div class="day" class:past=past>
            <h3><time datetime=day.iso()>{whole(day)}</time></h3>
            <ul role="list">{dues} {dated}</ul>
        </div>
    }
}

#[component]
fn OneDue(due: Due, clients: u64, me: MemberId, whose: Whose) -> impl IntoView {
    let moved = why_moved(due).map(|why| view! { <span class="muted">" – " {why}</span> });
    view! {
        <li>
            <span>{due.told()} {moved}</span>
            <a href=list(due, whose, me)>{french::count(clients, "client", "clients")}</a>
        </li>
    }
}

#[component]
fn Ending(of: DatedDay) -> impl IntoView {
    let DatedDay {
        what, count, named, ..
    } = of;
    let more = count.saturating_sub(NAMED);
    let named = named
        .into_iter()
        .map(|one| {
            let to = match one.request {
                Some(request) => routes::mobility(request),
                None => routes::client(one.client, ""),
            };
            let words = if one.who.is_empty() {
                one.name.clone()
            } else {
                one.who
            };
            let client = one.request.is_some().then_some(one.name);
            view! {
                <li>
                    <a href=to>{words}</a>
                    {client.map(|name| view! { <span class="muted">" – " {name}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <li class="ends">
            <span>{what.counted(count)}</span>
            <ul role="list">
                {named}
                {(more > 0).then(|| view! { <li class="muted">{say!("et {more} de plus", more)}</li> })}
            </ul>
        </li>
    }
}

/// Where the dates come from, and what they do not know.
#[component]
fn Sources() -> impl IntoView {
    view! {
        <details class="sources">
            <summary>{t("D’où viennent ces dates\u{202f}?")}</summary>
            <ul>
                <li>
                    {t("DSN\u{a0}: le 5 du mois suivant à partir de 50\u{a0}salariés (tous établissements, d’après le référentiel), le 15 sinon. Le \
                     référentiel ne dit pas qui pratique le décalage de paie\u{a0}: la page «\u{a0}Échéances\u{a0}» de chaque client permet de le corriger.")}
                </li>
                <li>
                    {t("Travailleurs indépendants et gérants\u{a0}: le 5 de chaque mois, sauf choix contraire (le 20, ou chaque trimestre) que le \
                     référentiel ne connaît pas et que vous pouvez indiquer.")}
                </li>
                <li>
                    {t("Auto-entrepreneurs\u{a0}: la fin du mois suivant, sauf si vous indiquez une déclaration trimestrielle.")}
                </li>
                <li>
                    {t("Une date qui tombe un dimanche ou un jour férié passe au jour ouvrable suivant\u{202f}; un samedi reste un jour d’échéance. Les jours \
                     fériés propres à l’Alsace-Moselle et à l’outre-mer ne sont pas comptés.")}
                </li>
                <li>{t("Le portail ne sait pas ce qui est déjà déclaré ou payé. Les clients radiés n’ont pas d’échéance.")}</li>
            </ul>
        </details>
    }
}
