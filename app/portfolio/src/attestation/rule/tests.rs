use super::*;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn account(siret: &str) -> AccountFacts {
    AccountFacts {
        siret: Siret::stored(siret).ok(),
        organism: "117".to_owned(),
        state: AccountState::Actif,
        up_to_date: true,
        last_period: Declared::of("202641"),
        headcount: Some(3),
        payroll: Some(600_000),
    }
}

fn employer(accounts: Vec<AccountFacts>) -> Registered {
    Registered {
        held: "RG:732829320".parse().unwrap(),
        kind: Kind::Emp,
        name: "Boulangerie Émile".to_owned(),
        accounts,
        as_of: day("24/11/2026"),
    }
}

/// Fear: a paper is good for a day too long or too short, or February makes it good for a month more.
#[test]
fn less_than_six_months_old() {
    for (issued, last) in [
        ("24/11/2026", "23/05/2027"),
        ("01/01/2027", "30/06/2027"),
        ("31/08/2026", "28/02/2027"),
        ("31/08/2027", "29/02/2028"),
        ("30/08/2026", "28/02/2027"),
        ("29/08/2027", "28/02/2028"),
        ("28/02/2027", "27/08/2027"),
        ("31/03/2027", "30/09/2027"),
        ("31/12/2026", "30/06/2027"),
    ] {
        assert_eq!(last_day(day(issued)), day(last), "{issued}");
    }
}

/// Fear: who may have one does not get it, or the paper leaves an establishment out or adds one that is closed.
#[test]
fn what_it_says() {
    let closed = AccountFacts {
        state: AccountState::Radie,
        organism: "217".to_owned(),
        last_period: Declared::of("202643"),
        headcount: Some(90),
        ..account("73282932000090")
    };
    let asleep = AccountFacts {
        state: AccountState::Suspendu,
        organism: "537".to_owned(),
        last_period: Declared::of("202530"),
        headcount: Some(50),
        ..account("73282932000082")
    };
    let accounts = vec![
        account("73282932000108"),
        closed,
        asleep,
        account("73282932000074"),
    ];
    let content = judge(&employer(accounts)).unwrap();
    let sirets: Vec<String> = content.sirets.into_iter().map(String::from).collect();
    assert_eq!(
        sirets,
        ["73282932000074", "73282932000082", "73282932000108"]
    );
    assert_eq!(content.organisms, ["117", "537"]);
    assert_eq!(content.period, Declared::of("202641"));
    let both = Staff {
        headcount: Some(6),
        payroll: Some(1_200_000),
    };
    assert_eq!(content.staff, Some(both));
    assert_eq!(content.as_of, day("24/11/2026"));
}

/// Fear: a number of employees that some establishment does not tell is printed as if it were whole.
#[test]
fn what_is_not_told() {
    let silent = AccountFacts {
        headcount: None,
        ..account("73282932000082")
    };
    let content = judge(&employer(vec![account("73282932000074"), silent])).unwrap();
    let staff = content.staff.unwrap();
    assert_eq!((staff.headcount, staff.payroll), (None, Some(1_200_000)));
}

/// Fear: somebody gets a paper who may not have one.
#[test]
fn who_gets_none() {
    let with = |change: fn(&mut AccountFacts)| {
        let mut account = account("73282932000074");
        change(&mut account);
        judge(&employer(vec![account])).map(|_| ())
    };
    assert_eq!(judge(&employer(Vec::new())), Err(Refused::Closed));
    assert_eq!(
        with(|account| account.state = AccountState::Radie),
        Err(Refused::Closed)
    );
    assert_eq!(
        with(|account| account.state = AccountState::Suspendu),
        Err(Refused::Suspended)
    );
    assert_eq!(
        with(|account| account.up_to_date = false),
        Err(Refused::NotInOrder)
    );
    assert_eq!(
        with(|account| account.last_period = None),
        Err(Refused::NothingDeclared)
    );
    // The debt of an establishment that was closed.
    let owing = AccountFacts {
        state: AccountState::Radie,
        up_to_date: false,
        ..account("73282932000082")
    };
    assert_eq!(
        judge(&employer(vec![account("73282932000074"), owing])),
        Err(Refused::NotInOrder)
    );
}

/// Fear: the self-employed, of whom the registry tells no period, are refused, or shown with employees.
#[test]
fn the_self_employed() {
    for kind in [Kind::Ti, Kind::Ae, Kind::Gm] {
        let key = if kind == Kind::Gm {
            "TI:@117000001567462542"
        } else {
            "TI:732829320"
        };
        let silent = AccountFacts {
            last_period: None,
            headcount: None,
            payroll: None,
            ..account("73282932000074")
        };
        let registered = Registered {
            held: key.parse().unwrap(),
            kind,
            ..employer(vec![silent])
        };
        let content = judge(&registered).unwrap();
        assert_eq!((content.period.clone(), content.staff), (None, None));
        assert_eq!(content.account().is_some(), kind == Kind::Gm);
    }
}

fn facts() -> impl Strategy<Value = AccountFacts> {
    let state = prop::sample::select(vec![
        AccountState::Actif,
        AccountState::Suspendu,
        AccountState::Radie,
    ]);
    let period = prop::sample::select(vec!["", "202641", "202642", "202610", "x"]);
    let told = (
        prop::option::of(0..2_000_i32),
        prop::option::of(-5_000_i64..i64::MAX),
    );
    (state, any::<bool>(), period, 0..40_u32, told).prop_map(
        |(state, up_to_date, period, nth, (headcount, payroll))| AccountFacts {
            state,
            up_to_date,
            last_period: Declared::of(period),
            headcount,
            payroll,
            ..account(&format!("732829320{nth:05}"))
        },
    )
}

proptest! {
    /// Fear: some mixture of accounts gets a paper although something is owed, none is active, or nothing was declared; or gets none
    /// without such a reason.
    #[test]
    fn issued_only_in_order(accounts in prop::collection::vec(facts(), 0..6)) {
        let active = accounts.iter().any(|account| account.state == AccountState::Actif);
        let open = |account: &&AccountFacts| account.state != AccountState::Radie;
        let declared = accounts.iter().filter(open).any(|account| account.last_period.is_some());
        let owing = accounts.iter().any(|account| !account.up_to_date);
        let judged = judge(&employer(accounts.clone()));
        prop_assert_eq!(judged.is_ok(), active && declared && !owing);
        if let Ok(content) = judged {
            for siret in &content.sirets {
                let known = accounts.iter().filter(open).any(|account| account.siret.as_ref() == Some(siret));
                prop_assert!(known);
            }
        }
    }

    /// Fear: a later day of issue ends earlier, or a paper is good for seven months.
    #[test]
    fn six_months(offset in 0i64..70_000) {
        let issued = Day::new(1950, 1, 1).unwrap().plus_days(offset);
        let count = issued.days_until(last_day(issued));
        prop_assert!((178..=183).contains(&count), "{count}");
        prop_assert!(last_day(issued) <= last_day(issued.plus_days(1)));
    }
}
