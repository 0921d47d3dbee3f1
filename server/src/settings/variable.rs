//! The table of variables: what can be set, what it is when it is not, and how to put it right.

use std::fmt::Write as _;

/// One environment variable.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it is when it is not set; empty where that is nothing.
    pub default: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// How to put it right: the end of a sentence that begins with its name.
    pub remedy: &'static str,
}

pub(super) const ADDRESS: Variable = Variable {
    name: "PORTAIL_ADDRESS",
    default: "127.0.0.1:3000",
    meaning: "IP address and port to listen on",
    remedy: "must be an IP address and a port, such as 127.0.0.1:3000 or [::1]:3000",
};
/// The port is the one that OpenTelemetry gives to what Prometheus asks.
pub(super) const OPERATIONS: Variable = Variable {
    name: "PORTAIL_OPERATIONS_ADDRESS",
    default: "127.0.0.1:9464",
    meaning: "IP address and port of /health/live, /health/ready and /metrics, for those who run the portal; \
              port 0 takes a free one, and set to nothing there are none",
    remedy: "must be an IP address and a port, such as 127.0.0.1:9464, or empty",
};
pub(super) const PROXIES: Variable = Variable {
    name: "PORTAIL_PROXIES",
    default: "",
    meaning: "proxies whose X-Forwarded-For and X-Request-Id are believed: addresses and CIDR prefixes, separated by commas",
    remedy: "must be addresses or CIDR prefixes separated by commas, such as 127.0.0.1, 10.0.0.0/8, or empty",
};
pub(super) const CONNECTIONS: Variable = Variable {
    name: "PORTAIL_CONNECTIONS",
    default: "1024",
    meaning: "connections at a time, all together; the system must let the process open some 100 files more",
    remedy: "must be a number from 1",
};
pub(super) const CONNECTIONS_EACH: Variable = Variable {
    name: "PORTAIL_CONNECTIONS_EACH",
    default: "100",
    meaning: "connections at a time of one IPv4 address or one IPv6 /64; those of PORTAIL_PROXIES have no limit of their own",
    remedy: "must be a number from 1",
};
pub(super) const DATABASE: Variable = Variable {
    name: "DATABASE_URL",
    default: "sqlite:data/portail.db",
    meaning: "database: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME",
    remedy: "must begin with sqlite: or postgres://, such as sqlite:data/portail.db",
};
pub(super) const DATABASE_TLS: Variable = Variable {
    name: "PORTAIL_DATABASE_TLS",
    default: "1",
    meaning: "1 when a PostgreSQL on another machine must be spoken to with sslmode=verify-full (and sslrootcert) in DATABASE_URL; \
              0 when something else keeps that way closed",
    remedy: "must be 1, with sslmode=verify-full in DATABASE_URL where PostgreSQL is on another machine, or 0 when something else \
             keeps that way closed",
};
pub(super) const KEY: Variable = Variable {
    name: "PORTAIL_KEY",
    default: "",
    meaning: "key of the digests that hide secrets in the database: 64 hexadecimal digits",
    remedy: "must be 64 hexadecimal digits (openssl rand -hex 32 makes one); keep the one the database was made with",
};
pub(super) const KEY_FILE: Variable = Variable {
    name: "PORTAIL_KEY_FILE",
    default: "data/portail.key",
    meaning: "file of that key, where PORTAIL_KEY is not set; made on first run, readable by its owner alone",
    remedy: "must be the path of a file",
};
pub(super) const HTTPS: Variable = Variable {
    name: "PORTAIL_HTTPS",
    default: "0",
    meaning: "1 when people reach the portal over https (cookies are then Secure and named __Host-), else 0",
    remedy: "must be 1 (people reach the portal over https) or 0",
};
pub(super) const SECOND_FACTOR: Variable = Variable {
    name: "PORTAIL_SECOND_FACTOR",
    default: "0",
    meaning: "1 when nobody reaches a portfolio without a second factor, else 0: each firm decides for its members",
    remedy: "must be 1 (everybody is asked for a second factor) or 0 (firms decide)",
};
pub(super) const SITE: Variable = Variable {
    name: "PORTAIL_SITE",
    default: "target/site",
    meaning: "folder of style sheet, JavaScript and WebAssembly that `make build` fills",
    remedy: "must be the path of a folder",
};
pub(super) const URL: Variable = Variable {
    name: "PORTAIL_URL",
    default: "",
    meaning: "address by which people reach the portal, which links in messages begin with [default: http:// and PORTAIL_ADDRESS]",
    remedy: "must be https://HOST or https://HOST:PORT, without a path (http:// only where PORTAIL_HTTPS is 0)",
};
pub(super) const MAIL: Variable = Variable {
    name: "PORTAIL_MAIL",
    default: "folder:data/courriels",
    meaning: "where messages go: folder:FOLDER (files to look at), smtps://USER:PASSWORD@HOST:PORT, or smtp://… with STARTTLS, which only \
              a server on this very machine need not offer",
    remedy: "must be folder:FOLDER, smtps://USER:PASSWORD@HOST:PORT or smtp://USER:PASSWORD@HOST:PORT (%40 for an @ in a password)",
};
pub(super) const MAIL_FROM: Variable = Variable {
    name: "PORTAIL_MAIL_FROM",
    default: "Portefeuille <ne-pas-repondre@portail.example>",
    meaning: "who messages come from; to be set for smtp, since the default is made up",
    remedy: "must be an e-mail address, or a name and one: Portefeuille <portail@organisme.example>",
};
pub(super) const MAIL_SHOWN: Variable = Variable {
    name: "PORTAIL_MAIL_SHOWN",
    default: "0",
    meaning: "1 shows the messages of the folder to everybody, at /demonstration/courriels: for the demonstration alone, which `make run` starts",
    remedy: "must be 0 or 1, and 1 only where PORTAIL_MAIL is a folder, PORTAIL_HTTPS is 0 and PORTAIL_ADDRESS is of this machine alone",
};
pub(super) const LOG: Variable = Variable {
    name: "PORTAIL_LOG",
    default: "info",
    meaning: "what is logged: error, warn, info, debug, or by module (info,server=debug)",
    remedy: "must be a log filter, such as info or info,server=debug",
};
pub(super) const LOG_FORMAT: Variable = Variable {
    name: "PORTAIL_LOG_FORMAT",
    default: "text",
    meaning: "shape of a line of the log: text or json",
    remedy: "must be text or json",
};
// Numbers that begin with 01 99 00 are kept for fiction (Arcep), and `.example` is nobody's (RFC 2606).
pub(super) const CONTACT_PHONE: Variable = Variable {
    name: "PORTAIL_CONTACT_PHONE",
    default: "01 99 00 20 26",
    meaning: "telephone shown to accountants; the default is made up, and set to nothing none is shown",
    remedy: "must be a telephone number, such as 01 99 00 20 26, or empty",
};
pub(super) const CONTACT_EMAIL: Variable = Variable {
    name: "PORTAIL_CONTACT_EMAIL",
    default: "assistance@portail.example",
    meaning: "e-mail address shown to accountants; the default is made up, and set to nothing none is shown",
    remedy: "must be an e-mail address, such as assistance@portail.example, or empty",
};
pub(super) const NEWSLETTER: Variable = Variable {
    name: "PORTAIL_NEWSLETTER_URL",
    default: "",
    meaning: "where « Lettre d'information » leads: an https address or a path of this site",
    remedy: "must be an https address, a path that begins with /, or empty",
};

/// Every variable, in the order in which they are read and explained.
pub const VARIABLES: [&Variable; 21] = [
    &ADDRESS,
    &OPERATIONS,
    &PROXIES,
    &CONNECTIONS,
    &CONNECTIONS_EACH,
    &DATABASE,
    &DATABASE_TLS,
    &KEY,
    &KEY_FILE,
    &HTTPS,
    &URL,
    &SECOND_FACTOR,
    &SITE,
    &MAIL,
    &MAIL_FROM,
    &MAIL_SHOWN,
    &LOG,
    &LOG_FORMAT,
    &CONTACT_PHONE,
    &CONTACT_EMAIL,
    &NEWSLETTER,
];

/// The table as `--help` prints it.
pub fn help() -> String {
    let mut help = String::from("Environment variables:\n");
    for variable in VARIABLES {
        let default = match variable.default {
            "" => String::new(),
            default => format!(" [default: {default}]"),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            help,
            "  {}{default}\n      {}",
            variable.name, variable.meaning
        );
    }
    help
}
