//! Addresses that are always the same, and what the others begin with.

use portfolio::letter::notice_path;

/// The public home page.
pub const HOME: &str = "/";
/// The sign-in page.
pub const SIGN_IN: &str = "/connexion";
/// Where a language is chosen.
pub const LANGUAGE: &str = "/langue";
/// Where signing out is posted to.
pub const SIGN_OUT: &str = "/deconnexion";
/// « Tableau de bord », where signing in leads.
pub const DASHBOARD: &str = "/tableau-de-bord";
/// « Revue du portefeuille ».
pub const REVIEW: &str = "/revue";
/// « Gérer les établissements ».
pub const CLIENTS: &str = "/etablissements";
/// The list of everybody, named: « Gérer les établissements » by itself opens with the list that the member has chosen for it.
pub const EVERYBODY: &str = "/etablissements?vue=tous";
/// The filters of the list, as a page of their own.
pub const FILTERS: &str = "/etablissements/filtres";
/// « Vues »: the lists that a member has saved.
pub const VIEWS: &str = "/etablissements/vues";
/// « + Ajouter un compte ».
pub const ADD: &str = "/etablissements/ajouter";
/// « Ajouter plusieurs comptes ».
pub const IMPORTS: &str = "/etablissements/importer";
/// The workbook to fill in.
pub const TEMPLATE: &str = "/etablissements/importer/modele.xlsx";
/// The same as text.
pub const TEXT_TEMPLATE: &str = "/etablissements/importer/modele.csv";
/// Help.
pub const HELP: &str = "/aide";

/// The queue of the body's officers, where signing in leads them; all of their pages begin with it.
pub const OFFICE: &str = "/agent";

/// « Messagerie » of a firm.
pub const MESSAGES: &str = "/messagerie";
/// Where a firm begins a conversation.
pub const NEW_MESSAGE: &str = "/messagerie/nouveau";
/// « Messagerie » of a client.
pub const OWN_MESSAGES: &str = "/mon-compte/messagerie";
/// Where a client begins a conversation.
pub const NEW_OWN_MESSAGE: &str = "/mon-compte/messagerie/nouveau";
/// « Messagerie » of the body's officers.
pub const OFFICE_MESSAGES: &str = "/agent/messagerie";
/// « Mon compte », where signing in leads clients; all of their pages begin with it.
pub const MY_ACCOUNT: &str = "/mon-compte";
/// « Changer d’adresse électronique ».
pub const MY_EMAIL: &str = "/mon-compte/adresse";
/// « Créer mon compte », for who an account belongs to.
pub const APPLY: &str = "/creer-mon-compte";
/// « Invitations » of clients to make their own accounts.
pub const INVITATIONS: &str = "/etablissements/invitations";
/// What the addresses of links begin with by which a client makes its own account.
pub const ACCESS: &str = "/acces/";
/// What the addresses of links begin with that confirm an e-mail address.
pub const NEW_ADDRESS: &str = "/adresse/";
/// The attestations de vigilance of one's own accounts.
pub const MY_ATTESTATIONS: &str = "/mon-compte/attestations";

/// « Vérifier un document », for anybody.
pub const VERIFICATION: &str = "/verification";

/// The second step of signing in.
pub const SECOND_STEP: &str = "/connexion/code";
/// « Confirmer que c'est vous », before a sensitive action.
pub const CONFIRM: &str = "/connexion/confirmer";
/// « Sécurité »: one's own password, second factors and sessions.
pub const SECURITY: &str = "/securite";
/// « Changer de mot de passe ».
pub const PASSWORD: &str = "/securite/mot-de-passe";
/// An application that makes codes, added.
pub const APPLICATION: &str = "/securite/application";
/// The question before it is removed.
pub const REMOVE_APPLICATION: &str = "/securite/application/retirer";
/// A passkey, added.
pub const PASSKEY: &str = "/securite/cle";
/// Recovery codes.
pub const CODES: &str = "/securite/codes";
/// « Cabinet »: the firm's members.
pub const FIRM: &str = "/cabinet";
/// The firm's journal.
pub const JOURNAL: &str = "/cabinet/journal";

/// The selected clients, and where ticks are posted to.
pub const SELECTION: &str = "/etablissements/selection";
/// What is to be done to the selected clients, posted.
pub const CHANGE_SELECTION: &str = "/etablissements/selection/modifier";
/// Where the attestations de vigilance of the selected clients are fetched, by a posted form.
pub const SELECTED_ATTESTATIONS: &str = "/etablissements/selection/attestations";
/// The firm's changes of many clients.
pub const JOBS: &str = "/etablissements/lots";
/// « Exporter ».
pub const EXPORT_CLIENTS: &str = "/etablissements/exporter";
/// Where clients are exported by a posted form.
pub const EXPORT_CLIENTS_FILE: &str = "/etablissements/exporter/fichier";
/// The firm's models of services.
pub const MODELS: &str = "/cabinet/modeles";
/// A new one.
pub const NEW_MODEL: &str = "/cabinet/modeles/nouveau";

/// « Échéances ».
pub const CALENDAR: &str = "/echeances";
/// The address of one's own calendar feed, made and revoked.
pub const FEED_PAGE: &str = "/echeances/agenda";
/// What the addresses of calendar feeds begin with.
pub const FEED: &str = "/calendrier/";
/// « Courriels »: which messages one wants.
pub const NOTICES: &str = "/courriels";
/// What the addresses begin with by which a kind of message is stopped.
pub const LEAVE: &str = notice_path::LEAVE;

/// « Travailler à l'étranger »: the firm's requests.
pub const MOBILITY: &str = "/mobilite";
/// Where a file of postings is sent.
pub const POSTINGS: &str = "/mobilite/importer";
/// What its lines come to, and where drafts are made of them by a posted form.
pub const POSTINGS_CHECKED: &str = "/mobilite/importer/controle";
/// The template of a file of postings, as a workbook.
pub const POSTINGS_TEMPLATE: &str = "/mobilite/importer/modele.xlsx";
/// The same as text.
pub const POSTINGS_TEXT_TEMPLATE: &str = "/mobilite/importer/modele.csv";
/// Where they are exported by a posted form.
pub const EXPORT_MOBILITY: &str = "/mobilite/export";

/// Where the firm's journal is exported by a posted form.
pub const EXPORT: &str = "/cabinet/journal/export";
/// « Étiquettes »: the firm's labels.
pub const LABELS: &str = "/cabinet/etiquettes";
/// « Inviter une personne ».
pub const INVITE: &str = "/cabinet/inviter";
/// « Mot de passe oublié ».
pub const FORGOTTEN: &str = "/mot-de-passe-oublie";
/// What the addresses of links to accept an invitation begin with.
pub const INVITATION: &str = "/invitation/";
/// What the addresses of links to choose a new password begin with.
pub const NEW_PASSWORD: &str = "/mot-de-passe/";
