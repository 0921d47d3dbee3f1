//! The feed that a member's diary fetches by a secret address. Only the hash of the secret is stored; each member has one address.

use super::{Of, count, dated};
use crate::{
    Store,
    find::sql::Sql,
    guard::{self, Subject},
    key::hex,
    link,
    outage::{Answer, refused},
    session::{has_second_factor, hash, new_token},
};
use portfolio::{
    attempts::Limit,
    calendar::{FEED_AHEAD, FEED_BACK, FEED_NAMES, Facts, FeedShown, Whose},
    ids::{FirmId, MemberId, Scope},
    journal::{Entry, What},
    mobility::day::Day,
    origin::Origin,
    permission::Fresh,
    ports::{FeedOpened, FeedToken},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Made {
    whose: String,
    made_at: i64,
}

/// See [`portfolio::ports::Calendar::feed`].
pub(super) async fn shown(db: &impl ConnectionTrait, scope: &Scope) -> Answer<Option<FeedShown>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT whose, made_at FROM calendar_feed WHERE member_id = ")
        .value(scope.member.0);
    let found = sql.read::<Made>(db, "a feed").await?;
    found
        .into_iter()
        .next()
        .map(|made| {
            Ok(FeedShown {
                whose: Whose::read(&made.whose)
                    .ok_or_else(|| refused("calendar_feed", scope.member))?,
                made_at: Timestamp(made.made_at),
            })
        })
        .transpose()
}

/// See [`portfolio::ports::Calendar::make_feed`]; and what the journal is to say of it.
pub(super) async fn make(
    db: &impl ConnectionTrait,
    by: &Fresh<Scope>,
    whose: Whose,
    now: Timestamp,
) -> Answer<(FeedToken, Entry)> {
    let token = FeedToken::new(new_token()?);
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO calendar_feed (member_id, token_hash, whose, made_at) VALUES (")
        .value(by.member.0)
        .push(", ")
        .value(hash(token.expose()))
        .push(", ")
        .value(whose.code())
        .push(", ")
        .value(now.0)
        .push(
            ") ON CONFLICT (member_id) DO UPDATE SET token_hash = excluded.token_hash, whose = excluded.whose, \
             made_at = excluded.made_at",
        );
    sql.run(db, "making a feed").await?;
    Ok((token, Entry::by(by, What::FeedMade)))
}

/// See [`portfolio::ports::Calendar::revoke_feed`]; and what the journal is to say of it.
pub(super) async fn revoke(db: &impl ConnectionTrait, scope: &Scope) -> Answer<Option<Entry>> {
    let gone = forget(db, scope.member).await?;
    Ok(gone.then(|| Entry::by(scope, What::FeedRevoked)))
}

/// Makes the address of a member's feed good no longer; whether there was one.
pub(crate) async fn forget(db: &impl ConnectionTrait, member: MemberId) -> Answer<bool> {
    let mut sql = Sql::new(db);
    sql.push("DELETE FROM calendar_feed WHERE member_id = ")
        .value(member.0);
    Ok(sql.run(db, "revoking a feed").await? > 0)
}

#[derive(FromQueryResult)]
struct Found {
    member_id: Uuid,
    firm_id: Uuid,
    firm: String,
    whose: String,
    asked: bool,
}

/// The feed of an address, while its member may see the firm's clients.
async fn found(db: &impl ConnectionTrait, token: &FeedToken) -> Answer<Option<Found>> {
    let mut sql = Sql::new(db);
    sql.push(
        "SELECT m.id AS member_id, m.firm_id, f.name AS firm, c.whose, f.second_factor_since IS NOT NULL AS asked \
         FROM calendar_feed c JOIN member m ON m.id = c.member_id JOIN firm f ON f.id = m.firm_id \
         WHERE m.suspended_at IS NULL AND m.removed_at IS NULL AND m.joined_at IS NOT NULL AND f.suspended_at IS NULL \
         AND c.token_hash = ",
    )
    .value(hash(token.expose()));
    Ok(sql.read::<Found>(db, "a feed").await?.into_iter().next())
}

impl Store {
    /// See [`portfolio::ports::Calendar::open_feed`].
    pub(super) async fn opened_feed(
        &self,
        db: &impl ConnectionTrait,
        token: &FeedToken,
        from: Origin,
        now: Timestamp,
    ) -> Answer<FeedOpened> {
        let network = hex(&self.key().counted(&from.network()));
        let Some(found) = found(db, token).await? else {
            let subject = Subject::new(Limit::Feed, &network);
            let mut failures = guard::locked(db, &subject, now).await?;
            if failures.paused_until(now).is_some() {
                return Ok(FeedOpened::Paused);
            }
            failures.fail(now);
            guard::remember(db, &subject, &failures, now).await?;
            return Ok(FeedOpened::Unknown);
        };
        let fetched = Subject::new(Limit::FeedFetched, &found.member_id.to_string());
        if link::count(db, &fetched, now).await?.is_some() {
            return Ok(FeedOpened::Paused);
        }
        // What keeps somebody from the firm's data keeps their diary from them, too.
        let asked = found.asked || self.asks_everybody();
        if asked && !has_second_factor(db, found.member_id).await? {
            return Ok(FeedOpened::Unknown);
        }
        let scope = Scope {
            firm: FirmId(found.firm_id),
            member: MemberId(found.member_id),
            from,
        };
        let whose =
            Whose::read(&found.whose).ok_or_else(|| refused("calendar_feed", found.member_id))?;
        let facts = facts(db, &scope, found.firm, whose, Day::of(now)).await?;
        Ok(FeedOpened::Known(Box::new(facts)))
    }
}

async fn facts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    firm: String,
    whose: Whose,
    today: Day,
) -> Answer<Facts> {
    let of = Of::read(db, scope, whose).await?;
    let mut rhythms = Vec::new();
    for (rhythm, clients) in count::by_rhythm(db, scope.firm, &of).await? {
        let names = if clients <= FEED_NAMES {
            count::names(db, scope.firm, &of, rhythm, FEED_NAMES).await?
        } else {
            Vec::new()
        };
        rhythms.push((rhythm, clients, names));
    }
    let days = (today.plus_days(-FEED_BACK), today.plus_days(FEED_AHEAD));
    Ok(Facts {
        firm,
        whose,
        rhythms,
        dated: dated::between(db, scope.firm, &of, days, FEED_NAMES).await?,
    })
}
