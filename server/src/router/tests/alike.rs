//! One judgement on both sides: what the browser's copy of the rules refuses, the server refuses with the very same problems.

use super::browser::{Browser, TestPortal};
use app::refusal::Refusal;
use http::StatusCode;
use portfolio::{
    attestation::IssueForm,
    form::{
        AnswerForm, ApplyForm, BeginForm, EmailForm, FeedForm, Form, NoticeForm, OnlineForm,
        ProofForm, RhythmForm, WithdrawForm,
    },
    mobility::form::VerifyForm,
};

/// Texts that sit on the edges of every parser; the tests below combine them.
const TEXTS: [&str; 24] = [
    "",
    " \u{202f}\u{a0}",
    "0",
    "000000000",
    "732829320",
    "732 829 320",
    "732829321",
    "73282932O",
    "7328293200",
    "73282932000074",
    "73282932000079",
    "35600000009075",
    "35600000049838",
    "117000001567462542",
    "11700000156746254É",
    "1170000015674625420",
    "GQ815739800M01",
    "255081416802538",
    "255082A16802597",
    "2551314168025",
    "1 234,50 €",
    "1.234",
    "-12,00",
    "</title><script>",
];

async fn refused_alike<F: Form>(
    member: &mut Browser,
    function: &str,
    form: F,
    fields: &[(&str, &str)],
) {
    let there = member.fetch(function, fields).await;
    if let Err(problems) = form.check() {
        assert_eq!(
            there.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{function} {fields:?}"
        );
        let told: Refusal<F::Field> = serde_json::from_str(&there.body).unwrap();
        assert_eq!(told, Refusal::Problems(problems), "{function} {fields:?}");
    } else {
        // What the form lets pass is the port's to answer.
        let passed = [StatusCode::OK, StatusCode::NOT_FOUND].contains(&there.status);
        assert!(
            passed,
            "{function} {fields:?}: {} {}",
            there.status, there.body
        );
    }
}

/// Fear: the browser lets through what the server refuses, or the other way round, at « Inscrire ».
#[tokio::test]
async fn identifiers() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    for identifier in TEXTS {
        for as_account in ["", "1"] {
            let form = BeginForm {
                identifier: identifier.into(),
                as_account: as_account.into(),
                ..BeginForm::default()
            };
            let fields = [("identifier", identifier), ("as_account", as_account)];
            refused_alike(&mut member, "inscrire", form, &fields).await;
        }
    }
}

/// Fear: the same of the secrets of a proof, every status with every text.
#[tokio::test]
async fn proofs() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    for status in ["", "employeur", "independant", "gerant", "chef"] {
        for (place, first) in TEXTS.into_iter().enumerate() {
            // Each text meets another one, without the square of them.
            let second = TEXTS[(place * 7 + 3) % TEXTS.len()];
            let form = ProofForm {
                status: status.into(),
                amount: first.into(),
                employer_account: second.into(),
                nir: first.into(),
                self_employed_account: second.into(),
                ..ProofForm::default()
            };
            let fields = [
                ("status", status),
                ("amount", first),
                ("employer_account", second),
                ("nir", first),
                ("self_employed_account", second),
            ];
            refused_alike(&mut member, "mandat", form, &fields).await;
        }
    }
}

/// Fear: the same of the forms of clients' own accounts.
#[tokio::test]
async fn own_accounts() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let mut client = portal.client().await;
    let mut stranger = portal.stranger();
    for (place, first) in TEXTS.into_iter().enumerate() {
        let second = TEXTS[(place * 7 + 3) % TEXTS.len()];
        let form = EmailForm {
            email: first.into(),
        };
        let fields = [("email", first)];
        refused_alike(&mut client, "mon-compte/adresse", form, &fields).await;
        let form = WithdrawForm {
            of: first.into(),
            service: second.into(),
        };
        let fields = [("of", first), ("service", second)];
        refused_alike(&mut client, "mon-compte/retirer", form, &fields).await;
        for act in ["", "inviter", "annuler", first] {
            let form = OnlineForm {
                of: second.into(),
                email: first.into(),
                act: act.into(),
            };
            let fields = [("of", second), ("email", first), ("act", act)];
            refused_alike(&mut member, "compte-en-ligne/agir", form, &fields).await;
        }
        let form = AnswerForm {
            token: first.into(),
            name: first.into(),
            password: second.into(),
            act: first.into(),
        };
        let fields = [
            ("token", first),
            ("name", first),
            ("password", second),
            ("act", first),
        ];
        refused_alike(&mut stranger, "repondre", form, &fields).await;
        for status in ["", "employeur", "independant", "gerant"] {
            // No address among the texts: what is refused is refused before anything is tried.
            let form = ApplyForm {
                identifier: first.into(),
                status: status.into(),
                amount: second.into(),
                employer_account: first.into(),
                nir: second.into(),
                self_employed_account: first.into(),
                email: second.into(),
            };
            let fields = [
                ("identifier", first),
                ("status", status),
                ("amount", second),
                ("employer_account", first),
                ("nir", second),
                ("self_employed_account", first),
                ("email", second),
            ];
            refused_alike(&mut stranger, "creer-mon-compte", form, &fields).await;
        }
    }
}

/// Fear: the same of codes of papers, and of whose attestation is asked for.
#[tokio::test]
async fn papers() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let codes = [
        "4F7K0Q2M9XYZ123",
        "000000000000000",
        "4F7K-0Q2M-9XYZ-1234-ABCD",
    ];
    for code in TEXTS.into_iter().chain(codes) {
        let form = VerifyForm { code: code.into() };
        refused_alike(&mut member, "verification", form, &[("code", code)]).await;
    }
    for of in TEXTS
        .into_iter()
        .chain(["01a20cbe-3610-7d9c-af6a-74462ae16a39"])
    {
        let form = IssueForm { of: of.into() };
        refused_alike(&mut member, "attestation", form, &[("of", of)]).await;
    }
}

/// Fear: the same of what is chosen for the calendar and of messages.
#[tokio::test]
async fn choices_of_the_calendar() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let nobody = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
    for code in [
        "",
        "dsn-5",
        "DSN-5",
        "trimestriel ",
        "moi",
        "personne",
        nobody,
        "echeances",
    ] {
        for of in ["", nobody] {
            let form = RhythmForm {
                of: of.into(),
                rhythm: code.into(),
            };
            let fields = [("of", of), ("rhythm", code)];
            refused_alike(&mut member, "echeances/choisir", form, &fields).await;
        }
        for act in ["", "creer", "revoquer"] {
            let form = FeedForm {
                act: act.into(),
                whose: code.into(),
            };
            let fields = [("act", act), ("whose", code)];
            refused_alike(&mut member, "echeances/agenda/agir", form, &fields).await;
        }
        for act in ["", "arreter", "adresse"] {
            let form = NoticeForm {
                act: act.into(),
                kind: code.into(),
            };
            let fields = [("act", act), ("kind", code)];
            refused_alike(&mut member, "courriels/choisir", form, &fields).await;
        }
    }
}
