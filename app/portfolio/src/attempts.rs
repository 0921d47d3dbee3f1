//! How often one may fail, or ask for a message, before there is a pause. The counts are kept in the database, so that they hold
//! across restarts and several servers.
//!
//! | limit | counted by | pause |
//! |---|---|---|
//! | [`Limit::Proof`] | firm and holder; of strangers who make an account, holder | 5 failures: 15 minutes; 10 within 24 hours: 24 hours |
//! | [`Limit::ProofFirm`] | firm, over all holders; of strangers, network address | 60 failures within 24 hours: until the oldest is a day old |
//! | [`Limit::Account`] | identifier, known or not | from the 5th failure on 1, 2, 4, 8, then 15 minutes |
//! | [`Limit::Network`] | network address | the same from the 50th failure on |
//! | [`Limit::SecondFactor`] | member | the same from the 5th failure on |
//! | [`Limit::Mail`] | address written to | 5 within 15 minutes |
//! | [`Limit::Invitation`] | address invited | 5 within 15 minutes |
//! | [`Limit::InvitationFirm`] | firm that invites | 50 within an hour |
//! | [`Limit::InvitationNetwork`] | network address that invites | 60 within an hour |
//! | [`Limit::MailNetwork`] | network address | 20 within 15 minutes |
//! | [`Limit::Verification`] | network address | 60 codes that are no paper's within 15 minutes |
//! | [`Limit::Feed`] | network address | 60 addresses of calendars that are none within 15 minutes |
//! | [`Limit::FeedFetched`] | calendar feed | 60 fetches within 15 minutes |
//! | [`Limit::Ceremony`] | network address | 60 passkeys asked for, and not shown, within 15 minutes |
//! | [`file_allowance`] | firm, over all of its files | 20 failed proofs a day, or one for 50 clients that were proved up to 1,000: no more is tried |
//!
//! At 15 minutes a try, somebody who guesses has a hundred tries a day at an account (ASVS 5.0, 6.3.1).

use crate::time::{DAY, HOUR, MINUTE, Timestamp};

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limit {
    /// Wrong proofs of mandate, over both schemes and successes in between: otherwise the two secrets could be found by trying.
    #[default]
    Proof,
    /// Wrong proofs of one firm on the page, whoever they are of: one guess tried on many holders is stopped here, as
    /// [`file_allowance`] stops it in files.
    ProofFirm,
    /// Wrong passwords for one identifier.
    Account,
    /// Wrong passwords from one network address.
    Network,
    /// Wrong codes of one member.
    SecondFactor,
    /// Messages that somebody asked for, to one address.
    Mail,
    /// Invitations to one address: apart from what strangers ask for, who would learn from the limit that somebody was invited.
    Invitation,
    /// Invitations of one firm: an access that was stolen does not write to half the world in the portal's name.
    InvitationFirm,
    /// Invitations from one network address, of whatever firms.
    InvitationNetwork,
    /// Messages that were asked for from one network address.
    MailNetwork,
    /// Codes of certificates that are none, from one network address: nobody guesses 100 bits, and nobody is to keep the portal busy
    /// with trying.
    Verification,
    /// Addresses of calendar feeds, or of messages to be stopped, that are none, from one network address.
    Feed,
    /// Fetches of one calendar feed: a diary asks a few times a day.
    FeedFetched,
    /// Passkeys that browsers of one network address were asked for. It is taken back once one is shown: what is counted is what
    /// would fill the table.
    Ceremony,
}

/// Failures before the first pause.
const FREE: usize = 5;
/// The same for a network address, which an office shares: its people sign in at the same hour, and a sign-in that is being judged
/// counts as a failure until it is known to be none.
const FREE_NETWORK: usize = 50;
/// Failed proofs of a firm within a day: the slips of a large firm's people, and too few to find anybody by guessing.
const FIRM_PROOFS: usize = 60;
/// Failed proofs within a day before the long pause.
const LONG_AFTER: usize = 10;
/// The pause after failed proofs, and the longest between sign-ins, in seconds.
pub const SHORT_PAUSE: i64 = 15 * MINUTE;
/// The pause after many failed proofs, in seconds.
pub const LONG_PAUSE: i64 = DAY;
/// How long a failure counts, in seconds.
pub const WINDOW: i64 = DAY;
/// Messages within [`MAIL_WINDOW`] to one address.
const MAILS: usize = 5;
/// Messages within [`MAIL_WINDOW`] asked for from one network address.
const NETWORK_MAILS: usize = 20;
/// Questions for passkeys, or codes of certificates, within [`MAIL_WINDOW`] from one network address; an office has many people.
const CEREMONIES: usize = 60;
/// What messages and questions are counted within, in seconds.
const MAIL_WINDOW: i64 = 15 * MINUTE;
/// Invitations within [`INVITATION_WINDOW`] of one firm: the people of a large one in an afternoon.
const FIRM_INVITATIONS: usize = 50;
/// The same from one network address, which firms may share.
const NETWORK_INVITATIONS: usize = 60;
/// What the invitations of a firm, and from a network, are counted within, in seconds.
const INVITATION_WINDOW: i64 = HOUR;
/// Failed proofs of files that a firm has in any case, within [`WINDOW`].
const FILE_FREE: u32 = 20;
/// Failed proofs of files beyond which none is tried, however many were good.
const FILE_MOST: u32 = 1_000;
/// Good proofs that make up for a failed one.
const GOOD_FOR_ONE: u32 = 50;
/// From this many tries left on, the page tells how many.
const TELL_FROM: usize = 2;
/// Moments that need be remembered: more tell nothing new.
const REMEMBERED: usize = 64;

impl Limit {
    /// As tables hold it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proof => "proof",
            Self::ProofFirm => "proof-firm",
            Self::Account => "account",
            Self::Network => "network",
            Self::SecondFactor => "second",
            Self::Mail => "mail",
            Self::Invitation => "invitation",
            Self::InvitationFirm => "invitation-firm",
            Self::InvitationNetwork => "invitation-network",
            Self::MailNetwork => "mail-network",
            Self::Ceremony => "passkey",
            Self::Verification => "verification",
            Self::Feed => "feed",
            Self::FeedFetched => "feed-fetched",
        }
    }

    /// How many failures go without a pause.
    const fn free(self) -> usize {
        match self {
            Self::Proof | Self::Account | Self::SecondFactor => FREE,
            Self::ProofFirm => FIRM_PROOFS,
            Self::Network => FREE_NETWORK,
            Self::Mail | Self::Invitation => MAILS,
            Self::InvitationFirm => FIRM_INVITATIONS,
            Self::InvitationNetwork => NETWORK_INVITATIONS,
            Self::MailNetwork => NETWORK_MAILS,
            Self::Ceremony | Self::Verification | Self::Feed | Self::FeedFetched => CEREMONIES,
        }
    }

    /// How long a moment counts, in seconds.
    const fn window(self) -> i64 {
        match self {
            Self::Mail
            | Self::Invitation
            | Self::MailNetwork
            | Self::Ceremony
            | Self::Feed
            | Self::FeedFetched
            | Self::Verification => MAIL_WINDOW,
            Self::InvitationFirm | Self::InvitationNetwork => INVITATION_WINDOW,
            Self::Proof | Self::ProofFirm | Self::Account | Self::Network | Self::SecondFactor => {
                WINDOW
            }
        }
    }

    /// Whether there may be so many within the window: it goes on once the oldest of them has left it.
    const fn of_window(self) -> bool {
        matches!(
            self,
            Self::ProofFirm
                | Self::Mail
                | Self::Invitation
                | Self::InvitationFirm
                | Self::InvitationNetwork
                | Self::MailNetwork
                | Self::Ceremony
                | Self::Verification
                | Self::Feed
                | Self::FeedFetched
        )
    }
}

/// The failures that are counted together, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    limit: Limit,
    at: Vec<Timestamp>,
}

impl Failures {
    /// The failures that still count at `now`: those of the window, and all of them while the long pause that they brought about
    /// goes on.
    pub fn remembered(limit: Limit, mut at: Vec<Timestamp>, now: Timestamp) -> Self {
        at.sort_unstable();
        let long_pause = limit == Limit::Proof
            && at.len().checked_sub(LONG_AFTER).is_some_and(|first| {
                let last = at[at.len() - 1];
                at[first].plus(WINDOW) > last && last.plus(LONG_PAUSE) > now
            });
        if !long_pause {
            at.retain(|failure| failure.plus(limit.window()) > now);
        }
        Self { limit, at }
    }

    /// When the next try is taken, if there is a pause now.
    pub fn paused_until(&self, now: Timestamp) -> Option<Timestamp> {
        let last = *self.at.last()?;
        let beyond = self.at.len().checked_sub(self.limit.free());
        let until = match (self.limit, beyond) {
            (Limit::Proof, _) if self.at.len() >= LONG_AFTER => last.plus(LONG_PAUSE),
            (Limit::Proof, Some(0)) => last.plus(SHORT_PAUSE),
            (Limit::Proof, _) | (_, None) => return None,
            // The oldest of the last few leaves the window first.
            (limit, Some(first)) if limit.of_window() => self.at[first].plus(limit.window()),
            (_, Some(beyond)) => last.plus(growing(beyond)),
        };
        (until > now).then_some(until)
    }

    /// One more failure.
    pub fn fail(&mut self, now: Timestamp) {
        self.at.push(now);
        if self.at.len() > REMEMBERED {
            self.at.remove(0);
        }
    }

    /// Takes back the failure that was noted before it was known to be none.
    pub fn take_back(&mut self, noted: Timestamp) {
        if let Some(place) = self.at.iter().rposition(|moment| *moment == noted) {
            self.at.remove(place);
        }
    }

    /// Tries left before the next pause, told only once few remain.
    pub fn left(&self) -> Option<u8> {
        let next = if self.at.len() < self.limit.free() {
            self.limit.free()
        } else {
            LONG_AFTER
        };
        let left = next.saturating_sub(self.at.len());
        (left <= TELL_FROM).then(|| u8::try_from(left).unwrap_or(u8::MAX))
    }

    /// The moments, oldest first, for storing.
    pub fn moments(&self) -> &[Timestamp] {
        &self.at
    }
}

/// 1, 2, 4, 8, then 15 minutes.
fn growing(beyond: usize) -> i64 {
    let doublings = u32::try_from(beyond.min(4)).unwrap_or(4);
    (MINUTE << doublings).min(SHORT_PAUSE)
}

/// How many proofs of a firm's files may fail within a day ([`WINDOW`]), when `good` clients were proved by them: each counted once,
/// in however many files it stands.
///
/// Each holder has its own limit ([`Limit::Proof`]), in files as on the page; this one keeps a file from trying one guess on many
/// holders. Who has a portfolio gets a handful of its figures wrong: two in a hundred. Who guesses gets nearly all of them wrong, and
/// is stopped after twenty. Good proofs make room for more only once for each client and up to a bound, so that a file that is sent
/// again and again buys none.
pub fn file_allowance(good: u32) -> u32 {
    (good / GOOD_FOR_ONE).clamp(FILE_FREE, FILE_MOST)
}

/// Whole minutes from `now` to `until`, rounded up: « dans 1 minute » is never nought.
pub fn minutes_until(until: Timestamp, now: Timestamp) -> u32 {
    u32::try_from(
        (until.0 - now.0)
            .max(1)
            .unsigned_abs()
            .div_ceil(MINUTE.unsigned_abs()),
    )
    .unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(limit: Limit, failures: usize, apart: i64) -> (Failures, Timestamp) {
        let mut now = Timestamp(1_000_000);
        let mut all = Failures::remembered(limit, Vec::new(), now);
        for _ in 0..failures {
            now = now.plus(apart);
            all.fail(now);
        }
        (all, now)
    }

    /// Fear: somebody who keeps trying is never stopped, or somebody who mistypes once is.
    #[test]
    fn pauses() {
        let after = |count, apart| after(Limit::Proof, count, apart);
        for count in 0..5 {
            let (failures, now) = after(count, 1);
            assert_eq!(failures.paused_until(now), None, "{count}");
        }
        let (failures, now) = after(5, 1);
        assert_eq!(failures.paused_until(now), Some(now.plus(SHORT_PAUSE)));
        assert_eq!(failures.paused_until(now.plus(SHORT_PAUSE)), None);
        let (failures, now) = after(6, 1);
        assert_eq!(failures.paused_until(now), None);
        let (failures, now) = after(10, 1);
        assert_eq!(failures.paused_until(now), Some(now.plus(LONG_PAUSE)));
    }

    /// Fear: passwords can be tried fast, or an office is shut out by one colleague's mistakes.
    #[test]
    fn sign_ins_wait_longer_and_longer() {
        let pause = |limit, count| {
            let (failures, now) = after(limit, count, 1);
            failures
                .paused_until(now)
                .map(|until| (until.0 - now.0) / MINUTE)
        };
        let pauses: Vec<_> = (4..12).map(|count| pause(Limit::Account, count)).collect();
        let minutes = [1, 2, 4, 8, 15, 15, 15].map(Some);
        assert_eq!(pauses[0], None);
        assert_eq!(pauses[1..], minutes);
        assert_eq!(pause(Limit::Network, 49), None);
        assert_eq!(pause(Limit::Network, 50), Some(1));
        assert_eq!(pause(Limit::Network, 500), Some(15), "and is not forgotten");
        assert_eq!(pause(Limit::SecondFactor, 5), Some(1));
    }

    /// Fear: an address is flooded with messages, or one who asked five times can never ask again.
    #[test]
    fn messages_are_few() {
        let (asked, now) = after(Limit::Mail, 4, 60);
        assert_eq!(asked.paused_until(now), None);
        let (asked, now) = after(Limit::Mail, 5, 60);
        let first = now.plus(-4 * 60);
        assert_eq!(asked.paused_until(now), Some(first.plus(MAIL_WINDOW)));
        assert_eq!(asked.paused_until(first.plus(MAIL_WINDOW)), None);
    }

    /// Fear: whoever took an administrator's access over writes to half the world; or a firm of fifty cannot be set up in an hour.
    #[test]
    fn invitations_of_a_firm_are_not_endless() {
        for (limit, most) in [(Limit::InvitationFirm, 50), (Limit::InvitationNetwork, 60)] {
            assert_eq!(limit.free(), most);
            assert!(most <= REMEMBERED, "{limit:?}: the oldest is forgotten");
            let (sent, now) = after(limit, most - 1, 10);
            assert_eq!(sent.paused_until(now), None);
            let (sent, now) = after(limit, most, 10);
            let first = sent.moments()[0];
            assert_eq!(sent.paused_until(now), Some(first.plus(HOUR)));
            assert_eq!(sent.paused_until(first.plus(HOUR)), None);
        }
    }

    /// Fear: strangers fill a table with questions that nobody answers, or an office waits longer than it must.
    #[test]
    fn questions_without_an_answer_are_few() {
        let (asked, now) = after(Limit::Ceremony, 59, 1);
        assert_eq!(asked.paused_until(now), None);
        let (asked, now) = after(Limit::Ceremony, 60, 1);
        let first = now.plus(-59);
        assert_eq!(asked.paused_until(now), Some(first.plus(MAIL_WINDOW)));
    }

    /// Fear: a sign-in that was right counts as a failure, or a failure beside it is forgotten.
    #[test]
    fn what_was_no_failure_is_taken_back() {
        let (mut failures, now) = after(Limit::Account, 3, 10);
        failures.take_back(now);
        assert_eq!(failures.moments().len(), 2);
        failures.take_back(now);
        assert_eq!(failures.moments().len(), 2);
    }

    /// Fear: a failure of yesterday still counts, or one of this morning no longer does.
    #[test]
    fn a_day_is_remembered() {
        let at = |n: i64| Timestamp(n);
        let failures = Failures::remembered(Limit::Proof, vec![at(10), at(0)], at(WINDOW));
        assert_eq!(failures.moments(), [at(10)]);
    }

    /// Fear: the long pause ends with the day of its first failure, before it is over.
    #[test]
    fn the_long_pause_is_held_to_its_end() {
        let morning = Timestamp(1_000_000);
        let noon = morning.plus(3 * crate::time::HOUR);
        let failures = [vec![morning; 5], vec![noon; 5]].concat();
        let at = |now: Timestamp| {
            Failures::remembered(Limit::Proof, failures.clone(), now).paused_until(now)
        };
        assert_eq!(at(morning.plus(DAY + 1)), Some(noon.plus(LONG_PAUSE)));
        assert_eq!(at(noon.plus(LONG_PAUSE)), None);
    }

    /// Fear: the page counts down wrongly, or tells a stranger how many tries there are from the first.
    #[test]
    fn tries_left() {
        let told: Vec<_> = (0..=9)
            .map(|count| after(Limit::Proof, count, 1).0.left())
            .collect();
        assert_eq!(
            told,
            [
                None,
                None,
                None,
                Some(2),
                Some(1),
                None,
                None,
                None,
                Some(2),
                Some(1)
            ]
        );
    }

    /// Fear: a file is a way to guess, or a real portfolio with a few slips is stopped.
    #[test]
    fn files_are_no_way_to_guess() {
        assert_eq!(file_allowance(0), 20);
        assert_eq!(file_allowance(999), 20);
        assert_eq!(file_allowance(10_000), 200);
        assert_eq!(file_allowance(50_000), 1_000);
        assert_eq!(file_allowance(u32::MAX), 1_000);
    }

    /// Fear: « dans 0 minute ».
    #[test]
    fn minutes_round_up() {
        assert_eq!(minutes_until(Timestamp(61), Timestamp(0)), 2);
        assert_eq!(minutes_until(Timestamp(60), Timestamp(0)), 1);
        assert_eq!(minutes_until(Timestamp(0), Timestamp(0)), 1);
    }
}
