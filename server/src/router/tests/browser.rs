//! A browser of sorts: it keeps the cookie, fetches, and posts forms.

use crate::{
    demo,
    door::Gate,
    hasher::Hasher,
    router::{self, Around},
    trial::Trial,
};
use app::asking::{Assets, Cookie, Portal};
use axum::{Router, body::Body};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use portfolio::{form::Password, permission::Role, search::encode, time::Timestamp};
use std::{path::Path, sync::Arc};
use tower::ServiceExt;

/// An employer of the demonstration's registry that is not enrolled: Siren, amount, account number.
pub const EMPLOYER: [&str; 3] = ["999100233", "4812", "999000000023000183"];

/// Colleagues of the demonstration's administrator.
pub const COLLEAGUES: [(&str, &str, Role); 3] = [
    ("collab", "Charlie Collab", Role::Collaborator),
    ("lecture", "Lou Lecture", Role::Reader),
    ("parti", "Paule Partie", Role::Administrator),
];

/// When everything happens.
pub const NOW: Timestamp = Timestamp(1_795_500_000);

/// A portal with the demonstration's data and a second firm, for one test.
pub struct TestPortal {
    /// Its database.
    pub trial: Trial,
    portal: Portal,
    router: Router,
}

/// Everything that an answer holds.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Answer {
    /// Where it redirects to.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |location| location.to_str().unwrap())
    }
}

impl TestPortal {
    /// With the demonstration's data, and « Cabinet Autre » with its member `autre`.
    pub async fn new() -> Self {
        let trial = Trial::new().await;
        let hasher = Hasher::light();
        demo::fill(&trial.store, &hasher, 0, NOW).await.unwrap();
        let other = trial.store.add_firm("Cabinet Autre", NOW).await.unwrap();
        let password = Password::new(demo::PASSWORD.into());
        let hash = hasher
            .hash(password, hasher.enter().unwrap())
            .await
            .unwrap();
        trial
            .store
            .add_member(
                other,
                "autre",
                "Alix Autre",
                &hash,
                Role::Administrator,
                NOW,
            )
            .await
            .unwrap();
        for (identifier, name, role) in COLLEAGUES {
            let firm = trial.store.firm_named(demo::FIRM).await.unwrap().unwrap();
            trial
                .store
                .add_member(firm, identifier, name, &hash, role, NOW)
                .await
                .unwrap();
        }
        let portal = Portal {
            portfolio: Arc::new(trial.store.clone()),
            door: Arc::new(Gate::new(trial.store.clone(), hasher)),
            journal: Arc::new(trial.store.clone()),
            now: || NOW,
            cookie: Cookie::Plain,
            contact: app::contact::Contact::default(),
            assets: Assets::default(),
        };
        Self {
            router: router::router(
                portal.clone(),
                Path::new("no-such-folder"),
                Around::default(),
            ),
            portal,
            trial,
        }
    }

    /// The same browser, at another moment.
    pub fn at(&self, browser: &Browser, now: fn() -> Timestamp) -> Browser {
        let portal = Portal {
            now,
            ..self.portal.clone()
        };
        Browser {
            router: router::router(portal, Path::new("no-such-folder"), Around::default()),
            cookie: browser.cookie.clone(),
        }
    }

    /// The same, put together in another way.
    pub fn with(mut self, site: &Path, around: Around, change: impl FnOnce(&mut Portal)) -> Self {
        change(&mut self.portal);
        self.router = router::router(self.portal.clone(), site, around);
        self
    }

    /// A stranger.
    pub fn stranger(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookie: None,
        }
    }

    /// Somebody who is signed in.
    pub async fn member(&self, identifier: &str) -> Browser {
        let mut browser = self.stranger();
        let answer = browser
            .post(
                "/connexion",
                &[("identifier", identifier), ("password", demo::PASSWORD)],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }
}

/// One browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    /// The cookie that it keeps.
    pub cookie: Option<String>,
}

impl Browser {
    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Posts a form as a browser without JavaScript does.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(form(path, fields, "text/html,application/xhtml+xml"))
            .await
    }

    /// Calls a server function as the client does.
    pub async fn fetch(&mut self, function: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(form(
            &format!("/api/{function}"),
            fields,
            "application/json",
        ))
        .await
    }

    /// Sends any request, with the cookie, and keeps the cookie that comes back.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = &self.cookie {
            request
                .headers_mut()
                .insert(header::COOKIE, cookie.parse().unwrap());
        }
        request
            .headers_mut()
            .insert(header::HOST, "portail.test".parse().unwrap());
        let (parts, body) = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            let cookie = cookie
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .to_owned();
            self.cookie = (!cookie.ends_with('=')).then_some(cookie);
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Begins the enrolment of a holder: the address of the page of its proof, and its draft.
    pub async fn begin(&mut self, identifier: &str) -> (String, String) {
        let answer = self
            .post("/etablissements/ajouter", &[("identifier", identifier)])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = answer.location().to_owned();
        let draft = page.split('/').nth(3).unwrap().to_owned();
        (page, draft)
    }

    /// Enrols [`EMPLOYER`] with two services; the id of the enrolment.
    pub async fn enrol_employer(&mut self) -> String {
        let [siren, amount, account] = EMPLOYER;
        let (page, draft) = self.begin(siren).await;
        let secrets = [
            ("draft", &*draft),
            ("status", "employeur"),
            ("amount", amount),
            ("employer_account", account),
        ];
        let proved = self.post(&page, &secrets).await;
        assert_eq!(proved.status, StatusCode::SEE_OTHER, "{}", proved.body);
        let ticks = [
            ("of", &*draft),
            ("services[]", "DPAE"),
            ("services[]", "MAIL_DSN"),
        ];
        let saved = self.post(proved.location(), &ticks).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        saved
            .location()
            .split_once("enregistre=")
            .unwrap()
            .1
            .to_owned()
    }
}

fn form(path: &str, fields: &[(&str, &str)], accept: &str) -> Request<Body> {
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::REFERER, "http://portail.test/ailleurs")
        .body(Body::from(body.join("&")))
        .unwrap()
}
