//! Passkeys: what browsers are asked (W3C Web Authentication, level 3), and whether they answered it.
//!
//! Knows the protocol, by `webauthn-rs`, and at which address passkeys are good: the portal's own, never a request's `Host`. Refuses to
//! know where anything is kept, and what a page says.

use async_trait::async_trait;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use portfolio::{
    access::{Ceremony, Passkey},
    form::PasskeyAnswer,
    ids::{MemberId, Oneself, PasskeyId},
    origin::Origin,
    passkey::{CEREMONY_LIFE, MOST},
    permission::Fresh,
    ports::{
        KeyAsked, KeyTried, Outage, PasskeyAdded, Passkeys, Session, SessionToken, StepToken,
        Visit, Whom,
    },
    time::Timestamp,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use store::{
    CeremonyKept, KeyOwner, KnownPasskey, NewPasskey, Store, TakenCeremony, TryPasskey, UsedPasskey,
};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey as Credential, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
    WebauthnError,
};

/// The portal's name in the dialogs of browsers.
const NAME: &str = "Portefeuille";

/// Asks for passkeys and judges the answers.
#[derive(Clone)]
pub struct Locksmith {
    store: Store,
    protocol: Option<Arc<Webauthn>>,
}

/// A question, as it is kept until it is answered. What was asked for one purpose is good for no other.
#[derive(Serialize, Deserialize)]
enum Question {
    /// For a new passkey.
    Making(PasskeyRegistration),
    /// For one that is there.
    Asking(Purpose, DiscoverableAuthentication),
}

/// What a passkey is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Purpose {
    /// Signing in.
    Entering,
    /// The second step after a password.
    Stepping,
    /// A confirmation.
    Confirming,
}

/// A question that was answered.
enum Tried {
    /// Well.
    Good(Good),
    /// Not well: with the passkey of this member, if it is anybody's.
    Bad(Option<MemberId>),
    /// Too late.
    Over,
    /// Too often.
    Paused(Timestamp),
}

/// A passkey that answered well.
struct Good {
    /// As it was.
    known: KnownPasskey,
    /// As it is from now on.
    after: String,
    /// When it was asked for.
    asked_at: Timestamp,
}

impl Good {
    fn used(&self) -> UsedPasskey<'_> {
        UsedPasskey {
            known: &self.known,
            credential: &self.after,
            asked_at: self.asked_at,
        }
    }
}

impl Locksmith {
    /// For the portal at this address. Browsers make passkeys for names alone, over https, and for `localhost`: elsewhere there are none.
    pub fn new(store: Store, url: &str) -> Self {
        let protocol = protocol(url);
        Self { store, protocol }
    }

    fn protocol(&self) -> Result<&Webauthn, Outage> {
        let protocol = self.protocol.as_deref();
        protocol.ok_or_else(|| Outage("passkeys are not offered here".to_owned()))
    }

    /// Keeps a question, and puts what is to be asked into words for the browser.
    async fn ask(
        &self,
        of: Option<&KeyOwner>,
        question: &Question,
        options: &Value,
        from: Origin,
        now: Timestamp,
    ) -> Result<KeyAsked, Outage> {
        let of = of.map(|owner| owner.member);
        let kept = self
            .store
            .ask_passkey(of, &text(question)?, from, now)
            .await?;
        Ok(match kept {
            CeremonyKept::Go(id) => KeyAsked::Ceremony(Ceremony {
                id,
                options: options.to_string(),
            }),
            CeremonyKept::Paused { until } => KeyAsked::Paused { until },
        })
    }

    /// Judges an answer. Strangers are counted by where they come from.
    async fn judge(
        &self,
        purpose: Purpose,
        answer: &PasskeyAnswer,
        counted: Option<Origin>,
        now: Timestamp,
    ) -> Result<Tried, Outage> {
        let protocol = self.protocol()?;
        let read: Option<PublicKeyCredential> = serde_json::from_str(&answer.text).ok();
        let named = read
            .as_ref()
            .map_or(&[][..], PublicKeyCredential::get_credential_id);
        let tried = self
            .store
            .try_passkey(answer.ceremony, named, counted, now)
            .await?;
        let (taken, known) = match tried {
            TryPasskey::Go(taken, known) => (taken, known),
            TryPasskey::Over => return Ok(Tried::Over),
            TryPasskey::Paused { until } => return Ok(Tried::Paused(until)),
        };
        let (Some(read), Some(known)) = (read, known) else {
            return Ok(Tried::Bad(None));
        };
        let asked_at = taken.asked_at;
        Ok(match judged(protocol, purpose, taken, &read, &known)? {
            Some(after) => Tried::Good(Good {
                known,
                after,
                asked_at,
            }),
            None => Tried::Bad(Some(known.member)),
        })
    }
}

impl Locksmith {
    /// Lets whoever answered well in: by itself, or after the password of a member.
    async fn come_in(
        &self,
        after: Option<(&StepToken, MemberId)>,
        answer: &PasskeyAnswer,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<KeyTried, Outage> {
        let purpose = match after {
            Some(_) => Purpose::Stepping,
            None => Purpose::Entering,
        };
        let owner = match self.judge(purpose, answer, Some(visit.from), now).await? {
            Tried::Over => return Ok(KeyTried::Over),
            Tried::Paused(until) => return Ok(KeyTried::Paused { until }),
            Tried::Bad(owner) => owner,
            Tried::Good(good) => {
                let token = SessionToken::new(store::new_token()?);
                let (store, used) = (&self.store, good.used());
                let done = match after {
                    Some((step, _)) => {
                        store
                            .stepped_by_passkey(step, &used, &token, visit, now)
                            .await
                    }
                    None => store.signed_in_by_passkey(&used, &token, visit, now).await,
                };
                if done? {
                    return Ok(KeyTried::Session(token));
                }
                Some(good.known.member)
            }
        };
        let about = after.map(|(_, member)| member).or(owner);
        self.store.passkey_refused(about, visit.from, now).await?;
        Ok(KeyTried::Refused)
    }
}

/// What passkeys are made for; `None`, and a line in the log, where there can be none.
fn protocol(url: &str) -> Option<Arc<Webauthn>> {
    let parsed = Url::parse(url).ok();
    let name = parsed.as_ref().and_then(Url::domain);
    let (Some(url), Some(name)) = (parsed.as_ref(), name) else {
        tracing::warn!("no passkeys: the address in PORTAIL_URL is not a name");
        return None;
    };
    if url.scheme() != "https" && name != "localhost" {
        tracing::warn!("no passkeys: browsers have them over https alone, see PORTAIL_URL");
        return None;
    }
    let life = Duration::from_secs(CEREMONY_LIFE.unsigned_abs());
    let built = WebauthnBuilder::new(name, url)
        .and_then(|builder| builder.rp_name(NAME).timeout(life).build());
    built
        .inspect_err(|error| tracing::warn!(%error, "no passkeys"))
        .ok()
        .map(Arc::new)
}

/// Whether an answer is good; what the passkey is from then on.
fn judged(
    protocol: &Webauthn,
    purpose: Purpose,
    taken: TakenCeremony,
    answer: &PublicKeyCredential,
    known: &KnownPasskey,
) -> Result<Option<String>, Outage> {
    let Question::Asking(asked_for, state) = read(&taken.state)? else {
        return Ok(None);
    };
    let mut credential: Credential = read(&known.credential)?;
    // The browser names the owner when nobody was asked by name, and may otherwise.
    let owner = answer.get_user_unique_id();
    let own = match owner {
        Some(owner) => owner == known.member.0.as_bytes(),
        None => purpose != Purpose::Entering,
    };
    let asked = taken.member.is_none_or(|asked| asked == known.member);
    if asked_for != purpose || !own || !asked {
        return Ok(None);
    }
    let key = DiscoverableKey::from(&credential);
    let result = match protocol.finish_discoverable_authentication_v2(answer, state, &key) {
        Ok(result) => result,
        Err(error) => {
            told(&error);
            return Ok(None);
        }
    };
    Ok(match credential.update_credential(&result) {
        Some(true) => Some(text(&credential)?),
        Some(false) => Some(known.credential.clone()),
        None => None,
    })
}

/// The library's words are its own: nothing of an answer is in them. People in trouble with their keys are helped by them.
fn told(error: &WebauthnError) {
    tracing::info!(%error, "a passkey was not taken");
}

fn text(what: &impl Serialize) -> Result<String, Outage> {
    serde_json::to_string(what).map_err(|_| Outage("a passkey cannot be written".to_owned()))
}

/// What [`text`] wrote.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, Outage> {
    serde_json::from_str(text)
        .map_err(|_| Outage("a passkey, or a question for one, cannot be read".to_owned()))
}

/// What `navigator.credentials` is given.
fn options(asked: &impl Serialize) -> Result<Value, Outage> {
    let whole = serde_json::to_value(asked);
    let mut whole = whole.map_err(|_| Outage("a question cannot be written".to_owned()))?;
    let mut options = whole["publicKey"].take();
    if let Some(extensions) = options["extensions"].as_object_mut() {
        // How the person was verified: nothing here depends on it, and few browsers tell.
        extensions.remove("uvm");
    }
    Ok(options)
}

fn unasked(error: WebauthnError) -> Outage {
    Outage(format!("no question for a passkey: {error}"))
}

#[async_trait]
impl Passkeys for Locksmith {
    fn offered(&self) -> bool {
        self.protocol.is_some()
    }

    async fn begin_passkey(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<KeyAsked, Outage> {
        let protocol = self.protocol()?;
        let owner = self.store.key_owner(me.member).await?;
        if owner.credentials.len() >= MOST {
            return Ok(KeyAsked::Full);
        }
        let (asked, state) = protocol
            .start_passkey_registration(me.member.0, &owner.identifier, &owner.name, None)
            .map_err(unasked)?;
        let mut options = options(&asked)?;
        // One that its holder finds by itself: nobody types an identifier to sign in with it.
        options["authenticatorSelection"]["residentKey"] = json!("required");
        options["authenticatorSelection"]["requireResidentKey"] = json!(true);
        // For the device to refuse a second one. What is refused here is the store's to know.
        options["excludeCredentials"] = named(&all(&owner)?);
        let question = Question::Making(state);
        self.ask(Some(&owner), &question, &options, me.from, now)
            .await
    }

    async fn add_passkey(
        &self,
        me: &Fresh<Oneself>,
        name: &str,
        answer: &PasskeyAnswer,
        now: Timestamp,
    ) -> Result<PasskeyAdded, Outage> {
        let protocol = self.protocol()?;
        let taken = self.store.take_ceremony(answer.ceremony, now).await?;
        let Some(taken) = taken.filter(|taken| taken.member == Some(me.member)) else {
            return Ok(PasskeyAdded::Over);
        };
        let made: Option<RegisterPublicKeyCredential> = serde_json::from_str(&answer.text).ok();
        let (Some(made), Question::Making(state)) = (made, read(&taken.state)?) else {
            return Ok(PasskeyAdded::Unusable);
        };
        let credential = match protocol.finish_passkey_registration(&made, &state) {
            Ok(credential) => credential,
            Err(error) => {
                told(&error);
                return Ok(PasskeyAdded::Unusable);
            }
        };
        let new = NewPasskey {
            name,
            credential_id: credential.cred_id(),
            credential: &text(&credential)?,
        };
        self.store.add_passkey(me, &new, now).await
    }

    async fn passkeys(&self, me: &Fresh<Oneself>) -> Result<Vec<Passkey>, Outage> {
        self.store.passkeys(me).await
    }

    async fn remove_passkey(
        &self,
        me: &Fresh<Oneself>,
        id: PasskeyId,
        now: Timestamp,
    ) -> Result<(), Outage> {
        self.store.remove_passkey(me, id, now).await
    }

    async fn ask_passkey(
        &self,
        whom: Whom<'_>,
        from: Origin,
        now: Timestamp,
    ) -> Result<KeyAsked, Outage> {
        let protocol = self.protocol()?;
        let (purpose, member) = match whom {
            Whom::Anybody => (Purpose::Entering, None),
            Whom::Member(me) => (Purpose::Confirming, Some(me.member)),
            Whom::Step(step) => match self.store.member_of_step(step, now).await? {
                Some(member) => (Purpose::Stepping, Some(member)),
                None => return Ok(KeyAsked::Over),
            },
        };
        let owner = match member {
            Some(member) => Some(self.store.key_owner(member).await?),
            None => None,
        };
        let (asked, state) = protocol
            .start_discoverable_authentication()
            .map_err(unasked)?;
        let mut options = options(&asked)?;
        if let Some(owner) = &owner {
            if owner.credentials.is_empty() {
                return Ok(KeyAsked::NoKey);
            }
            // The browser offers these alone.
            options["allowCredentials"] = named(&all(owner)?);
        }
        let question = Question::Asking(purpose, state);
        self.ask(owner.as_ref(), &question, &options, from, now)
            .await
    }

    async fn sign_in_by_passkey(
        &self,
        answer: &PasskeyAnswer,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<KeyTried, Outage> {
        self.come_in(None, answer, visit, now).await
    }

    async fn step_by_passkey(
        &self,
        step: &StepToken,
        answer: &PasskeyAnswer,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<KeyTried, Outage> {
        match self.store.member_of_step(step, now).await? {
            Some(member) => self.come_in(Some((step, member)), answer, visit, now).await,
            None => Ok(KeyTried::Over),
        }
    }

    async fn confirm_by_passkey(
        &self,
        session: &Session,
        answer: &PasskeyAnswer,
        now: Timestamp,
    ) -> Result<KeyTried, Outage> {
        let me = &session.me;
        match self.judge(Purpose::Confirming, answer, None, now).await? {
            Tried::Over => return Ok(KeyTried::Over),
            Tried::Paused(until) => return Ok(KeyTried::Paused { until }),
            Tried::Bad(_) => {}
            Tried::Good(good) => {
                let token = SessionToken::new(store::new_token()?);
                let confirmed = self
                    .store
                    .confirmed_by_passkey(me, session.id, &good.used(), &token, now)
                    .await?;
                if confirmed {
                    return Ok(KeyTried::Session(token));
                }
            }
        }
        self.store.confirm_failed(me, now).await?;
        Ok(KeyTried::Refused)
    }
}

/// The passkeys of somebody.
fn all(owner: &KeyOwner) -> Result<Vec<Credential>, Outage> {
    owner.credentials.iter().map(|kept| read(kept)).collect()
}

/// The same, as the standard names them in lists.
fn named(held: &[Credential]) -> Value {
    held.iter()
        .map(|held| json!({ "type": "public-key", "id": BASE64_URL_SAFE_NO_PAD.encode(held.cred_id()) }))
        .collect()
}
