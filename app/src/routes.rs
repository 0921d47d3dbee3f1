//! Every address of the portal, once.

mod done;
mod fixed;
mod messages;
mod mobility;
mod way;

pub use done::Done;
pub use fixed::*;
pub use messages::*;
pub use mobility::*;
pub use way::Way;

use portfolio::{
    bulk::Part,
    calendar::AgendaQuery,
    ids::{
        AttestationId, BulkId, DraftId, EnrolmentId, ImportId, MemberId, MobilityId, ModelId,
        PasskeyId,
    },
    import::Shown,
    journal_search::JournalSearch,
    mobility::queue::QueueSearch,
    permission::Seat,
    ports::{FeedToken, LinkToken},
    review::Walk,
    search::{Search, decode, encode},
};

/// Whose pages an address is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Whatever somebody signed in for: home, help, one's own access.
    Anybody,
    /// A firm's.
    Firm,
    /// The body's.
    Body,
    /// A client's.
    Client,
}

/// What the addresses of a firm's pages begin with.
const OF_FIRMS: [&str; 7] = [
    DASHBOARD, REVIEW, CLIENTS, FIRM, MOBILITY, MESSAGES, CALENDAR,
];

/// Whose page this is, whatever follows its path.
pub fn area(address: &str) -> Area {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let within = |root: &str| {
        path.strip_prefix(root)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if within(OFFICE) {
        Area::Body
    } else if within(MY_ACCOUNT) {
        Area::Client
    } else if OF_FIRMS.iter().any(|root| within(root)) {
        Area::Firm
    } else {
        Area::Anybody
    }
}

/// Where somebody goes who is on the way to a page of another side: officers have no dashboard, members no queue, and clients
/// neither.
pub fn landing(seat: Seat, to: &str) -> Option<&'static str> {
    match (seat, area(to)) {
        (_, Area::Anybody)
        | (Seat::Firm(_), Area::Firm)
        | (Seat::Body, Area::Body)
        | (Seat::Client, Area::Client) => None,
        _ => Some(home_of(seat)),
    }
}

/// The first page of whoever is signed in.
pub const fn home_of(seat: Seat) -> &'static str {
    match seat {
        Seat::Body => OFFICE,
        Seat::Client => MY_ACCOUNT,
        Seat::Firm(_) => DASHBOARD,
    }
}

/// The requests of an officer's queue.
pub fn queue(search: &QueueSearch) -> String {
    with_query(OFFICE, &search.query())
}

/// What of the queue a query string names, and whether something of it could not be read.
pub fn queue_of(query: &str) -> (QueueSearch, bool) {
    read(query, |parts| QueueSearch::read(parts))
}

/// One request, as an officer examines it.
pub fn case(id: MobilityId) -> String {
    format!("{OFFICE}/demandes/{id}")
}

/// Where the number of its person is asked for.
pub fn case_number(id: MobilityId) -> String {
    format!("{}/numero", case(id))
}

/// The same, once it was decided like this.
pub fn decided(id: MobilityId, act: &str) -> String {
    format!("{}?{}={}", case(id), param::DONE, encode(act))
}

/// The parts of an address that carry something besides a search.
pub mod param {
    /// Where to go after signing in.
    pub const NEXT: &str = "suite";
    /// Why the sign-in page is shown.
    pub const WHY: &str = "motif";
    /// The list that the person came from, as a query string.
    pub const BACK: &str = "retour";
    /// « Rechercher » was pressed.
    pub const SEEK: &str = "rechercher";
    /// What was just done.
    pub const DONE: &str = "fait";
    /// Fourteen digits are meant as an account number.
    pub const AS_ACCOUNT: &str = "lire";
    /// The part of a change's clients that is shown.
    pub const PART: &str = "partie";
    /// The number of the client after which they are shown.
    pub const AFTER: &str = "apres";
    /// Only the files that whoever looks has to mend.
    pub const TO_MEND: &str = "a-corriger";
    /// The walk that the person came from, as a query string.
    pub const REVIEW: &str = "revue";
    /// The version of a request.
    pub const VERSION: &str = "version";
    /// Somebody who is known already.
    pub const WORKER: &str = "personne";
    /// How what is listed stands.
    pub const STATE: &str = "etat";
    /// The client whose page a file is sent from.
    pub const CLIENT: &str = "client";
    /// The suggestion that a new model starts from.
    pub const FROM: &str = "depuis";
}

/// « + Ajouter un compte » with what « Rechercher » is to find.
pub fn sought(typed: &str) -> String {
    format!("{ADD}?identifier={}&{}=1", encode(typed), param::SEEK)
}

/// « Justifier le mandat » of an enrolment in the making.
pub fn proof(draft: DraftId) -> String {
    format!("{ADD}/{draft}/mandat")
}

/// « Choisir les services » of an enrolment in the making.
pub fn services(draft: DraftId) -> String {
    format!("{ADD}/{draft}/services")
}

/// One file of clients.
pub fn import(id: ImportId) -> String {
    format!("{IMPORTS}/{id}")
}

/// The files that whoever looks has to mend.
pub fn imports_to_mend() -> String {
    format!("{IMPORTS}?{}=1", param::TO_MEND)
}

/// Some lines of a file's result.
pub fn import_lines(id: ImportId, shown: Shown) -> String {
    with_query(&import(id), &shown.query())
}

/// Where the work on a file is followed.
pub fn progress(id: ImportId) -> String {
    format!("{IMPORTS}/{id}/progression")
}

/// Where the refused lines of a file are fetched, by a posted form.
pub fn refused_lines(id: ImportId) -> String {
    format!("{IMPORTS}/{id}/refusees")
}

/// One client; `back` is where the person came from, a [`Way`] in words.
pub fn client(id: EnrolmentId, back: &str) -> String {
    with_back(format!("{CLIENTS}/{id}"), back)
}

/// Whether a request is one that an open page sends by itself, to see how far something is: it is no sign of anybody being there.
pub fn is_watch(path: &str) -> bool {
    [
        "/api/lot/avancement",
        "/api/messagerie/suite",
        "/api/messagerie/attente",
    ]
    .iter()
    .any(|watch| path.ends_with(watch))
        || (path.starts_with(IMPORTS) && path.ends_with("/progression"))
}

/// The question before an enrolment is ended.
pub fn terminate(id: EnrolmentId, back: &str) -> String {
    with_back(format!("{CLIENTS}/{id}/resilier"), back)
}

/// The selected clients; `back` is the list that the person came from.
pub fn selection(back: &str) -> String {
    with_back(SELECTION.to_owned(), back)
}

/// One change of many clients.
pub fn job(id: BulkId) -> String {
    format!("{JOBS}/{id}")
}

/// One change, with those of its clients that come after a number.
pub fn job_part(id: BulkId, part: Part, after: u64) -> String {
    let after = if after > 0 {
        format!("&{}={after}", param::AFTER)
    } else {
        String::new()
    };
    format!("{}?{}={}{after}", job(id), param::PART, part.code())
}

/// The clients that a change has left alone, as a file.
pub fn left_of_job(id: BulkId) -> String {
    format!("{}/ecartes.csv", job(id))
}

/// « Exporter »; `back` is the list that the person came from.
pub fn export_page(back: &str) -> String {
    with_back(EXPORT_CLIENTS.to_owned(), back)
}

/// The export of a list, or of the selection.
pub fn export_clients(back: &str) -> String {
    with_back(EXPORT_CLIENTS_FILE.to_owned(), back)
}

/// A model of services.
pub fn model(id: ModelId) -> String {
    format!("{MODELS}/{id}")
}

/// A new model that starts from a suggestion.
pub fn model_from(code: &str) -> String {
    format!("{NEW_MODEL}?{}={}", param::FROM, encode(code))
}

fn with_back(path: String, back: &str) -> String {
    if back.is_empty() {
        path
    } else {
        format!("{path}?{}={}", param::BACK, encode(back))
    }
}

/// The firm's own fields of one client, as a page of their own.
pub fn own(id: EnrolmentId, back: &str) -> String {
    with_back(format!("{CLIENTS}/{id}/suivi"), back)
}

/// A list.
pub fn list(search: &Search) -> String {
    let query = search.query();
    if query.is_empty() {
        EVERYBODY.to_owned()
    } else {
        format!("{CLIENTS}?{query}")
    }
}

/// The filters of a list.
pub fn filters(search: &Search) -> String {
    with_query(FILTERS, &search.settled().first_page().query())
}

/// « Vues », with this list to be saved.
pub fn save_view(search: &Search) -> String {
    let query = search.settled().first_page().query();
    format!("{VIEWS}?{}={}", param::BACK, encode(&query))
}

/// The search that a query string names, whatever else it holds.
pub fn search_of(query: &str) -> (Search, bool) {
    read(query, |parts| Search::read(parts))
}

/// A list named by its query string, settled: only a search can be named there, so it leads nowhere else.
pub fn back_of(query: &str) -> Search {
    search_of(query).0.settled()
}

/// The list that a page's own query string leads back to, as a query string.
pub fn back(query: &str) -> String {
    back_of(&part(query, param::BACK).unwrap_or_default()).query()
}

/// A page of this site that says what was just done, in place of what it said before.
pub fn done(page: &str, what: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let said = format!("{}=", param::DONE);
    let mut parts: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with(&said))
        .collect();
    let now = format!("{said}{}", encode(what));
    parts.push(&now);
    format!("{path}?{}", parts.join("&"))
}

/// The page that the steps of signing in lead on to: they are no place to come back to.
fn beyond(next: &str) -> String {
    let (path, query) = next.split_once('?').unwrap_or((next, ""));
    if [CONFIRM, SECOND_STEP].contains(&path) {
        part(query, param::NEXT).unwrap_or_default()
    } else {
        next.to_owned()
    }
}

/// The sign-in page, coming back to `next` afterwards.
pub fn sign_in(next: &str, signed_out: bool) -> String {
    let next = beyond(next);
    let why = if signed_out {
        format!("&{}=session", param::WHY)
    } else {
        String::new()
    };
    format!("{SIGN_IN}?{}={}{why}", param::NEXT, encode(&next))
}

/// The second step of signing in, going on to `next` afterwards.
pub fn second_step(next: &str) -> String {
    format!("{SECOND_STEP}?{}={}", param::NEXT, encode(next))
}

/// « Confirmer que c'est vous », coming back to `next` afterwards.
pub fn confirm(next: &str) -> String {
    format!("{CONFIRM}?{}={}", param::NEXT, encode(&beyond(next)))
}

/// What the addresses begin with that hold the secret of a link, which no log and no other page may see.
pub const LINKS: [&str; 6] = [INVITATION, NEW_PASSWORD, ACCESS, NEW_ADDRESS, FEED, LEAVE];

/// Whether an address holds the secret of a link.
pub fn is_link(path: &str) -> bool {
    LINKS.iter().any(|link| path.starts_with(link))
}

/// The address of a calendar feed.
pub fn feed(token: &FeedToken) -> String {
    format!("{FEED}{}", token.expose())
}

/// The calendar.
pub fn agenda(query: &AgendaQuery) -> String {
    with_query(CALENDAR, &query.query())
}

/// The dates of one client.
pub fn client_dates(id: EnrolmentId) -> String {
    format!("{CLIENTS}/{id}/echeances")
}

/// The link by which an invitation is accepted.
pub fn invitation(token: &LinkToken) -> String {
    format!("{INVITATION}{}", token.expose())
}

/// The link by which a new password is chosen.
pub fn new_password(token: &LinkToken) -> String {
    format!("{NEW_PASSWORD}{}", token.expose())
}

/// The link by which a client makes its own account.
pub fn access(token: &LinkToken) -> String {
    format!("{ACCESS}{}", token.expose())
}

/// The link that confirms an e-mail address.
pub fn new_address(token: &LinkToken) -> String {
    format!("{NEW_ADDRESS}{}", token.expose())
}

/// The question before a client takes a whole mandate back.
pub fn withdraw(id: EnrolmentId) -> String {
    format!("{MY_ACCOUNT}/mandats/{id}/retirer")
}

/// A client's own account, as the firm sees it.
pub fn online(id: EnrolmentId) -> String {
    format!("{CLIENTS}/{id}/compte-en-ligne")
}

/// The attestations de vigilance of a client.
pub fn attestations(id: EnrolmentId) -> String {
    format!("{CLIENTS}/{id}/attestation")
}

/// One attestation of one's own accounts, as a file.
pub fn my_attestation_file(paper: AttestationId) -> String {
    format!("{MY_ATTESTATIONS}/{paper}/attestation-de-vigilance.pdf")
}

/// One of them, as a file.
pub fn attestation_file(id: EnrolmentId, paper: AttestationId) -> String {
    format!("{CLIENTS}/{id}/attestation/{paper}/attestation-de-vigilance.pdf")
}

/// The question before a passkey is removed.
pub fn passkey(id: PasskeyId) -> String {
    format!("{PASSKEY}/{id}")
}

/// Somebody of the firm.
pub fn member(id: MemberId) -> String {
    format!("{FIRM}/membres/{id}")
}

/// The lines of the journal that a search names.
pub fn journal(search: &JournalSearch) -> String {
    with_query(JOURNAL, &search.query())
}

/// The export of these lines.
pub fn export(search: &JournalSearch) -> String {
    with_query(EXPORT, &search.first_page().query())
}

/// A step of the walk through stale mandates.
pub fn review(walk: &Walk) -> String {
    with_query(REVIEW, &walk.query())
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// The lines of the journal that a query string names, and whether something of it could not be read.
pub fn journal_of(query: &str) -> (JournalSearch, bool) {
    read(query, |parts| JournalSearch::read(parts))
}

/// Reads the parts of a query string.
fn read<T>(query: &str, by: impl FnOnce(Vec<(&str, &str)>) -> T) -> T {
    let parts = decode(query.trim_start_matches('?'));
    by(parts
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect())
}

/// One part of a query string.
pub fn part(query: &str, name: &str) -> Option<String> {
    decode(query.trim_start_matches('?'))
        .into_iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::letter::notice_path;
    use uuid::Uuid;

    /// Fear: the way back to a filtered list is lost, or leads out of the site.
    #[test]
    fn ways_back() {
        let search = Search {
            text: "l’œuf & cie".into(),
            page: 3,
            show: Some(EnrolmentId(Uuid::nil())),
            ..Search::default()
        };
        let path = client(EnrolmentId(Uuid::nil()), &search.settled().query());
        let back = part(path.split_once('?').unwrap().1, param::BACK).unwrap();
        assert_eq!(back_of(&back), search.settled());
        assert_eq!(list(&back_of("https://evil.example/")), EVERYBODY);
        assert_eq!(Way::read("https://evil.example/").path(), EVERYBODY);
    }

    /// Fear: a page that watches something keeps a session alive for ever, or what somebody does is taken for watching.
    #[test]
    fn watching_is_nobody() {
        let id = ImportId(Uuid::nil());
        for watch in [
            "/api/lot/avancement",
            "http://portail.test/api/lot/avancement",
            "/api/messagerie/suite",
            "/api/messagerie/attente",
            &progress(id),
        ] {
            assert!(is_watch(watch), "{watch}");
        }
        for act in [
            "/api/lot",
            "/api/lot/agir",
            "/api/messagerie",
            "/api/messagerie/conversation",
            &import(id),
            CLIENTS,
            DASHBOARD,
        ] {
            assert!(!is_watch(act), "{act}");
        }
    }

    /// Fear: after a confirmation the list that one came from is forgotten, the same is said twice, or one comes back to the question.
    #[test]
    fn what_was_done_is_said_once() {
        let said = done("/etablissements/x?retour=q%3Da", Done::Confirmed.code());
        assert_eq!(said, "/etablissements/x?retour=q%3Da&fait=confirmation");
        assert_eq!(done(&said, Done::Confirmed.code()), said);
        assert_eq!(
            done(SECURITY, Done::Removed.code()),
            "/securite?fait=retrait"
        );
        assert_eq!(Done::of("?a=b&fait=retrait"), Some(Done::Removed));
        assert_eq!(Done::of("fait=autre-chose"), None);
        assert_eq!(confirm(&confirm(SECURITY)), confirm(SECURITY));
        assert_eq!(
            sign_in(&confirm(SECURITY), false),
            "/connexion?suite=%2Fsecurite"
        );
    }

    /// Fear: a message leads to a page that is not there.
    #[test]
    fn addresses_in_messages() {
        let id = MobilityId(Uuid::nil());
        assert_eq!(notice_path::mobility(id), mobility(id));
        let mine = AgendaQuery {
            whose: portfolio::calendar::Whose::Mine,
            ..AgendaQuery::default()
        };
        assert_eq!(notice_path::MINE, agenda(&mine));
    }

    /// Fear: an address typed by hand, or a bookmark, is read as another one after a round trip.
    #[test]
    fn addresses() {
        assert_eq!(list(&Search::default()), "/etablissements?vue=tous");
        assert_eq!(search_of("vue=tous"), (Search::default(), false));
        assert_eq!(
            sign_in("/etablissements?q=a&page=2", true),
            "/connexion?suite=%2Fetablissements%3Fq%3Da%26page%3D2&motif=session"
        );
    }
}
