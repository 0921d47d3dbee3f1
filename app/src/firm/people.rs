//! The firm's people, and whether everybody is asked for a second factor.

use super::{FirmNav, calls};
use crate::{
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
        tag::StandingTag,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    form::{PolicyForm, act},
    language::t,
    say,
    team::{Person, Standing, Team},
    time::Timestamp,
};

/// The page.
#[component]
pub fn FirmPage() -> impl IntoView {
    let search = use_location().search;
    // What was just done is a reason to look again.
    let team = Resource::new_blocking(move || search.get(), |_| calls::whole_team());
    let returned = use_returned::<PolicyForm>();
    let done = move || {
        let query = search.get();
        routes::part(&query, routes::param::DONE).and_then(|what| done(&what))
    };
    view! {
        <PageTitle text=t("Cabinet") />
        <Transition>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = team.await;
                    loaded(outcome, |team| view! {
                        <article class="page wide">
                            <header class="head">
                                <div>
                                    <h1>{t("Cabinet")}</h1>
                                    <p class="muted">{t("Les personnes qui se connectent pour votre cabinet, et ce qu’elles peuvent y faire.")}</p>
                                </div>
                                <a class="button primary" href=routes::INVITE>{t("+ Inviter une personne")}</a>
                            </header>
                            <FirmNav here=routes::FIRM />
                            {move || done().map(|words| view! { <Notice kind="success">{words}</Notice> })}
                            <People team=team.clone() />
                            <Policy team returned />
                        </article>
                    })
                })
            }}
        </Transition>
    }
}

/// What was just done, in words.
fn done(what: &str) -> Option<&'static str> {
    match what {
        "inviter" => Some(t(
            "L’invitation est envoyée. Son lien est valable 7\u{a0}jours.",
        )),
        act::RESEND => Some(t(
            "L’invitation est renvoyée. Le lien précédent ne sert plus.",
        )),
        act::ROLE => Some(t("Le rôle est changé.")),
        act::SUSPEND => Some(t(
            "L’accès est suspendu. Les connexions en cours sont fermées.",
        )),
        act::RESTORE => Some(t("L’accès est rétabli.")),
        act::REMOVE => Some(t(
            "La personne est retirée du cabinet. Ce qu’elle y a fait reste dans l’historique.",
        )),
        "oui" => Some(t(
            "Une seconde preuve est maintenant demandée à tous les membres.",
        )),
        "non" => Some(t("La seconde preuve est maintenant facultative.")),
        _ => None,
    }
}

#[component]
fn People(team: Team) -> impl IntoView {
    let me = team.me;
    let rows = team
        .people
        .into_iter()
        .map(|person| {
            let own = (person.id == me).then_some(" (vous)");
            let to = routes::member(person.id);
            let factor = if person.second_factor { t("Oui") } else { t("Non") };
            view! {
                <tr>
                    <th scope="row" data-label=t("Nom")><a href=to>{person.name.clone()}</a>{own}</th>
                    <td data-label=t("Identifiant") class="identifier">{person.identifier.clone()}</td>
                    <td data-label=t("Rôle")>{person.role.label()}</td>
                    <td data-label=t("État")>
                        <StandingTag standing=person.standing />
                        {person.refused_at.map(|_| view! { " " <span class="tag warning">{t("✕ Courriels refusés")}</span> })}
                    </td>
                    <td data-label=t("Seconde preuve")>{factor}</td>
                    <td data-label=t("Dernière activité")>{seen(&person)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="ledger">
            <caption class="visually-hidden">{t("Membres du cabinet")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("Nom")}</th>
                    <th scope="col">{t("Identifiant")}</th>
                    <th scope="col">{t("Rôle")}</th>
                    <th scope="col">{t("État")}</th>
                    <th scope="col">{t("Seconde preuve")}</th>
                    <th scope="col">{t("Dernière activité")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// When somebody was last seen, in words.
pub(super) fn seen(person: &Person) -> String {
    match (person.standing, person.seen_at) {
        (Standing::Invited, _) => t("Pas encore venu").to_owned(),
        (_, Some(at)) => at.short_moment(),
        (_, None) => t("Aucune").to_owned(),
    }
}

/// Whether everybody is asked for a second factor.
#[component]
fn Policy(team: Team, returned: Returned<PolicyForm>) -> impl IntoView {
    let asked = team.second_factor_since.is_some();
    let lacking = team
        .people
        .iter()
        .filter(|person| person.standing == Standing::Active && !person.second_factor)
        .count();
    let mine = team
        .people
        .iter()
        .any(|person| person.id == team.me && !person.second_factor);
    let value = if asked { "non" } else { "oui" };
    let form = FormState::new(
        returned,
        PolicyForm {
            second_factor: value.to_owned(),
        },
    );
    if team.asked_of_everybody {
        return view! {
            <section class="policy" aria-labelledby="seconde-preuve">
                <h2 id="seconde-preuve">{t("Seconde preuve")}</h2>
                <p>{t("Obligatoire pour tous les utilisateurs du portail\u{a0}: après le mot de passe, chaque membre montre une seconde preuve.")}</p>
            </section>
        }
        .into_any();
    }
    view! {
        <section class="policy" aria-labelledby="seconde-preuve">
            <h2 id="seconde-preuve">{t("Seconde preuve")}</h2>
            <p>{state(team.second_factor_since)}</p>
            <p class="muted">{consequence(asked, lacking, mine)}</p>
            <PageForm form action=routes::FIRM send=calls::set_policy>
                <input type="hidden" name="second_factor" value=value />
                {if asked {
                    view! { <Submit form label=t("Rendre facultative") busy=t("Enregistrement…") /> }
                } else {
                    view! { <Submit form label=t("Rendre obligatoire") busy=t("Enregistrement…") /> }
                }}
            </PageForm>
        </section>
    }
    .into_any()
}

fn state(since: Option<Timestamp>) -> String {
    since.map_or_else(
        || t("Facultative\u{a0}: chaque membre choisit d’en ajouter une ou non.").to_owned(),
        |since| {
            say!("Obligatoire depuis le {long_date}\u{a0}: après le mot de passe, chaque membre montre une seconde preuve.", long_date = since.long_date())
        },
    )
}

fn consequence(asked: bool, lacking: usize, mine: bool) -> String {
    if asked {
        return t("Facultative de nouveau, elle resterait demandée à ceux qui en ont ajouté une.")
            .to_owned();
    }
    let others = match lacking {
        0 => t("Tous les membres actifs en ont une.").to_owned(),
        1 => t(
            "1 membre actif n’en a pas encore\u{a0}: elle lui sera demandée dès sa prochaine page.",
        )
        .to_owned(),
        n => say!(
            "{n} membres actifs n’en ont pas encore\u{a0}: elle leur sera demandée dès leur prochaine page.",
            n
        ),
    };
    if mine {
        say!("{others} Vous en faites partie.", others)
    } else {
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: an administrator shuts the whole firm out without having been told.
    #[test]
    fn consequences_are_told() {
        assert!(consequence(false, 2, true).ends_with("Vous en faites partie."));
        assert!(consequence(false, 0, false).starts_with("Tous"));
        assert!(state(Some(Timestamp(0))).contains("1er\u{a0}janvier\u{a0}1970"));
        for code in [
            "inviter",
            "renvoyer",
            "role",
            "suspendre",
            "retablir",
            "retirer",
            "oui",
            "non",
        ] {
            assert!(done(code).is_some(), "{code}");
        }
        assert_eq!(done("<b>"), None);
    }
}
