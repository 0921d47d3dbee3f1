//! What falls due for a firm's clients: counted, named, and fetched by diaries.
//!
//! Dates are rules (`portfolio::calendar`); what is asked of the database is how many clients have each rhythm, by one index, and what
//! ends on days of its own. No page loads a client for a date.

pub(crate) mod count;
mod dated;
pub(crate) mod feed;
mod rhythm;

use crate::{
    Store,
    find::sql::{Index, Sql},
    index::LAST,
    journal::commit_with,
    outage::{Answer, refused},
    store::commit,
    stored,
};
use portfolio::{
    calendar::{
        Agenda, AgendaQuery, ClientDates, ClientPage, ClientWanted, FeedShown, NAMED, Rhythm,
        Whose, next,
    },
    client::Colleague,
    form::RhythmDraft,
    french::searchable,
    ids::{EnrolmentId, MemberId, Scope},
    mobility::day::Day,
    origin::Origin,
    permission::{Editor, Fresh},
    ports::{Calendar, FeedOpened, FeedToken, Outage, RhythmKept},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// Clients of a page.
const PAGE: u64 = 25;
/// Dates that are told of each client.
const DATES: usize = 2;
/// How far ahead what ends is told of a client, in months.
const AHEAD: u32 = 12;

/// Whose clients are meant, resolved.
#[derive(Clone, Debug)]
pub(crate) enum Of {
    Everybody,
    Nobody,
    /// The member, and how their name sorts.
    Member(Uuid, String),
}

impl Of {
    /// Resolves it; a member of another firm is in charge of nobody here.
    pub(crate) async fn read(
        db: &impl ConnectionTrait,
        scope: &Scope,
        whose: Whose,
    ) -> Answer<Self> {
        let id = match whose {
            Whose::Everybody => return Ok(Self::Everybody),
            Whose::Nobody => return Ok(Self::Nobody),
            Whose::Mine => scope.member.0,
            Whose::Member(member) => member.0,
        };
        let mut sql = Sql::new(db);
        sql.push("SELECT id, name FROM member WHERE firm_id = ")
            .value(scope.firm.0)
            .push(" AND id = ")
            .value(id);
        let found = sql.read::<Person>(db, "members").await?.into_iter().next();
        Ok(Self::Member(
            id,
            found.map_or_else(String::new, |found| searchable(&found.name)),
        ))
    }

    /// Adds the condition on `client`.
    pub(crate) fn push(&self, sql: &mut Sql) {
        match self {
            Self::Everybody => {}
            Self::Nobody => {
                sql.push(" AND client.in_charge IS NULL");
            }
            Self::Member(id, _) => {
                sql.push(" AND client.in_charge = ").value(*id);
            }
        }
    }
}

#[derive(FromQueryResult)]
struct Person {
    id: Uuid,
    name: String,
}

/// Those who may be in charge of a client.
async fn colleagues(db: &impl ConnectionTrait, scope: &Scope) -> Answer<Vec<Colleague>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id, name FROM member WHERE removed_at IS NULL AND firm_id = ")
        .value(scope.firm.0);
    let people = sql.read::<Person>(db, "members").await?;
    let mut colleagues: Vec<_> = people
        .into_iter()
        .map(|person| Colleague {
            id: MemberId(person.id),
            name: person.name,
        })
        .collect();
    colleagues.sort_by_cached_key(|person| (searchable(&person.name), person.id));
    Ok(colleagues)
}

#[derive(FromQueryResult)]
struct Row {
    enrolment_id: Uuid,
    holder_key: String,
    name: String,
    calendar: String,
}

impl Row {
    fn dates(self, today: Day) -> Answer<ClientDates> {
        let rhythm = match &*self.calendar {
            "" => None,
            code => {
                Some(Rhythm::from_code(code).ok_or_else(|| refused("client", self.enrolment_id))?)
            }
        };
        Ok(ClientDates {
            id: EnrolmentId(self.enrolment_id),
            held: stored::held(&self.holder_key, "client", self.enrolment_id)?,
            name: self.name,
            rhythm,
            dues: rhythm.map_or_else(Vec::new, |rhythm| next(rhythm, today, DATES)),
            ends: Vec::new(),
        })
    }
}

#[derive(FromQueryResult)]
struct Standing {
    name_key: String,
}

/// The clients of a page, and one more where there is one.
async fn rows(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: &Of,
    after: Option<EnrolmentId>,
) -> Answer<Vec<Row>> {
    let place = match after {
        None => None,
        Some(id) => {
            let mut sql = Sql::new(db);
            sql.push("SELECT h.search AS name_key FROM enrolment e JOIN holder h ON h.key = e.holder_key WHERE e.firm_id = ")
                .value(scope.firm.0)
                .push(" AND e.id = ")
                .value(id.0);
            let found = sql.read::<Standing>(db, "a client's place").await?;
            found.into_iter().next().map(|found| (found.name_key, id))
        }
    };
    let (index, key) = match of {
        Of::Everybody => ("client_by_name", None),
        Of::Nobody => ("client_by_charge", Some(LAST.to_string())),
        Of::Member(_, key) => ("client_by_charge", Some(key.clone())),
    };
    let mut sql = Sql::new(db);
    sql.push("SELECT client.enrolment_id, client.holder_key, client.name, client.calendar FROM ")
        .clients(scope.firm, Index::Named(index));
    if let Some(key) = key {
        sql.push(" AND client.in_charge_key = ").value(key);
    }
    of.push(&mut sql);
    if let Some((name_key, id)) = place {
        sql.push(" AND (client.name_key, client.enrolment_id) > (")
            .value(name_key)
            .push(", ")
            .value(id.0)
            .push(")");
    }
    sql.push(&format!(
        " ORDER BY client.name_key, client.enrolment_id LIMIT {}",
        PAGE + 1
    ));
    sql.read(db, "clients").await
}

#[derive(FromQueryResult)]
struct Wanted {
    enrolment_id: Uuid,
    holder_key: String,
    name: String,
    calendar: String,
    kind: String,
    headcount: Option<i64>,
    rhythm: String,
}

async fn of_client(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
    today: Day,
) -> Answer<Option<ClientWanted>> {
    let mut sql = Sql::new(db);
    sql.push(
        "SELECT client.enrolment_id, client.holder_key, client.name, client.calendar, client.kind, h.headcount, e.rhythm \
         FROM client JOIN enrolment e ON e.id = client.enrolment_id JOIN holder h ON h.key = client.holder_key WHERE client.firm_id = ",
    )
    .value(scope.firm.0)
    .push(" AND client.enrolment_id = ")
    .value(id.0);
    let found = sql.read::<Wanted>(db, "a client's dates").await?;
    let Some(found) = found.into_iter().next() else {
        return Ok(None);
    };
    let kind = stored::kind(&found.kind, "client", id)?;
    let row = Row {
        enrolment_id: found.enrolment_id,
        holder_key: found.holder_key,
        name: found.name,
        calendar: found.calendar,
    };
    let mut clients = vec![row.dates(today)?];
    dated::ends(db, scope.firm, &mut clients, today, AHEAD).await?;
    Ok(clients.pop().map(|client| ClientWanted {
        client,
        kind,
        usual: Rhythm::usual(kind, found.headcount),
        chosen: Rhythm::from_code(&found.rhythm)
            .filter(|rhythm| Rhythm::offered(kind).contains(rhythm)),
    }))
}

#[async_trait::async_trait]
impl Calendar for Store {
    async fn agenda(
        &self,
        scope: &Scope,
        asked: &AgendaQuery,
        now: Timestamp,
    ) -> Result<Agenda, Outage> {
        let tx = self.read().await?;
        let today = Day::of(now);
        let (monday, until) = asked.days(today);
        let of = Of::read(&tx, scope, asked.whose).await?;
        let counts = count::by_rhythm(&tx, scope.firm, &of).await?;
        let dated = dated::between(&tx, scope.firm, &of, (monday, until), NAMED).await?;
        let colleagues = colleagues(&tx, scope).await?;
        commit(tx).await?;
        Ok(Agenda {
            today,
            me: scope.member,
            weeks: Agenda::weeks(monday, &counts, &dated),
            colleagues,
        })
    }

    async fn by_client(
        &self,
        scope: &Scope,
        asked: &AgendaQuery,
        now: Timestamp,
    ) -> Result<ClientPage, Outage> {
        let tx = self.read().await?;
        let today = Day::of(now);
        let of = Of::read(&tx, scope, asked.whose).await?;
        let mut rows = rows(&tx, scope, &of, asked.after).await?;
        let more = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let clients: Answer<Vec<_>> = rows.into_iter().map(|row| row.dates(today)).collect();
        let mut clients = clients?;
        dated::ends(&tx, scope.firm, &mut clients, today, AHEAD).await?;
        let colleagues = colleagues(&tx, scope).await?;
        commit(tx).await?;
        let last = clients.last().map(|client| client.id);
        Ok(ClientPage {
            today,
            clients,
            next: last.filter(|_| more),
            colleagues,
        })
    }

    async fn of_client(
        &self,
        scope: &Scope,
        id: EnrolmentId,
        now: Timestamp,
    ) -> Result<Option<ClientWanted>, Outage> {
        let tx = self.read().await?;
        let answer = of_client(&tx, scope, id, Day::of(now)).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn choose_rhythm(
        &self,
        editor: &Editor,
        draft: &RhythmDraft,
        now: Timestamp,
    ) -> Result<Option<RhythmKept>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = rhythm::choose(&tx, editor, draft).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }

    async fn feed(&self, scope: &Scope) -> Result<Option<FeedShown>, Outage> {
        Ok(feed::shown(self.reader(), scope).await?)
    }

    async fn make_feed(
        &self,
        by: &Fresh<Scope>,
        whose: Whose,
        now: Timestamp,
    ) -> Result<FeedToken, Outage> {
        let tx = self.write().await?;
        let (token, entry) = feed::make(&tx, by, whose, now).await?;
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(token)
    }

    async fn revoke_feed(&self, scope: &Scope, now: Timestamp) -> Result<(), Outage> {
        let tx = self.write().await?;
        let entry = feed::revoke(&tx, scope).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(())
    }

    async fn open_feed(
        &self,
        token: &FeedToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<FeedOpened, Outage> {
        let tx = self.write().await?;
        let answer = self.opened_feed(&tx, token, from, now).await?;
        commit(tx).await?;
        Ok(answer)
    }
}
