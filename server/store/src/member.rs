//! Firms and their members. Passwords are hashed elsewhere: a hash comes in and goes out as text.

use crate::{
    Store,
    entity::{account, firm, member},
    journal::commit_with,
    outage::{Answer, OrOutage},
    raw, stored,
};
use portfolio::{
    ids::{FirmId, MemberId, Scope},
    journal::{About, Entry, What},
    language::Language,
    origin::Origin,
    permission::Role,
    ports::Outage,
    time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult,
    PaginatorTrait, QueryFilter, Set, SqlErr, sea_query::Expr,
};

/// What stands for the password of somebody who has chosen none: no PHC string, so nothing fits it.
pub(crate) const NO_PASSWORD: &str = "!";

/// Why a firm was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddFirm {
    /// Another has this name: members are added by it, so it stands for one firm only.
    #[error("a firm of this name is there already")]
    Taken,
    /// The database did not answer.
    #[error("{0}")]
    Outage(#[from] Outage),
}

/// Why a member was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddMember {
    /// Somebody signs in by this identifier already.
    #[error("this identifier is taken")]
    Taken,
    /// The database did not answer.
    #[error("{0}")]
    Outage(#[from] Outage),
}

#[derive(FromQueryResult)]
struct Standing {
    role: String,
    shut_out: bool,
}

/// Whether a member may change the portfolio, at this moment: for work that goes on after whoever asked for it has left the page. Of a
/// role that is none nobody may: an error would hold up the work of others behind it.
pub(crate) async fn may_change(db: &impl ConnectionTrait, scope: &Scope) -> Answer<bool> {
    let sql = "SELECT m.role, (m.suspended_at IS NOT NULL OR m.removed_at IS NOT NULL OR f.suspended_at IS NOT NULL) AS shut_out \
        FROM member m JOIN firm f ON f.id = m.firm_id WHERE m.id = $1 AND m.firm_id = $2";
    let values = vec![scope.member.0.into(), scope.firm.0.into()];
    let found: Option<Standing> = raw::one(db, sql, values, "members").await?;
    Ok(found.is_some_and(|member| {
        !member.shut_out && Role::from_code(&member.role).is_some_and(Role::edits)
    }))
}

impl Store {
    /// Adds a firm.
    ///
    /// # Errors
    /// A name that is taken, or an outage.
    pub async fn add_firm(&self, name: &str, now: Timestamp) -> Result<FirmId, AddFirm> {
        let id = stored::new_id(now);
        let row = firm::ActiveModel {
            id: Set(id),
            name: Set(name.trim().to_owned()),
            created_at: Set(now.0),
            suspended_at: Set(None),
            second_factor_since: Set(None),
            is_body: Set(false),
            is_client: Set(false),
        };
        let tx = self.write().await?;
        match row.insert(&tx).await {
            Err(error) if taken(&error) => Err(AddFirm::Taken),
            done => {
                done.or_outage("adding a firm")?;
                let entry = by_operators(FirmId(id), None, What::FirmAdded);
                commit_with(tx, self.key(), &[entry], now).await?;
                Ok(FirmId(id))
            }
        }
    }

    /// Closes a firm's access to its portfolio from a moment on, or opens it again. Its members still sign in, and are told.
    ///
    /// # Errors
    /// An outage.
    pub async fn suspend_firm(
        &self,
        id: FirmId,
        suspended: bool,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        firm::Entity::update_many()
            .col_expr(
                firm::Column::SuspendedAt,
                Expr::value(suspended.then_some(now.0)),
            )
            .filter(firm::Column::Id.eq(id.0))
            .exec(&tx)
            .await
            .or_outage("suspending a firm")?;
        let entry = by_operators(id, None, What::FirmSuspended(suspended));
        commit_with(tx, self.key(), &[entry], now).await
    }

    /// The firm of a name.
    ///
    /// # Errors
    /// An outage.
    pub async fn firm_named(&self, name: &str) -> Result<Option<FirmId>, Outage> {
        let found = firm::Entity::find()
            .filter(firm::Column::Name.eq(name.trim()))
            .filter(firm::Column::IsBody.eq(false))
            .filter(firm::Column::IsClient.eq(false))
            .one(self.reader())
            .await
            .or_outage("firms")?;
        Ok(found.map(|firm| FirmId(firm.id)))
    }

    /// The name of the firm of this id.
    ///
    /// # Errors
    /// An outage.
    pub async fn name_of_firm(&self, id: FirmId) -> Result<Option<String>, Outage> {
        let found = firm::Entity::find_by_id(id.0)
            .filter(firm::Column::IsBody.eq(false))
            .filter(firm::Column::IsClient.eq(false))
            .one(self.reader())
            .await
            .or_outage("firms")?;
        Ok(found.map(|firm| firm.name))
    }

    /// Adds a member who signs in by `identifier`, upper and lower case alike. An identifier that is an e-mail address is written to.
    ///
    /// # Errors
    /// An identifier that is taken, in whatever firm, or an outage.
    pub async fn add_member(
        &self,
        firm: FirmId,
        identifier: &str,
        name: &str,
        password_hash: &str,
        role: Role,
        now: Timestamp,
    ) -> Result<MemberId, AddMember> {
        let id = stored::new_id(now);
        let row = member::ActiveModel {
            id: Set(id),
            firm_id: Set(firm.0),
            identifier: Set(folded(identifier)),
            name: Set(name.trim().to_owned()),
            password_hash: Set(password_hash.to_owned()),
            created_at: Set(now.0),
            role: Set(role.code().to_owned()),
            email: Set(if identifier.contains('@') {
                folded(identifier)
            } else {
                String::new()
            }),
            joined_at: Set(Some(now.0)),
            suspended_at: Set(None),
            removed_at: Set(None),
            language: Set(Language::default().code().to_owned()),
        };
        let tx = self.write().await?;
        match row.insert(&tx).await {
            Err(error) if taken(&error) => Err(AddMember::Taken),
            done => {
                done.or_outage("adding a member")?;
                let about = Some(About::Member(MemberId(id)));
                let entry = by_operators(firm, about, What::MemberAdded(role));
                commit_with(tx, self.key(), &[entry], now).await?;
                Ok(MemberId(id))
            }
        }
    }

    /// Whether nobody uses the portal yet: it has no firm, and no body either.
    ///
    /// # Errors
    /// An outage.
    pub async fn is_empty(&self) -> Result<bool, Outage> {
        let firms = firm::Entity::find()
            .count(self.reader())
            .await
            .or_outage("firms")?;
        Ok(firms == 0)
    }

    /// How many accounts the registry holds.
    ///
    /// # Errors
    /// An outage.
    pub async fn account_count(&self) -> Result<u64, Outage> {
        account::Entity::find()
            .count(self.reader())
            .await
            .or_outage("accounts")
    }
}

/// Something that those who run the portal did to a firm.
pub(crate) const fn by_operators(firm: FirmId, about: Option<About>, what: What) -> Entry {
    Entry {
        firm: Some(firm),
        by: None,
        from: Origin(None),
        about,
        what,
    }
}

/// An identifier as it is stored: case and spaces around it are no part of it.
pub(crate) fn folded(identifier: &str) -> String {
    identifier.trim().to_lowercase()
}

/// Whether a statement was refused because there is such a row already.
pub(crate) fn taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
