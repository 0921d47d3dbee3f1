//! Clients' own houses: who signs in there, and which accounts are theirs. They sign in like members of a firm, by the same tables;
//! what they may see is in `client_access`, and is looked up at every question.

mod account;
mod arrive;
mod email;
mod invite;
mod tell;
mod withdraw;

use crate::{
    Store,
    entity::{client_access, firm, holder, member},
    journal::commit_with,
    member::{AddMember, by_operators, folded, taken},
    outage::{Answer, OrOutage},
    store::commit,
    stored,
};
use portfolio::{
    holder::HolderScheme,
    holding::Holding,
    ids::{FirmId, MemberId},
    journal::{About, OfClient, What},
    language::current,
    permission::{CLIENT, Client},
    ports::Outage,
    time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

/// A client that is to be added by those who run the portal.
#[derive(Clone, Copy)]
pub struct NewClient<'a> {
    /// What its house may see.
    pub held: &'a [HolderScheme],
    /// What the person signs in with, upper and lower case alike. One that is an e-mail address is written to.
    pub identifier: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// The PHC string of the password.
    pub password_hash: &'a str,
}

/// Logs never see the hash.
impl std::fmt::Debug for NewClient<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewClient(…)")
    }
}

/// Somebody of a house.
pub(crate) struct Person<'a> {
    /// What they sign in with, folded.
    pub(crate) identifier: &'a str,
    /// Where they are written to; empty for nowhere.
    pub(crate) email: &'a str,
    /// Their name.
    pub(crate) name: &'a str,
    /// The PHC string of their password.
    pub(crate) password_hash: &'a str,
}

/// What a house is called: by what it may see, the oldest first.
pub(crate) async fn name(db: &impl ConnectionTrait, house: FirmId) -> Answer<String> {
    let found = client_access::Entity::find()
        .find_also_related(holder::Entity)
        .filter(client_access::Column::HouseId.eq(house.0))
        .order_by_asc(client_access::Column::Since)
        .order_by_asc(client_access::Column::HolderKey)
        .one(db)
        .await
        .or_outage("what a client may see")?;
    Ok(found
        .and_then(|(_, holder)| holder)
        .map_or_else(String::new, |holder| holder.name))
}

/// The house that may see a scheme of a holder, if one may.
pub(crate) async fn of_holder(db: &impl ConnectionTrait, key: &str) -> Answer<Option<FirmId>> {
    let found = client_access::Entity::find_by_id(key)
        .one(db)
        .await
        .or_outage("what a client may see")?;
    Ok(found.map(|access| FirmId(access.house_id)))
}

/// Whether a client may see a scheme of a holder, at this moment.
pub(crate) async fn may_see(db: &impl ConnectionTrait, client: &Client, key: &str) -> Answer<bool> {
    Ok(of_holder(db, key).await? == Some(client.house()))
}

/// The keys of everything that a client may see, at this moment.
pub(crate) async fn keys(db: &impl ConnectionTrait, client: &Client) -> Answer<Vec<String>> {
    client_access::Entity::find()
        .filter(client_access::Column::HouseId.eq(client.house().0))
        .select_only()
        .column(client_access::Column::HolderKey)
        .into_tuple()
        .all(db)
        .await
        .or_outage("what a client may see")
}

/// The people of a house who can sign in, with an address to write to.
pub(crate) async fn people(db: &impl ConnectionTrait, house: FirmId) -> Answer<Vec<member::Model>> {
    member::Entity::find()
        .filter(member::Column::FirmId.eq(house.0))
        .filter(member::Column::SuspendedAt.is_null())
        .filter(member::Column::RemovedAt.is_null())
        .all(db)
        .await
        .or_outage("people of a client")
}

/// A new house, with one person; `None` when somebody signs in by this identifier already. On PostgreSQL the transaction has ended then.
pub(crate) async fn open(
    db: &impl ConnectionTrait,
    person: &Person<'_>,
    now: Timestamp,
) -> Answer<Option<(FirmId, MemberId)>> {
    let house = stored::new_id(now);
    firm::ActiveModel {
        id: Set(house),
        name: Set(format!("{CLIENT}:{house}")),
        created_at: Set(now.0),
        suspended_at: Set(None),
        second_factor_since: Set(None),
        is_body: Set(false),
        is_client: Set(true),
    }
    .insert(db)
    .await
    .or_outage("adding a client")?;
    let id = stored::new_id(now);
    let row = member::ActiveModel {
        id: Set(id),
        firm_id: Set(house),
        identifier: Set(person.identifier.to_owned()),
        name: Set(person.name.trim().to_owned()),
        password_hash: Set(person.password_hash.to_owned()),
        created_at: Set(now.0),
        role: Set(CLIENT.to_owned()),
        email: Set(person.email.to_owned()),
        joined_at: Set(Some(now.0)),
        suspended_at: Set(None),
        removed_at: Set(None),
        // That of the page on which they made it.
        language: Set(current().code().to_owned()),
    };
    match row.insert(db).await {
        Err(error) if taken(&error) => Ok(None),
        done => {
            done.or_outage("adding somebody of a client")?;
            Ok(Some((FirmId(house), MemberId(id))))
        }
    }
}

/// Lets a house see a scheme of a holder; false when a house may already, this one or another: the database alone decides.
pub(crate) async fn let_see(
    db: &impl ConnectionTrait,
    house: FirmId,
    key: &str,
    now: Timestamp,
) -> Answer<bool> {
    let row = client_access::ActiveModel {
        holder_key: Set(key.to_owned()),
        house_id: Set(house.0),
        since: Set(now.0),
    };
    let done = client_access::Entity::insert(row)
        .on_conflict(
            sea_orm::sea_query::OnConflict::column(client_access::Column::HolderKey)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .or_outage("letting a client see an account")?;
    Ok(done == 1)
}

impl Store {
    /// Adds a client with its house: for those who run the portal, and for the demonstration.
    ///
    /// # Errors
    /// An identifier that is taken; something that a house may see already; or an outage.
    pub async fn add_client(
        &self,
        new: NewClient<'_>,
        now: Timestamp,
    ) -> Result<(FirmId, MemberId), AddMember> {
        let tx = self.write().await?;
        let identifier = folded(new.identifier);
        let email = if identifier.contains('@') {
            &identifier
        } else {
            ""
        };
        let person = Person {
            identifier: &identifier,
            email,
            name: new.name,
            password_hash: new.password_hash,
        };
        let Some((house, id)) = open(&tx, &person, now).await? else {
            return Err(AddMember::Taken);
        };
        for held in new.held {
            if !let_see(&tx, house, &held.key(), now).await? {
                return Err(AddMember::Taken);
            }
        }
        let entry = by_operators(
            house,
            Some(About::Member(id)),
            What::OfClient(OfClient::Joined),
        );
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok((house, id))
    }

    /// What a client may see: see [`portfolio::ports::ClientAccounts::holdings`].
    ///
    /// # Errors
    /// An outage.
    pub async fn holdings(&self, client: &Client) -> Result<Vec<Holding>, Outage> {
        self.holdings_of(client.house().0).await
    }

    /// What a house may see, by name.
    async fn holdings_of(&self, house: Uuid) -> Answer<Vec<Holding>> {
        let tx = self.read().await?;
        let rows = client_access::Entity::find()
            .find_also_related(holder::Entity)
            .filter(client_access::Column::HouseId.eq(house))
            .order_by_asc(holder::Column::Search)
            .order_by_asc(holder::Column::Key)
            .all(&tx)
            .await
            .or_outage("what a client may see")?;
        commit(tx).await?;
        rows.into_iter()
            .filter_map(|(access, holder)| Some((access, holder?)))
            .map(|(access, holder)| {
                Ok(Holding {
                    held: stored::held(&holder.key, "holder", &holder.key)?,
                    kind: stored::kind(&holder.kind, "holder", &holder.key)?,
                    state: stored::state(holder.state, "holder", &holder.key)?,
                    name: holder.name,
                    since: Timestamp(access.since),
                })
            })
            .collect()
    }
}
