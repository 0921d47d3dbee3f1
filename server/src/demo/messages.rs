//! Conversations of the demonstration: read and unread, answered and waiting, one of them closed, two with something attached. They
//! are written as people write them. Nobody of the demonstration has an e-mail address, so that no letter goes out.

use super::{CLIENT_HOLDER, DemoError};
use portfolio::{
    form::Form as _,
    ids::{EnrolmentId, OfficerId, ThreadId},
    message::{
        file::{Attachment, judged},
        form::{AnswerForm, BeginThreadForm, answer_act},
        side::{Side, To},
    },
    origin::Origin,
    permission::{Client, Editor, Officer},
    ports::{AboutWhom, Messages as _, NoticeLinks, Writer, Written},
    time::{HOUR, Timestamp},
};
use std::collections::HashMap;
use store::Store;
use uuid::Uuid;

/// What somebody writes.
struct Said {
    /// Who.
    by: Side,
    /// When, in hours before now.
    ago: i64,
    /// What.
    text: &'static str,
    /// What is attached: its name, and what it holds.
    file: Option<(&'static str, &'static str)>,
}

/// A conversation.
struct Talk {
    /// The client, by the account that proved it; the account of their own, of the client who writes.
    account: &'static str,
    /// To whom it is begun.
    to: To,
    /// « Objet ».
    subject: &'static str,
    /// What is said, from the first word on.
    said: &'static [Said],
    /// Whether the body closes it with the last word.
    closed: bool,
    /// Who has read all of it.
    read: &'static [Side],
}

const fn said(by: Side, ago: i64, text: &'static str) -> Said {
    Said {
        by,
        ago,
        text,
        file: None,
    }
}

const fn with(said: Said, name: &'static str, holds: &'static str) -> Said {
    Said {
        file: Some((name, holds)),
        ..said
    }
}

/// The account of the client who has one of its own.
const MARTIN: &str = "999000000001000187";
const ROUSSEAU: &str = "999000000008000124";
const LITTORAL: &str = "999000000014000167";

/// By when they were begun, oldest first.
const TALKS: [Talk; 5] = [
    Talk {
        account: ROUSSEAU,
        to: To::Body,
        subject: "Conducteur détaché au Canada : cotisations",
        said: &[
            said(
                Side::Firm,
                20 * 24,
                "Bonjour,\n\nUn conducteur part dix mois au Canada avec un certificat accordé. Ses cotisations restent-elles \
                 déclarées en DSN comme aujourd’hui ?\n\nCamille Démo",
            ),
            said(
                Side::Body,
                18 * 24 + 4,
                "Bonjour,\n\nOui : tant que le certificat est valable, la rémunération est déclarée comme si le salarié \
                 travaillait en France.\n\nCordialement",
            ),
            said(Side::Firm, 18 * 24 + 2, "Merci, c’est clair."),
            said(
                Side::Body,
                17 * 24,
                "Nous closons cette conversation. Bonne journée.",
            ),
        ],
        closed: true,
        read: &[Side::Firm, Side::Body],
    },
    Talk {
        account: MARTIN,
        to: To::Other,
        subject: "Embauche d’un apprenti en décembre",
        said: &[
            with(
                said(
                    Side::Client,
                    6 * 24,
                    "Bonjour,\n\nNous prenons un apprenti le 1er du mois prochain. Voici ses horaires : que devez-vous encore \
                     savoir pour la déclaration d’embauche ?\n\nMartin Titulaire",
                ),
                "horaires apprenti.csv",
                "jour;matin;après-midi\nlundi;5h-12h;\nmardi;5h-12h;\nmercredi;cours;cours\njeudi;5h-12h;\nvendredi;5h-12h;\n",
            ),
            said(
                Side::Firm,
                5 * 24 + 3,
                "Bonjour,\n\nBien reçu. Il nous manque la copie du contrat d’apprentissage signé et la date de la visite \
                 d’information. Nous déclarons l’embauche dès que nous les avons.\n\nCamille Démo",
            ),
        ],
        closed: false,
        read: &[Side::Firm],
    },
    Talk {
        account: MARTIN,
        to: To::Both,
        subject: "Échéance du 15 : délai de paiement",
        said: &[
            said(
                Side::Firm,
                4 * 24,
                "Bonjour,\n\nLa boulangerie remplace son four et souhaite étaler l’échéance du 15 sur trois mois. M. Titulaire lit \
                 cette conversation.\n\nCamille Démo",
            ),
            said(
                Side::Client,
                3 * 24 + 5,
                "Je confirme : trois versements égaux me conviennent.",
            ),
            said(
                Side::Body,
                26,
                "Bonjour,\n\nUn délai de trois mois est possible. Les parts salariales sont à verser à l’échéance. Dites-nous \
                 à quelles dates vous souhaitez les trois versements.\n\nCordialement",
            ),
        ],
        closed: false,
        read: &[Side::Body],
    },
    Talk {
        account: CLIENT_HOLDER,
        to: To::Body,
        subject: "Nouvelle adresse de correspondance",
        said: &[said(
            Side::Client,
            2 * 24,
            "Bonjour,\n\nÀ partir du mois prochain, le courrier de la boulangerie est à envoyer au magasin de la rue des Halles. \
             Faut-il un justificatif ?\n\nMartin Titulaire",
        )],
        closed: false,
        read: &[Side::Client],
    },
    Talk {
        account: LITTORAL,
        to: To::Body,
        subject: "Écart sur la DSN d’octobre",
        said: &[with(
            said(
                Side::Firm,
                20,
                "Bonjour,\n\nLe montant appelé pour octobre ne correspond pas à notre déclaration pour deux établissements. Le détail \
                 est joint. Pouvez-vous nous dire d’où vient l’écart ?\n\nCamille Démo",
            ),
            "écart octobre.csv",
            "établissement;déclaré;appelé\n00010;14820,00;15020,00\n00028;9310,00;9110,00\n",
        )],
        closed: false,
        read: &[Side::Firm],
    },
];

/// The people of the demonstration who write.
pub(super) struct People<'a> {
    pub(super) editor: &'a Editor,
    pub(super) officer: OfficerId,
    pub(super) client: &'a Client,
}

impl People<'_> {
    fn on(&self, side: Side) -> Writer {
        match side {
            Side::Firm => Writer::Firm(self.editor.clone()),
            Side::Body => Writer::Body(Officer::of_session(self.officer, Origin::default())),
            Side::Client => Writer::Client(self.client.clone()),
        }
    }
}

/// Writes them.
pub(super) async fn fill_in(
    store: &Store,
    people: &People<'_>,
    clients: &HashMap<&'static str, EnrolmentId>,
    now: Timestamp,
) -> Result<(), DemoError> {
    for (place, talk) in (1..).zip(&TALKS) {
        let refused = || DemoError::Refused(talk.account);
        whole(store, people, clients, talk, place, now)
            .await?
            .ok_or_else(refused)?;
    }
    Ok(())
}

/// One of them, from the first word to the last; nothing when the portal refused something.
async fn whole(
    store: &Store,
    people: &People<'_>,
    clients: &HashMap<&'static str, EnrolmentId>,
    talk: &Talk,
    place: u128,
    now: Timestamp,
) -> Result<Option<()>, DemoError> {
    let Some((first, answers)) = talk.said.split_first() else {
        return Ok(None);
    };
    let Some(about) = about(clients, talk, first.by) else {
        return Ok(None);
    };
    let form = BeginThreadForm {
        to: talk.to.code().to_owned(),
        subject: talk.subject.to_owned(),
        text: first.text.to_owned(),
        once: once(place, 0),
        ..BeginThreadForm::default()
    };
    let (Ok(draft), Some(files)) = (form.check(), attached(first)) else {
        return Ok(None);
    };
    let links = NoticeLinks {
        firm: String::new(),
        client: String::new(),
    };
    let (by, at) = (people.on(first.by), now.plus(-first.ago * HOUR));
    let begun = store.begin_thread(&by, &about, &draft, &files, &links, at);
    let Some(Written::Done(id)) = begun.await? else {
        return Ok(None);
    };
    for (n, answer) in (1..).zip(answers) {
        let last = talk.closed && answers.len() == n;
        let act = if last {
            answer_act::CLOSE
        } else {
            answer_act::ANSWER
        };
        let form = AnswerForm {
            of: id.to_string(),
            act: act.to_owned(),
            text: answer.text.to_owned(),
            once: once(place, n),
        };
        let (Ok(draft), Some(files)) = (form.check(), attached(answer)) else {
            return Ok(None);
        };
        let (by, at) = (people.on(answer.by), now.plus(-answer.ago * HOUR));
        let done = store.answer(&by, &draft, &files, &links, at).await?;
        if done != Some(Written::Done(id)) {
            return Ok(None);
        }
    }
    read(store, people, talk, id, now).await
}

/// Lets those read it who have.
async fn read(
    store: &Store,
    people: &People<'_>,
    talk: &Talk,
    id: ThreadId,
    now: Timestamp,
) -> Result<Option<()>, DemoError> {
    for side in talk.read {
        let reader = people.on(*side).reader();
        if store.thread(&reader, id, now).await?.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(()))
}

/// About whose account somebody writes.
fn about(clients: &HashMap<&'static str, EnrolmentId>, talk: &Talk, by: Side) -> Option<AboutWhom> {
    match by {
        Side::Client => CLIENT_HOLDER.parse().map(AboutWhom::Own).ok(),
        _ => clients.get(talk.account).copied().map(AboutWhom::Client),
    }
}

/// What is attached, judged as what a browser sends is.
fn attached(said: &Said) -> Option<Vec<Attachment>> {
    let sent = said
        .file
        .map(|(name, holds)| (name.to_owned(), holds.as_bytes().to_vec()));
    judged(sent.into_iter().collect()).ok()
}

/// The id of a message in the making.
fn once(talk: u128, n: usize) -> String {
    let n = u128::try_from(n).unwrap_or_default();
    Uuid::from_u128((0xde30 << 32) | (talk << 8) | n).to_string()
}
