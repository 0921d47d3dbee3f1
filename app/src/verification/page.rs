//! « Vérifier un document »: a certificate of work abroad, or an attestation de vigilance.

use super::{
    attestation::Attested,
    calls::{Verdict, verify},
};
use crate::{
    parts::{
        field::Field,
        form::{PageForm, Submit, use_answer, use_form},
        frame::PageTitle,
    },
    refusal::Next,
    routes,
};
use leptos::prelude::*;
use portfolio::{
    language::t,
    mobility::{
        day::Day,
        form::{VerifyField, VerifyForm},
        life::State,
        wording,
    },
    ports::Verified,
    say,
};

/// The page.
#[component]
pub fn VerificationPage() -> impl IntoView {
    let form = use_form(VerifyForm::default());
    let verdict = RwSignal::new(use_answer::<Verdict>());
    let send = move |typed| async move {
        // What was said of another code is not left standing beside a new one.
        verdict.set(None);
        let answer = verify(typed).await?;
        verdict.set(Some(answer));
        Ok(Next {
            to: routes::VERIFICATION.to_owned(),
        })
    };
    view! {
        <PageTitle text=t("Vérifier un document") form=form.faulty() />
        <article class="page narrow verification">
            <h1>{t("Vérifier un document")}</h1>
            <p>
                {t("Une attestation de vigilance, ou un certificat A1, de détachement ou de maintien, vous a été présenté\u{202f}? Saisissez le code \
                 imprimé dessus\u{a0}: cette page dit ce que le papier doit dire, et s’il est toujours valable.")}
            </p>
            <PageForm form action=routes::VERIFICATION send>
                <Field
                    form
                    field=VerifyField::Code
                    label=t("Code de sécurité ou de vérification")
                    hint=t("15 signes sur une attestation de vigilance (4F7K0-Q2M9X-YZ123), 20 sur un certificat. Tirets et majuscules sont facultatifs.")
                    value=form.initial().code
                    class="identifier"
                />
                <Submit form label=t("Vérifier") busy=t("Vérification…") />
            </PageForm>
            <div role="status" class="verdict">
                {move || verdict.get().map(|verdict| match verdict {
                    Verdict::Known { verified, today } => view! { <Known verified=*verified today /> }.into_any(),
                    Verdict::Attested { vouched, today } => view! { <Attested vouched=*vouched today /> }.into_any(),
                    Verdict::Unknown => view! { <Unknown /> }.into_any(),
                })}
            </div>
        </article>
    }
}

#[component]
fn Unknown() -> impl IntoView {
    view! {
        <div class="notice warning">
            <h2>{t("Aucun document ne porte ce code")}</h2>
            <p>
                {t("Comparez chaque signe avec le papier. Si le code est bien celui qui y figure, ce papier n’a pas été délivré ici\u{a0}: ne vous y \
                 fiez pas.")}
            </p>
        </div>
    }
}

/// Whether it is good today, in words and shape.
fn standing(verified: &Verified, today: Day) -> (&'static str, &'static str, String) {
    let ended = || {
        verified.ended_at.map_or_else(String::new, |at| {
            say!(" le {day}", day = Day::of(at).long())
        })
    };
    match verified.state {
        State::Granted if today > verified.period.end => (
            "notice",
            "■",
            say!(
                "Ce certificat est arrivé à son terme le {long}.",
                long = verified.period.end.long()
            ),
        ),
        State::Granted if today < verified.period.start => (
            "notice success",
            "●",
            say!(
                "Ce certificat est authentique. Il commence le {long}.",
                long = verified.period.start.long()
            ),
        ),
        State::Granted => (
            "notice success",
            "●",
            t("Ce certificat est authentique, et valable aujourd’hui.").to_owned(),
        ),
        State::EndedEarly => (
            "notice warning",
            "■",
            match verified.last_day {
                Some(day) => say!(
                    "Ce certificat a été écourté\u{a0}: il vaut jusqu’au {long}.",
                    long = day.long()
                ),
                None => say!("Ce certificat a été écourté{ended}.", ended = ended()),
            },
        ),
        _ => (
            "notice warning",
            "✕",
            say!(
                "Ce certificat a été retiré{ended}\u{a0}: il ne vaut plus.",
                ended = ended()
            ),
        ),
    }
}

#[component]
fn Known(verified: Verified, today: Day) -> impl IntoView {
    let (class, mark, words) = standing(&verified, today);
    let name = wording::certificate(verified.kind, verified.countries.first().copied());
    let countries = verified.countries.iter().map(|country| country.name());
    let countries = countries.collect::<Vec<_>>().join(", ");
    let period = verified.period;
    view! {
        <div class=class>
            <h2><span aria-hidden="true">{mark} " "</span>{words}</h2>
            <dl class="facts">
                <div><dt>{t("Certificat")}</dt><dd>{name}</dd></div>
                <div><dt>{t("Numéro")}</dt><dd class="identifier">{verified.number}</dd></div>
                <div><dt>{t("Délivré le")}</dt><dd>{Day::of(verified.at).long()}</dd></div>
                <div><dt>{t("Personne")}</dt><dd>{verified.who}</dd></div>
                <div><dt>{t("Pays d’activité")}</dt><dd>{countries}</dd></div>
                <div><dt>{t("Période")}</dt><dd>{say!("du {start} au {end}", start = period.start.long(), end = period.end.long())}</dd></div>
            </dl>
            <p>{t("Si le papier dit autre chose, ne vous y fiez pas.")}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::{
        mobility::{day::Period, decision::Certificate},
        time::Timestamp,
    };

    /// Fear: a certificate that was withdrawn, cut short or is over looks good.
    #[test]
    fn what_is_said() {
        let day = |text| Day::parse(text).unwrap();
        let of = |state, today| {
            let verified = Verified {
                number: "2026-000001".into(),
                kind: Certificate::A1,
                who: "Z. D’Ormesson".into(),
                countries: Vec::new(),
                period: Period {
                    start: day("01/12/2026"),
                    end: day("31/12/2026"),
                },
                at: Timestamp(1_795_507_094),
                state,
                last_day: (state == State::EndedEarly).then(|| day("15/12/2026")),
                ended_at: (state != State::Granted).then_some(Timestamp(1_795_507_094)),
            };
            standing(&verified, day(today)).2
        };
        assert!(of(State::Granted, "30/11/2026").contains("commence le 1er"));
        assert!(of(State::Granted, "01/12/2026").contains("valable aujourd’hui"));
        assert!(of(State::Granted, "31/12/2026").contains("valable aujourd’hui"));
        assert!(of(State::Granted, "01/01/2027").contains("terme"));
        assert!(of(State::EndedEarly, "10/12/2026").contains("jusqu’au 15"));
        assert!(of(State::Withdrawn, "10/12/2026").contains("ne vaut plus"));
    }
}
