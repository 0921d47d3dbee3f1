//! The clients that the demonstration's firm manages already, oldest first, and with which services.

use portfolio::{
    catalogue::{Channel, ServiceCode},
    holder::Kind,
};
use std::collections::BTreeSet;

/// A client that is enrolled.
pub(super) struct Client {
    /// The account that it is proved by.
    pub(super) account: &'static str,
    /// Since when, in days before now.
    pub(super) days_ago: i64,
    /// What was ticked.
    pub(super) services: Ticks,
    /// What was ticked later on, and when.
    pub(super) changed: Option<(i64, Ticks)>,
}

/// Which services are ticked, whatever the kind of account.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ticks {
    /// All there are.
    All,
    /// « Services en ligne », no e-mail.
    Online,
    /// « Travailler à l'étranger » alone.
    Abroad,
    /// Every other one.
    Half,
    /// A few, for a firm that does little for this client.
    Few,
    /// None: the firm manages it, and uses nothing yet.
    Nothing,
}

impl Ticks {
    /// The services of an account of this kind.
    pub(super) fn of(self, kind: Kind) -> BTreeSet<ServiceCode> {
        let all = ServiceCode::for_kind(kind);
        match self {
            Self::All => all.collect(),
            Self::Online => all
                .filter(|code| code.service().channel() == Channel::Online)
                .collect(),
            Self::Abroad => all.filter(|code| code.service().is_new()).collect(),
            Self::Half => all.step_by(2).collect(),
            Self::Few => all.step_by(6).collect(),
            Self::Nothing => BTreeSet::new(),
        }
    }
}

const fn client(account: &'static str, days_ago: i64, services: Ticks) -> Client {
    Client {
        account,
        days_ago,
        services,
        changed: None,
    }
}

const fn changed(client: Client, days_ago: i64, services: Ticks) -> Client {
    Client {
        changed: Some((days_ago, services)),
        ..client
    }
}

use Ticks::{Abroad, All, Few, Half, Nothing, Online};

pub(super) const CLIENTS: [Client; 28] = [
    // Boulangerie Martin: two establishments.
    changed(client("999000000001000187", 390, Half), 45, Online),
    client("999000000002000178", 388, Online),
    client("999000000003000169", 371, All),
    client("999000000004000160", 350, Online),
    // Hôtel Bel Air: radié, so to be ended.
    client("999000000011000194", 349, Half),
    client("999000000005000151", 322, Half),
    // Menuiserie Kerbrat: its owner's own account is still to be added.
    client("999000000006000142", 301, Few),
    // Crêperie Ti Breizh: suspendu.
    client("999000000007000133", 288, Online),
    // Transports Rousseau & Fils: five establishments, drivers abroad.
    changed(client("999000000008000124", 260, Online), 12, All),
    client("999000000009000115", 244, Half),
    client("999000000010000106", 231, Few),
    client("999000000013000176", 205, Online),
    // Supermarchés du Littoral: twelve establishments.
    client("999000000014000167", 190, All),
    client("999000000015000158", 171, Nothing),
    // A name too long for any line.
    client("999000000016000149", 160, Few),
    client("999000000017000140", 133, Online),
    // Plomberie Nguyen: both schemes of one Siren.
    client("999000000018000131", 121, Half),
    client("999000000018000923", 121, Half),
    client("999000000030000120", 98, Online),
    client("999000000031000111", 84, Abroad),
    changed(client("999000000034000181", 77, Few), 30, Half),
    client("999000000035000172", 61, Online),
    client("999000000040000127", 40, Half),
    client("999000000041000118", 33, Few),
    client("999000000042000109", 21, Online),
    client("999000000043000197", 9, Abroad),
    // Two managers without a Siret, one numbered in digits and one in letters.
    client("999000000050000181", 6, Half),
    client("GD999815739M01", 2, All),
];
