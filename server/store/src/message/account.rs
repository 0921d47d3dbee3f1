//! The account that a conversation begins about, as whoever begins it may name it.

use super::{SERVICE, Who};
use crate::{
    client, client_house,
    find::sql::Sql,
    outage::{Answer, OrOutage},
    scoped::{self, EnrolmentColumn},
    stored,
};
use portfolio::{
    holder::HolderScheme,
    ids::{EnrolmentId, FirmId},
    message::{
        side::{Bar, Side, Sides, Standing, To},
        view::Account,
    },
    ports::AboutWhom,
};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult, QueryFilter};
use uuid::Uuid;

/// A firm that manages an account, or did.
pub(super) struct Managed {
    pub firm: Uuid,
    pub enrolment: Uuid,
    in_force: bool,
    service: bool,
}

/// An account, and who besides the body may be told about it.
pub(super) struct About {
    pub key: String,
    pub held: HolderScheme,
    pub name: String,
    /// The enrolment that a firm asks about; of a client, the one in force, if there is one alone.
    pub managed: Option<Managed>,
    /// Whether more than one firm manages it, of a client who asks.
    several: bool,
    /// The client's house.
    pub client: Option<Uuid>,
    /// The names of all accounts of a client who has several.
    pub accounts: Vec<String>,
}

#[derive(FromQueryResult)]
struct Holding {
    key: String,
    name: String,
}

#[derive(FromQueryResult)]
struct InForce {
    id: Uuid,
    firm_id: Uuid,
    service: bool,
}

/// The account that somebody means; none when it is not theirs to write about.
pub(super) async fn found(
    db: &impl ConnectionTrait,
    who: &Who,
    whom: &AboutWhom,
) -> Answer<Option<About>> {
    match (who.side, whom) {
        (Side::Firm, AboutWhom::Client(id)) => of_firm(db, who, *id).await,
        (Side::Client, AboutWhom::Own(_) | AboutWhom::Nth(_)) => of_client(db, who, whom).await,
        _ => Ok(None),
    }
}

async fn of_firm(db: &impl ConnectionTrait, who: &Who, id: EnrolmentId) -> Answer<Option<About>> {
    let enrolment = scoped::enrolments(FirmId(who.house))
        .filter(EnrolmentColumn::Id.eq(id.0))
        .one(db)
        .await
        .or_outage("enrolments")?;
    let Some(enrolment) = enrolment else {
        return Ok(None);
    };
    let services = client::services(db, enrolment.id).await?;
    let holder = client::holder(db, &enrolment).await?;
    let house = client_house::of_holder(db, &enrolment.holder_key).await?;
    Ok(Some(About {
        key: enrolment.holder_key.clone(),
        held: stored::held(&enrolment.holder_key, "enrolment", enrolment.id)?,
        managed: Some(Managed {
            firm: enrolment.firm_id,
            enrolment: enrolment.id,
            in_force: enrolment.ended_at.is_none(),
            service: services.iter().any(|code| code.as_str() == SERVICE),
        }),
        several: false,
        client: house.map(|house| house.0),
        accounts: Vec::new(),
        name: client::name(&enrolment, holder),
    }))
}

async fn of_client(
    db: &impl ConnectionTrait,
    who: &Who,
    whom: &AboutWhom,
) -> Answer<Option<About>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT h.key, h.name FROM client_access a JOIN holder h ON h.key = a.holder_key WHERE a.house_id = ")
        .value(who.house)
        .push(" ORDER BY h.name, h.key");
    let all = sql.read::<Holding>(db, "what a client may see").await?;
    let meant = match whom {
        AboutWhom::Own(held) => {
            let key = held.key();
            all.iter().find(|holding| holding.key == key)
        }
        AboutWhom::Nth(n) => usize::try_from(*n).ok().and_then(|n| all.get(n)),
        AboutWhom::Client(_) => None,
    };
    let Some(Holding { key, name }) = meant else {
        return Ok(None);
    };
    let mut sql = Sql::new(db);
    sql.push("SELECT e.id, e.firm_id, EXISTS (SELECT 1 FROM enrolment_service s WHERE s.enrolment_id = e.id AND s.code = ")
        .value(SERVICE)
        .push(") AS service FROM enrolment e JOIN firm f ON f.id = e.firm_id \
               WHERE e.ended_at IS NULL AND f.suspended_at IS NULL AND e.holder_key = ")
        .value(key.clone())
        .push(" LIMIT 2");
    let firms = sql.read::<InForce>(db, "who manages an account").await?;
    let one = firms.first().filter(|_| firms.len() == 1);
    Ok(Some(About {
        key: key.clone(),
        held: stored::held(key, "client_access", who.house)?,
        name: name.clone(),
        managed: one.map(|found| Managed {
            firm: found.firm_id,
            enrolment: found.id,
            in_force: true,
            service: found.service,
        }),
        several: firms.len() > 1,
        client: Some(who.house),
        accounts: if all.len() > 1 {
            all.iter().map(|holding| holding.name.clone()).collect()
        } else {
            Vec::new()
        },
    }))
}

impl About {
    /// What keeps somebody from beginning a conversation of these sides.
    pub(super) fn bars(&self, who: &Who, with: Sides) -> Option<Bar> {
        if with.client && self.client.is_none() {
            return Some(Bar::NoClient);
        }
        if with.firm && self.managed.is_none() {
            return Some(if self.several {
                Bar::SeveralFirms
            } else {
                Bar::NoFirm
            });
        }
        let managed = self.managed.as_ref();
        let standing = Standing {
            with,
            closed: false,
            in_force: managed.is_none_or(|managed| managed.in_force),
            service: managed.is_some_and(|managed| managed.service),
            messages: 0,
        };
        standing.bars(who.side)
    }

    /// To whom a conversation may be begun; what keeps from it otherwise.
    pub(super) fn to(&self, who: &Who) -> Vec<(To, Option<Bar>)> {
        To::ALL
            .into_iter()
            .filter_map(|to| Some((to, self.bars(who, Sides::begun(who.side, to)?))))
            .collect()
    }

    /// As pages show it.
    pub(super) fn shown(&self, who: &Who) -> Account {
        let way = self.managed.as_ref().filter(|_| who.side == Side::Firm);
        Account {
            name: self.name.clone(),
            held: self.held.clone(),
            client: way.map(|managed| EnrolmentId(managed.enrolment)),
        }
    }
}
