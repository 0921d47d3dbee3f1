//! The document around every page, and the routes.

use crate::{
    arrival::{answer::AnswerPage, apply::ApplyPage, new_email::NewEmailPage},
    attestation::{client::ClientAttestationPage, own::OwnAttestationsPage},
    browser,
    bulk::{
        choose::SelectionPage,
        export::ExportPage,
        job::JobPage,
        jobs::JobsPage,
        model::{ModelPage, NewModelPage},
        models::ModelsPage,
    },
    calendar::{client::ClientDatesPage, feed::FeedPage, page::CalendarPage},
    clients::{
        add::AddPage,
        client::ClientPage,
        list::{ListPage, filters::FiltersPage, views::ViewsPage},
        own::OwnPage,
        proof::ProofPage,
        services::ServicesPage,
        terminate::TerminatePage,
    },
    contact::Contact,
    dashboard::overview::DashboardPage,
    firm::{
        invite::InvitePage, journal::JournalPage, labels::LabelsPage, member::MemberPage,
        people::FirmPage,
    },
    help::HelpPage,
    home::HomePage,
    import::{one::ImportPage, send::ImportsPage},
    link::{
        choose::{InvitationPage, NewPasswordPage},
        forgotten::ForgottenPage,
    },
    messages::{Looks, NewThreadPage, ThreadPage, ThreadsPage},
    missing::MissingPage,
    mobility::{
        client::ClientMobilityPage,
        list::MobilityPage,
        person::PersonPage,
        postings::{PostingsCheckedPage, PostingsPage},
        request::RequestPage,
        start::StartPage,
        steps::{
            AgreementPage, BusinessPage, ConditionsPage, ContactPage, DependantsPage, MissionPage,
            SeveralPage, SummaryPage, WorkerPage,
        },
    },
    notices::{leave::LeavePage, mine::NoticesPage},
    office::{case::CasePage, number::NumberPage, queue::QueuePage},
    online::{client::OnlinePage, list::InvitationsPage},
    own_account::{email::EmailPage, overview::AccountPage, withdraw::WithdrawPage},
    parts::{
        frame::{Footer, TopBar, Who},
        loaded::Waiting,
        passkey::Offered,
    },
    review::walk::ReviewPage,
    security::{
        add_passkey::AddPasskeyPage, application::ApplicationPage, codes::CodesPage,
        overview::SecurityPage, password::PasswordPage, remove::RemovePage,
        remove_passkey::RemovePasskeyPage,
    },
    session::{code::CodePage, confirm::ConfirmPage, idle::IdleWatch, sign_in::SignInPage},
    verification::page::VerificationPage,
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    hooks::use_location,
    path,
};
use portfolio::language::t;
#[cfg(feature = "ssr")]
use portfolio::language::{Language, current};

/// The whole document, as the server sends it.
#[cfg(feature = "ssr")]
pub fn shell(assets: crate::asking::Assets) -> impl IntoView {
    // The script of `make dev` alone, which loads a page again once it is built again.
    use leptos::{config::LeptosOptions, hydration::AutoReload, nonce::use_nonce};
    use leptos_meta::MetaTags;
    let crate::asking::Assets {
        css,
        js,
        wasm,
        words,
    } = assets;
    // Fetched together by the script, not preloaded by the page: a browser without JavaScript loads neither.
    // Without its words an English page stays as it came: it works asleep, too.
    let words = match current() {
        Language::French => "''".to_owned(),
        Language::English => {
            format!("fetch('{words}').then(r=>r.ok?r.text():Promise.reject(r.status))")
        }
    };
    let start = format!(
        "const wasm=fetch('{wasm}'),words={words};const{{default:init,hydrate}}=await import('{js}');\
         await init({{module_or_path:wasm}});hydrate(await words)"
    );
    view! {
        <!DOCTYPE html>
        <html lang=current().code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="format-detection" content="telephone=no" />
                <link rel="stylesheet" href=css />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <AutoReload options=LeptosOptions::builder().output_name("portail").build() />
                <MetaTags />
            </head>
            <body>
                <App />
                <script type="module" nonce=use_nonce()>{start}</script>
            </body>
        </html>
    }
}

/// The application: what is inside `<body>`, on the server and in the browser alike.
#[expect(clippy::too_many_lines, reason = "each page is named once")]
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let contact = SharedValue::new(Contact::of_request).into_inner();
    let who = SharedValue::new(Who::of_request).into_inner();
    let offered = SharedValue::new(Offered::of_request).into_inner();
    provide_context(contact);
    provide_context(offered);
    provide_context(RwSignal::new(who));
    provide_context(Looks::default());
    view! {
        <Title text=t("Portefeuille") />
        <Router>
            <FocusOnArrival />
            <a class="skip" href="#contenu">{t("Aller au contenu")}</a>
            <TopBar />
            <main id="contenu" tabindex="-1">
                <Routes fallback=MissingPage>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                    <Route path=path!("/connexion") view=SignInPage ssr=SsrMode::Async />
                    <Route path=path!("/mot-de-passe-oublie") view=ForgottenPage ssr=SsrMode::Async />
                    <Route path=path!("/invitation/:token") view=InvitationPage ssr=SsrMode::Async />
                    <Route path=path!("/mot-de-passe/:token") view=NewPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/cabinet") view=FirmPage ssr=SsrMode::Async />
                    <Route path=path!("/cabinet/inviter") view=InvitePage ssr=SsrMode::Async />
                    <Route path=path!("/cabinet/etiquettes") view=LabelsPage ssr=SsrMode::Async />
                    <Route path=path!("/cabinet/membres/:id") view=MemberPage ssr=SsrMode::Async />
                    <Route path=path!("/cabinet/journal") view=JournalPage ssr=SsrMode::Async />
                    <Route path=path!("/cabinet/modeles") view=ModelsPage ssr=SsrMode::Async />
                    <Route path=path!("/cabinet/modeles/nouveau") view=NewModelPage ssr=SsrMode::Async />
                    <Route path=path!("/cabinet/modeles/:id") view=ModelPage ssr=SsrMode::Async />
                    <Route path=path!("/connexion/code") view=CodePage ssr=SsrMode::Async />
                    <Route path=path!("/connexion/confirmer") view=ConfirmPage ssr=SsrMode::Async />
                    <Route path=path!("/securite") view=SecurityPage ssr=SsrMode::Async />
                    <Route path=path!("/securite/mot-de-passe") view=PasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/securite/application") view=ApplicationPage ssr=SsrMode::Async />
                    <Route path=path!("/securite/application/retirer") view=RemovePage ssr=SsrMode::Async />
                    <Route path=path!("/securite/cle") view=AddPasskeyPage ssr=SsrMode::Async />
                    <Route path=path!("/securite/cle/:id") view=RemovePasskeyPage ssr=SsrMode::Async />
                    <Route path=path!("/securite/codes") view=CodesPage ssr=SsrMode::Async />
                    <Route path=path!("/agent") view=QueuePage ssr=SsrMode::Async />
                    <Route path=path!("/agent/demandes/:id") view=CasePage ssr=SsrMode::Async />
                    <Route path=path!("/messagerie") view=ThreadsPage ssr=SsrMode::Async />
                    <Route path=path!("/messagerie/nouveau") view=NewThreadPage ssr=SsrMode::Async />
                    <Route path=path!("/messagerie/:id") view=ThreadPage ssr=SsrMode::Async />
                    <Route path=path!("/agent/messagerie") view=ThreadsPage ssr=SsrMode::Async />
                    <Route path=path!("/agent/messagerie/:id") view=ThreadPage ssr=SsrMode::Async />
                    <Route path=path!("/mon-compte/messagerie") view=ThreadsPage ssr=SsrMode::Async />
                    <Route path=path!("/mon-compte/messagerie/nouveau") view=NewThreadPage ssr=SsrMode::Async />
                    <Route path=path!("/mon-compte/messagerie/:id") view=ThreadPage ssr=SsrMode::Async />
                    <Route path=path!("/mon-compte") view=AccountPage ssr=SsrMode::Async />
                    <Route path=path!("/mon-compte/adresse") view=EmailPage ssr=SsrMode::Async />
                    <Route path=path!("/mon-compte/mandats/:id/retirer") view=WithdrawPage ssr=SsrMode::Async />
                    <Route path=path!("/creer-mon-compte") view=ApplyPage ssr=SsrMode::Async />
                    <Route path=path!("/acces/:token") view=AnswerPage ssr=SsrMode::Async />
                    <Route path=path!("/adresse/:token") view=NewEmailPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/invitations") view=InvitationsPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/:id/compte-en-ligne") view=OnlinePage ssr=SsrMode::Async />
                    <Route path=path!("/agent/demandes/:id/numero") view=NumberPage ssr=SsrMode::Async />
                    <Route path=path!("/verification") view=VerificationPage ssr=SsrMode::Async />
                    <Route path=path!("/aide") view=HelpPage ssr=SsrMode::Async />
                    <Route path=path!("/tableau-de-bord") view=DashboardPage ssr=SsrMode::Async />
                    <Route path=path!("/echeances") view=CalendarPage ssr=SsrMode::Async />
                    <Route path=path!("/echeances/agenda") view=FeedPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/:id/echeances") view=ClientDatesPage ssr=SsrMode::Async />
                    <Route path=path!("/courriels") view=NoticesPage ssr=SsrMode::Async />
                    <Route path=path!("/desabonnement/:token") view=LeavePage ssr=SsrMode::Async />
                    <Route path=path!("/revue") view=ReviewPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements") view=ListPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/filtres") view=FiltersPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/vues") view=ViewsPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/ajouter") view=AddPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/ajouter/:draft/mandat") view=ProofPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/ajouter/:draft/services") view=ServicesPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/importer") view=ImportsPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/importer/:id") view=ImportPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/selection") view=SelectionPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/selection/modifier") view=SelectionPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/lots") view=JobsPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/lots/:id") view=JobPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/exporter") view=ExportPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/:id") view=ClientPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/:id/suivi") view=OwnPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/:id/resilier") view=TerminatePage ssr=SsrMode::Async />
                    <Route path=path!("/mon-compte/attestations") view=OwnAttestationsPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/:id/attestation") view=ClientAttestationPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite") view=MobilityPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/importer") view=PostingsPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/importer/controle") view=PostingsCheckedPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/personnes/:id") view=PersonPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id") view=RequestPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id/personne") view=WorkerPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id/entreprise") view=BusinessPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id/mission") view=MissionPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id/conditions") view=ConditionsPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id/activites") view=SeveralPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id/accord") view=AgreementPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id/ayants-droit") view=DependantsPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id/contact") view=ContactPage ssr=SsrMode::Async />
                    <Route path=path!("/mobilite/demandes/:id/envoi") view=SummaryPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/:id/mobilite") view=ClientMobilityPage ssr=SsrMode::Async />
                    <Route path=path!("/etablissements/:id/mobilite/nouvelle") view=StartPage ssr=SsrMode::Async />
                </Routes>
                <Waiting />
            </main>
            <Footer />
            <IdleWatch />
        </Router>
    }
}

/// After a move to another page the focus goes to its content, as a page load would do; a move within a page leaves it alone.
#[component]
fn FocusOnArrival() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            browser::focus("contenu");
        }
        now
    });
}
