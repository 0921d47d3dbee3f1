//! The portfolio as a file.

use super::*;

crate::contract! { exported }

async fn export(base: &Base, scope: &Editor, what: Exported) -> Vec<SheetRow> {
    let session = session(scope.firm, scope.member, Role::Reader);
    let fresh = session.fresh(Scope::clone(scope), NOW).unwrap();
    let mut pages = base
        .store
        .export_clients(&fresh, &what, Format::Csv, NOW)
        .await
        .unwrap();
    let mut all = Vec::new();
    loop {
        let rows = pages.next().await.unwrap();
        if rows.is_empty() {
            return all;
        }
        all.extend(rows);
    }
}

/// Fear: a client is missing from the file, there twice or another firm's; or nobody can tell that it was taken.
async fn exported(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 2_100).await;
    let found = ids(&base, &scope, "n0000").await;
    for name in ["Urgent", "À voir"] {
        let id = label(&base, &scope, name).await;
        tick(&base, &scope, &found[..1]).await;
        let id = prepare(&base, &scope, &Change::Label(id)).await;
        confirm(&base, &scope, id).await;
    }
    let rows = export(&base, &scope, Exported::Found(Box::default())).await;
    let numbers: BTreeSet<_> = rows.iter().map(|row| row.held.key()).collect();
    assert_eq!((rows.len(), numbers.len()), (2_100, 2_100));
    assert_eq!(rows[0].own.labels, ["À voir", "Urgent"]);
    assert_eq!(rows[0].services, services(&["DPAE"]));
    assert_eq!(rows[0].organisms, ["117"]);
    let search = Search {
        text: "urgent".into(),
        ..Search::default()
    };
    let some = export(&base, &scope, Exported::Found(Box::new(search))).await;
    assert_eq!(some.len(), 1);
    let selected = export(&base, &scope, Exported::Selection).await;
    assert_eq!(selected, some);
    let none = Search {
        text: "!!".into(),
        ..Search::default()
    };
    let none = export(&base, &scope, Exported::Found(Box::new(none))).await;
    assert_eq!(none, []);
    let stranger = base.firm("Cabinet Autre").await;
    assert_eq!(
        export(&base, &stranger, Exported::Found(Box::default())).await,
        []
    );
    let written = base
        .number("SELECT COUNT(*) FROM journal WHERE topic = 'exports'")
        .await;
    assert_eq!(written, 5);
}
