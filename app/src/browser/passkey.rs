//! Passkeys in the browser (W3C Web Authentication, level 3): it is given JSON and answers with JSON, which only the server reads.

use portfolio::passkey::Obstacle;

#[cfg(feature = "hydrate")]
mod real {
    use super::Obstacle;
    use js_sys::{Function, JSON, Promise, Reflect};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        CredentialCreationOptions, CredentialRequestOptions, CredentialsContainer, DomException,
    };

    /// What reads the question of a new passkey, and of one that is there.
    const MAKE: &str = "parseCreationOptionsFromJSON";
    const SHOW: &str = "parseRequestOptionsFromJSON";

    /// The method of `PublicKeyCredential` that reads a question, in the words of the standard's third level: browsers have it since
    /// 2025, and over https alone.
    fn reader(name: &str) -> Option<Function> {
        let window = web_sys::window().filter(web_sys::Window::is_secure_context)?;
        let class = Reflect::get(&window, &"PublicKeyCredential".into()).ok()?;
        let reader = class
            .is_function()
            .then(|| Reflect::get(&class, &name.into()));
        reader?.ok()?.dyn_into().ok()
    }

    /// Whether this browser has passkeys.
    pub fn knows_passkeys() -> bool {
        reader(MAKE).is_some() && reader(SHOW).is_some()
    }

    /// Has the browser make a passkey.
    pub async fn make_passkey(options: &str) -> Result<String, Obstacle> {
        answer(MAKE, options, |container, options| {
            let asked = CredentialCreationOptions::new();
            asked.set_public_key(options.unchecked_ref());
            container.create_with_options(&asked)
        })
        .await
    }

    /// Has the browser show a passkey.
    pub async fn show_passkey(options: &str) -> Result<String, Obstacle> {
        answer(SHOW, options, |container, options| {
            let asked = CredentialRequestOptions::new();
            asked.set_public_key(options.unchecked_ref());
            container.get_with_options(&asked)
        })
        .await
    }

    async fn answer(
        reader_of: &str,
        options: &str,
        ask: impl FnOnce(CredentialsContainer, JsValue) -> Result<Promise, JsValue>,
    ) -> Result<String, Obstacle> {
        let read = reader(reader_of).ok_or(Obstacle::Unsupported)?;
        let window = web_sys::window().ok_or(Obstacle::Unsupported)?;
        // A static method: it asks for no `this`.
        let asked = JSON::parse(options)
            .and_then(|options| read.call1(&JsValue::UNDEFINED, &options))
            .and_then(|options| ask(window.navigator().credentials(), options))
            .map_err(|error| why(&error))?;
        let credential = JsFuture::from(asked).await.map_err(|error| why(&error))?;
        // It writes itself, by its `toJSON`.
        let text = JSON::stringify(&credential).map_err(|error| why(&error))?;
        Ok(text.into())
    }

    /// What a refusal of the browser means.
    fn why(error: &JsValue) -> Obstacle {
        let name = error.dyn_ref::<DomException>().map(DomException::name);
        match name.as_deref() {
            Some("SecurityError") => Obstacle::Elsewhere,
            Some("InvalidStateError") => Obstacle::Known,
            // « NotAllowedError » and « AbortError »: which of the reasons it was is the person's own business.
            Some("NotAllowedError" | "AbortError" | "TimeoutError") => Obstacle::Cancelled,
            _ => Obstacle::Unsupported,
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod real {
    use super::Obstacle;

    pub const fn knows_passkeys() -> bool {
        false
    }
    pub async fn make_passkey(_: &str) -> Result<String, Obstacle> {
        Err(Obstacle::Unsupported)
    }
    pub async fn show_passkey(_: &str) -> Result<String, Obstacle> {
        Err(Obstacle::Unsupported)
    }
}

pub use real::*;
