//! The typeface: which signs it has, how wide text is, where lines break.

use crate::PaperError;
use krilla::text::Font;
use rustybuzz::{UnicodeBuffer, ttf_parser};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;

static REGULAR: &[u8] = include_bytes!("../fonts/SourceSans3-Regular.ttf");
static STRONG: &[u8] = include_bytes!("../fonts/SourceSans3-SemiBold.ttf");

/// What stands for what the typeface has no sign for: an accessible document may not hold a sign that means nothing.
const UNKNOWN: char = '?';

/// One weight of the typeface.
pub(crate) struct Face {
    /// As it is drawn.
    pub(crate) font: Font,
    measure: rustybuzz::Face<'static>,
}

/// Both weights.
pub(crate) struct Faces {
    /// For text.
    pub(crate) regular: Face,
    /// For headings and what counts.
    pub(crate) strong: Face,
}

impl Faces {
    pub(crate) fn load() -> Result<Self, PaperError> {
        Ok(Self {
            regular: Face::load(REGULAR)?,
            strong: Face::load(STRONG)?,
        })
    }
}

impl Face {
    fn load(bytes: &'static [u8]) -> Result<Self, PaperError> {
        let font = Font::new(bytes.into(), 0).ok_or(PaperError::Typeface)?;
        let measure = rustybuzz::Face::from_slice(bytes, 0).ok_or(PaperError::Typeface)?;
        Ok(Self { font, measure })
    }

    /// The text as it can be drawn, on one line: composed, without control characters, with [`UNKNOWN`] for what there is no sign for.
    /// Characters that only turn the direction of text round are dropped: they could make a number read as another.
    pub(crate) fn drawable(&self, text: &str) -> String {
        text.nfc()
            .filter_map(|c| match c {
                '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}' => None,
                // What the typeface draws a space of another width with; text that is copied keeps no-break spaces.
                '\u{202f}' => Some('\u{a0}'),
                c if c.is_control() => Some(' '),
                c if self.has(c) => Some(c),
                _ => Some(UNKNOWN),
            })
            .collect()
    }

    fn has(&self, c: char) -> bool {
        self.measure
            .glyph_index(c)
            .is_some_and(|glyph| glyph != ttf_parser::GlyphId(0))
    }

    /// How wide a text is at a size, in points.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        let shaped = rustybuzz::shape(&self.measure, &[], buffer);
        let units: i32 = shaped
            .glyph_positions()
            .iter()
            .map(|glyph| glyph.x_advance)
            .sum();
        // A line has some hundred glyphs of some thousand units: far below where a float counts in steps.
        #[expect(clippy::cast_precision_loss, reason = "see above")]
        let (units, em) = (units as f32, self.measure.units_per_em() as f32);
        units * size / em
    }

    /// The lines of a text that may be so wide. They break at spaces; a word that is too long by itself breaks anywhere.
    pub(crate) fn lines(&self, text: &str, size: f32, most: f32) -> Vec<String> {
        let text = self.drawable(text);
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let longer: Cow<'_, str> = if line.is_empty() {
                word.into()
            } else {
                format!("{line} {word}").into()
            };
            if self.width(&longer, size) <= most {
                line = longer.into_owned();
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                line.push(c);
                if self.width(&line, size) > most && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: a French or a foreign name of the civil register loses its letters, or something that is not drawn turns text round.
    #[test]
    fn names() {
        let faces = Faces::load().unwrap();
        for face in [&faces.regular, &faces.strong] {
            for kept in [
                "Zoë L’Hôpital-Œuvray",
                "Łukasz Żółć",
                "Þórðr Đặng Ağaoğlu",
                "Σωκράτης",
                "Владимир",
                "« 12 000 € – no 5 »",
            ] {
                assert_eq!(face.drawable(kept), kept);
            }
            assert_eq!(face.drawable("e\u{301}te\u{301}"), "été");
            assert_eq!(face.drawable("12\u{202e}34\u{200b}"), "1234");
            assert_eq!(face.drawable("山田\t太郎"), "?? ??");
        }
    }

    /// Fear: a name without spaces runs over the edge of the paper.
    #[test]
    fn long_words_break() {
        let faces = Faces::load().unwrap();
        let lines = faces.regular.lines(&"W".repeat(300), 10.0, 200.0);
        assert!(lines.len() > 10);
        assert_eq!(lines.concat().len(), 300);
    }

    thread_local! {
        static FACES: Faces = Faces::load().unwrap();
    }

    proptest! {
        /// Fear: some text stops the portal, is lost, or is wider than its place.
        #[test]
        fn any_text(text in ".{0,120}") {
          FACES.with(|faces| {
            let lines = faces.regular.lines(&text, 10.0, 180.0);
            for line in &lines {
                prop_assert!(faces.regular.width(line, 10.0) <= 180.0);
            }
            let kept: String = lines.concat().split(' ').collect();
            let drawable: String = faces.regular.drawable(&text).split(' ').collect();
            prop_assert_eq!(kept, drawable);
            Ok(())
          })?;
        }
    }
}
