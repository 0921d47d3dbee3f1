//! A4 pages that are filled from top to bottom, and the structure that goes with them.
//!
//! Everything is laid out first and drawn afterwards: a page begins when the one before is full, and its foot says how many there are.

mod draw;

use crate::{PaperError, face::Faces};

/// A4, in points.
pub(crate) const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
/// Left and right of what is written.
pub(crate) const MARGIN: f32 = 56.0;
const TOP: f32 = 52.0;
/// Above this something is written; below it are the feet of the pages.
const BOTTOM: f32 = HEIGHT - 64.0;
/// How wide what is written may be.
pub(crate) const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// From line to line, as a part of the size.
const LEADING: f32 = 1.35;
/// Where the second column of a table of facts begins.
const FACT: f32 = 165.0;
/// The size of text.
pub(crate) const TEXT: f32 = 10.0;

/// A colour by its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Text.
    Text,
    /// What matters less; 7:1 on white.
    Muted,
    /// The body's own.
    Accent,
    /// What warns.
    Warning,
    /// Lines between rows.
    Line,
    /// The ground of a frame.
    Pale,
    /// The ground of a warning.
    Warm,
    /// What stands behind everything.
    Mark,
}

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) ink: Ink,
    pub(crate) strong: bool,
}

impl Style {
    pub(crate) const TEXT: Self = Self {
        size: TEXT,
        ink: Ink::Text,
        strong: false,
    };
    pub(crate) const MUTED: Self = Self {
        ink: Ink::Muted,
        ..Self::TEXT
    };
    pub(crate) const STRONG: Self = Self {
        strong: true,
        ..Self::TEXT
    };
}

/// What a part of the structure is.
#[derive(Clone, Debug)]
enum Role {
    Heading(u16, String),
    Paragraph,
    Table(String),
    Row,
    RowHead,
    Cell,
    Link,
}

#[derive(Debug)]
enum Child {
    Node(usize),
    Mark(usize),
    /// The link of this number.
    Link(usize),
}

#[derive(Debug)]
struct Node {
    role: Role,
    children: Vec<Child>,
}

/// One line of text.
#[derive(Debug)]
struct Mark {
    page: usize,
    at: (f32, f32),
    text: String,
    style: Style,
}

/// A rectangle that means nothing: left, top, width, height.
#[derive(Debug)]
struct Ground {
    page: usize,
    place: [f32; 4],
    ink: Ink,
}

/// An area that leads to an address.
#[derive(Debug)]
struct Leads {
    page: usize,
    place: [f32; 4],
    to: String,
}

/// What is the same on every page.
pub(crate) struct Around {
    /// What the document is called.
    pub(crate) title: String,
    /// What it is about, in a sentence.
    pub(crate) about: String,
    /// Who issues it.
    pub(crate) issuer: String,
    /// What every page says at its foot.
    pub(crate) foot: String,
    /// What stands behind the text, large and pale.
    pub(crate) mark: String,
    /// What tells this document from every other.
    pub(crate) id: String,
    /// Year, month and day of issue.
    pub(crate) issued: (u16, u8, u8),
}

/// Pages in the making.
pub(crate) struct Sheet {
    faces: Faces,
    /// Where the next line begins, from the top of the last page.
    y: f32,
    page: usize,
    nodes: Vec<Node>,
    /// The parts that stand under none.
    roots: Vec<usize>,
    marks: Vec<Mark>,
    grounds: Vec<Ground>,
    links: Vec<Leads>,
}

impl Sheet {
    pub(crate) fn new() -> Result<Self, PaperError> {
        Ok(Self {
            faces: Faces::load()?,
            y: TOP,
            page: 0,
            nodes: Vec::new(),
            roots: Vec::new(),
            marks: Vec::new(),
            grounds: Vec::new(),
            links: Vec::new(),
        })
    }

    fn node(&mut self, role: Role, under: Option<usize>) -> usize {
        let id = self.nodes.len();
        self.nodes.push(Node {
            role,
            children: Vec::new(),
        });
        match under {
            Some(parent) => self.nodes[parent].children.push(Child::Node(id)),
            None => self.roots.push(id),
        }
        id
    }

    fn lines(&self, text: &str, style: Style, most: f32) -> Vec<String> {
        self.face(style).lines(text, style.size, most)
    }

    const fn face(&self, style: Style) -> &crate::face::Face {
        if style.strong {
            &self.faces.strong
        } else {
            &self.faces.regular
        }
    }

    /// Begins a new page unless so much still fits on this one.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.page += 1;
            self.y = TOP;
        }
    }

    /// Leaves so much free.
    pub(crate) fn gap(&mut self, height: f32) {
        self.y += height;
    }

    /// Goes back up, to write beside what was written.
    pub(crate) fn back_to(&mut self, y: f32) {
        self.y = y;
    }

    /// Where the next line begins.
    pub(crate) const fn here(&self) -> f32 {
        self.y
    }

    /// Writes lines under a part, from `left` on, and moves down. A page that is full in their midst goes on on the next.
    fn write(&mut self, node: usize, lines: Vec<String>, left: f32, style: Style) {
        let last = lines.len().saturating_sub(1);
        for (number, line) in lines.into_iter().enumerate() {
            self.room(style.size * LEADING);
            // Words of two lines are two words, also for whoever copies or listens.
            let text = if number < last {
                format!("{line} ")
            } else {
                line
            };
            self.nodes[node]
                .children
                .push(Child::Mark(self.marks.len()));
            self.marks.push(Mark {
                page: self.page,
                at: (left, self.y + style.size),
                text,
                style,
            });
            self.y += style.size * LEADING;
        }
    }

    /// A heading at the left margin.
    pub(crate) fn heading(&mut self, level: u16, text: &str, style: Style) {
        self.heading_within(level, text, style, MARGIN);
    }

    /// A heading from `left` on.
    pub(crate) fn heading_within(&mut self, level: u16, text: &str, style: Style, left: f32) {
        let lines = self.lines(text, style, MEASURE - 2.0 * (left - MARGIN));
        // Together with the two lines that it is the heading of.
        self.room(style.size * LEADING + 3.0 * TEXT * LEADING);
        let node = self.node(Role::Heading(level, text.to_owned()), None);
        self.write(node, lines, left, style);
    }

    /// A paragraph between the margins.
    pub(crate) fn paragraph(&mut self, text: &str, style: Style) {
        self.paragraph_within(text, style, MARGIN, MEASURE);
    }

    /// A paragraph from `left` on, so wide at most.
    pub(crate) fn paragraph_within(&mut self, text: &str, style: Style, left: f32, most: f32) {
        let lines = self.lines(text, style, most);
        let node = self.node(Role::Paragraph, None);
        self.write(node, lines, left, style);
    }

    /// A line that ends at the right margin.
    pub(crate) fn at_right(&mut self, text: &str, style: Style) {
        let text = self.face(style).drawable(text);
        let left = WIDTH - MARGIN - self.face(style).width(&text, style.size);
        let node = self.node(Role::Paragraph, None);
        self.write(node, vec![text], left, style);
    }

    /// Short texts side by side, so many on a line; they are one paragraph.
    pub(crate) fn columns(&mut self, texts: &[String], many: usize, style: Style) {
        let node = self.node(Role::Paragraph, None);
        #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
        let wide = MEASURE / many as f32;
        for line in texts.chunks(many) {
            self.room(style.size * LEADING);
            let mut left = MARGIN;
            for text in line {
                let text = format!("{} ", self.face(style).drawable(text));
                self.nodes[node]
                    .children
                    .push(Child::Mark(self.marks.len()));
                self.marks.push(Mark {
                    page: self.page,
                    at: (left, self.y + style.size),
                    text,
                    style,
                });
                left += wide;
            }
            self.y += style.size * LEADING;
        }
    }

    /// An address that can be followed.
    pub(crate) fn link(&mut self, text: &str, to: &str, left: f32, style: Style) {
        let lines = self.lines(text, style, MEASURE - (left - MARGIN));
        self.room(style.size * LEADING);
        let paragraph = self.node(Role::Paragraph, None);
        let node = self.node(Role::Link, Some(paragraph));
        let wide = lines
            .iter()
            .map(|line| self.face(style).width(line, style.size))
            .fold(0.0, f32::max);
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let high = lines.len() as f32 * style.size * LEADING;
        self.nodes[node]
            .children
            .push(Child::Link(self.links.len()));
        self.links.push(Leads {
            page: self.page,
            place: [left, self.y, wide, high],
            to: to.to_owned(),
        });
        self.write(node, lines, left, style);
    }

    /// A table of facts: what each is called, and what it is. Rows are never cut in two.
    pub(crate) fn facts(&mut self, about: &str, facts: &[(&str, Vec<String>)]) {
        let table = self.node(Role::Table(about.to_owned()), None);
        for (label, values) in facts {
            let named = self.lines(label, Style::MUTED, FACT - 12.0);
            let value: Vec<Vec<String>> = values
                .iter()
                .map(|value| self.lines(value, Style::STRONG, MEASURE - FACT))
                .collect();
            let count = usize::max(named.len(), value.iter().map(Vec::len).sum());
            #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
            let high = count as f32 * TEXT * LEADING + 8.0;
            self.room(high);
            let row = self.node(Role::Row, Some(table));
            let top = self.y;
            self.y += 3.0;
            let head = self.node(Role::RowHead, Some(row));
            self.write(head, named, MARGIN, Style::MUTED);
            self.y = top + 3.0;
            let cell = self.node(Role::Cell, Some(row));
            for lines in value {
                self.write(cell, lines, MARGIN + FACT, Style::STRONG);
            }
            self.y = top + high;
            self.rule(Ink::Line, 0.5);
        }
    }

    /// A line from margin to margin, here.
    pub(crate) fn rule(&mut self, ink: Ink, high: f32) {
        self.ground([MARGIN, self.y, MEASURE, high], ink);
    }

    /// A rectangle on this page that means nothing, behind the text.
    pub(crate) fn ground(&mut self, place: [f32; 4], ink: Ink) {
        self.grounds.push(Ground {
            page: self.page,
            place,
            ink,
        });
    }

    /// Something that stands together on a ground, with a bar of `edge` at its left; `high` is what it needs at most.
    pub(crate) fn framed(
        &mut self,
        high: f32,
        (ground, edge): (Ink, Ink),
        inside: impl FnOnce(&mut Self),
    ) {
        self.room(high);
        let top = self.y;
        self.y += 10.0;
        inside(self);
        self.y += 10.0;
        let high = self.y - top;
        self.ground([MARGIN, top, MEASURE, high], ground);
        self.ground([MARGIN, top, 3.0, high], edge);
    }
}
