//! Whatever stands in the database, pages show it and do nothing else.

use super::{
    browser::{PASSKEY_URL, TestPortal},
    passkeys::add,
    soft_key::SoftKey,
};
use sea_orm::{ConnectionTrait, Database, Statement};
use std::collections::BTreeSet;

/// Ends every element that text may stand in, then does harm.
const HOSTILE: &str = "</textarea></title></script><script>harm()</script>\" onfocus=\"harm()\" '";

/// Columns that hold what somebody wrote: names, and what they were sought by.
const FREE: &str = "firm.name member.name member.email account.name account.search account.organism account.last_period \
    account.email holder.name holder.search session.device session.address journal.origin passkey.name holder.found holder.organisms \
    enrolment.ended_name enrolment.reference enrolment.reference_search enrolment.own_search enrolment.in_charge_key label.name label.key saved_view.name \
    saved_view.key saved_view.query client.name client.name_key client.organisms client.in_charge_key client.reference \
    client.reference_key client.search import.name service_model.name service_model.key worker.last_name worker.first_names worker.name_key worker.masked \
    mobility_request.who mobility_request.search";
/// Columns that hold codes, numbers and digests of ours: with anything else in them the page says that it cannot be shown.
const OURS: &str = "seaql_migrations.version member.identifier member.password_hash member.role member.language account.account_number account.kind \
    account.holder_key account.siren account.siret holder.key holder.scheme holder.siren holder.account_number holder.number \
    holder.kind enrolment.holder_key enrolment_service.code enrolment_event.what enrolment_event.added enrolment_event.removed \
    enrolment_draft.target_kind enrolment_draft.target enrolment_draft.proven_holder_key attempt_guard.subject \
    attempt_guard.failed_at passkey.credential passkey_ceremony.state link.purpose outbox.recipient outbox.reason \
    outbox.last_error sealed.purpose journal.about_kind journal.topic journal.detail own_event.detail client.holder_key client.number \
    client.scheme client.kind import.actor_origin import.format import.state import.halt import.mapping import.services \
     import_line.holder_key import_line.state import_line.reason import_line.services bulk.origin bulk.change bulk.state \
     bulk.tally bulk_item.state bulk_item.before service_model.services worker.nationality worker.birth_date worker.form \
     mobility_request.journey mobility_request.state mobility_request.answers mobility_request.countries mobility_request.first_day \
     mobility_request.last_planned mobility_request.decision mobility_request.certificate mobility_request.number \
     mobility_request.code mobility_request.certified_from mobility_request.certified_until mobility_request.last_day \
     mobility_event.detail client_access.holder_key client_invitation.holder_key client_invitation.outcome \
     client_invitation.email email_change.email attestation.holder_key attestation.issued_on attestation.good_until \
     message_thread.holder_key message_thread.last_side message.side message_file.kind \
     enrolment.rhythm client.calendar calendar_feed.whose notice_off.kind reminded.until_day";

/// Fear: a name in the registry, or of a colleague, runs in an accountant's browser. A column that somebody adds is classed above.
#[tokio::test]
async fn text_of_every_column_stays_text() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    add(&mut member, &mut SoftKey::new(PASSKEY_URL, 1)).await;
    let db = Database::connect(&portal.trial.url).await.unwrap();
    let columns = "SELECT m.name || '.' || p.name FROM sqlite_schema m, pragma_table_info(m.name) p \
        WHERE m.type = 'table' AND p.type IN ('TEXT', 'varchar')";
    let rows = Statement::from_string(db.get_database_backend(), columns);
    let mut free = 0;
    for row in db.query_all_raw(rows).await.unwrap() {
        let column: String = row.try_get_by_index(0).unwrap();
        if FREE.split_whitespace().any(|known| known == column) {
            free += 1;
            let (table, column) = column.split_once('.').unwrap();
            // Appended, so that what is unique stays so; the journal, which nobody may change, is opened for this alone.
            let harm = HOSTILE.replace('\'', "''");
            let sql = format!(
                "DROP TRIGGER IF EXISTS journal_keeps; UPDATE {table} SET {column} = {column} || '{harm}'"
            );
            db.execute_unprepared(&sql).await.unwrap();
        } else {
            assert!(
                OURS.split_whitespace().any(|known| known == column),
                "{column}: say what it holds"
            );
        }
    }
    assert_eq!(
        free,
        FREE.split_whitespace().count(),
        "FREE names what is no longer there"
    );
    let mut ahead = vec![
        "/".to_owned(),
        "/etablissements".to_owned(),
        format!("/etablissements/{id}"),
        format!("/etablissements/{id}/resilier"),
    ];
    let (mut seen, mut shown) = (BTreeSet::new(), 0);
    while let Some(path) = ahead.pop() {
        if seen.len() > 150 || !seen.insert(path.clone()) {
            continue;
        }
        let page = member.get(&path).await;
        assert!(page.status.as_u16() < 500, "{path}: {}", page.status);
        assert!(!page.body.contains("<script>harm()"), "{path}");
        assert!(!page.body.contains("</script><script>h"), "{path}");
        // In an attribute the quote would have ended it.
        assert!(!page.body.contains("\"\" onfocus"), "{path}");
        shown += usize::from(page.body.contains("harm()"));
        for link in page.body.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap().split('#').next().unwrap();
            if link.starts_with('/') && !link.starts_with("//") {
                ahead.push(link.replace("&amp;", "&"));
            }
        }
    }
    assert!(
        seen.len() > 40 && shown > 20,
        "{} seen, {shown} with hostile text",
        seen.len()
    );
}
