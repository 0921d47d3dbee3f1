//! People at work, what they were told was done, and the judge who holds what is stored to it.

use crate::{browser::Browser, portal::Account};
use portfolio::{
    catalogue::ServiceCode,
    holder::Kind,
    ids::{EnrolmentId, MemberId, Scope},
    origin::Origin,
    ports::Portfolio as _,
    search::Search,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
};
use store::{Store, Verified};
use uuid::Uuid;

type Services = BTreeSet<ServiceCode>;

/// Chance that a seed decides.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The steps of Weyl's sequence, their bits stirred (Steele, Lea and Flood: splitmix).
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number under `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    fn services(&mut self) -> Services {
        let bits = self.roll();
        ServiceCode::for_kind(Kind::Emp)
            .zip(0..)
            .filter(|(_, place)| bits >> place & 1 == 1)
            .map(|(code, _)| code)
            .collect()
    }
}

/// A number from the environment: `make torture` asks for more than a usual run.
pub fn wanted(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

/// An enrolment as its worker knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    siren: String,
    services: Services,
    version: i32,
    ended: bool,
}

/// What was asked and not answered: it was done, or it was not.
#[derive(Clone, Debug)]
enum Doubt {
    Enrol(String, Services),
    Change(Uuid, Services),
    End(Uuid),
}

/// Why a worker stopped.
#[derive(Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It was told to.
    Told,
    /// A request had no answer.
    CutOff,
    /// An answer that is none of those that work brings: its status, and where it sent.
    Refused(u16, String),
}

/// Somebody who enrols, changes and ends clients of its own.
pub struct Worker {
    pub browser: Browser,
    dice: Dice,
    accounts: Vec<Account>,
    known: BTreeMap<Uuid, Known>,
    doubt: Option<Doubt>,
}

impl Worker {
    pub fn new(browser: Browser, accounts: &[Account], dice: Dice) -> Self {
        Self {
            browser,
            dice,
            accounts: accounts.to_vec(),
            known: BTreeMap::new(),
            doubt: None,
        }
    }

    /// How many changes were acknowledged.
    pub fn acknowledged(&self) -> usize {
        let changes = |known: &Known| usize::try_from(known.version).unwrap();
        self.known.values().map(changes).sum()
    }

    /// Works until it is told to stop or gets no answer; says whenever something was acknowledged.
    pub fn work(&mut self, stop: &AtomicBool, acknowledged: &Sender<()>) -> Stopped {
        while !stop.load(Ordering::Relaxed) {
            match self.step() {
                Ok(None) => {
                    // Nobody counts any more once the round is over.
                    let _ = acknowledged.send(());
                }
                Ok(Some(stopped)) => return stopped,
                Err(_) => return Stopped::CutOff,
            }
        }
        Stopped::Told
    }

    /// One change, from the first page to the last answer.
    pub fn step(&mut self) -> io::Result<Option<Stopped>> {
        let open: Vec<Uuid> = self
            .known
            .iter()
            .filter(|(_, known)| !known.ended)
            .map(|(id, _)| *id)
            .collect();
        let free: Vec<Account> = self
            .accounts
            .iter()
            .filter(|account| {
                let taken = |known: &Known| !known.ended && known.siren == account.siren;
                !self.known.values().any(taken)
            })
            .cloned()
            .collect();
        let pick = |dice: &mut Dice, count: usize| {
            usize::try_from(dice.below(count.try_into().unwrap())).unwrap()
        };
        match self.dice.below(10) {
            0..4 if !free.is_empty() => {
                let account = &free[pick(&mut self.dice, free.len())];
                self.enrol(account)
            }
            4..6 if !open.is_empty() => {
                let id = open[pick(&mut self.dice, open.len())];
                self.end(id)
            }
            _ if !open.is_empty() => {
                let id = open[pick(&mut self.dice, open.len())];
                self.change(id)
            }
            _ => self.enrol(&free[0]),
        }
    }

    fn enrol(&mut self, account: &Account) -> io::Result<Option<Stopped>> {
        let begun = self
            .browser
            .post("/etablissements/ajouter", &[("identifier", &account.siren)])?;
        let page = begun.location.clone();
        if begun.status != 303 || !page.starts_with("/etablissements/ajouter/") {
            return Ok(Some(Stopped::Refused(begun.status, page)));
        }
        let draft = page.split('/').nth(3).unwrap().to_owned();
        let proved = self.browser.post(
            &page,
            &[
                ("draft", &draft),
                ("status", "employeur"),
                ("amount", &account.amount),
                ("employer_account", &account.number),
            ],
        )?;
        if proved.status != 303 || !proved.location.ends_with("/services") {
            return Ok(Some(Stopped::Refused(proved.status, proved.location)));
        }
        let services = self.dice.services();
        self.doubt = Some(Doubt::Enrol(account.siren.clone(), services.clone()));
        let saved = self.browser.post(
            &proved.location,
            &[vec![("of", &*draft)], ticks(&services)].concat(),
        )?;
        self.settle(saved.status);
        let id = saved.location.split_once("enregistre=");
        let Some((_, id)) = id.filter(|_| saved.status == 303) else {
            return Ok(Some(Stopped::Refused(saved.status, saved.location)));
        };
        let known = Known {
            siren: account.siren.clone(),
            services,
            version: 1,
            ended: false,
        };
        self.known.insert(id.parse().unwrap(), known);
        Ok(None)
    }

    fn change(&mut self, id: Uuid) -> io::Result<Option<Stopped>> {
        let services = self.dice.services();
        self.doubt = Some(Doubt::Change(id, services.clone()));
        let (of, version) = (id.to_string(), self.known[&id].version.to_string());
        let fields = [vec![("of", &*of), ("version", &*version)], ticks(&services)].concat();
        let saved = self
            .browser
            .post(&format!("/etablissements/{id}"), &fields)?;
        self.settle(saved.status);
        if saved.status != 303 || !saved.location.contains("enregistre=") {
            return Ok(Some(Stopped::Refused(saved.status, saved.location)));
        }
        let known = self.known.get_mut(&id).unwrap();
        known.version += 1;
        known.services = services;
        Ok(None)
    }

    fn end(&mut self, id: Uuid) -> io::Result<Option<Stopped>> {
        self.doubt = Some(Doubt::End(id));
        let page = format!("/etablissements/{id}/resilier");
        let ended = self.browser.post(&page, &[("of", &id.to_string())])?;
        self.settle(ended.status);
        if ended.status != 303 || !ended.location.contains("resilie=") {
            return Ok(Some(Stopped::Refused(ended.status, ended.location)));
        }
        let known = self.known.get_mut(&id).unwrap();
        known.version += 1;
        known.ended = true;
        Ok(None)
    }

    /// After an incident nobody knows either whether it was done.
    fn settle(&mut self, status: u16) {
        if status < 500 {
            self.doubt = None;
        }
    }

    /// Holds what is stored to what this worker was told. What it was not told may have happened: then it knows it from now on.
    async fn judge(&mut self, store: &Store, scope: &Scope, problems: &mut Vec<String>) {
        let doubt = self.doubt.take();
        if let Some(Doubt::Enrol(siren, services)) = &doubt {
            let search = Search {
                text: siren.clone(),
                ..Search::default()
            };
            for row in store.list(scope, &search, Timestamp(0)).await.unwrap().rows {
                let known = Known {
                    siren: siren.clone(),
                    services: services.clone(),
                    version: 1,
                    ended: false,
                };
                self.known.entry(row.id.0).or_insert(known);
            }
        }
        for (id, known) in &mut self.known {
            let Some(client) = store.client(scope, EnrolmentId(*id)).await.unwrap() else {
                problems.push(format!("{id}: it was acknowledged, and is not there"));
                continue;
            };
            let found = Known {
                siren: known.siren.clone(),
                services: client.services.iter().copied().collect(),
                version: client.version,
                ended: client.ended.is_some(),
            };
            let next = match &doubt {
                Some(Doubt::Change(of, services)) if of == id => Some(Known {
                    services: services.clone(),
                    version: known.version + 1,
                    ..known.clone()
                }),
                Some(Doubt::End(of)) if of == id => Some(Known {
                    version: known.version + 1,
                    ended: true,
                    ..known.clone()
                }),
                _ => None,
            };
            if found == *known || Some(&found) == next.as_ref() {
                *known = found;
            } else {
                problems.push(format!(
                    "{id}: {found:?} is stored, {known:?} was acknowledged"
                ));
            }
        }
    }
}

fn ticks(services: &Services) -> Vec<(&'static str, &str)> {
    services
        .iter()
        .map(|code| ("services[]", code.as_str()))
        .collect()
}

/// Everything that is wrong with what is stored: what was acknowledged and is not there, what nobody asked for, what does not hold
/// together. `before` is how many clients were in force before anybody worked.
pub async fn judged(store: &Store, workers: &mut [Worker], before: u64) -> Vec<String> {
    let checked = store.faults().await.unwrap();
    let mut problems: Vec<String> = checked.faults.iter().map(ToString::to_string).collect();
    let journal = store.verify_journal(None).await.unwrap();
    if !matches!(journal, Verified::Whole { .. }) {
        problems.push(format!("the journal: {journal:?}"));
    }
    let scope = scope(store).await;
    for worker in workers.iter_mut() {
        worker.judge(store, &scope, &mut problems).await;
    }
    let known = workers.iter().flat_map(|worker| worker.known.values());
    let open = before + u64::try_from(known.filter(|known| !known.ended).count()).unwrap();
    let managed = managed(store).await;
    if managed != open {
        problems.push(format!(
            "{managed} clients are managed, {open} were enrolled"
        ));
    }
    problems
}

/// How many clients the demonstration's firm manages.
pub async fn managed(store: &Store) -> u64 {
    let scope = scope(store).await;
    let search = Search::default();
    store
        .list(&scope, &search, Timestamp(0))
        .await
        .unwrap()
        .managed
}

/// What sees the demonstration's portfolio.
pub async fn scope(store: &Store) -> Scope {
    let firm = store.firm_named(server::demo::FIRM).await.unwrap().unwrap();
    Scope {
        firm,
        member: MemberId(Uuid::nil()),
        from: Origin::default(),
    }
}
