use super::*;
use portfolio::client::Listing;

fn shown(query: &str) -> Shown {
    let row = |place: u128| {
        serde_json::json!({
            "id": uuid::Uuid::from_u128(place),
            "name": format!("Client {place}"),
            "held": { "holder": { "Siren": "732829320" }, "scheme": "RegimeGeneral" },
            "kind": "Emp", "state": "Actif", "services": 1, "changed_at": 0, "added_at": 0,
            "own": { "reference": "", "labels": [], "in_charge": null },
            "favourite": false, "found_by": null,
        })
    };
    let listing = serde_json::json!({
        "rows": [row(1), row(2), row(3)], "total": { "Exactly": 3 }, "managed": 3, "page": 1, "before": false, "after": false,
        "opened": null, "saved": null, "ended": null,
    });
    let listing: Listing = serde_json::from_value(listing).expect("a listing");
    Shown {
        search: routes::search_of(query).0,
        listing,
    }
}

/// Fear: a star that was pressed is not shown, or the whole list is written again for it, and the focus is lost.
#[test]
fn one_row_changes_alone() {
    let before = shown("taille=50");
    assert_eq!(changed(&before, &before), Some(Vec::new()));
    let mut now = before.clone();
    now.listing.rows[1].favourite = true;
    assert_eq!(changed(&before, &now), Some(vec![1]));
    let id = before.listing.rows[2].id;
    let mut opened = before.clone();
    opened.search.open = Some(id);
    opened.listing.opened = Some((id, portfolio::client::Accounts::default()));
    assert_eq!(changed(&before, &opened), Some(vec![2]));
    assert_eq!(changed(&opened, &before), Some(vec![2]));
    let mut seen = before.clone();
    seen.search.show = Some(before.listing.rows[0].id);
    assert_eq!(changed(&before, &seen), Some(vec![0]));
}

/// Fear: rows of another list stay, whose links lead to the list before.
#[test]
fn another_list_is_written_anew() {
    let before = shown("taille=50");
    assert_eq!(changed(&before, &shown("q=cl&taille=50")), None);
    let mut fewer = before.clone();
    fewer.listing.rows.pop();
    assert_eq!(changed(&before, &fewer), None);
    let mut elsewhere = before.clone();
    elsewhere.listing.page = Some(2);
    assert_eq!(changed(&before, &elsewhere), None);
}
