//! The certificate of a request that was granted, as a PDF.
//!
//! Only while it is good: of a request that was withdrawn or ended early there is none any more, and the page of verification says why.
//! It is read and written down nowhere, like the page of the request, which says the same.

use crate::{
    files::{self, Files},
    guard,
};
use app::{asking::Portal, routes};
use axum::{
    extract::{Path, Request},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use http::{Method, StatusCode, header};
use paper::MobilityCertificate;
use portfolio::{
    ids::MobilityId,
    mobility::{day::Day, ground::ground, life::State, wording},
    ports::CertificateFacts,
    siret::Siret,
};

/// The address.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    let portal = portal.clone();
    Files::default().with(
        Method::GET,
        "/mobilite/demandes/{id}/certificat.pdf",
        get(move |Path(id): Path<String>, request: Request| file(portal, id, request)),
    )
}

async fn file(portal: Portal, id: String, request: Request) -> Response {
    let Ok(id) = id.parse::<MobilityId>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let page = routes::mobility(id);
    let session = match files::session(&request, &page) {
        Ok(session) => session,
        Err(way) => return *way,
    };
    let Some(scope) = session.scope() else {
        return Redirect::to(&page).into_response();
    };
    let facts = match portal.mobility.certificate(&scope, id).await {
        Ok(Some(facts)) if facts.state == State::Granted => facts,
        Ok(_) => return StatusCode::NOT_FOUND.into_response(),
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let paper = paper_of(&facts, &portal.url);
    let bytes = match paper.pdf() {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(%error, "a certificate was not drawn");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let name = format!("attachment; filename=\"certificat-{}.pdf\"", paper.number);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, bytes).into_response()
}

/// What the paper says of these facts.
fn paper_of(facts: &CertificateFacts, url: &str) -> MobilityCertificate {
    let (answers, certified) = (&facts.answers, &facts.certified);
    let country = facts.countries.first().copied();
    let worker = answers.worker.as_ref();
    let business = answers.business.as_ref();
    let siret = business.and_then(|form| Siret::parse(&form.siret).ok());
    let names = facts.countries.iter().map(|country| country.name());
    MobilityCertificate {
        number: certified.number.clone(),
        kind: certified.kind,
        title: wording::certificate(certified.kind, country),
        ground: ground(
            certified.kind,
            answers.journey,
            answers.status(),
            &facts.countries,
        ),
        worker: answers.who(),
        born: worker.and_then(|form| Day::parse(&form.birth_date).ok()),
        nir: facts.nir.clone(),
        status: answers
            .status()
            .map_or_else(String::new, |status| wording::status(status).to_owned()),
        employer: business.map_or_else(|| facts.client.name.clone(), |form| form.name.clone()),
        employer_number: siret.map_or_else(String::new, |siret| format!("Siret {siret}")),
        countries: names.map(str::to_owned).collect(),
        period: certified.period,
        issued: Day::of(certified.at),
        code: certified.code.to_string(),
        verified_at: format!("{url}{}", routes::VERIFICATION),
    }
}
