//! The words of the trade and every rule of the portal.
//!
//! Knows identifiers, forms, problems, wording, the catalogue of services and what the product needs from storage
//! ([`ports`]). Refuses to know the clock, the network, the database and the page: time and identity are arguments.
//! The browser and the server both compile this crate, so that what one refuses the other refuses alike.
//!
//! | module | what it decides |
//! |---|---|
//! | [`siren`], [`siret`], [`account_number`], [`nir`], [`amount`] | what may be typed, and its check digits |
//! | [`identifier`] | which of them somebody meant |
//! | [`form`] | what a page sends, and the draft that [`form::Form::check`] makes of it |
//! | [`problem`], [`wording`] | what can be wrong, and the only sentences that say so |
//! | [`catalogue`] | the services an accountant may tick, by kind of account |
//! | [`attempts`] | how often one may fail, or ask for a message |
//! | [`permission`], [`password`] | what a member may do; which passwords are taken |
//! | [`team`], [`email`], [`letter`] | the people of a firm; where messages go, and what they say |
//! | [`language`] | in which language people are spoken to, and where the words of each are |
//! | [`journal`], [`journal_search`] | what is written down, for ever; which lines a page shows |
//! | [`second_factor`], [`access`] | codes of an application and recovery codes; what « Sécurité » shows |
//! | [`idle`] | when a page warns that the session ends |
//! | [`origin`], [`device`] | where a request came from, and with what |
//! | [`search`] | what a list shows, its address, and what a text finds |
//! | [`finding`] | what helps to find a client: counts, saved lists, the jump box |
//! | [`message`] | secure messages about an account: who writes, who reads, what is attached |
//! | [`calendar`] | what falls due for a client, and on which day |
//! | [`mobility`] | « Travailler à l'étranger »: what a request asks, and what is decided of it |
//! | [`attestation`] | the attestation de vigilance: who may have one, what it says, its code |
//! | [`client`] | what is shown of a client |
//! | [`invitation`] | the links by which clients make their own accounts, and how they stand |
//! | [`holding`] | what a client sees of its own |
//! | [`import`] | a file of clients: its columns, its lines, and what becomes of them |
//! | [`dashboard`], [`review`] | the figures of a portfolio and their lists; when a mandate is to be looked through again |
//! | [`chart`] | where the marks of a chart stand |
//! | [`bulk`], [`selection`] | what one change makes of many clients, and which clients those are |
//! | [`model`] | services under a name, to start from |
//! | [`sheet`] | the portfolio as a file for spreadsheets |
//! | [`registry`] | one row of the account registry |
//! | [`origin`] | where a request came from, and what limits count it by |
//! | [`ports`] | what the product needs from the outside |

pub mod access;
pub mod account_number;
pub mod amount;
pub mod attempts;
pub mod attestation;
pub mod bulk;
pub mod calendar;
pub mod catalogue;
pub mod chart;
pub mod client;
pub mod dashboard;
pub mod device;
pub mod email;
pub mod finding;
pub mod form;
pub mod french;
pub mod holder;
pub mod holding;
pub mod identifier;
pub mod idle;
pub mod ids;
pub mod import;
pub mod invitation;
pub mod journal;
pub mod journal_search;
pub mod language;
pub mod letter;
pub mod message;
pub mod mobility;
pub mod model;
pub mod nir;
pub mod organism;
pub mod origin;
pub mod passkey;
pub mod password;
pub mod permission;
pub mod ports;
pub mod problem;
pub mod registry;
pub mod review;
pub mod search;
pub mod second_factor;
pub mod selection;
pub mod sheet;
pub mod siren;
pub mod siret;
pub mod team;
mod tidy;
pub mod time;
pub mod wording;
