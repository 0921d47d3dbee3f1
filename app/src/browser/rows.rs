//! Rows that are written as text, put into the document: all of a list's, or one in place. Each client has a row with an id, and below
//! it perhaps one without.

use leptos::ev::MouseEvent;

/// What was pressed in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "on the server nothing is pressed")
)]
pub enum Pressed {
    /// A star: the client, and whether it becomes a favourite.
    Star(String, bool),
    /// A box: the client, and whether it is ticked now.
    Tick(String, bool),
}

#[cfg(feature = "hydrate")]
mod real {
    use super::{MouseEvent, Pressed};
    use wasm_bindgen::JsCast;
    use web_sys::{Document, Element, HtmlButtonElement, HtmlElement, HtmlInputElement, Node};

    /// The boxes of rows.
    const BOX: &str = "input[name='ticks[]']";
    /// The class of the row that keeps the room of those that are still to come.
    const TO_COME: &str = "to-come";
    /// What can have the focus in a row: where it was, it is again when the row was written anew.
    const FOCUSABLE: [&str; 5] = [".open", ".star", ".edit", BOX, ".advice"];

    fn document() -> Option<Document> {
        web_sys::window()?.document()
    }

    fn body(table: &str) -> Option<Element> {
        document()?
            .query_selector(&format!("#{table} > tbody"))
            .ok()?
    }

    /// How many of a table's rows have their top in the window, one more to be sure, and how high a row is: of `all`, each as high as the
    /// usual one is now.
    pub fn in_view(table: &str, all: usize) -> (usize, f64) {
        let counted = || {
            let body = body(table)?;
            let place = body.get_bounding_client_rect();
            let window = web_sys::window()?.inner_height().ok()?.as_f64()?;
            let row = place.height() / f64::from(body.child_element_count().max(1));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a number of rows; a cast of a float stays within its type"
            )]
            (row > 0.0).then(|| (((window - place.top()) / row).max(0.0) as usize + 2, row))
        };
        let (rows, height) = counted().unwrap_or((all, 0.0));
        (rows.min(all), height)
    }

    /// Puts rows in place of all that a table has. For those that are still to come, each of this height, a row keeps the room.
    pub fn put(table: &str, rows: &str, columns: u8, to_come: usize, height: f64) {
        let Some(body) = body(table) else {
            return;
        };
        let focused = focus_in(&body);
        if to_come == 0 {
            body.set_inner_html(rows);
        } else {
            body.set_inner_html(&format!(
                "{rows}<tr class=\"{TO_COME}\" aria-hidden=\"true\"><td colspan=\"{columns}\"></td></tr>"
            ));
            keep_room(&body, to_come, height);
        }
        if let Some((row, within)) = focused {
            refocus(&row, within);
        }
    }

    /// Adds the next rows; whether the table still waited for them.
    pub fn add(table: &str, rows: &str, to_come: usize, height: f64) -> bool {
        let added = || {
            let body = body(table)?;
            let room = room(&body)?;
            room.insert_adjacent_html("beforebegin", rows).ok()?;
            if to_come == 0 {
                room.remove();
            } else {
                keep_room(&body, to_come, height);
            }
            Some(())
        };
        added().is_some()
    }

    fn room(body: &Element) -> Option<HtmlElement> {
        body.last_element_child()?
            .dyn_into::<HtmlElement>()
            .ok()
            .filter(|last| last.class_name() == TO_COME)
    }

    fn keep_room(body: &Element, rows: usize, height: f64) {
        let rows = u32::try_from(rows).unwrap_or_default();
        if let Some(room) = room(body) {
            let height = format!("{}px", height * f64::from(rows));
            let _ = room.style().set_property("height", &height);
        }
    }

    /// The row that has the focus or holds what has it, and what that is.
    fn focus_in(body: &Element) -> Option<(String, Option<&'static str>)> {
        let active = document()?.active_element()?;
        if !body.contains(Some(&active)) {
            return None;
        }
        let row = active.closest("tr[id]").ok()??;
        let within = FOCUSABLE
            .into_iter()
            .find(|what| active.matches(what).unwrap_or(false));
        Some((row.id(), within))
    }

    fn refocus(row: &str, within: Option<&str>) {
        let focused = || {
            let row = document()?.get_element_by_id(row)?;
            let target = match within {
                Some(within) => row.query_selector(within).ok()??,
                None => row,
            };
            target.dyn_into::<HtmlElement>().ok()?.focus().ok()
        };
        let _ = focused();
    }

    /// Writes one client's row anew: what is the same stays, so that the focus does, and so that only what changed is read aloud.
    pub fn rewrite(id: &str, written: &str) {
        let rewritten = || {
            let row = document()?.get_element_by_id(id)?;
            let scratch = document()?.create_element("tbody").ok()?;
            scratch.set_inner_html(written);
            let below = row
                .next_element_sibling()
                .filter(|below| below.id().is_empty() && below.class_name() != TO_COME);
            let new = scratch.first_element_child()?;
            let new_below = new.next_element_sibling();
            follow(&row, &new);
            match (below, new_below) {
                (Some(below), Some(new)) => follow(&below, &new),
                (Some(below), None) => below.remove(),
                (None, Some(new)) => row.after_with_node_1(&new).ok()?,
                (None, None) => {}
            }
            Some(())
        };
        let _ = rewritten();
    }

    /// Makes an element like another one.
    fn follow(old: &Node, new: &Node) {
        let (Some(old), Some(new)) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) else {
            if old.text_content() != new.text_content() {
                old.set_text_content(new.text_content().as_deref());
            }
            return;
        };
        for name in old.get_attribute_names() {
            let name = name.as_string().unwrap_or_default();
            if !new.has_attribute(&name) {
                let _ = old.remove_attribute(&name);
            }
        }
        for name in new.get_attribute_names() {
            let name = name.as_string().unwrap_or_default();
            let value = new.get_attribute(&name).unwrap_or_default();
            if old.get_attribute(&name).as_ref() != Some(&value) {
                let _ = old.set_attribute(&name, &value);
            }
        }
        let (theirs, ours) = (new.child_nodes(), old.child_nodes());
        let alike = theirs.length() == ours.length()
            && (0..ours.length()).all(|place| {
                let name = |node: Option<Node>| node.map(|node| node.node_name());
                name(ours.get(place)) == name(theirs.get(place))
            });
        if alike {
            for place in 0..ours.length() {
                if let (Some(old), Some(new)) = (ours.get(place), theirs.get(place)) {
                    follow(&old, &new);
                }
            }
        } else {
            old.set_inner_html(&new.inner_html());
        }
    }

    /// Shows which of a table's boxes are ticked.
    pub fn show_ticks(table: &str, on: impl Fn(&str) -> bool) {
        let Some(boxes) = body(table).and_then(|body| body.query_selector_all(BOX).ok()) else {
            return;
        };
        for place in 0..boxes.length() {
            if let Some(Ok(input)) = boxes.get(place).map(JsCast::dyn_into::<HtmlInputElement>) {
                let ticked = on(&input.value());
                if input.checked() != ticked {
                    input.set_checked(ticked);
                }
                if let Ok(Some(row)) = input.closest("tr") {
                    let _ = row.class_list().toggle_with_force("ticked", ticked);
                }
            }
        }
    }

    /// What a click in a table's body has pressed. A star's own form stays where it is.
    pub fn pressed(event: &MouseEvent) -> Option<Pressed> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
            let ours = input.matches(BOX).unwrap_or(false);
            return ours.then(|| Pressed::Tick(input.value(), input.checked()));
        }
        let star = target.closest("button.star").ok()??;
        let star = star.dyn_into::<HtmlButtonElement>().ok()?;
        event.prevent_default();
        Some(Pressed::Star(star.value(), star.name() == "add"))
    }
}

#[cfg(not(feature = "hydrate"))]
mod real {
    use super::{MouseEvent, Pressed};

    pub const fn in_view(_: &str, all: usize) -> (usize, f64) {
        (all, 0.0)
    }
    pub const fn put(_: &str, _: &str, _: u8, _: usize, _: f64) {}
    pub const fn add(_: &str, _: &str, _: usize, _: f64) -> bool {
        false
    }
    pub const fn rewrite(_: &str, _: &str) {}
    pub fn show_ticks(_: &str, _: impl Fn(&str) -> bool) {}
    pub const fn pressed(_: &MouseEvent) -> Option<Pressed> {
        None
    }
}

pub use real::*;
