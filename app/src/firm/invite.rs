//! « Inviter une personne ».

use super::calls;
use crate::{
    parts::{
        field::Field,
        form::{PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
        role::RoleChoice,
    },
    routes,
};
use leptos::prelude::*;
use portfolio::{
    form::{InviteField, InviteForm},
    language::t,
    permission::Role,
};

/// The page: who is no administrator is told so before typing.
#[component]
pub fn InvitePage() -> impl IntoView {
    let allowed = Resource::new_blocking(|| (), |()| calls::whole_team());
    let form = use_form(InviteForm {
        role: Role::Collaborator.code().to_owned(),
        ..InviteForm::default()
    });
    view! {
        <PageTitle text=t("Inviter une personne") form=form.faulty() />
        <Suspense>
            {move || Suspend::new(async move {
                let outcome = allowed.await;
                loaded(outcome, move |_| {
                    let initial = form.initial();
                    view! {
                        <article class="page narrow">
                            <p class="crumbs"><a href=routes::FIRM>{t("Cabinet")}</a></p>
                            <h1>{t("Inviter une personne")}</h1>
                            <p>{t("Elle reçoit un courriel avec un lien, valable 7\u{a0}jours, pour choisir son mot de passe.")}</p>
                            <PageForm form action=routes::INVITE send=calls::invite>
                                <Field form field=InviteField::Name label=t("Prénom et nom") value=initial.name />
                                <Field
                                    form
                                    field=InviteField::Email
                                    label=t("Adresse électronique")
                                    hint=t("Elle sera son identifiant. Exemple\u{a0}: prenom.nom@cabinet.fr")
                                    value=initial.email
                                    inputmode="email"
                                />
                                <RoleChoice form field=InviteField::Role value=initial.role />
                                <div class="actions">
                                    <Submit form label=t("Envoyer l’invitation") busy=t("Envoi…") />
                                    <a class="button quiet" href=routes::FIRM>{t("Annuler")}</a>
                                </div>
                            </PageForm>
                        </article>
                    }
                })
            })}
        </Suspense>
    }
}
