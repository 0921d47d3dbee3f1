//! The only user of gloo-storage and web-sys, with an inert twin for the server. What is kept here never holds a NIR, an amount, a
//! password or an account number: callers keep ticks, choices and Sirens only.

pub mod passkey;
pub mod rows;

#[cfg(feature = "hydrate")]
mod real {
    use gloo_storage::{LocalStorage, SessionStorage, Storage};
    use wasm_bindgen::{JsCast, closure::Closure};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        Document, Element, Event, EventInit, EventSource, FormData, Headers, HtmlDialogElement,
        HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, MessageEvent,
        PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList,
        PerformanceObserverInit, RequestInit, Response, UrlSearchParams,
    };

    const PREFIX: &str = "portail.1.";

    /// Keeps a text of this tab, until it is closed.
    pub fn keep(name: &str, text: &str) {
        // Storage can be full or forbidden: the page works without it.
        let _ = SessionStorage::set(format!("{PREFIX}{name}"), text);
    }

    /// A text of this tab.
    pub fn kept(name: &str) -> Option<String> {
        SessionStorage::get(format!("{PREFIX}{name}")).ok()
    }

    /// Forgets a text of this tab.
    pub fn forget(name: &str) {
        SessionStorage::delete(format!("{PREFIX}{name}"));
    }

    /// Forgets every text of this tab, as on signing out.
    pub fn forget_all() {
        SessionStorage::clear();
    }

    /// Remembers a preference of this browser.
    pub fn remember(name: &str, text: &str) {
        let _ = LocalStorage::set(format!("{PREFIX}{name}"), text);
    }

    /// A preference of this browser.
    pub fn remembered(name: &str) -> Option<String> {
        LocalStorage::get(format!("{PREFIX}{name}")).ok()
    }

    fn by_id<T: JsCast>(id: &str) -> Option<T> {
        web_sys::window()?
            .document()?
            .get_element_by_id(id)?
            .dyn_into()
            .ok()
    }

    /// Whether an element is in the document.
    pub fn exists(id: &str) -> bool {
        by_id::<HtmlElement>(id).is_some()
    }

    /// Moves the focus to an element.
    pub fn focus(id: &str) {
        if let Some(element) = by_id::<HtmlElement>(id) {
            let _ = element.focus();
        }
    }

    /// Brings an element to the middle of the window.
    pub fn scroll_to(id: &str) {
        if let Some(element) = by_id::<HtmlElement>(id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Center);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// Opens a dialog over the page: the rest is out of reach until it closes, and the focus returns where it was.
    pub fn open_dialog(id: &str) {
        if let Some(dialog) = by_id::<HtmlDialogElement>(id) {
            // Drawn open for browsers without JavaScript; opened anew it becomes modal. The attribute goes, rather than the dialog being
            // closed, which would tell everybody that somebody closed it.
            let _ = dialog.remove_attribute("open");
            let _ = dialog.show_modal();
        }
    }

    /// Closes a dialog.
    pub fn close_dialog(id: &str) {
        if let Some(dialog) = by_id::<HtmlDialogElement>(id) {
            dialog.close();
        }
    }

    /// Seconds since 1970, for comparing moments of this browser with each other.
    pub fn seconds() -> f64 {
        js_sys::Date::now() / 1000.0
    }

    /// Calls back whenever a request of this page has been answered, for as long as the page is open. What a page asks by itself while it
    /// watches something is nobody's.
    pub fn on_request(then: impl Fn() + 'static) {
        let seen = Closure::<dyn Fn(PerformanceObserverEntryList)>::new(
            move |entries: PerformanceObserverEntryList| {
                let ours = entries.get_entries().iter().any(|entry| {
                    let entry: PerformanceEntry = entry.unchecked_into();
                    let name = entry.name();
                    name.contains("/api/") && !crate::routes::is_watch(&name)
                });
                if ours {
                    then();
                }
            },
        );
        // A browser without it only warns too early.
        if let Ok(observer) = PerformanceObserver::new(seen.as_ref().unchecked_ref()) {
            let kinds = js_sys::Array::of1(&"resource".into());
            observer.observe(&PerformanceObserverInit::new(&kinds));
        }
        seen.forget();
    }

    /// Follows what a path of ours tells (server-sent events), until `then` says that it was enough. The browser asks anew by itself
    /// when a connection ends.
    pub fn follow(path: &str, then: impl Fn(String) -> bool + 'static) {
        // A browser without it shows how far it was when the page was drawn.
        let Ok(source) = EventSource::new(path) else {
            return;
        };
        let told = source.clone();
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if !then(event.data().as_string().unwrap_or_default()) {
                told.close();
            }
        });
        source.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        hear.forget();
    }

    /// Prints the page.
    pub fn print() {
        if let Some(window) = web_sys::window() {
            let _ = window.print();
        }
    }

    /// Copies a text; whether the browser let it.
    pub async fn copy(text: &str) -> bool {
        // Over plain http there is no clipboard, but on one's own machine.
        let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else {
            return false;
        };
        let copying = window.navigator().clipboard().write_text(text);
        wasm_bindgen_futures::JsFuture::from(copying).await.is_ok()
    }

    /// What is typed in an input.
    pub fn input_value(id: &str) -> String {
        by_id::<HtmlInputElement>(id)
            .map(|input| input.value())
            .unwrap_or_default()
    }

    /// Whether a box is ticked.
    pub fn ticked(id: &str) -> bool {
        by_id::<HtmlInputElement>(id).is_some_and(|input| input.checked())
    }

    /// What is chosen in a list of choices.
    pub fn chosen(id: &str) -> String {
        by_id::<HtmlSelectElement>(id)
            .map(|select| select.value())
            .unwrap_or_default()
    }

    /// Goes back to the first of a list of choices.
    pub fn choose_first(id: &str) {
        if let Some(select) = by_id::<HtmlSelectElement>(id) {
            select.set_selected_index(0);
        }
    }

    /// What a form would send, as a query string.
    pub fn form_query(id: &str) -> String {
        by_id::<HtmlFormElement>(id)
            .and_then(|form| FormData::new_with_form(&form).ok())
            .and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(&data).ok())
            .map(|parts| String::from(parts.to_string()))
            .unwrap_or_default()
    }

    /// Sends a form whole, its files too, and tells the status and the words of the answer; nothing when none came. `also` are fields that
    /// the form does not hold: those of the button that was pressed.
    pub async fn post_form(id: &str, action: &str, also: &[(&str, &str)]) -> Option<(u16, String)> {
        let form = by_id::<HtmlFormElement>(id)?;
        let data = FormData::new_with_form(&form).ok()?;
        for (name, value) in also {
            data.set_with_str(name, value).ok()?;
        }
        let headers = Headers::new().ok()?;
        headers.set("accept", "application/json").ok()?;
        let request = RequestInit::new();
        request.set_method("POST");
        request.set_body(&data);
        request.set_headers(&headers);
        let answer = web_sys::window()?.fetch_with_str_and_init(action, &request);
        let answer = JsFuture::from(answer).await.ok()?;
        let answer: Response = answer.dyn_into().ok()?;
        let words = JsFuture::from(answer.text().ok()?).await.ok()?;
        Some((answer.status(), words.as_string()?))
    }

    /// Hands a form over to the browser, which sends it though the page is being left.
    pub fn post_on_leaving(action: &str, fields: &[(&str, &str)]) {
        let (Some(window), Ok(form)) = (web_sys::window(), UrlSearchParams::new()) else {
            return;
        };
        for (name, value) in fields {
            form.append(name, value);
        }
        // Nothing is left to do where a browser does not take it.
        let _ = window
            .navigator()
            .send_beacon_with_opt_url_search_params(action, Some(&form));
    }

    /// Selects all that is typed in an input.
    pub fn select(id: &str) {
        if let Some(input) = by_id::<HtmlInputElement>(id) {
            input.select();
        }
    }

    fn page() -> Option<Document> {
        web_sys::window()?.document()
    }

    /// Whether a key that was pressed belongs to what has the focus, or to a dialog over the page.
    pub fn is_busy() -> bool {
        const TYPING: &str =
            "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";
        let Some(page) = page() else {
            return true;
        };
        let typing = page
            .active_element()
            .is_some_and(|focused| focused.matches(TYPING).unwrap_or(false));
        typing || has_dialog()
    }

    /// Whether a dialog lies over the page.
    pub fn has_dialog() -> bool {
        page().is_some_and(|page| page.query_selector("dialog:modal").ok().flatten().is_some())
    }

    /// Brings an element of a list that scrolls into sight, no further than it takes.
    pub fn show(id: &str) {
        if let Some(element) = by_id::<HtmlElement>(id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// Moves the focus by so many rows of a table, from the one that has it or to the first; whether there was one to move to.
    pub fn move_row(table: &str, by: i32) -> bool {
        let moved = || {
            let rows = page()?
                .query_selector_all(&format!("#{table} > tbody > tr[id]"))
                .ok()?;
            let row = |place: u32| rows.get(place)?.dyn_into::<HtmlElement>().ok();
            let here = focused_row(table).and_then(|here| {
                (0..rows.length())
                    .find(|place| row(*place).is_some_and(|row| row.is_same_node(Some(&here))))
            });
            let to = match here {
                Some(here) => here.checked_add_signed(by)?,
                None => 0,
            };
            row(to)?.focus().ok()
        };
        moved().is_some()
    }

    fn focused_row(table: &str) -> Option<Element> {
        let row = page()?.active_element()?.closest("tr[id]").ok()??;
        row.closest(&format!("#{table}")).ok()??;
        Some(row)
    }

    /// Presses what a selector finds in the row that has the focus; whether there was any.
    pub fn press_in_row(table: &str, selector: &str) -> bool {
        let target = focused_row(table).and_then(|row| row.query_selector(selector).ok()?);
        let target = target.and_then(|found| found.dyn_into::<HtmlElement>().ok());
        if let Some(target) = &target {
            target.click();
        }
        target.is_some()
    }

    /// Whether a row of a table has the focus itself, and nothing in it.
    pub fn on_row(table: &str) -> bool {
        let focused = page().and_then(|page| page.active_element());
        focused.is_some_and(|focused| focused.tag_name() == "TR" && focused_row(table).is_some())
    }

    /// Types into an input.
    pub fn set_input_value(id: &str, text: &str) {
        if let Some(input) = by_id::<HtmlInputElement>(id) {
            input.set_value(text);
        }
    }

    /// Tells whoever listens around an element that what it holds has changed, as typing would.
    pub fn tell_changed(id: &str) {
        let how = EventInit::new();
        how.set_bubbles(true);
        if let (Some(element), Ok(event)) = (
            by_id::<HtmlElement>(id),
            Event::new_with_event_init_dict("change", &how),
        ) {
            let _ = element.dispatch_event(&event);
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod real {
    pub const fn keep(_: &str, _: &str) {}
    pub const fn kept(_: &str) -> Option<String> {
        None
    }
    pub const fn forget(_: &str) {}
    pub const fn forget_all() {}
    pub const fn remember(_: &str, _: &str) {}
    pub const fn remembered(_: &str) -> Option<String> {
        None
    }
    pub const fn exists(_: &str) -> bool {
        false
    }
    pub const fn focus(_: &str) {}
    pub const fn scroll_to(_: &str) {}
    pub const fn open_dialog(_: &str) {}
    pub const fn close_dialog(_: &str) {}
    pub const fn seconds() -> f64 {
        0.0
    }
    pub fn on_request(_: impl Fn() + 'static) {}
    pub fn follow(_: &str, _: impl Fn(String) -> bool + 'static) {}
    pub const fn print() {}
    #[expect(
        clippy::unused_async,
        reason = "the twin of what waits for the browser"
    )]
    pub async fn copy(_: &str) -> bool {
        false
    }
    #[expect(
        clippy::unused_async,
        reason = "the twin of what waits for the browser"
    )]
    pub async fn post_form(_: &str, _: &str, _: &[(&str, &str)]) -> Option<(u16, String)> {
        None
    }
    pub const fn post_on_leaving(_: &str, _: &[(&str, &str)]) {}
    pub const fn input_value(_: &str) -> String {
        String::new()
    }
    pub const fn set_input_value(_: &str, _: &str) {}
    pub const fn tell_changed(_: &str) {}
    pub const fn ticked(_: &str) -> bool {
        false
    }
    pub const fn chosen(_: &str) -> String {
        String::new()
    }
    pub const fn choose_first(_: &str) {}
    pub const fn form_query(_: &str) -> String {
        String::new()
    }
    pub const fn select(_: &str) {}
    pub const fn has_dialog() -> bool {
        false
    }
    pub const fn show(_: &str) {}
    pub const fn is_busy() -> bool {
        true
    }
    pub const fn move_row(_: &str, _: i32) -> bool {
        false
    }
    pub const fn press_in_row(_: &str, _: &str) -> bool {
        false
    }
    pub const fn on_row(_: &str) -> bool {
        false
    }
}

pub use real::*;
