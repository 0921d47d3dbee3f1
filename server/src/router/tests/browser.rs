//! A browser of sorts: it keeps the cookie, fetches, and posts forms.

use crate::{
    demo,
    desk::Desk,
    door::Gate,
    hasher::Hasher,
    locksmith::Locksmith,
    router::{self, Around},
    trial::Trial,
};
use app::asking::{Assets, Cookie, Portal};
use axum::{
    Router,
    body::{Body, Bytes},
};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use portfolio::{
    form::Password,
    origin::Origin,
    permission::{FRESH, Role},
    ports::SessionToken,
    search::encode,
    time::{MINUTE, Timestamp},
};
use sea_orm::{ConnectionTrait, Database};
use std::{path::Path, sync::Arc};
use tower::ServiceExt;
use tower_http::decompression::Decompression;

/// An employer of the demonstration's registry that is not enrolled: Siren, amount, account number.
pub const EMPLOYER: [&str; 3] = ["999100233", "4812", "999000000023000183"];

/// Colleagues of the demonstration's administrator.
pub const COLLEAGUES: [(&str, &str, Role); 4] = [
    ("collab", "Charlie Collab", Role::Collaborator),
    ("lecture", "Lou Lecture", Role::Reader),
    ("parti", "Paule Partie", Role::Administrator),
    ("ailleurs", "Alix Ailleurs", Role::Administrator),
];
/// The address that links begin with.
pub const URL: &str = "http://portail.test";
/// The address that passkeys are good at: browsers have them over https alone.
pub const PASSKEY_URL: &str = "https://portail.test";

/// When everything happens.
pub const NOW: Timestamp = Timestamp(1_795_500_000);
/// The same portal later: whoever signed in at [`NOW`] is still there, but has to confirm who they are.
pub const LATER: Timestamp = NOW.plus(FRESH);

/// A portal with the demonstration's data and a second firm, for one test.
pub struct TestPortal {
    /// Its database.
    pub trial: Trial,
    portal: Portal,
    router: Router,
    later: Router,
}

/// Everything that an answer holds.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as text.
    pub body: String,
    /// The body.
    pub bytes: Bytes,
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
        Self::on(Trial::new().await).await
    }

    /// The same, on a database that somebody has prepared.
    pub async fn on(trial: Trial) -> Self {
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
        let desk = Arc::new(Desk::new(
            trial.store.clone(),
            hasher.clone(),
            URL.to_owned(),
        ));
        let gate = Gate::new(trial.store.clone(), hasher);
        let portal = Portal {
            members: desk.clone(),
            links: desk.clone(),
            url: URL.to_owned(),
            portfolio: Arc::new(trial.store.clone()),
            dashboard: Arc::new(trial.store.clone()),
            calendar: Arc::new(trial.store.clone()),
            notices: Arc::new(trial.store.clone()),
            selecting: Arc::new(trial.store.clone()),
            bulk: Arc::new(trial.store.clone()),
            models: Arc::new(trial.store.clone()),
            exports: Arc::new(trial.store.clone()),
            mobility: Arc::new(trial.store.clone()),
            accounts: desk.clone(),
            invitations: desk.clone(),
            arrivals: desk,
            postings: Arc::new(trial.store.clone()),
            bench: Arc::new(trial.store.clone()),
            messages: Arc::new(trial.store.clone()),
            verification: Arc::new(trial.store.clone()),
            attestations: Arc::new(trial.store.clone()),
            finding: Arc::new(trial.store.clone()),
            own: Arc::new(trial.store.clone()),
            door: Arc::new(gate.clone()),
            security: Arc::new(gate),
            passkeys: Arc::new(Locksmith::new(trial.store.clone(), PASSKEY_URL)),
            journal: Arc::new(trial.store.clone()),
            imports: Arc::new(trial.store.clone()),
            now: || NOW,
            cookie: Cookie::Plain,
            contact: app::contact::Contact::default(),
            assets: Assets::default(),
        };
        let later = Portal {
            now: || LATER,
            ..portal.clone()
        };
        Self {
            router: router::router(
                portal.clone(),
                Path::new("no-such-folder"),
                Around::default(),
            ),
            later: router::router(later, Path::new("no-such-folder"), Around::default()),
            portal,
            trial,
        }
    }

    /// With [`COLLEAGUES`] in the demonstration's firm.
    pub async fn with_colleagues() -> Self {
        let portal = Self::new().await;
        let hasher = Hasher::light();
        let password = Password::new(demo::PASSWORD.into());
        let place = hasher.enter().unwrap();
        let hash = hasher.hash(password, place).await.unwrap();
        let store = &portal.trial.store;
        let firm = store.firm_named(demo::FIRM).await.unwrap().unwrap();
        for (identifier, name, role) in COLLEAGUES {
            store
                .add_member(firm, identifier, name, &hash, role, NOW)
                .await
                .unwrap();
        }
        portal
    }

    /// What the router is made of.
    pub const fn portal(&self) -> &Portal {
        &self.portal
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
            step: browser.step.clone(),
            language: browser.language.clone(),
        }
    }

    /// The same, put together in another way.
    pub fn with(mut self, site: &Path, around: Around, change: impl FnOnce(&mut Portal)) -> Self {
        change(&mut self.portal);
        self.router = router::router(self.portal.clone(), site, around);
        self
    }

    /// The firm asks its members for a second factor from now on.
    pub async fn asks_for_second_factor(&self, firm: &str) {
        let db = Database::connect(&self.trial.url).await.unwrap();
        let sql = format!("UPDATE firm SET second_factor_since = 1 WHERE name = '{firm}'");
        db.execute_unprepared(&sql).await.unwrap();
        db.close().await.unwrap();
    }

    /// A stranger.
    pub fn stranger(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookie: None,
            step: None,
            language: None,
        }
    }

    /// The same browser when a quarter of an hour has passed, in which it was used now and then.
    pub async fn later(&self, browser: &mut Browser) {
        for minutes in [5, 10] {
            let token = browser
                .cookie
                .as_deref()
                .unwrap()
                .split_once('=')
                .unwrap()
                .1;
            let seen = self
                .trial
                .store
                .session(
                    &SessionToken::new(token.to_owned()),
                    Origin::default(),
                    NOW.plus(minutes * MINUTE),
                )
                .await;
            assert!(seen.unwrap().is_some());
        }
        browser.router = self.later.clone();
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

impl TestPortal {
    /// The demonstration's client, signed in: it sees the employer [`demo::CLIENT_HOLDER`], which the demonstration's firm manages.
    pub async fn client(&self) -> Browser {
        self.member(demo::CLIENT).await
    }

    /// A client of its own who may see these schemes of holders, as the registry's keys have them; signed in.
    pub async fn client_of(&self, identifier: &str, held: &[&str]) -> Browser {
        let hasher = Hasher::light();
        let place = hasher.enter().unwrap();
        let password = Password::new(demo::PASSWORD.into());
        let hash = hasher.hash(password, place).await.unwrap();
        let held: Vec<_> = held.iter().map(|key| key.parse().unwrap()).collect();
        let new = store::NewClient {
            held: &held,
            identifier,
            name: "Toni Titulaire",
            password_hash: &hash,
        };
        self.trial.store.add_client(new, NOW).await.unwrap();
        self.member(identifier).await
    }
}

/// One browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    /// The cookie of its session.
    pub cookie: Option<String>,
    /// The cookie of a second step.
    pub step: Option<String>,
    /// The cookie of its language.
    pub language: Option<String>,
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

    /// Sends any request, with the cookie, and keeps the cookie that comes back. Like every browser it takes packed answers: some
    /// faults of streams show in those alone.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        for cookie in [&self.cookie, &self.step, &self.language]
            .into_iter()
            .flatten()
        {
            request
                .headers_mut()
                .append(header::COOKIE, cookie.parse().unwrap());
        }
        request
            .headers_mut()
            .insert(header::HOST, "portail.test".parse().unwrap());
        let (parts, body) = Decompression::new(self.router.clone())
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .to_owned();
            let place = if cookie.starts_with("etape=") {
                &mut self.step
            } else if cookie.starts_with("langue=") {
                &mut self.language
            } else {
                &mut self.cookie
            };
            *place = (!cookie.ends_with('=')).then_some(cookie);
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body,
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
