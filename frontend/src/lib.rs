//! The wasm client: wakes up the page that the server sent.
#![cfg(target_arch = "wasm32")]

use portfolio::language::{Language, know, settle};
use std::collections::HashMap;
use wasm_bindgen::prelude::wasm_bindgen;

/// Hydrates the page, then marks it awake: tests wait for `<html data-hydrated>`. `words` are those of the page's language, as the site
/// holds them; none for French.
#[wasm_bindgen]
pub fn hydrate(words: &str) {
    console_error_panic_hook::set_once();
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|page| page.document_element());
    let code = root.as_ref().and_then(|root| root.get_attribute("lang"));
    if let Some(language) = code.and_then(|code| Language::of(&code)) {
        know(serde_json::from_str::<HashMap<String, String>>(words).unwrap_or_default());
        settle(language);
    }
    leptos::mount::hydrate_body(app::App);
    if let Some(root) = root {
        let _ = root.set_attribute("data-hydrated", "");
    }
}
