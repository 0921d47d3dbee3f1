//! Which clients match a search, and in which order: said once, for the rows, for the counts and for the place of one of them.

use crate::{
    entity::{account, enrolment_service, holder},
    scoped::EnrolmentColumn,
};
use portfolio::{
    account_number::AccountNumber,
    french::searchable,
    search::{Search, Sort},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement, SubQueryStatement},
};

/// The fewest digits that are sought as the beginning of a number: fewer would match half of the clients.
const FEWEST_DIGITS: usize = 3;

/// The clients that a text finds, `None` when it finds all: every word stands in the name, or the text is a Siren, a Siret (or the
/// beginning of one) or an account number of the client.
pub(crate) fn matching(text: &str) -> Option<Condition> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let sought = searchable(text);
    let mut words = Condition::all();
    for word in sought.split(' ').filter(|word| !word.is_empty()) {
        // A searchable text holds letters and digits only, so no wildcard.
        words = words.add(holder::Column::Search.contains(word));
    }
    if sought.is_empty() {
        // Signs alone: there is nothing to be found by them.
        words = words.add(Expr::value(1).eq(0));
    }
    let compact: String = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let mut either = Condition::any().add(words);
    if compact.len() >= FEWEST_DIGITS && compact.bytes().all(|b| b.is_ascii_digit()) {
        either = either
            .add(begins(holder::Column::Siren, &compact))
            .add(has_account(begins(account::Column::Siret, &compact)));
    }
    if let Ok(number) = AccountNumber::parse(&compact) {
        let number = number.as_str();
        either = either
            .add(holder::Column::AccountNumber.eq(number))
            .add(has_account(account::Column::AccountNumber.eq(number)));
    }
    Some(either)
}

/// Whether a number of digits begins with these. A range, since it can use an index; `:` comes right after the digits.
fn begins(column: impl ColumnTrait, digits: &str) -> Expr {
    column.gte(digits).and(column.lt(format!("{digits}:")))
}

fn has_account(condition: Expr) -> Expr {
    let own = Expr::col((account::Entity, account::Column::HolderKey))
        .equals((holder::Entity, holder::Column::Key));
    let accounts = account::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(own)
        .filter(condition)
        .into_query();
    Expr::exists(accounts)
}

/// How many services of an enrolment are on.
pub(crate) fn services() -> Expr {
    let own = Expr::col((
        enrolment_service::Entity,
        enrolment_service::Column::EnrolmentId,
    ))
    .equals(EnrolmentColumn::Id.as_column_ref());
    let services: SelectStatement = enrolment_service::Entity::find()
        .select_only()
        .expr(enrolment_service::Column::Code.count())
        .filter(own)
        .into_query();
    Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(services)))
}

/// The order of a list, total: the chosen column, up or down; among equals by name, then by age.
pub(crate) fn order(search: &Search) -> Vec<(Expr, Order)> {
    let direction = if search.descending {
        Order::Desc
    } else {
        Order::Asc
    };
    let chosen = match search.sort {
        Sort::Name => holder::Column::Search.into_expr(),
        Sort::Identifier => holder::Column::Number.into_expr(),
        Sort::Scheme => holder::Column::Scheme.into_expr(),
        Sort::State => holder::Column::State.into_expr(),
        Sort::Services => services(),
        Sort::Added | Sort::InCharge | Sort::Reference | Sort::Changed => {
            EnrolmentColumn::ChangedAt.into_expr()
        }
    };
    let mut order = vec![(chosen, direction)];
    if search.sort != Sort::Name {
        order.push((holder::Column::Search.into_expr(), Order::Asc));
    }
    order.push((holder::Column::Name.into_expr(), Order::Asc));
    order.push((EnrolmentColumn::Id.into_expr(), Order::Asc));
    order
}
