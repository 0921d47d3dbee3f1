//! The browser and the system of a session, in words by which its owner knows it again.

use crate::{
    language::{n, t},
    say,
};
const BROWSERS: [(&str, &str); 6] = [
    // Each of them also claims to be those below it.
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// What a browser is called that says nothing known of itself.
pub const UNKNOWN: &str = n("Navigateur inconnu");

/// « Firefox sur Windows », from what the browser says of itself; nothing of its words is kept.
pub fn named(user_agent: &str) -> String {
    let known = |list: &[(&str, &'static str)]| {
        list.iter()
            .find(|(sign, _)| user_agent.contains(sign))
            .map(|(_, name)| *name)
    };
    match (known(&BROWSERS), known(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} sur {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, _) => UNKNOWN.to_owned(),
    }
}

/// A browser as it is kept, in the language that is spoken.
pub fn told(kept: &str) -> String {
    match kept.split_once(" sur ") {
        _ if kept.is_empty() || kept == UNKNOWN => t(UNKNOWN).to_owned(),
        Some((browser, system)) => say!("{browser} sur {system}", browser, system),
        None => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: somebody does not know their own browser again, or its words get onto a page.
    #[test]
    fn browsers() {
        let firefox =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(named(firefox), "Firefox sur Windows");
        assert_eq!(named(edge), "Edge sur Windows");
        assert_eq!(named(phone), "Safari sur iPhone");
        assert_eq!(named("<script>alert(1)</script>"), "Navigateur inconnu");
    }
}
