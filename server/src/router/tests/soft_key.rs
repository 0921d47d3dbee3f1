//! A passkey in software: it answers as browsers and their devices do, and can be told to answer wrongly.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The person was there.
const PRESENT: u8 = 1;
/// The device knows that it was this person.
const VERIFIED: u8 = 4;
/// The public key comes along.
const WITH_KEY: u8 = 64;

/// One passkey, and how it answers.
#[derive(Clone)]
pub struct SoftKey {
    secret: SigningKey,
    id: Vec<u8>,
    /// Whose it says that it is.
    pub owner: Option<Vec<u8>>,
    /// Where it thinks that it is used.
    pub origin: String,
    /// For which name it was made.
    pub name: String,
    /// Whether it asks for the person.
    pub verified: bool,
    /// How often it was used.
    pub counter: u32,
}

impl SoftKey {
    /// A new one for the portal at this address; `number` makes it another one.
    pub fn new(origin: &str, number: u8) -> Self {
        Self {
            secret: SigningKey::from_slice(&[number; 32]).unwrap(),
            id: vec![number; 16],
            owner: None,
            origin: origin.to_owned(),
            name: origin.split_once("://").unwrap().1.to_owned(),
            verified: true,
            counter: 0,
        }
    }

    /// What `navigator.credentials.create` answers to a question.
    pub fn make(&mut self, options: &str) -> String {
        let asked: Value = serde_json::from_str(options).unwrap();
        self.owner = Some(decoded(asked["user"]["id"].as_str().unwrap()));
        let client = self.client("webauthn.create", &asked);
        let mut data = self.data(WITH_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public());
        // A map of CBOR: fmt none, attStmt nothing, authData.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let id = encoded(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": { "credProps": { "rk": true } },
            "response": {
                "attestationObject": encoded(&object), "clientDataJSON": encoded(&client),
                "transports": ["internal", "something-new"], "publicKeyAlgorithm": -7,
            },
        })
        .to_string()
    }

    /// What lists of the standard name it by.
    pub fn name_in_lists(&self) -> Value {
        json!([{ "type": "public-key", "id": encoded(&self.id) }])
    }

    /// What `navigator.credentials.get` answers to a question.
    pub fn show(&mut self, options: &str) -> String {
        let asked: Value = serde_json::from_str(options).unwrap();
        let client = self.client("webauthn.get", &asked);
        self.counter += 1;
        let data = self.data(0);
        let signed = [data.clone(), Sha256::digest(&client).to_vec()].concat();
        let signature: Signature = self.secret.sign(&signed);
        let id = encoded(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "authenticatorData": encoded(&data), "clientDataJSON": encoded(&client),
                "signature": encoded(signature.to_der().as_bytes()),
                "userHandle": self.owner.as_deref().map(encoded),
            },
        })
        .to_string()
    }

    fn client(&self, what: &str, asked: &Value) -> Vec<u8> {
        json!({ "type": what, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(&self, with: u8) -> Vec<u8> {
        let verified = if self.verified { VERIFIED } else { 0 };
        let mut data = Sha256::digest(self.name.as_bytes()).to_vec();
        data.push(PRESENT | verified | with);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The public key as COSE writes it: ES256 on P-256.
    fn public(&self) -> Vec<u8> {
        let point = self.secret.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().unwrap(), point.y().unwrap());
        let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        key.extend(x);
        key.extend(b"\x22\x58\x20");
        key.extend(y);
        key
    }
}

/// As the standard writes bytes.
fn encoded(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of such a text.
fn decoded(text: &str) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()
}
