//! What is taken off typed text before it is judged: nobody is refused for a space.

/// Whether `c` only separates: spaces of every kind (no-break ones included), dots, hyphens, dashes and slashes.
pub(crate) fn separates(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '.' | '-' | '/' | '_' | '\u{2010}'..='\u{2015}' | '\u{200b}' | '\u{feff}' | '\u{2060}'
        )
}

/// `text` in upper case without its separators; full-width digits, as some keyboards send them, become plain ones.
pub(crate) fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !separates(*c))
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' => {
                char::from_u32(u32::from(c) - 0xff10 + u32::from('0')).unwrap_or(c)
            }
            c => c.to_ascii_uppercase(),
        })
        .collect()
}

/// `text` on one line: spaces, control characters and ends of lines between its words become single spaces.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<_> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Whether `digits` passes Luhn's check (ISO/IEC 7812-1): the sum, every second digit from the right doubled, is a multiple of ten.
pub(crate) fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            match place % 2 {
                0 => digit,
                _ if digit > 4 => digit * 2 - 9,
                _ => digit * 2,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether `text` is made of ASCII digits alone.
pub(crate) fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// `text` in groups of the given sizes, narrow no-break spaces between; what is left over closes the line.
pub(crate) fn group(text: &str, sizes: &[usize]) -> String {
    let mut shown = String::with_capacity(text.len() + sizes.len() * 3);
    let mut rest = text;
    for size in sizes {
        if rest.len() <= *size {
            break;
        }
        let (head, tail) = rest.split_at(*size);
        shown.push_str(head);
        shown.push('\u{202f}');
        rest = tail;
    }
    shown.push_str(rest);
    shown
}
