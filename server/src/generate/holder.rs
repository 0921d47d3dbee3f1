//! Holders and their accounts: who has how many, in which state, with which secrets. One holder is made at a time.

use super::{Row, chance::Chance, names, number};
use portfolio::{holder::Kind, organism, siren::Siren};
use std::collections::VecDeque;

/// The last months declared, as period codes; a fixed present, since made-up data must not change with the day.
const RECENT: [&str; 3] = ["202642", "202641", "202633"];
/// Periods of those that no longer declare.
const LONG_AGO: [&str; 4] = ["202543", "202530", "202412", "202323"];

/// The rows of a made-up registry, one after another.
pub struct Rows {
    chance: Chance,
    start: u64,
    left: u64,
    sirens: u64,
    accounts: u64,
    holder: VecDeque<Row>,
}

impl Rows {
    /// So many accounts, at most [`super::MOST_ACCOUNTS`], that the seed decides.
    pub fn new(accounts: u64, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        Self {
            start: chance.next(),
            chance,
            left: accounts,
            sirens: 0,
            accounts: 0,
            holder: VecDeque::new(),
        }
    }

    /// Makes the next holder. An employer has two accounts on average, so that these weights give 55 % employers, 20 %
    /// self-employed, 20 % auto-entrepreneurs and 5 % managers among the accounts.
    fn next_holder(&mut self) {
        match self.chance.below(1000) {
            0..391 => self.employer(),
            391..644 => {
                let siren = self.next_siren();
                self.person(Kind::Ti, Some(&siren));
            }
            644..929 => {
                let siren = self.next_siren();
                self.person(Kind::Ae, Some(&siren));
            }
            _ => self.person(Kind::Gm, None),
        }
    }

    /// An employer: mostly one establishment, sometimes a few, seldom a chain; one in twelve is a craftsman with staff, whose
    /// Siren has both schemes.
    fn employer(&mut self) {
        let siren = self.next_siren();
        let name = names::company(&mut self.chance);
        let establishments = match self.chance.below(100) {
            0..88 => 1,
            88..98 => self.chance.between(2, 6),
            _ => self.chance.between(12, 60),
        };
        for nth in 0..establishments {
            let row = self.establishment(&siren, &name, nth);
            self.holder.push_back(row);
        }
        if self.chance.percent(8) {
            self.person(Kind::Ti, Some(&siren));
        }
    }

    fn establishment(&mut self, siren: &Siren, name: &str, nth: u64) -> Row {
        let row = self.account(Kind::Emp, name.to_owned());
        let chance = &mut self.chance;
        let headcount = match chance.below(10) {
            0 => 0,
            1..=7 => chance.between(1, 19),
            8 => chance.between(20, 249),
            _ => chance.between(250, 2_000),
        };
        let payroll = headcount * chance.between(1_850, 4_400);
        let amount = match (payroll * 42 / 100, chance.below(100)) {
            // Nothing declared yet: such an account cannot be proved.
            (_, 0) => String::new(),
            // An adjusted slip.
            (due, 1 | 2) => format!("-{}", due / 7 + 12),
            // Urssaf rounds to the euro; other software does not.
            (due, 3..12) => format!("{due},{:02}", chance.below(100)),
            (due, _) => due.to_string(),
        };
        let told = !chance.percent(5);
        let periods: &[&str] = if row.state == "3" { &LONG_AGO } else { &RECENT };
        Row {
            siren: siren.as_str().to_owned(),
            siret: number::siret(siren, nth),
            period: if amount.is_empty() {
                ""
            } else {
                chance.pick(periods)
            },
            amount,
            headcount: if told {
                headcount.to_string()
            } else {
                String::new()
            },
            payroll: if told {
                payroll.to_string()
            } else {
                String::new()
            },
            ..row
        }
    }

    /// A person: self-employed or auto-entrepreneur with a Siren, or manager without.
    fn person(&mut self, kind: Kind, siren: Option<&Siren>) {
        let name = names::person(&mut self.chance);
        let row = self.account(kind, name);
        self.holder.push_back(Row {
            siren: siren.map_or_else(String::new, |siren| siren.as_str().to_owned()),
            siret: siren.map_or_else(String::new, |siren| number::siret(siren, 0)),
            nir: number::nir(&mut self.chance),
            ..row
        });
    }

    /// What every account has.
    fn account(&mut self, kind: Kind, name: String) -> Row {
        let nth = self.accounts;
        self.accounts += 1;
        let chance = &mut self.chance;
        let organism = chance.pick(&organism::REGIONAL);
        let number = if kind == Kind::Gm && chance.percent(40) {
            number::lettered_account(nth, self.start, chance)
        } else {
            number::account(nth, self.start, organism)
        };
        Row {
            number,
            kind: kind.code(),
            organism,
            state: match chance.below(100) {
                0..90 => "1",
                90..94 => "2",
                _ => "3",
            },
            email: if chance.percent(30) {
                String::new()
            } else {
                names::email(&name, nth)
            },
            up_to_date: if chance.percent(91) { "1" } else { "0" },
            name,
            ..Row::default()
        }
    }

    fn next_siren(&mut self) -> Siren {
        self.sirens += 1;
        number::siren(self.sirens, self.start)
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.left = self.left.checked_sub(1)?;
        if self.holder.is_empty() {
            self.next_holder();
        }
        self.holder.pop_front()
    }
}
