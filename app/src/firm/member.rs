//! Somebody of the firm: the role, and the way in and out.

use super::{calls, people::seen};
use crate::{
    missing::MissingPage,
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::{PageTitle, Who},
        loaded::loaded,
        notice::Notice,
        role::RoleChoice,
        tag::StandingTag,
    },
    refusal::{Next, Refusal},
    routes,
    session::calls::who_am_i,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{
    form::{MemberField, MemberForm, act},
    language::t,
    say,
    team::{Person, Standing, Team},
};

/// The page.
#[component]
pub fn MemberPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let team = Resource::new_blocking(id, |_| calls::whole_team());
    let returned = use_returned::<MemberForm>();
    view! {
        <Suspense>
            {move || {
                let (id, returned) = (id(), returned.clone());
                Suspend::new(async move {
                    let outcome = team.await;
                    loaded(outcome, move |team| {
                        let found = team.people.iter().find(|person| person.id.to_string() == id).cloned();
                        match found {
                            Some(person) => view! { <Somebody person team returned /> }.into_any(),
                            None => view! { <MissingPage /> }.into_any(),
                        }
                    })
                })
            }}
        </Suspense>
    }
}

/// The state of the form of one button: what came back is that of the button which was pressed.
fn form_of(
    person: &Person,
    act: &'static str,
    returned: Option<&(MemberForm, Option<Refusal<MemberField>>)>,
) -> FormState<MemberForm> {
    let returned = returned.filter(|(form, _)| form.act == act).cloned();
    let fresh = MemberForm {
        of: person.id.to_string(),
        act: act.to_owned(),
        role: person.role.code().to_owned(),
        seen: person.seen(),
    };
    FormState::new(returned, fresh)
}

#[component]
fn Somebody(person: Person, team: Team, returned: Returned<MemberForm>) -> impl IntoView {
    let last = team.is_last_administrator(&person);
    let own = person.id == team.me;
    let returned = returned.as_ref();
    let role = form_of(&person, act::ROLE, returned);
    let access = match person.standing {
        Standing::Active => act::SUSPEND,
        Standing::Suspended => act::RESTORE,
        Standing::Invited => act::RESEND,
    };
    let access = form_of(&person, access, returned);
    let leave = form_of(&person, act::REMOVE, returned);
    let faulty =
        Signal::derive(move || [role, access, leave].iter().any(|form| form.faulty().get()));
    let name = person.name.clone();
    view! {
        <PageTitle text=t("Membre du cabinet") form=faulty />
        <article class="page narrow">
            <p class="crumbs"><a href=routes::FIRM>{t("Cabinet")}</a></p>
            <h1>{name} {own.then_some(" (vous)")}</h1>
            <Facts person=person.clone() />
            {last.then(|| view! {
                <Notice>
                    {t("Seul administrateur actif du cabinet\u{a0}: ce rôle et cet accès ne peuvent pas être retirés tant que quelqu’un d’autre n’a pas ce rôle.")}
                </Notice>
            })}
            <section aria-labelledby="titre-role">
                <h2 id="titre-role">{t("Rôle")}</h2>
                <PageForm form=role action=routes::member(person.id) send=send summary="problemes-role">
                    <Hidden form=role />
                    <RoleChoice form=role field=MemberField::Role value=role.initial().role />
                    <Submit form=role label=t("Enregistrer le rôle") busy=t("Enregistrement…") />
                </PageForm>
            </section>
            <section aria-labelledby="act">
                <h2 id="act" tabindex="-1">{t("Accès")}</h2>
                <Access person=person.clone() form=access />
                <Leave person form=leave />
            </section>
        </article>
    }
}

/// Sends, and takes a role of one's own that has changed over into the frame.
async fn send(form: MemberForm) -> Result<Next, Refusal<MemberField>> {
    let who = Who::here();
    let next = calls::act_on(form).await?;
    if next.to == routes::CLIENTS {
        who.set(who_am_i().await.map_err(|_| Refusal::Offline)?);
    }
    Ok(next)
}

#[component]
fn Facts(person: Person) -> impl IntoView {
    let factor = if person.second_factor {
        t("Oui")
    } else {
        t("Non")
    };
    let seen = seen(&person);
    let role = person.role;
    let until = (person.standing == Standing::Invited).then(|| {
        person.until.map_or_else(
            || t("Lien périmé").to_owned(),
            |until| {
                say!(
                    "Lien valable jusqu’au {short_moment}",
                    short_moment = until.short_moment()
                )
            },
        )
    });
    view! {
        <dl class="facts">
            <div><dt>{t("Identifiant")}</dt><dd class="identifier">{person.identifier}</dd></div>
            <div><dt>{t("Rôle")}</dt><dd>{role.label()} <span class="muted">{format!("\u{a0}: {}", role.told())}</span></dd></div>
            <div><dt>{t("État")}</dt><dd><StandingTag standing=person.standing /></dd></div>
            <div><dt>{t("Seconde preuve")}</dt><dd>{factor}</dd></div>
            <div><dt>{t("Dernière activité")}</dt><dd>{seen}</dd></div>
            {until.map(|until| view! { <div><dt>{t("Invitation")}</dt><dd>{until}</dd></div> })}
            {person.refused_at.map(|at| view! {
                <div>
                    <dt>{t("Courriels")}</dt>
                    <dd>
                        {t("Refusés depuis le ")} {at.long_date()} {t("\u{a0}: le serveur de courriel ne connaît pas cette adresse. Vérifiez-la avec la personne, \
                         qui peut la confirmer sous «\u{a0}Courriels\u{a0}»\u{202f}; si elle est fausse, retirez l’accès et invitez de nouveau.")}
                    </dd>
                </div>
            })}
        </dl>
    }
}

/// What every button sends.
#[component]
fn Hidden(form: FormState<MemberForm>) -> impl IntoView {
    let MemberForm { of, act, seen, .. } = form.initial();
    view! {
        <input type="hidden" name="of" value=of />
        <input type="hidden" name="act" value=act />
        <input type="hidden" name="seen" value=seen />
    }
}

/// In for a while, out for a while, or invited again.
#[component]
fn Access(person: Person, form: FormState<MemberForm>) -> impl IntoView {
    let words = match person.standing {
        Standing::Active => t(
            "Suspendre ferme aussitôt ses connexions en cours et abandonne ses inscriptions non enregistrées. L’accès se rétablit d’ici.",
        ),
        Standing::Suspended => t("Rétabli, l’accès s’ouvre avec le même mot de passe."),
        Standing::Invited => {
            t("Renvoyée, l’invitation contient un nouveau lien\u{202f}; le précédent ne sert plus.")
        }
    };
    view! {
        <PageForm form action=routes::member(person.id) send=send summary="problemes-acces">
            <Hidden form />
            <p>{words}</p>
            {match person.standing {
                Standing::Active => view! { <Submit form label=t("Suspendre l’accès") busy=t("Suspension…") /> },
                Standing::Suspended => view! { <Submit form label=t("Rétablir l’accès") busy=t("Rétablissement…") /> },
                Standing::Invited => view! { <Submit form label=t("Renvoyer l’invitation") busy=t("Envoi…") /> },
            }}
        </PageForm>
    }
}

/// Out for good: one step further away than the rest.
#[component]
fn Leave(person: Person, form: FormState<MemberForm>) -> impl IntoView {
    let invited = person.standing == Standing::Invited;
    let (title, words) = if invited {
        (
            t("Annuler l’invitation"),
            t("Le lien envoyé ne servira plus. Vous pourrez inviter de nouveau la même adresse."),
        )
    } else {
        (
            t("Retirer du cabinet"),
            t(
                "Ses connexions se ferment aussitôt et son accès disparaît. Ce qu’elle a fait reste dans l’historique, sous son nom. \
             Son identifiant redevient libre\u{a0}: pour la reprendre, invitez-la de nouveau.",
            ),
        )
    };
    let open = form.faulty().get_untracked();
    view! {
        <details class="leave" open=open>
            <summary>{title}</summary>
            <PageForm form action=routes::member(person.id) send=send summary="problemes-retirer">
                <Hidden form />
                <p>{words}</p>
                {if invited {
                    view! { <Submit form label=t("Annuler l’invitation") busy=t("Annulation…") danger=true /> }
                } else {
                    view! { <Submit form label=t("Retirer du cabinet") busy=t("Retrait…") danger=true /> }
                }}
            </PageForm>
        </details>
    }
}
