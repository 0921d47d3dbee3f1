//! « Travailler à l'étranger »: the addresses of the firm's pages.

use super::{CLIENTS, EXPORT_MOBILITY, MOBILITY, POSTINGS, param, read, with_query};
use portfolio::{
    ids::{EnrolmentId, MobilityId, WorkerId},
    mobility::{life::State, request::Step, search::MobilitySearch},
};

/// The requests that a search names.
pub fn mobility_list(search: &MobilitySearch) -> String {
    with_query(MOBILITY, &search.query())
}

/// The export of these requests.
pub fn export_mobility(search: &MobilitySearch) -> String {
    with_query(EXPORT_MOBILITY, &search.on_page(1).query())
}

/// The requests that a query string names, and whether something of it could not be read.
pub fn mobility_of(query: &str) -> (MobilitySearch, bool) {
    read(query, |parts| MobilitySearch::read(parts))
}

/// The requests and the people of a client.
pub fn mobility_client(id: EnrolmentId) -> String {
    format!("{CLIENTS}/{id}/mobilite")
}

/// A new request of a client; for somebody who is known, when any.
pub fn mobility_new(id: EnrolmentId, worker: Option<WorkerId>) -> String {
    let of = worker.map_or_else(String::new, |id| format!("{}={id}", param::WORKER));
    with_query(&format!("{CLIENTS}/{id}/mobilite/nouvelle"), &of)
}

/// The firm's requests that are still to be sent.
pub fn mobility_drafts() -> String {
    mobility_list(&MobilitySearch {
        state: Some(State::Draft),
        ..MobilitySearch::default()
    })
}

/// Where a file of postings is sent from the page of a client.
pub fn postings_of(client: EnrolmentId) -> String {
    format!("{POSTINGS}?{}={client}", param::CLIENT)
}

/// One request.
pub fn mobility(id: MobilityId) -> String {
    format!("{MOBILITY}/demandes/{id}")
}

/// A step of a request.
pub fn mobility_step(id: MobilityId, step: Step) -> String {
    format!("{MOBILITY}/demandes/{id}/{}", step.code())
}

/// « Les ayants droit » of a request after a change: its address says the version, so that the page is asked for anew.
pub fn mobility_dependants(id: MobilityId, version: i32) -> String {
    format!(
        "{}?{}={version}",
        mobility_step(id, Step::Dependants),
        param::VERSION
    )
}

/// The certificate of a request.
pub fn mobility_certificate(id: MobilityId) -> String {
    format!("{MOBILITY}/demandes/{id}/certificat.pdf")
}

/// Somebody whom a client sends abroad.
pub fn mobility_person(id: WorkerId) -> String {
    format!("{MOBILITY}/personnes/{id}")
}
