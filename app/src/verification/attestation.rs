//! What the page of verification says of an attestation de vigilance.

use leptos::prelude::*;
use portfolio::{
    amount::Cents, french, language::t, mobility::day::Day, organism, ports::Vouched, say,
};

/// Whether it is good today, in words and shape.
fn standing(vouched: &Vouched, today: Day) -> (&'static str, &'static str, String) {
    let until = vouched.until();
    if today > until {
        let said = say!(
            "Cette attestation est authentique, mais elle a expiré le {long}. Demandez-en une nouvelle.",
            long = until.long()
        );
        ("notice warning", "■", said)
    } else {
        let said = say!(
            "Cette attestation est authentique, et valable jusqu’au {long}.",
            long = until.long()
        );
        ("notice success", "●", said)
    }
}

/// What the paper says, and whether it is good.
#[component]
pub fn Attested(
    /// What the code confirms.
    vouched: Vouched,
    /// The day it is.
    today: Day,
) -> impl IntoView {
    let (class, mark, words) = standing(&vouched, today);
    let Vouched { issued, content } = vouched;
    let holder = content.held.holder.clone();
    let organisms: Vec<_> = content
        .organisms
        .iter()
        .map(|code| organism::name(code))
        .collect();
    let sirets: Vec<_> = content.sirets.iter().map(ToString::to_string).collect();
    let count = french::count(sirets.len() as u64, "établissement", "établissements");
    let few = sirets.len() <= 12;
    let not_told = || t("Non communiqué").to_owned();
    let staff = content.staff.map(|staff| {
        let headcount = staff.headcount.map_or_else(not_told, |count| {
            french::count(count, "salarié", "salariés")
        });
        let payroll = staff
            .payroll
            .map_or_else(not_told, |cents| Cents::new(cents).to_string());
        view! {
            <div><dt>{t("Effectif déclaré")}</dt><dd>{headcount}</dd></div>
            <div><dt>{t("Rémunérations déclarées")}</dt><dd>{payroll}</dd></div>
        }
    });
    view! {
        <div class=class>
            <h2><span aria-hidden="true">{mark} " "</span>{words}</h2>
            <dl class="facts">
                <div><dt>{t("Document")}</dt><dd>{t("Attestation de vigilance")}</dd></div>
                <div><dt>{t("Délivrée le")}</dt><dd>{issued.long()}</dd></div>
                <div><dt>{t("Nom ou raison sociale")}</dt><dd>{content.name}</dd></div>
                <div><dt>{holder.noun()}</dt><dd class="identifier">{holder.to_string()}</dd></div>
                <div><dt>{t("Statut")}</dt><dd>{content.kind.label()}</dd></div>
                <div><dt>{t("À jour au")}</dt><dd>{content.as_of.long()}</dd></div>
                {content.period.map(|period| view! { <div><dt>{t("Dernière période déclarée")}</dt><dd>{period.told()}</dd></div> })}
                <div><dt>{t("Géré par")}</dt><dd>{organisms.join(", ")}</dd></div>
                {staff}
                <div><dt>{t("Établissements")}</dt><dd>{count}</dd></div>
            </dl>
            {(!sirets.is_empty()).then(|| view! {
                <details open=few>
                    <summary>{t("Numéros Siret")}</summary>
                    <ul role="list" class="sirets">
                        {sirets.into_iter().map(|siret| view! { <li class="identifier">{siret}</li> }).collect_view()}
                    </ul>
                </details>
            })}
            <p>{t("Si le papier dit autre chose, ne vous y fiez pas. Vérifiez de nouveau dans six mois, jusqu’à la fin du contrat.")}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::{attestation::Content, holder::Kind};

    /// Fear: a paper that is over looks good, or one is over a day early.
    #[test]
    fn what_is_said() {
        let day = |text| Day::parse(text).unwrap();
        let vouched = Vouched {
            issued: day("24/11/2026"),
            content: Content {
                name: "Boulangerie".into(),
                held: "RG:732829320".parse().unwrap(),
                kind: Kind::Emp,
                sirets: Vec::new(),
                organisms: Vec::new(),
                period: None,
                staff: None,
                as_of: day("24/11/2026"),
            },
        };
        assert!(standing(&vouched, day("24/11/2026")).2.contains("valable"));
        assert!(standing(&vouched, day("23/05/2027")).2.contains("valable"));
        assert!(standing(&vouched, day("24/05/2027")).2.contains("expiré"));
    }
}
