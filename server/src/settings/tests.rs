use super::*;
use std::{cell::RefCell, collections::BTreeSet};

fn read(set: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    Settings::read(|name| {
        set.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    })
}

fn refused(set: &[(&str, &str)]) -> Vec<&'static str> {
    match read(set) {
        Ok(_) => Vec::new(),
        Err(SettingsError(all)) => all.iter().map(|one| one.name).collect(),
    }
}

/// Fear: the portal does not start out of the box, or starts open to the network.
#[test]
fn nothing_set() {
    let settings = read(&[]).unwrap();
    assert!(settings.address.ip().is_loopback());
    assert_eq!(settings.database.expose(), "sqlite:data/portail.db");
    assert_eq!(settings.key, KeySource::File("data/portail.key".into()));
    assert!(!settings.https && settings.contact.made_up);
    assert!(settings.operations.unwrap().ip().is_loopback());
    assert_eq!(settings.proxies, Proxies::default(), "nobody is believed");
    assert_eq!(
        (settings.limits.connections, settings.limits.each),
        (1024, 100)
    );
    assert_eq!(settings.site, PathBuf::from("target/site"));
}

/// Fear: errors come one at a time, a restart each.
#[test]
fn every_error_at_once() {
    let wrong = [
        ("PORTAIL_ADDRESS", "3000"),
        ("PORTAIL_OPERATIONS_ADDRESS", "localhost:9464"),
        ("PORTAIL_PROXIES", "10.0.0.1, proxy"),
        ("PORTAIL_CONNECTIONS", "0"),
        ("PORTAIL_CONNECTIONS_EACH", "many"),
        ("DATABASE_URL", "mysql://x"),
        ("PORTAIL_DATABASE_TLS", "verify-full"),
        ("PORTAIL_KEY", "abc"),
        ("PORTAIL_HTTPS", "yes"),
        ("PORTAIL_URL", "portail.fr/x"),
        ("PORTAIL_MAIL", "pigeon"),
        ("PORTAIL_MAIL_FROM", "Portail"),
        ("PORTAIL_LOG", "a=b=c"),
        ("PORTAIL_LOG_FORMAT", "xml"),
        ("PORTAIL_CONTACT_PHONE", "call me"),
        ("PORTAIL_CONTACT_EMAIL", "nobody"),
        ("PORTAIL_NEWSLETTER_URL", "javascript:alert(1)"),
    ];
    let names: Vec<_> = wrong.iter().map(|(name, _)| *name).collect();
    assert_eq!(refused(&wrong), names);
    let told = read(&wrong).unwrap_err().to_string();
    assert_eq!(told.lines().count(), wrong.len());
    for line in told.lines() {
        assert!(line.contains("must"), "no remedy: {line}");
    }
}

/// Fear: a key or a database password is read in a log or on a screen.
#[test]
fn secrets_are_not_told() {
    let key = "0123456789abcdef".repeat(4);
    let set = [
        ("PORTAIL_KEY", key.as_str()),
        (
            "DATABASE_URL",
            "postgres://portail:hunter2@db/portail?sslmode=verify-full",
        ),
        ("PORTAIL_MAIL", "smtp://portail:hunter2@mail.example"),
        ("PORTAIL_MAIL_FROM", "a@b.fr"),
    ];
    let told = format!("{:?}", read(&set).unwrap());
    assert!(
        !told.contains("hunter2") && !told.contains("0123456789abcdef"),
        "{told}"
    );
    let wrong = [
        ("PORTAIL_KEY", "s3cret"),
        ("DATABASE_URL", "mysql://portail:hunter2@db"),
        ("PORTAIL_MAIL", "imap://portail:hunter2@mail"),
    ];
    let told = format!("{0} {0:?}", read(&wrong).unwrap_err());
    assert!(
        !told.contains("hunter2") && !told.contains("s3cret"),
        "{told}"
    );
}

/// Fear: the portal speaks to a database on another machine in the clear, and nobody decided so; or its password is told with that.
#[test]
fn a_database_elsewhere_is_verified() {
    let open = (
        "DATABASE_URL",
        "postgres://portail:hunter2@db.example/portail",
    );
    assert_eq!(refused(&[open]), ["PORTAIL_DATABASE_TLS"]);
    let told = read(&[open]).unwrap_err().to_string();
    assert!(
        told.contains("verify-full") && !told.contains("hunter2"),
        "{told}"
    );
    assert!(read(&[open, ("PORTAIL_DATABASE_TLS", "0")]).is_ok());
    for closed in [
        "postgres://portail:hunter2@db.example/portail?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "postgres://portail:hunter2@127.0.0.1/portail",
    ] {
        assert!(read(&[("DATABASE_URL", closed)]).is_ok(), "{closed}");
    }
}

/// Fear: links in messages lead to this very machine, or nowhere; or they are not https where people are told so.
#[test]
fn the_address_that_links_begin_with() {
    assert_eq!(read(&[]).unwrap().url, "http://127.0.0.1:3000");
    let https = [("PORTAIL_HTTPS", "1")];
    assert_eq!(refused(&https), ["PORTAIL_URL"]);
    let http = [("PORTAIL_HTTPS", "1"), ("PORTAIL_URL", "http://a.fr")];
    assert_eq!(refused(&http), ["PORTAIL_URL"]);
    let good = [("PORTAIL_HTTPS", "1"), ("PORTAIL_URL", "https://a.fr/")];
    assert_eq!(read(&good).unwrap().url, "https://a.fr");
}

/// Fear: messages go out under a made-up name, or nobody finds them.
#[test]
fn where_messages_go() {
    let settings = read(&[]).unwrap();
    assert_eq!(settings.mail, Mail::Folder("data/courriels".into()));
    assert_eq!(
        settings.mail_from.email.as_str(),
        "ne-pas-repondre@portail.example"
    );
    let smtp = ("PORTAIL_MAIL", "smtps://u:p@mail.example");
    assert_eq!(refused(&[smtp]), ["PORTAIL_MAIL_FROM"]);
    let from = ("PORTAIL_MAIL_FROM", "Portail <a@b.fr>");
    assert!(matches!(read(&[smtp, from]).unwrap().mail, Mail::Smtp(_)));
}

/// Fear: two keys are given and the wrong one is silently used.
#[test]
fn one_key_only() {
    let key = "AB".repeat(32);
    assert_eq!(
        read(&[("PORTAIL_KEY", &key)]).unwrap().key,
        KeySource::Hex(key.clone())
    );
    let both = [("PORTAIL_KEY", key.as_str()), ("PORTAIL_KEY_FILE", "k")];
    assert_eq!(refused(&both), ["PORTAIL_KEY"]);
    // An empty variable, as container files write it, is an unset one.
    let empty = [("PORTAIL_KEY", ""), ("PORTAIL_KEY_FILE", " k ")];
    assert_eq!(read(&empty).unwrap().key, KeySource::File("k".into()));
}

/// Fear: somebody who wants no telephone shown gets a made-up one.
#[test]
fn contact_can_be_emptied() {
    let settings = read(&[
        ("PORTAIL_CONTACT_PHONE", ""),
        ("PORTAIL_CONTACT_EMAIL", "aide@urssaf.example"),
        ("PORTAIL_NEWSLETTER_URL", "/lettre"),
    ])
    .unwrap();
    assert_eq!(
        settings.contact,
        Contact {
            phone: None,
            email: Some("aide@urssaf.example".into()),
            newsletter: Some("/lettre".into()),
            made_up: false,
        }
    );
    assert_eq!(
        refused(&[("PORTAIL_NEWSLETTER_URL", "//elsewhere")]),
        ["PORTAIL_NEWSLETTER_URL"]
    );
}

/// Fear: what is set for the network is not what is served with, or health and metrics cannot be done without.
#[test]
fn network() {
    let settings = read(&[
        ("PORTAIL_OPERATIONS_ADDRESS", ""),
        ("PORTAIL_PROXIES", "127.0.0.1, 10.0.0.0/8"),
        ("PORTAIL_CONNECTIONS", "9"),
        ("PORTAIL_CONNECTIONS_EACH", "3"),
    ])
    .unwrap();
    assert_eq!(settings.operations, None);
    assert!(settings.proxies.contains("10.1.1.1".parse().unwrap()));
    assert_eq!((settings.limits.connections, settings.limits.each), (9, 3));
}

/// Fear: a variable is read that `--help` does not list, or listed and never read.
#[test]
fn the_help_lists_what_is_read() {
    let asked = RefCell::new(BTreeSet::new());
    Settings::read(|name| {
        asked.borrow_mut().insert(name.to_owned());
        None
    })
    .unwrap();
    let listed: BTreeSet<_> = VARIABLES.iter().map(|one| one.name.to_owned()).collect();
    assert_eq!(asked.into_inner(), listed);
    let help = help();
    for name in listed {
        assert!(help.contains(&name), "{name}");
    }
}
