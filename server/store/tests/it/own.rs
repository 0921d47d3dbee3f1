//! The firm's own fields: reference, labels, who is in charge.

use crate::base::{Base, EMPLOYER, NOW, fresh, good_employer, many, session};
use portfolio::{
    client::{Happening, OwnTold, Total},
    finding::MOST_LABELS,
    form::{Act, LabelDraft, MemberDraft, OwnDraft},
    ids::{EnrolmentId, LabelId, Scope},
    permission::{Editor, Role},
    ports::{
        Acted, LabelKept, LinkToken, OwnFields as _, OwnKept, Portfolio as _, Reviewed, Terminated,
    },
    search::{Filter, InCharge, Search},
};
use store::{Address, Sent};

crate::contract! {
    kept_and_told, one_of_two_is_told, nothing_of_another_firm, labels_live_and_die, who_leaves_is_in_charge_no_more, looked_through,
    an_import_reaches_the_list, as_many_as_there_may_be
}

fn draft(of: EnrolmentId, version: i32) -> OwnDraft {
    OwnDraft {
        of: Some(of),
        version,
        reference: String::new(),
        labels: [].into(),
        new_labels: Vec::new(),
        in_charge: None,
        back: String::new(),
    }
}

async fn found(base: &Base, scope: &Scope, text: &str) -> Total {
    let search = Search {
        text: text.into(),
        ..Search::default()
    };
    base.list(scope, &search).await.total
}

async fn one(base: &Base) -> (Editor, EnrolmentId) {
    let editor = base.with_accounts().await;
    let id = base
        .client(&editor, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    (editor, id)
}

/// The labels of the firm, by name.
async fn label(base: &Base, scope: &Scope, name: &str) -> Option<LabelId> {
    let labels = base.store.choices(scope).await.unwrap().labels;
    let found = labels.into_iter().find(|(label, _)| label.name == name);
    found.map(|(label, _)| label.id)
}

async fn sound(base: &Base) {
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

/// Fear: what was saved is not shown, not found, not in the history, or makes a version of the services.
async fn kept_and_told(base: Base) {
    let (editor, id) = one(&base).await;
    let wanted = OwnDraft {
        reference: "CLI-0042".into(),
        new_labels: vec!["À relancer".into(), "Urgent".into()],
        in_charge: Some(editor.member),
        ..draft(id, 0)
    };
    let kept = base.store.keep_own(&editor, &wanted, NOW.plus(5)).await;
    assert_eq!(kept.unwrap(), Some(OwnKept::Done));
    let client = base.store.client(&editor, id).await.unwrap().unwrap();
    let told = OwnTold {
        reference: "CLI-0042".into(),
        labels: vec!["À relancer".into(), "Urgent".into()],
        in_charge: Some("Claire".into()),
    };
    assert_eq!(
        (client.own.told(), client.own_version, client.version),
        (told.clone(), 1, 1)
    );
    assert_eq!(
        client.history[0].what,
        Happening::Own {
            before: OwnTold::default(),
            after: told
        }
    );
    for text in ["cli 0042", "CLI-0042", "relancer", "urg emile", "arelancer"] {
        assert_eq!(
            found(&base, &editor, text).await,
            Total::Exactly(1),
            "{text}"
        );
    }
    // The same again changes nothing, and is no event.
    let again = OwnDraft {
        labels: client.own.labels.iter().map(|label| label.id).collect(),
        new_labels: Vec::new(),
        version: 1,
        ..wanted
    };
    let kept = base.store.keep_own(&editor, &again, NOW.plus(6)).await;
    assert_eq!(kept.unwrap(), Some(OwnKept::Done));
    let client = base.store.client(&editor, id).await.unwrap().unwrap();
    assert_eq!((client.own_version, client.history.len()), (1, 2));
    sound(&base).await;
}

/// Fear: of two who save at the same time one overwrites the other, or a refusal leaves labels behind.
async fn one_of_two_is_told(base: Base) {
    let (editor, id) = one(&base).await;
    let first = OwnDraft {
        reference: "1".into(),
        ..draft(id, 0)
    };
    base.store.keep_own(&editor, &first, NOW).await.unwrap();
    let second = OwnDraft {
        new_labels: vec!["Perdue".into()],
        ..draft(id, 0)
    };
    let kept = base.store.keep_own(&editor, &second, NOW).await.unwrap();
    assert_eq!(kept, Some(OwnKept::Stale { version: 1 }));
    assert_eq!(label(&base, &editor, "Perdue").await, None);
    let ended = base.store.terminate(&fresh(&editor), id, NOW).await;
    assert_eq!(ended.unwrap(), Some(Terminated::Done));
    let kept = base.store.keep_own(&editor, &draft(id, 1), NOW).await;
    assert!(matches!(kept.unwrap(), Some(OwnKept::Ended { .. })));
    sound(&base).await;
}

/// Fear: a client, a label or a member of another firm is changed, chosen or named.
async fn nothing_of_another_firm(base: Base) {
    let (editor, id) = one(&base).await;
    let other = base.firm("Cabinet Durand").await;
    let labelled = OwnDraft {
        new_labels: vec!["Secret".into()],
        ..draft(id, 0)
    };
    base.store.keep_own(&editor, &labelled, NOW).await.unwrap();
    let secret = label(&base, &editor, "Secret").await.unwrap();
    assert_eq!(
        base.store
            .keep_own(&other, &draft(id, 1), NOW)
            .await
            .unwrap(),
        None
    );
    assert_eq!(base.store.choices(&other).await.unwrap().labels, []);
    for act in [
        LabelDraft::Delete(Some(secret)),
        LabelDraft::Rename(Some(secret), "X".into()),
        LabelDraft::Delete(None),
    ] {
        assert_eq!(
            base.store.act_on_label(&other, &act, NOW).await.unwrap(),
            None
        );
    }
    assert_eq!(base.store.review(&other, id, 1, NOW).await.unwrap(), None);
    let foreign = OwnDraft {
        in_charge: Some(other.member),
        ..draft(id, 1)
    };
    let kept = base.store.keep_own(&editor, &foreign, NOW).await.unwrap();
    assert_eq!(kept, Some(OwnKept::MemberGone));
    let theirs = base
        .client(&other, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    let chosen = OwnDraft {
        labels: [secret].into(),
        ..draft(theirs, 0)
    };
    let kept = base.store.keep_own(&other, &chosen, NOW).await.unwrap();
    assert_eq!(kept, Some(OwnKept::LabelGone));
    for filter in [
        Filter {
            labels: [secret].into(),
            ..Filter::default()
        },
        Filter {
            in_charge: Some(InCharge::Member(editor.member)),
            ..Filter::default()
        },
    ] {
        let search = Search {
            filter,
            ..Search::default()
        };
        assert_eq!(base.list(&other, &search).await.total, Total::Exactly(0));
    }
    sound(&base).await;
}

/// Fear: a label that was renamed is found by its old name, or a deleted one stays on a client.
async fn labels_live_and_die(base: Base) {
    let (editor, id) = one(&base).await;
    let make = LabelDraft::Make("Été".into());
    let Some(LabelKept::Done(label)) = base.store.act_on_label(&editor, &make, NOW).await.unwrap()
    else {
        panic!("no label was made");
    };
    let again = LabelDraft::Make("ETE".into());
    let kept = base.store.act_on_label(&editor, &again, NOW).await.unwrap();
    assert_eq!(kept, Some(LabelKept::NameTaken));
    let on = OwnDraft {
        labels: [label].into(),
        ..draft(id, 0)
    };
    base.store.keep_own(&editor, &on, NOW).await.unwrap();
    assert_eq!(found(&base, &editor, "été").await, Total::Exactly(1));
    let rename = LabelDraft::Rename(Some(label), "Hiver".into());
    let kept = base
        .store
        .act_on_label(&editor, &rename, NOW)
        .await
        .unwrap();
    assert_eq!(kept, Some(LabelKept::Done(label)));
    assert_eq!(found(&base, &editor, "été").await, Total::Exactly(0));
    assert_eq!(found(&base, &editor, "hiver").await, Total::Exactly(1));
    let choices = base.store.choices(&editor).await.unwrap();
    assert_eq!(choices.labels[0].1, 1);
    let delete = LabelDraft::Delete(Some(label));
    let kept = base
        .store
        .act_on_label(&editor, &delete, NOW)
        .await
        .unwrap();
    assert_eq!(kept, Some(LabelKept::Done(label)));
    assert_eq!(found(&base, &editor, "hiver").await, Total::Exactly(0));
    let client = base.store.client(&editor, id).await.unwrap().unwrap();
    assert_eq!(client.own.labels, []);
    sound(&base).await;
}

/// Fear: a client is left with somebody who is gone.
async fn who_leaves_is_in_charge_no_more(base: Base) {
    let (editor, id) = one(&base).await;
    let zoe = base.colleague(editor.firm, "Cabinet Dupont", "Zoé").await;
    let wanted = OwnDraft {
        in_charge: Some(zoe.member),
        ..draft(id, 0)
    };
    base.store.keep_own(&editor, &wanted, NOW).await.unwrap();
    let chief = base
        .store
        .add_member(
            editor.firm,
            "chief@dupont",
            "Chef",
            crate::base::HASH,
            Role::Administrator,
            NOW,
        )
        .await
        .unwrap();
    let session = session(editor.firm, chief, Role::Administrator);
    let chief = session
        .fresh(session.administrator().unwrap(), NOW)
        .unwrap();
    let team = base.store.team(&chief).await.unwrap();
    let person = team.people.iter().find(|person| person.id == zoe.member);
    let remove = MemberDraft {
        of: Some(zoe.member),
        act: Act::Remove,
        seen: person.unwrap().seen(),
    };
    let sent = Sent {
        token: &LinkToken::new("0".repeat(64)),
        address: &Address(String::new()),
    };
    let acted = base.store.act_on(&chief, &remove, sent, NOW).await.unwrap();
    assert_eq!(acted, Some(Acted::Done));
    let client = base.store.client(&editor, id).await.unwrap().unwrap();
    assert_eq!((client.own.in_charge, client.own_version), (None, 2));
    let search = Search {
        filter: Filter {
            in_charge: Some(InCharge::Nobody),
            ..Filter::default()
        },
        ..Search::default()
    };
    assert_eq!(base.list(&editor, &search).await.total, Total::Exactly(1));
    sound(&base).await;
}

/// Fear: a client whose services were looked through is asked for again, or one is never asked for.
async fn looked_through(base: Base) {
    let (editor, id) = one(&base).await;
    let due = async |days: i64| {
        let search = Search {
            filter: Filter {
                not_reviewed: true,
                ..Filter::default()
            },
            ..Search::default()
        };
        let now = NOW.plus(days * portfolio::time::DAY);
        base.store.list(&editor, &search, now).await.unwrap().total
    };
    assert_eq!(due(365).await, Total::Exactly(0));
    assert_eq!(due(366).await, Total::Exactly(1));
    let now = NOW.plus(366 * portfolio::time::DAY);
    let reviewed = base.store.review(&editor, id, 1, now).await.unwrap();
    assert_eq!(reviewed, Some(Reviewed::Done));
    assert_eq!(due(366).await, Total::Exactly(0));
    sound(&base).await;
}

/// Fear: an import changes a holder, and the list goes on showing and finding what it was.
async fn an_import_reaches_the_list(base: Base) {
    let (editor, _) = one(&base).await;
    let row = "117000001567462542;EMP;732829320;73282932000074;Pâtisserie Nouvelle;227;2;1234,56;202631;;e@x.fr;1;12;45000";
    let other = "117000001567462559;EMP;732829320;73282932000082;Autre;747;3;0;202631;;;1;2;";
    base.import(crate::base::file(&[row, other])).await.unwrap();
    assert_eq!(
        found(&base, &editor, "boulangerie").await,
        Total::Exactly(0)
    );
    let listing = base
        .list(
            &editor,
            &Search {
                text: "patiss".into(),
                filter: Filter {
                    organism: Some("747".into()),
                    state: portfolio::holder::AccountState::from_code(2),
                    ..Filter::default()
                },
                ..Search::default()
            },
        )
        .await;
    assert_eq!(listing.rows[0].name, "Pâtisserie Nouvelle");
    // A chain of shops: more accounts than are sought by fragments.
    let lines: Vec<String> = (0..30)
        .map(|n| {
            format!(
                "9{n:017};EMP;732829320;732829320{:05};Chaîne;117;1;{n};;;;1;;",
                20_000 + n
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    base.import(crate::base::file(&lines)).await.unwrap();
    for (text, count) in [
        ("732829320", 1),
        ("73282932020017", 1),
        ("732829320200", 1),
        ("900000000000000021", 1),
        ("20017", 0),
        ("73282932099999", 0),
        ("900000000000000099", 0),
    ] {
        assert_eq!(
            found(&base, &editor, text).await,
            Total::Exactly(count),
            "{text}"
        );
    }
    sound(&base).await;
}

/// Fear: labels without end.
async fn as_many_as_there_may_be(base: Base) {
    let editor = base.firm("Cabinet Dupont").await;
    let ids = many(&base, &editor, &["Un"]).await;
    for n in 0..MOST_LABELS {
        let make = LabelDraft::Make(format!("n{n}"));
        base.store.act_on_label(&editor, &make, NOW).await.unwrap();
    }
    let make = LabelDraft::Make("trop".into());
    let kept = base.store.act_on_label(&editor, &make, NOW).await.unwrap();
    assert_eq!(kept, Some(LabelKept::TooMany));
    let wanted = OwnDraft {
        new_labels: vec!["trop".into()],
        ..draft(ids[0], 0)
    };
    let kept = base.store.keep_own(&editor, &wanted, NOW).await.unwrap();
    assert_eq!(kept, Some(OwnKept::TooManyLabels));
}
