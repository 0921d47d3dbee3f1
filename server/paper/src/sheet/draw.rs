//! From what was laid out to the bytes of a document, tagged.

use super::{Around, Child, HEIGHT, Ink, LEADING, MARGIN, Mark, Role, Sheet, Style, WIDTH};
use crate::PaperError;
use krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect, Transform},
    metadata::{DateTime, Metadata, TextDirection as Direction},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, Node as TagNode, SpanTag, TableHeaderScope,
        Tag, TagGroup, TagTree,
    },
    text::TextDirection,
};
use std::num::NonZeroU16;

/// The language of every document.
const FRENCH: &str = "fr-FR";

impl Ink {
    fn fill(self) -> Fill {
        let (red, green, blue) = match self {
            Self::Text => (0x1c, 0x24, 0x2b),
            Self::Muted => (0x4a, 0x55, 0x5e),
            Self::Accent => (0x0b, 0x52, 0x5b),
            Self::Warning => (0x8a, 0x3a, 0x00),
            Self::Line => (0xd5, 0xdb, 0xdf),
            Self::Pale => (0xee, 0xf4, 0xf5),
            Self::Warm => (0xfd, 0xf3, 0xe7),
            Self::Mark => (0xf0, 0xf3, 0xf4),
        };
        Fill {
            paint: rgb::Color::new(red, green, blue).into(),
            ..Fill::default()
        }
    }
}

impl Sheet {
    /// The document.
    ///
    /// # Errors
    /// When it would not be a good one: krilla looks at what can be looked at.
    pub(crate) fn finish(self, around: &Around) -> Result<Vec<u8>, PaperError> {
        let configuration = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A2_A)
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|error| PaperError::Document(format!("{error:?}")))?;
        let mut document = Document::new_with(SerializeSettings {
            configuration,
            ..SerializeSettings::default()
        });
        let size = PageSettings::from_wh(WIDTH, HEIGHT)
            .ok_or_else(|| PaperError::Document("no size".to_owned()))?;
        let pages = self.page + 1;
        let mut marks = vec![None; self.marks.len()];
        let mut links = vec![None; self.links.len()];
        for number in 0..pages {
            let mut page = document.start_page_with(size.clone());
            let mut surface = page.surface();
            self.behind(&mut surface, number, around);
            let here = |mark: &&(usize, &Mark)| mark.1.page == number;
            let numbered: Vec<(usize, &Mark)> = self.marks.iter().enumerate().collect();
            for (place, mark) in numbered.iter().filter(here) {
                let tag = ContentTag::Span(SpanTag::empty());
                marks[*place] = Some(surface.start_tagged(tag));
                self.text(&mut surface, mark.at, &mark.text, mark.style);
                surface.end_tagged();
            }
            self.foot(&mut surface, (number + 1, pages), around);
            surface.finish();
            for (place, link) in self.links.iter().enumerate() {
                if link.page == number
                    && let Some(area) = rect(link.place)
                {
                    let action = Target::Action(Action::Link(LinkAction::new(link.to.clone())));
                    let told = format!("Ouvrir {}", link.to);
                    let link = Annotation::new_link(LinkAnnotation::new(area, action), Some(told));
                    links[place] = Some(page.add_tagged_annotation(link));
                }
            }
            page.finish();
        }
        let mut tree = TagTree::new().with_lang(Some(FRENCH.to_owned()));
        for root in &self.roots {
            tree.push(self.group(*root, &marks, &links));
        }
        document.set_tag_tree(tree);
        document.set_outline(self.outline());
        document.set_metadata(metadata(around));
        document
            .finish()
            .map_err(|error| PaperError::Document(format!("{error:?}")))
    }

    /// The headings as bookmarks.
    fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        for root in &self.roots {
            let node = &self.nodes[*root];
            if let (Role::Heading(_, title), Some(Child::Mark(first))) =
                (&node.role, node.children.first())
            {
                let mark = &self.marks[*first];
                let top = Point::from_xy(mark.at.0, mark.at.1 - mark.style.size);
                let place = XyzDestination::new(mark.page, top);
                outline.push_child(OutlineNode::new(title.clone(), place));
            }
        }
        outline
    }

    /// A part of the structure with all that stands under it.
    fn group(
        &self,
        node: usize,
        marks: &[Option<Identifier>],
        links: &[Option<Identifier>],
    ) -> TagGroup {
        let node = &self.nodes[node];
        let mut group = match &node.role {
            Role::Heading(level, title) => TagGroup::new(Tag::Hn(
                NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN),
                Some(title.clone()),
            )),
            Role::Paragraph => TagGroup::new(Tag::P),
            Role::Table(about) => TagGroup::new(Tag::Table.with_summary(Some(about.clone()))),
            Role::Row => TagGroup::new(Tag::TR),
            Role::RowHead => TagGroup::new(Tag::TH(TableHeaderScope::Row)),
            Role::Cell => TagGroup::new(Tag::TD),
            Role::Link => TagGroup::new(Tag::Link),
        };
        for child in &node.children {
            let child: Option<TagNode> = match child {
                Child::Node(child) => Some(self.group(*child, marks, links).into()),
                Child::Mark(mark) => marks[*mark].map(Into::into),
                Child::Link(link) => links[*link].map(Into::into),
            };
            if let Some(child) = child {
                group.push(child);
            }
        }
        group
    }

    fn text(&self, surface: &mut Surface<'_>, at: (f32, f32), text: &str, style: Style) {
        surface.set_fill(Some(style.ink.fill()));
        surface.draw_text(
            Point::from_xy(at.0, at.1),
            self.face(style).font.clone(),
            style.size,
            text,
            // Drawn as shapes, so that whoever copies the text does not copy it among the words.
            style.ink == Ink::Mark,
            TextDirection::LeftToRight,
        );
    }

    /// What stands behind the text: it means nothing to whoever listens.
    fn behind(&self, surface: &mut Surface<'_>, number: usize, around: &Around) {
        let style = Style {
            size: 74.0,
            ink: Ink::Mark,
            strong: true,
        };
        let mark = self.face(style).drawable(&around.mark);
        let wide = self.face(style).width(&mark, style.size);
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Watermark,
        )));
        surface.push_transform(&Transform::from_rotate_at(-52.0, WIDTH / 2.0, HEIGHT / 2.0));
        let at = ((WIDTH - wide) / 2.0, HEIGHT / 2.0 + style.size / 3.0);
        self.text(surface, at, &mark, style);
        surface.pop();
        surface.end_tagged();
        for ground in self.grounds.iter().filter(|ground| ground.page == number) {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
                ArtifactType::Layout,
            )));
            fill(surface, ground.place, ground.ink);
            surface.end_tagged();
        }
    }

    fn foot(&self, surface: &mut Surface<'_>, (number, of): (usize, usize), around: &Around) {
        let style = Style {
            size: 8.0,
            ..Style::MUTED
        };
        let y = HEIGHT - 40.0;
        let page = self
            .face(style)
            .drawable(&format!("Page\u{a0}{number} sur\u{a0}{of}"));
        let right = WIDTH - MARGIN - self.face(style).width(&page, style.size);
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Footer,
        )));
        fill(
            surface,
            [
                MARGIN,
                y - style.size * LEADING - 4.0,
                WIDTH - 2.0 * MARGIN,
                0.5,
            ],
            Ink::Line,
        );
        let foot = self.face(style).drawable(&around.foot);
        self.text(surface, (MARGIN, y), &foot, style);
        self.text(surface, (right, y), &page, style);
        surface.end_tagged();
    }
}

fn rect([left, top, wide, high]: [f32; 4]) -> Option<Rect> {
    Rect::from_xywh(left, top, wide, high)
}

fn fill(surface: &mut Surface<'_>, place: [f32; 4], ink: Ink) {
    let path = rect(place).and_then(|rect| {
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        path.finish()
    });
    if let Some(path) = path {
        surface.set_fill(Some(ink.fill()));
        surface.draw_path(&path);
    }
}

fn metadata(around: &Around) -> Metadata {
    let (year, month, day) = around.issued;
    Metadata::new()
        .title(around.title.clone())
        .description(around.about.clone())
        .language(FRENCH.to_owned())
        .authors(vec![around.issuer.clone()])
        .creator("Portefeuille".to_owned())
        .document_id(around.id.clone())
        .creation_date(DateTime::new(year).month(month).day(day))
        .text_direction(Direction::LeftToRight)
}
