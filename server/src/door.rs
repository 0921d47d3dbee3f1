//! The door of the server: identifier and password against the stored members, then a session.
//!
//! Knows in which order things are asked, and that nobody learns from the answer or from its delay which identifiers exist. Refuses
//! to know how passwords are hashed ([`crate::hasher`]) and where members are kept (`store`).

mod security;

use crate::hasher::Hasher;
use async_trait::async_trait;
use portfolio::{
    form::{Password, SignInDraft},
    origin::Origin,
    ports::{Door, Outage, Session, SessionToken, SignIn, StepToken, Visit},
    time::Timestamp,
};
use store::{Credentials, Store, Try};

/// The door on a store.
#[derive(Clone)]
pub struct Gate {
    store: Store,
    hasher: Hasher,
}

impl Gate {
    /// A door on this store.
    pub const fn new(store: Store, hasher: Hasher) -> Self {
        Self { store, hasher }
    }
}

impl Gate {
    /// Hashes a right password anew when its hash was made with less work than is usual now. It can wait for the next time.
    async fn strengthen(&self, known: &Credentials, password: &Password) {
        let old = known.password_hash.as_deref();
        let (Some(place), true) = (
            self.hasher.enter(),
            old.is_some_and(|hash| self.hasher.is_weaker(hash)),
        ) else {
            return;
        };
        let password = Password::new(password.expose().to_owned());
        let anew = async {
            let hash = self.hasher.hash(password, place).await;
            let hash = hash.map_err(|error| Outage(error.to_string()))?;
            self.store.hash_anew(known, &hash).await
        };
        if let Err(error) = anew.await {
            tracing::warn!(%error, "a password was not hashed anew");
        }
    }
}

#[async_trait]
impl Door for Gate {
    async fn sign_in(
        &self,
        draft: &SignInDraft,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<SignIn, Outage> {
        // Before anything is looked up: a full house answers alike for every identifier.
        let Some(place) = self.hasher.enter() else {
            return Ok(SignIn::Busy);
        };
        let identifier = &draft.identifier;
        let known = match self.store.try_sign_in(identifier, visit.from, now).await? {
            Try::Paused { until } => return Ok(SignIn::Paused { until }),
            Try::Go(known) => known,
        };
        let stored = known.as_ref().and_then(|known| known.password_hash.clone());
        let password = Password::new(draft.password.expose().to_owned());
        let opens = self
            .hasher
            .matches(password, stored, place)
            .await
            .map_err(|error| Outage(error.to_string()))?;
        let Some(known) = known.as_ref().filter(|_| opens) else {
            self.store
                .sign_in_failed(identifier, known.as_ref(), visit.from, now)
                .await?;
            return Ok(SignIn::WrongPair);
        };
        if known.second_factor {
            let step = StepToken::new(store::new_token()?);
            let started = self
                .store
                .start_step(identifier, known, &step, visit.from, now)
                .await?;
            return Ok(if started {
                SignIn::SecondFactor(step)
            } else {
                SignIn::WrongPair
            });
        }
        let token = SessionToken::new(store::new_token()?);
        if !self
            .store
            .signed_in(identifier, known, &token, visit, now)
            .await?
        {
            return Ok(SignIn::WrongPair);
        }
        self.strengthen(known, &draft.password).await;
        Ok(SignIn::Session(token))
    }

    async fn sign_out(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<(), Outage> {
        self.store.end_session(token, from, now).await
    }

    async fn session(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<Option<Session>, Outage> {
        self.store.session(token, from, now).await
    }

    async fn watching(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<Option<Session>, Outage> {
        self.store.watching(token, from, now).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::Stopwatch,
        trial::{BOUND, Trial, apart},
    };
    use portfolio::{
        form::{Form as _, SignInForm},
        permission::Role,
        ports::SESSION_IDLE,
        time::DAY,
    };

    const NOW: Timestamp = Timestamp(1_795_000_000);

    async fn gate(trial: &Trial) -> Gate {
        gate_with(trial, Hasher::light()).await
    }

    async fn gate_with(trial: &Trial, hasher: Hasher) -> Gate {
        let password = Password::new("a pass phrase".into());
        let hash = hasher
            .hash(password, hasher.enter().unwrap())
            .await
            .unwrap();
        let firm = trial.store.add_firm("Cabinet Durand", NOW).await.unwrap();
        trial
            .store
            .add_member(
                firm,
                "claire",
                "Claire Durand",
                &hash,
                Role::Collaborator,
                NOW,
            )
            .await
            .unwrap();
        Gate::new(trial.store.clone(), hasher)
    }

    async fn tried(gate: &Gate, identifier: &str, password: &str) -> SignIn {
        tried_at(gate, identifier, password, NOW).await
    }

    async fn tried_at(gate: &Gate, identifier: &str, password: &str, now: Timestamp) -> SignIn {
        let form = SignInForm {
            identifier: identifier.into(),
            password: password.into(),
            next: String::new(),
        };
        gate.sign_in(&form.check().unwrap(), &Visit::default(), now)
            .await
            .unwrap()
    }

    /// Fear: a wrong pair opens, or a right one does not, or the session that it opens is another's or outlives its end.
    #[tokio::test]
    async fn in_and_out() {
        let trial = Trial::new().await;
        let gate = gate(&trial).await;
        for (identifier, password) in [
            ("claire", "a pass phrase "),
            ("claire", "A pass phrase"),
            ("nobody", "a pass phrase"),
            ("nobody", "nobody's password"),
        ] {
            let answer = tried(&gate, identifier, password).await;
            assert!(
                matches!(answer, SignIn::WrongPair),
                "{identifier}: {answer:?}"
            );
        }
        let SignIn::Session(token) = tried(&gate, " CLAIRE ", "a pass phrase").await else {
            panic!("the right pair is refused");
        };
        let session = gate
            .session(&token, Origin::default(), NOW)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(session.shown.member, "Claire Durand");
        assert!(
            gate.session(&token, Origin::default(), NOW.plus(SESSION_IDLE))
                .await
                .unwrap()
                .is_none()
        );
        gate.sign_out(&token, Origin::default(), NOW).await.unwrap();
        assert!(
            gate.session(&token, Origin::default(), NOW)
                .await
                .unwrap()
                .is_none()
        );
    }

    /// Fear: a full house answers otherwise for an identifier that exists.
    #[tokio::test]
    async fn a_full_house_answers_alike() {
        let trial = Trial::new().await;
        let gate = gate(&trial).await;
        let places: Vec<_> = std::iter::from_fn(|| gate.hasher.enter()).collect();
        for identifier in ["claire", "nobody"] {
            let answer = tried(&gate, identifier, "a pass phrase").await;
            assert!(matches!(answer, SignIn::Busy), "{identifier}: {answer:?}");
        }
        drop(places);
        assert!(matches!(
            tried(&gate, "claire", "a pass phrase").await,
            SignIn::Session(_)
        ));
    }

    /// Tries of each kind; the kinds take turns, so that whatever else the machine does falls on all of them alike.
    const TRIES: i64 = 1_000;
    /// KiB of the hash: less than a hundredth of the real one’s work, and yet as much as all else that a try does.
    const MEMORY: u32 = 4096;

    /// A door that leaves the hash out where nobody has the identifier.
    async fn careless(gate: &Gate, now: Timestamp) {
        let from = Origin::default();
        let tried = gate.store.try_sign_in("absent", from, now).await.unwrap();
        assert!(matches!(tried, Try::Go(None)), "{tried:?}");
        gate.store
            .sign_in_failed("absent", None, from, now)
            .await
            .unwrap();
    }

    /// Fear: identifiers are found out by the time that a refusal takes. That the test would see it is shown by a careless door.
    #[tokio::test]
    async fn a_refusal_takes_as_long_for_nobody() {
        let trial = Trial::new().await;
        let gate = gate_with(&trial, Hasher::of_memory(MEMORY)).await;
        let mut times = [const { Vec::new() }; 3];
        for n in 0..TRIES {
            // A day apart: nobody is paused.
            let now = NOW.plus(n * DAY);
            for turn in 0..3 {
                // Each kind comes after each other one as often.
                let kind =
                    usize::try_from(if n % 2 == 0 { n + turn } else { n + 2 - turn }).unwrap() % 3;
                let watch = Stopwatch::start();
                match ["claire", "nobody"].get(kind) {
                    None => careless(&gate, now).await,
                    Some(identifier) => {
                        let answer = tried_at(&gate, identifier, "another password", now).await;
                        assert!(matches!(answer, SignIn::WrongPair), "{answer:?}");
                    }
                }
                times[kind].push(watch.elapsed().as_nanos());
            }
        }
        let [known, unknown, careless] = &times;
        let (alike, planted) = (apart(known, unknown), apart(known, careless));
        assert!(planted > BOUND, "a hash left out is not seen: {planted:.1}");
        assert!(
            alike < BOUND,
            "known and unknown are told apart: {alike:.1}"
        );
    }
}
