//! The server function. It is open to strangers; what it tells is what the paper tells.

use crate::refusal::Refusal;
use leptos::prelude::*;
use portfolio::{
    mobility::{
        day::Day,
        form::{VerifyField, VerifyForm},
    },
    ports::{Verified, Vouched},
};
use serde::{Deserialize, Serialize};

/// What is answered to a code that reads like one. Which kind of paper it is of, its length tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// There is such a certificate.
    Known {
        /// What it says.
        verified: Box<Verified>,
        /// The day it is, so that server and browser tell alike whether it is over.
        today: Day,
    },
    /// There is such an attestation de vigilance.
    Attested {
        /// What it says.
        vouched: Box<Vouched>,
        /// The day it is.
        today: Day,
    },
    /// There is none.
    Unknown,
}

/// Looks a code up. A code is posted, never part of an address: no log and no history keeps it.
///
/// # Errors
/// What is no code, or too many codes that were none.
#[server(prefix = "/api", endpoint = "verification")]
pub async fn verify(#[server(flatten)] form: VerifyForm) -> Result<Verdict, Refusal<VerifyField>> {
    use crate::asking::{answer, outage, portal, visit};
    use portfolio::{
        attempts,
        attestation::PaperCode,
        form::Form as _,
        ports::{Checked, CodeTried},
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let code = form.check().map_err(Refusal::Problems)?;
            let (now, from) = ((portal.now)(), visit().from);
            let today = Day::of(now);
            let wait = |until| {
                let minutes = attempts::minutes_until(until, now);
                let problem = Problem::Wait { minutes };
                Err(Refusal::Problems(Problems::one(VerifyField::Code, problem)))
            };
            match code {
                PaperCode::Certificate(code) => {
                    let tried = portal.verification.verify(&code, from, now).await;
                    match tried.map_err(outage)? {
                        CodeTried::Known(verified) => Ok(Verdict::Known { verified, today }),
                        CodeTried::Unknown => Ok(Verdict::Unknown),
                        CodeTried::Paused { until } => wait(until),
                    }
                }
                PaperCode::Attestation(code) => {
                    let tried = portal.attestations.check(&code, from, now).await;
                    match tried.map_err(outage)? {
                        Checked::Known(vouched) => Ok(Verdict::Attested { vouched, today }),
                        Checked::Unknown => Ok(Verdict::Unknown),
                        Checked::Paused { until } => wait(until),
                    }
                }
            }
        }
        .await,
    )
}
