//! The body and its officers. They sign in like members of a firm, by the same tables; what they sign in for is another thing.

use crate::{
    Store,
    entity::{firm, member},
    journal::commit_with,
    member::{AddMember, by_operators, folded, taken},
    outage::{Answer, OrOutage},
    stored,
};
use portfolio::{
    ids::{FirmId, MemberId, OfficerId},
    journal::{About, What},
    language::Language,
    permission::OFFICER,
    ports::Outage,
    time::Timestamp,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

/// A person of the body who is to be added.
#[derive(Clone, Copy)]
pub struct NewOfficer<'a> {
    /// What the body is called, where it is not there yet.
    pub body: &'a str,
    /// Whether a second factor is asked of its officers, where it is not there yet.
    pub second_factor: bool,
    /// What the officer signs in with, upper and lower case alike. One that is an e-mail address is written to.
    pub identifier: &'a str,
    /// The officer's name.
    pub name: &'a str,
    /// The PHC string of the password.
    pub password_hash: &'a str,
}

/// Logs never see the hash.
impl std::fmt::Debug for NewOfficer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewOfficer(…)")
    }
}

impl Store {
    /// The body's name, if it is there.
    ///
    /// # Errors
    /// An outage.
    pub async fn body(&self) -> Result<Option<String>, Outage> {
        let found = body(self.reader()).await?;
        Ok(found.map(|body| body.name))
    }

    /// Adds an officer, and with the first one the body.
    ///
    /// # Errors
    /// An identifier that is taken, in whatever firm; a name of the body that is a firm's already; or an outage.
    pub async fn add_officer(
        &self,
        new: NewOfficer<'_>,
        now: Timestamp,
    ) -> Result<OfficerId, AddMember> {
        let tx = self.write().await?;
        let house = if let Some(found) = body(&tx).await? {
            found.id
        } else {
            let row = firm::ActiveModel {
                id: Set(stored::new_id(now)),
                name: Set(new.body.trim().to_owned()),
                created_at: Set(now.0),
                suspended_at: Set(None),
                second_factor_since: Set(new.second_factor.then_some(now.0)),
                is_body: Set(true),
                is_client: Set(false),
            };
            match row.insert(&tx).await {
                Err(error) if taken(&error) => return Err(AddMember::Taken),
                done => done.or_outage("adding the body")?.id,
            }
        };
        let id = stored::new_id(now);
        let identifier = folded(new.identifier);
        let email = if identifier.contains('@') {
            identifier.clone()
        } else {
            String::new()
        };
        let row = member::ActiveModel {
            id: Set(id),
            firm_id: Set(house),
            identifier: Set(identifier),
            name: Set(new.name.trim().to_owned()),
            password_hash: Set(new.password_hash.to_owned()),
            created_at: Set(now.0),
            role: Set(OFFICER.to_owned()),
            email: Set(email),
            joined_at: Set(Some(now.0)),
            suspended_at: Set(None),
            removed_at: Set(None),
            language: Set(Language::default().code().to_owned()),
        };
        match row.insert(&tx).await {
            Err(error) if taken(&error) => Err(AddMember::Taken),
            done => {
                done.or_outage("adding an officer")?;
                let about = Some(About::Member(MemberId(id)));
                let entry = by_operators(FirmId(house), about, What::OfficerAdded);
                commit_with(tx, self.key(), &[entry], now).await?;
                Ok(OfficerId(id))
            }
        }
    }
}

async fn body(db: &impl ConnectionTrait) -> Answer<Option<firm::Model>> {
    firm::Entity::find()
        .filter(firm::Column::IsBody.eq(true))
        .one(db)
        .await
        .or_outage("firms")
}
