//! Arbitrary requests to every path: whatever comes, the portal answers for itself and stands.
//!
//! Each request is made from a number alone, so that one that is found can be made again: it goes into [`FOUND`] and stays a test.
//! `make torture` runs it for as long as `FUZZ_SECONDS` says.

use super::browser::{Browser, TestPortal};
use crate::generate::chance::Chance;
use app::{App, plain::DOORS};
use axum::body::Body;
use http::{Request, header};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use std::time::Duration;

/// Numbers of requests that were once answered wrongly, with what was wrong.
const FOUND: [u64; 0] = [];
/// Requests of the ordinary run.
const FEW: u64 = 1_500;
/// How long one request may take before it counts as stuck.
const PATIENCE: Duration = Duration::from_secs(20);

/// Names of fields, good and odd.
const FIELDS: [&str; 28] = [
    "identifier",
    "password",
    "next",
    "of",
    "id",
    "draft",
    "version",
    "services[]",
    "services",
    "services[0][a]",
    "back",
    "status",
    "amount",
    "employer_account",
    "self_employed_account",
    "nir",
    "query",
    "q",
    "page",
    "tri",
    "code",
    "name",
    "email",
    "role",
    "ceremony",
    "answer",
    "",
    "a[b][c][d][e][f][g]",
];
/// Values that parsers stumble on.
const VALUES: [&str; 32] = [
    "",
    "demo",
    "732829320",
    "73282932000074",
    "117000001567462542",
    "255081416802538",
    "1 234,50",
    "-0",
    "1e308",
    "NaN",
    "99999999999999999999999999",
    "-9223372036854775808",
    "2147483648",
    "0",
    "employeur",
    "DPAE",
    "01a20cbe-3610-7d9c-af6a-74462ae16a39",
    "00000000-0000-0000-0000-000000000000",
    "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
    "[[[[[[[[[[[[[[[[",
    "/etablissements?q=a",
    "//evil.example",
    "javascript:alert(1)",
    "\u{0}",
    "\u{202e}x",
    "é\u{301}\u{feff}",
    "%",
    "%zz",
    "&&==",
    "</script>",
    "'; DROP TABLE member; --",
    "🦀🦀🦀",
];
const KINDS: [&str; 7] = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
    "",
    "\u{ff}",
];
const METHODS: [&str; 9] = [
    "POST", "POST", "POST", "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "BREW",
];

fn value(chance: &mut Chance) -> String {
    match chance.below(6) {
        0 => VALUES[index(chance, VALUES.len())].repeat(index(chance, 4)),
        1 => chance.next().to_string(),
        2 => (0..chance.below(40))
            .filter_map(|_| char::from_u32(u32::try_from(chance.below(0x11_0000)).ok()?))
            .collect(),
        3 => "9".repeat(index(chance, 3_000)),
        _ => VALUES[index(chance, VALUES.len())].to_owned(),
    }
}

fn index(chance: &mut Chance, bound: usize) -> usize {
    usize::try_from(chance.below(bound as u64)).unwrap()
}

fn byte(chance: &mut Chance) -> u8 {
    chance.next().to_be_bytes()[0]
}

fn pairs(chance: &mut Chance) -> String {
    let pairs: Vec<_> = (0..chance.below(12))
        .map(|_| {
            let name = FIELDS[index(chance, FIELDS.len())];
            let value = value(chance);
            if chance.percent(80) {
                format!(
                    "{}={}",
                    portfolio::search::encode(name),
                    portfolio::search::encode(&value)
                )
            } else {
                format!("{name}={value}")
            }
        })
        .collect();
    pairs.join("&")
}

fn body(chance: &mut Chance) -> Vec<u8> {
    let mut body = match chance.below(10) {
        0 => (0..chance.below(2_000)).map(|_| byte(chance)).collect(),
        1 => b"{\"form\":{\"identifier\":1,\"services\":[[[]]]}}".to_vec(),
        2 => vec![b'a'; index(chance, 70_000)],
        _ => pairs(chance).into_bytes(),
    };
    if chance.percent(20) && !body.is_empty() {
        for _ in 0..chance.between(1, 8) {
            let place = index(chance, body.len());
            body[place] = byte(chance);
        }
    }
    body
}

/// Every address that the program lists, and some that it does not.
fn addresses() -> Vec<String> {
    let functions = server_fn_paths().map(|(path, _)| path.to_owned());
    let pages = generate_route_list(App)
        .into_iter()
        .map(|page| page.path().to_owned());
    let doors = DOORS.iter().map(|door| door.page.to_owned());
    let odd = [
        "/pkg/x",
        "/aide/../x",
        "/%00",
        "/api/",
        "/api/x",
        "//",
        "/favicon.svg",
        "/health/live",
    ];
    functions
        .chain(pages)
        .chain(doors)
        .chain(odd.map(str::to_owned))
        .collect()
}

/// The request of a number; `None` when its address is none that HTTP can carry.
fn request(number: u64, addresses: &[String]) -> Option<Request<Body>> {
    let chance = &mut Chance::new(number);
    let address = &addresses[index(chance, addresses.len())];
    let mut address: String = address
        .split('/')
        .map(|part| {
            if part.starts_with(['{', ':']) {
                portfolio::search::encode(&value(chance))
            } else {
                part.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join("/");
    if chance.percent(30) {
        address = format!("{address}?{}", pairs(chance));
    }
    let body = body(chance);
    let mut request = Request::builder()
        .method(METHODS[index(chance, METHODS.len())])
        .uri(address)
        .header(
            header::CONTENT_TYPE,
            KINDS[index(chance, KINDS.len())].as_bytes(),
        );
    if chance.percent(30) {
        let odd = ["text/html", "application/json", "*/*", "\u{7f}"][index(chance, 4)];
        request = request.header(header::ACCEPT, odd.as_bytes());
    }
    if chance.percent(10) {
        request = request.header(header::ORIGIN, "https://evil.example");
    }
    request.body(Body::from(body)).ok()
}

async fn answered(browser: &mut Browser, number: u64, addresses: &[String]) -> bool {
    let Some(request) = request(number, addresses) else {
        return false;
    };
    let told = format!("{number}: {} {}", request.method(), request.uri().path());
    let answer = tokio::time::timeout(PATIENCE, browser.send(request)).await;
    let answer = answer.unwrap_or_else(|_| panic!("{told} is stuck"));
    assert!(
        answer.status.as_u16() < 500,
        "{told}: {} {}",
        answer.status,
        answer.body
    );
    true
}

/// Sends the requests of these numbers, as somebody who is signed in and as a stranger by turns.
async fn send(
    portal: &TestPortal,
    numbers: impl IntoIterator<Item = u64>,
    goes_on: impl Fn() -> bool,
) -> u64 {
    let addresses = addresses();
    let mut stranger = portal.stranger();
    let member = portal.member("demo").await;
    let mut sent = 0;
    for number in numbers {
        if !goes_on() {
            break;
        }
        // Signing out is among the requests: the cookie is put back each time.
        let mut signed_in = member.clone();
        let browser = if number % 3 == 0 {
            &mut stranger
        } else {
            &mut signed_in
        };
        sent += u64::from(answered(browser, number, &addresses).await);
        if sent % 5_000 == 4_999 {
            println!("{sent} requests, up to number {number}");
        }
    }
    sent
}

/// Fear: some body that nobody thought of brings the portal down, or is answered as the portal's own failure.
#[tokio::test]
async fn arbitrary_requests() {
    let portal = TestPortal::new().await;
    let sent = send(&portal, FOUND.into_iter().chain(0..FEW), || true).await;
    assert!(sent > FEW / 2, "{sent}");
}

/// The same for a long time, and other requests each time: `FUZZ_SECONDS`, an hour if nothing is said; `FUZZ_FROM` is the first number.
#[tokio::test]
#[ignore = "for hours: make torture"]
async fn torture_arbitrary_requests() {
    let set = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse::<u64>().ok())
    };
    let seconds = set("FUZZ_SECONDS").unwrap_or(3_600);
    let clock = crate::clock::Stopwatch::start();
    let from = set("FUZZ_FROM").unwrap_or_else(|| crate::clock::now().0.unsigned_abs() << 20);
    let portal = TestPortal::new().await;
    let numbers = (0..).map(|n: u64| from.wrapping_add(n));
    let sent = send(&portal, numbers, || clock.elapsed().as_secs() < seconds).await;
    println!("{sent} arbitrary requests from number {from}, none of them answered wrongly");
}
