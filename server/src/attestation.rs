//! One attestation de vigilance as a PDF: as it was issued, whatever the registry says by now. It is read and written down nowhere, like
//! the page that lists it.

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
use paper::VigilanceAttestation;
use portfolio::{
    ids::{AttestationId, EnrolmentId},
    ports::{Asker, Attested, Outage},
};

/// The address.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    let (portal, own) = (portal.clone(), portal.clone());
    Files::default()
        .with(
            Method::GET,
            "/etablissements/{id}/attestation/{paper}/attestation-de-vigilance.pdf",
            get(
                move |Path((id, paper)): Path<(String, String)>, request: Request| {
                    file(portal, id, paper, request)
                },
            ),
        )
        .with(
            Method::GET,
            "/mon-compte/attestations/{paper}/attestation-de-vigilance.pdf",
            get(move |Path(paper): Path<String>, request: Request| own_file(own, paper, request)),
        )
}

async fn file(portal: Portal, id: String, paper: String, request: Request) -> Response {
    let (Ok(id), Ok(paper)) = (id.parse::<EnrolmentId>(), paper.parse::<AttestationId>()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let page = routes::attestations(id);
    let session = match files::session(&request, &page) {
        Ok(session) => session,
        Err(way) => return *way,
    };
    let Some(scope) = session.scope() else {
        return Redirect::to(&page).into_response();
    };
    let asker = Asker::Firm(scope, id);
    handed_out(&portal, portal.attestations.attested(&asker, paper).await)
}

async fn own_file(portal: Portal, paper: String, request: Request) -> Response {
    let Ok(paper) = paper.parse::<AttestationId>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let page = routes::MY_ATTESTATIONS;
    let session = match files::session(&request, page) {
        Ok(session) => session,
        Err(way) => return *way,
    };
    let Some(client) = session.client() else {
        return Redirect::to(page).into_response();
    };
    handed_out(
        &portal,
        portal.attestations.own_attested(&client, paper).await,
    )
}

/// The paper that an asker may have; 404 otherwise.
fn handed_out(portal: &Portal, attested: Result<Option<Attested>, Outage>) -> Response {
    let attested = match attested {
        Ok(Some(attested)) => attested,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let bytes = match paper_of(&attested, &portal.url).pdf() {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(%error, "an attestation was not drawn");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let day = attested.issued.iso();
    let name = format!("attachment; filename=\"attestation-de-vigilance-{day}.pdf\"");
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, bytes).into_response()
}

/// The paper of an attestation.
pub fn paper_of(attested: &Attested, url: &str) -> VigilanceAttestation {
    VigilanceAttestation {
        id: attested.id.to_string(),
        content: attested.content.clone(),
        issued: attested.issued,
        code: attested.code.to_string(),
        verified_at: format!("{url}{}", routes::VERIFICATION),
    }
}
