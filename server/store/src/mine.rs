//! What a member keeps for themselves of the firm's clients: favourites, and those opened last.

use crate::{
    find::{rows::Read, sql::Sql},
    outage::{Answer, OrOutage},
};
use portfolio::{
    finding::{Jump, MOST_FAVOURITES, RECENT},
    ids::{EnrolmentId, MemberId, Scope},
    ports::Marked,
    time::Timestamp,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// See [`portfolio::ports::Finding::recent`].
pub(crate) async fn recent(db: &impl ConnectionTrait, scope: &Scope) -> Answer<Vec<Jump>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(Read::COLUMNS).push(
        " FROM opened o JOIN client ON client.enrolment_id = o.enrolment_id WHERE o.member_id = ",
    );
    sql.value(scope.member.0)
        .push(" AND client.firm_id = ")
        .value(scope.firm.0)
        .push(&format!(
            " ORDER BY o.at DESC, o.enrolment_id DESC LIMIT {RECENT}"
        ));
    let rows = sql.read::<Read>(db, "clients opened last").await?;
    rows.into_iter().map(Read::jump).collect()
}

/// Whether a client is the one that the member opened last.
pub(crate) async fn is_latest(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
) -> Answer<bool> {
    let mut sql = Sql::new(db);
    sql.push("SELECT enrolment_id FROM opened WHERE member_id = ")
        .value(scope.member.0)
        .push(" ORDER BY at DESC, enrolment_id DESC LIMIT 1");
    let latest: Vec<Uuid> = sql.column(db, "clients opened last").await?;
    Ok(latest.first() == Some(&id.0))
}

/// See [`portfolio::ports::Finding::opened`].
pub(crate) async fn opened(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
    now: Timestamp,
) -> Answer<()> {
    if !theirs(db, scope, id).await? {
        return Ok(());
    }
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO opened (member_id, enrolment_id, at) VALUES (")
        .value(scope.member.0)
        .push(", ")
        .value(id.0)
        .push(", ")
        .value(now.0)
        .push(") ON CONFLICT (member_id, enrolment_id) DO UPDATE SET at = excluded.at");
    sql.run(db, "remembering a client").await?;
    let mut sql = Sql::new(db);
    let member = sql.place(scope.member.0);
    sql.push(&format!(
        "DELETE FROM opened WHERE member_id = {member} AND enrolment_id NOT IN (SELECT enrolment_id FROM opened \
         WHERE member_id = {member} ORDER BY at DESC, enrolment_id DESC LIMIT {RECENT})"
    ));
    sql.run(db, "forgetting clients").await?;
    Ok(())
}

/// See [`portfolio::ports::Finding::favourite`].
pub(crate) async fn favourite(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
    on: bool,
) -> Answer<Option<Marked>> {
    if !theirs(db, scope, id).await? {
        return Ok(None);
    }
    if !on {
        let mut sql = Sql::new(db);
        sql.push("DELETE FROM favourite WHERE member_id = ")
            .value(scope.member.0)
            .push(" AND enrolment_id = ")
            .value(id.0);
        sql.run(db, "forgetting a favourite").await?;
        return Ok(Some(Marked::Done));
    }
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) FROM favourite WHERE member_id = ")
        .value(scope.member.0)
        .push(" AND enrolment_id <> ")
        .value(id.0);
    if sql.number(db, "favourites").await? >= u64::from(MOST_FAVOURITES) {
        return Ok(Some(Marked::TooMany));
    }
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO favourite (member_id, enrolment_id) VALUES (")
        .value(scope.member.0)
        .push(", ")
        .value(id.0)
        .push(") ON CONFLICT (member_id, enrolment_id) DO NOTHING");
    sql.run(db, "marking a favourite").await?;
    Ok(Some(Marked::Done))
}

/// Whether a member has it as a favourite.
pub(crate) async fn is_favourite(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
) -> Answer<bool> {
    let favourites = crate::find::rows::favourites(db, scope, &[id.0]).await?;
    Ok(favourites.contains(&id.0))
}

/// Forgets all that a member who is removed kept for themselves.
pub(crate) async fn forget(db: &impl ConnectionTrait, member: MemberId) -> Answer<()> {
    for table in ["favourite", "opened", "saved_view"] {
        let mut sql = Sql::new(db);
        sql.push(&format!("DELETE FROM {table} WHERE member_id = "))
            .value(member.0);
        sql.run(db, "forgetting what a member kept").await?;
    }
    Ok(())
}

/// Whether it is an enrolment of the firm, ended or not.
async fn theirs(db: &impl ConnectionTrait, scope: &Scope, id: EnrolmentId) -> Answer<bool> {
    use crate::scoped::{self, EnrolmentColumn};
    use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
    let found = scoped::enrolments(scope.firm)
        .filter(EnrolmentColumn::Id.eq(id.0))
        .count(db)
        .await
        .or_outage("enrolments")?;
    Ok(found > 0)
}
