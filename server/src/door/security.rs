//! A member's own access: the passwords' side of it; codes, sessions and counts are the store's.
//!
//! Knows in which order things are asked, and how the secret of an application is drawn. Refuses to know where anything is kept.

use super::Gate;
use crate::strength;
use async_trait::async_trait;
use portfolio::{
    access::{Access, Asked, Codes, Setup},
    form::{ConfirmDraft, NewPasswordDraft, Password, SecondStepDraft},
    ids::{ListId, Oneself, SessionId},
    language::Language,
    permission::Fresh,
    ports::{
        ApplicationAdded, Confirmation, Outage, PasswordChange, SecondStep, Security, Session,
        SessionToken, Sessions, StepToken, Visit,
    },
    search::encode,
    second_factor::{Code, base32, grouped},
    time::Timestamp,
};
use qrcode::{Color, QrCode};
use std::fmt::Write as _;
use store::{NewApplication, Stepped, TryConfirm};

/// The portal's name in an application's list.
const ISSUER: &str = "Portefeuille";
/// Light units around the picture, without which cameras do not find it.
const MARGIN: usize = 4;

#[async_trait]
impl Security for Gate {
    async fn access(&self, session: &Session, now: Timestamp) -> Result<Access, Outage> {
        self.store.access(session, now).await
    }

    async fn asked(&self, me: &Oneself) -> Result<Asked, Outage> {
        self.store.asked(me).await
    }

    async fn asked_at_step(
        &self,
        step: &StepToken,
        now: Timestamp,
    ) -> Result<Option<Asked>, Outage> {
        Ok(match self.store.member_of_step(step, now).await? {
            Some(member) => Some(self.store.means_of(member).await?),
            None => None,
        })
    }

    async fn confirm(
        &self,
        session: &Session,
        draft: &ConfirmDraft,
        now: Timestamp,
    ) -> Result<Confirmation, Outage> {
        let me = &session.me;
        let Some(place) = self.hasher.enter() else {
            return Ok(Confirmation::Busy);
        };
        let (stored, code) = match self.store.try_confirm(me, now).await? {
            TryConfirm::Paused { until } => return Ok(Confirmation::Paused { until }),
            TryConfirm::Go {
                password_hash,
                code,
                ..
            } => (password_hash, code),
        };
        if code && draft.code.is_none() {
            self.store.confirm_not_tried(me, now).await?;
            return Ok(Confirmation::CodeMissing);
        }
        let password = Password::new(draft.password.expose().to_owned());
        let opens = self
            .hasher
            .matches(password, stored, place)
            .await
            .map_err(|error| Outage(error.to_string()))?;
        if !opens {
            self.store.confirm_failed(me, now).await?;
            return Ok(Confirmation::WrongPassword);
        }
        let token = SessionToken::new(store::new_token()?);
        let code = draft.code.as_ref();
        let confirmed = self
            .store
            .confirmed(me, session.id, code, &token, now)
            .await?;
        Ok(if confirmed {
            Confirmation::Confirmed(token)
        } else {
            Confirmation::WrongCode
        })
    }

    async fn change_password(
        &self,
        session: &Session,
        draft: &NewPasswordDraft,
        now: Timestamp,
    ) -> Result<PasswordChange, Outage> {
        let me = &session.me;
        let (Some(place), Some(second)) = (self.hasher.enter(), self.hasher.enter()) else {
            return Ok(PasswordChange::Busy);
        };
        let (stored, words) = match self.store.try_confirm(me, now).await? {
            TryConfirm::Paused { until } => return Ok(PasswordChange::Paused { until }),
            TryConfirm::Go {
                password_hash,
                words,
                ..
            } => (password_hash, words),
        };
        let old = Password::new(draft.old.expose().to_owned());
        let before = stored.clone().unwrap_or_default();
        let opens = self
            .hasher
            .matches(old, stored, place)
            .await
            .map_err(|error| Outage(error.to_string()))?;
        if !opens {
            self.store.confirm_failed(me, now).await?;
            return Ok(PasswordChange::WrongPassword);
        }
        let words = words.each_ref().map(String::as_str);
        if strength::guessable(draft.new.expose(), &words) {
            self.store.confirm_not_tried(me, now).await?;
            return Ok(PasswordChange::Guessable);
        }
        let new = Password::new(draft.new.expose().to_owned());
        let hash = self
            .hasher
            .hash(new, second)
            .await
            .map_err(|error| Outage(error.to_string()))?;
        let changed = self
            .store
            .change_password(me, session.id, (&before, &hash), now)
            .await?;
        Ok(if changed {
            PasswordChange::Done
        } else {
            // Somebody has changed it meanwhile: the old one is the member's no longer.
            PasswordChange::WrongPassword
        })
    }

    async fn choose_language(&self, me: &Oneself, language: Language) -> Result<(), Outage> {
        self.store.choose_language(me, language).await
    }

    async fn end_sessions(
        &self,
        me: &Fresh<Oneself>,
        present: SessionId,
        which: Sessions,
        now: Timestamp,
    ) -> Result<(), Outage> {
        self.store.end_sessions(me, present, which, now).await
    }

    async fn begin_application(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<bool, Outage> {
        self.store.begin_application(me, now).await
    }

    async fn application(&self, me: &Fresh<Oneself>) -> Result<Option<Setup>, Outage> {
        let found = self.store.new_application(me).await?;
        found.as_ref().map(drawn).transpose()
    }

    async fn confirm_application(
        &self,
        me: &Fresh<Oneself>,
        code: &Code,
        now: Timestamp,
    ) -> Result<ApplicationAdded, Outage> {
        self.store.confirm_application(me, code, now).await
    }

    async fn remove_application(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<(), Outage> {
        self.store.remove_application(me, now).await
    }

    async fn codes(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<Option<Codes>, Outage> {
        self.store.recovery_codes(me, now).await
    }

    async fn renew_codes(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<bool, Outage> {
        self.store.renew_recovery_codes(me, now).await
    }

    async fn codes_written(
        &self,
        me: &Fresh<Oneself>,
        list: ListId,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        self.store.recovery_codes_written(me, list, now).await
    }

    async fn second_step(
        &self,
        step: &StepToken,
        draft: &SecondStepDraft,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<SecondStep, Outage> {
        let token = SessionToken::new(store::new_token()?);
        let stepped = self
            .store
            .second_step(step, &draft.code, &token, visit, now)
            .await?;
        Ok(match stepped {
            Stepped::In => SecondStep::Session(token),
            Stepped::WrongCode => SecondStep::WrongCode,
            Stepped::Over => SecondStep::Over,
            Stepped::Paused { until } => SecondStep::Paused { until },
        })
    }
}

/// The secret as letters, and as the picture of the address that applications read.
fn drawn(new: &NewApplication) -> Result<Setup, Outage> {
    let secret = base32(&new.secret);
    let address = format!(
        "otpauth://totp/{ISSUER}:{}?secret={secret}&issuer={ISSUER}",
        encode(&new.identifier)
    );
    let code =
        QrCode::new(address).map_err(|_| Outage("an address too long to draw".to_owned()))?;
    let width = code.width();
    let dark: Vec<bool> = code
        .to_colors()
        .into_iter()
        .map(|colour| colour == Color::Dark)
        .collect();
    let mut squares = String::new();
    for (y, row) in dark.chunks(width).enumerate() {
        let mut x = 0;
        // Neighbours are drawn as one, or fine lines would show between them.
        for run in row.chunk_by(|one, next| one == next) {
            if run[0] {
                let (left, top, long) = (x + MARGIN, y + MARGIN, run.len());
                write!(squares, "M{left} {top}h{long}v1h-{long}z")
                    .expect("writing to a string never fails");
            }
            x += run.len();
        }
    }
    let side = u16::try_from(width + 2 * MARGIN)
        .map_err(|_| Outage("a picture too wide to draw".to_owned()))?;
    Ok(Setup {
        secret: grouped(&secret),
        squares,
        side,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: the picture has no margin or holes, so that no camera reads it; or an identifier with a sign breaks the address.
    #[test]
    fn the_picture_is_whole() {
        let setup = drawn(&NewApplication {
            secret: b"12345678901234567890".to_vec().into(),
            identifier: "claire@cabinet.example?x&y".into(),
        })
        .unwrap();
        assert_eq!(setup.secret, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        // The square in each of three corners begins with a run of seven.
        let far = usize::from(setup.side) - MARGIN - 7;
        for corner in [
            "M4 4h7v".to_owned(),
            format!("M{far} 4h7v"),
            format!("M4 {far}h7v"),
        ] {
            assert!(setup.squares.contains(&corner), "{corner}");
        }
    }
}
