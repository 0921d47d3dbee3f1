use super::*;
use portfolio::{
    client::{Colleague, Label},
    holder::{Holder, HolderScheme, Scheme},
    ids::{LabelId, MemberId},
    siren::Siren,
    time::Timestamp,
};

const ID: &str = "01a20cbe-3610-7d9c-af6a-74462ae16a39";

fn row(name: &str) -> Row {
    Row {
        id: ID.parse().expect("an id"),
        name: name.to_owned(),
        held: HolderScheme {
            holder: Holder::Siren(Siren::parse("732829320").expect("a Siren")),
            scheme: Scheme::RegimeGeneral,
        },
        kind: Kind::Emp,
        state: AccountState::Actif,
        services: 3,
        changed_at: Timestamp(1_735_576_797),
        added_at: Timestamp(1_735_576_797),
        own: Own {
            reference: String::new(),
            labels: Vec::new(),
            in_charge: None,
        },
        favourite: false,
        found_by: None,
    }
}

fn whole(search: &Search, row: &Row) -> String {
    let nobody = BTreeSet::new();
    let pen = Pen::new(search, None, Look::Whole(&nobody));
    pen.row(row).into_string()
}

fn sought(text: &str) -> Search {
    Search {
        text: text.to_owned(),
        ..Search::default()
    }
}

/// Fear: what somebody has called a client, a label, a reference or a colleague becomes an element, or ends an attribute.
#[test]
fn what_was_typed_is_text() {
    let nasty = "<script>alert(1)</script>\" onclick=\"x";
    let mut row = row(nasty);
    row.own = Own {
        reference: nasty.to_owned(),
        labels: vec![Label {
            id: LabelId(Uuid::nil()),
            name: nasty.to_owned(),
        }],
        in_charge: Some(Colleague {
            id: MemberId(Uuid::nil()),
            name: nasty.to_owned(),
        }),
    };
    for search in [Search::default(), sought("script alert"), sought(nasty)] {
        let written = whole(&search, &row);
        assert!(!written.contains("<script"), "{written}");
        assert!(!written.contains("\" onclick"), "{written}");
        let safe = "Favori\u{a0}: &lt;script&gt;alert(1)&lt;/script&gt;&quot; onclick=&quot;x\"";
        assert!(written.contains(safe), "{written}");
    }
}

/// Fear: what was found is not marked, a mark is torn out of its text, or a list without a search has marks.
#[test]
fn what_was_found_is_marked() {
    let row = row("L’Œuf & Émile");
    let written = whole(&sought("oeuf 732"), &row);
    assert!(
        written.contains(">L’<mark>Œuf</mark> &amp; Émile</a>"),
        "{written}"
    );
    assert!(written.contains("<mark>732</mark>"), "{written}");
    assert!(!whole(&Search::default(), &row).contains("<mark>"));
}

/// Fear: an empty line stands under the name of each client of which the firm says nothing.
#[test]
fn nothing_of_its_own_is_no_line() {
    let mut row = row("Abeille");
    assert!(!whole(&Search::default(), &row).contains("own-line"));
    row.own.reference = "C12".to_owned();
    let written = whole(&Search::default(), &row);
    assert!(
        written.contains(
            "<span class=\"own-line\"><span class=\"reference\"><span class=\"visually-hidden\">Référence </span>C12</span></span>"
        ),
        "{written}"
    );
}

/// Fear: a page without JavaScript stars a client that is a favourite already, or loses a tick.
#[test]
fn star_and_tick_say_how_they_are() {
    let mut row = row("Abeille");
    row.favourite = true;
    let ticked = [row.id].into();
    let search = Search::default();
    let written = Pen::new(&search, None, Look::Whole(&ticked))
        .row(&row)
        .into_string();
    assert!(written.contains("name=\"remove\""), "{written}");
    assert!(written.contains("aria-pressed=\"true\""), "{written}");
    assert!(
        written.contains("\"Sélectionner Abeille\" checked>"),
        "{written}"
    );
    assert!(written.starts_with("<tr class=\"ticked\""), "{written}");
    row.favourite = false;
    let written = whole(&search, &row);
    assert!(written.contains("name=\"add\""), "{written}");
    assert!(!written.contains("checked"), "{written}");
    let short = Pen::new(&search, None, Look::Short).rows(&[row]);
    assert!(!short.contains("star") && !short.contains("checkbox") && !short.contains("charge"));
}

/// Fear: a row opens on another client, does not close again, or goes back to another list; also where the words look like the gap
/// that the addresses are written with.
#[test]
fn links_lead_where_they_did() {
    for text in ["", "a&b", "00000000-0000-0000-0000-000000000000"] {
        let search = Search {
            size: 50,
            descending: true,
            ..sought(text)
        };
        let row = row("Abeille");
        let opening = routes::list(&Search {
            open: Some(row.id),
            ..search.clone()
        });
        let edit = routes::client(row.id, &search.query());
        let has = |written: &str, to: &str| {
            let to = format!("href=\"{}\"", to.replace('&', "&amp;"));
            assert!(written.contains(&to), "{to} in {written}");
        };
        let written = whole(&search, &row);
        has(&written, &opening);
        has(&written, &edit);
        assert!(written.contains("aria-expanded=\"false\""));
        let opened = (row.id, Accounts::default());
        let open = Search {
            open: Some(row.id),
            ..search.clone()
        };
        let nobody = BTreeSet::new();
        let pen = Pen::new(&open, Some(&opened), Look::Whole(&nobody));
        let written = pen.row(&row).into_string();
        has(&written, &routes::list(&search));
        has(&written, &edit);
        assert!(written.contains("aria-expanded=\"true\""));
        assert!(
            written.contains("<tr class=\"accounts\"><td colspan=\"9\">"),
            "{written}"
        );
    }
}

/// Fear: the client that was just saved is not to be seen among the others, or an account to remove does not say so.
#[test]
fn saved_and_radie_stand_out() {
    let mut row = row("Abeille");
    row.state = AccountState::Radie;
    let saved = Search {
        saved: Some(row.id),
        ..Search::default()
    };
    let written = whole(&saved, &row);
    assert!(written.starts_with("<tr class=\"seen\""), "{written}");
    assert!(written.contains(" aria-current=\"true\""), "{written}");
    let advice = "#resilier-titre\">Pensez à résilier</a>";
    assert!(written.contains(advice), "{written}");
    assert!(!whole(&Search::default(), &row).contains("aria-current"));
}
