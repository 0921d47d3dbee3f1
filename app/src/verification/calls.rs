//! The server function. It is open to strangers; what it tells is what the paper tells.

use crate::refusal::Refusal;
use leptos::prelude::*;
use portfolio::{
    mobility::{
        day::Day,
        form::{VerifyField, VerifyForm},
    },
    ports::Verified,
};
use serde::{Deserialize, Serialize};

/// What is answered to a code that reads like one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// There is such a certificate.
    Known {
        /// What it says.
        verified: Box<Verified>,
        /// The day it is, so that server and browser tell alike whether it is over.
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
        form::Form as _,
        ports::CodeTried,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let code = form.check().map_err(Refusal::Problems)?;
            let now = (portal.now)();
            let tried = portal.verification.verify(&code, visit().from, now).await;
            match tried.map_err(outage)? {
                CodeTried::Known(verified) => Ok(Verdict::Known {
                    verified,
                    today: Day::of(now),
                }),
                CodeTried::Unknown => Ok(Verdict::Unknown),
                CodeTried::Paused { until } => Err(Refusal::Problems(Problems::one(
                    VerifyField::Code,
                    Problem::Wait {
                        minutes: attempts::minutes_until(until, now),
                    },
                ))),
            }
        }
        .await,
    )
}
