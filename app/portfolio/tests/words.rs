//! Every word that people read is said by `t`, `say!` or `n`, and has its English: the sources themselves are read.
#![expect(
    clippy::unwrap_used,
    reason = "tests state what they expect by unwrapping it"
)]

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

/// Attributes of HTML, and arguments of parts, that hold codes and not words.
const CODES: [&str; 40] = [
    "accept",
    "action",
    "autocomplete",
    "by",
    "charset",
    "class",
    "code",
    "content",
    "controls",
    "current",
    "d",
    "description",
    "enctype",
    "expanded",
    "for",
    "form",
    "href",
    "id",
    "inputmode",
    "kind",
    "name",
    "pattern",
    "points",
    "preserveAspectRatio",
    "reason",
    "rel",
    "role",
    "src",
    "style",
    "summary",
    "target",
    "to",
    "transform",
    "type",
    "value",
    "viewBox",
    "endpoint",
    "prefix",
    "keyshortcuts",
    "describedby",
];
/// Macros whose texts no visitor reads.
const UNREAD: [&str; 22] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "concat",
    "debug",
    "debug_assert",
    "env",
    "error",
    "include_str",
    "info",
    "matches",
    "panic",
    "path",
    "println",
    "stringify",
    "todo",
    "trace",
    "unimplemented",
    "unreachable",
    "warn",
    "eprintln",
];
/// Functions whose texts no visitor reads.
const UNREAD_CALLS: [&str; 13] = [
    "expect",
    "contains",
    "starts_with",
    "ends_with",
    "strip_prefix",
    "strip_suffix",
    "split_once",
    "split",
    "find",
    "replace",
    "set_attribute",
    "debug_struct",
    "closest",
];
/// Our own macros that say the texts after a comma.
const SAYING: [&str; 3] = ["fields", "columns", "rules"];

/// Where words are said, and what fills their gaps.
type Said = (String, Option<BTreeSet<String>>);

/// Words that were found.
#[derive(Default)]
struct Found {
    /// The words, where they are, and what fills their gaps.
    words: BTreeMap<String, Vec<Said>>,
    /// Texts that look like words, and are not said.
    strays: Vec<(String, String)>,
}

struct Reader<'a> {
    file: &'a str,
    found: &'a mut Found,
}

fn value(literal: &Literal) -> Option<String> {
    syn::parse_str::<syn::LitStr>(&literal.to_string())
        .ok()
        .map(|text| text.value())
}

/// Whether a text looks like words: some have accents, the others a space between two of them, or begin like a sentence.
fn looks_read(text: &str) -> bool {
    let bare: String = text
        .split(['{', '}'])
        .step_by(2)
        .collect::<Vec<_>>()
        .join(" ");
    if bare.contains(['<', '=']) || bare.starts_with('/') {
        return false;
    }
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    let accents = bare.chars().any(|c| "àâçéèêëîïôùûüœÀÂÇÉÈÊ’«»".contains(c));
    let words = bare
        .split_whitespace()
        .filter(|word| word.chars().all(char::is_alphabetic));
    let spaced = bare.contains(' ') && words.count() > 0;
    let mut first = bare.chars();
    let sentence = first.next().is_some_and(char::is_uppercase)
        && first.next().is_some_and(char::is_lowercase);
    letters > 0 && (accents || spaced || (sentence && letters > 2))
}

impl Reader<'_> {
    fn place(&self, literal: &Literal) -> String {
        format!("{}:{}", self.file, literal.span().start().line)
    }

    fn says(&mut self, literal: &Literal, gaps: Option<BTreeSet<String>>) {
        if let Some(words) = value(literal) {
            let place = self.place(literal);
            self.found
                .words
                .entry(words)
                .or_default()
                .push((place, gaps));
        }
    }

    fn read(&mut self, stream: TokenStream) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            at = self.tree(&trees, at);
        }
    }

    /// One tree, and what belongs to it; where the next one begins.
    fn tree(&mut self, trees: &[TokenTree], at: usize) -> usize {
        let punct = |at: usize, sign: char| matches!(trees.get(at), Some(TokenTree::Punct(found)) if found.as_char() == sign);
        let ident = |at: usize| match trees.get(at) {
            Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
            _ => None,
        };
        let group = |at: usize| match trees.get(at) {
            Some(TokenTree::Group(group)) => Some(group),
            _ => None,
        };
        // Attributes of Rust; what they keep for tests is skipped.
        if punct(at, '#') {
            let attribute = if punct(at + 1, '!') { at + 2 } else { at + 1 };
            if let Some(found) =
                group(attribute).filter(|found| found.delimiter() == Delimiter::Bracket)
            {
                let told = found.stream().to_string();
                if !told.contains("cfg") || !told.contains("test") {
                    return attribute + 1;
                }
                let mut end = attribute + 1;
                while end < trees.len()
                    && !punct(end, ';')
                    && group(end).is_none_or(|found| found.delimiter() != Delimiter::Brace)
                {
                    end += 1;
                }
                return end + 1;
            }
        }
        if let (Some(name), Some(inside)) =
            (ident(at), group(at + 2).filter(|_| punct(at + 1, '!')))
        {
            if name == "say" {
                self.say(inside.stream());
            } else if SAYING.contains(&&*name) {
                self.after_commas(inside.stream());
            } else if name != "macro_rules" && !UNREAD.contains(&&*name) {
                self.read(inside.stream());
            }
            return at + 3;
        }
        if let (Some(name), Some(inside)) = (
            ident(at),
            group(at + 1).filter(|inside| inside.delimiter() == Delimiter::Parenthesis),
        ) {
            if name == "known_as" {
                return at + 2;
            }
            let said = ["t", "n", "count"].contains(&&*name);
            let unread = UNREAD_CALLS.contains(&&*name);
            for (place, tree) in inside.stream().into_iter().enumerate() {
                match tree {
                    TokenTree::Literal(literal) if said && (place == 0 || name == "count") => {
                        self.says(&literal, None);
                    }
                    TokenTree::Literal(_) if unread => {}
                    TokenTree::Literal(literal) => self.stray(&literal),
                    TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) => {}
                }
            }
            let without: Vec<TokenTree> = inside.stream().into_iter().collect();
            let mut inner = 0;
            while inner < without.len() {
                inner = if matches!(without[inner], TokenTree::Literal(_)) {
                    inner + 1
                } else {
                    self.tree(&without, inner)
                };
            }
            return at + 2;
        }
        match &trees[at] {
            TokenTree::Group(inside) => self.read(inside.stream()),
            TokenTree::Literal(literal) => {
                let named = at > 1
                    && punct(at - 1, '=')
                    && ident(at - 2).is_some_and(|name| CODES.contains(&&*name));
                let pattern =
                    punct(at + 1, '=') || punct(at + 1, '|') || (at > 0 && punct(at - 1, '|'));
                let compared =
                    at > 1 && punct(at - 1, '=') && (punct(at - 2, '=') || punct(at - 2, '!'));
                if !named && !pattern && !compared {
                    self.stray(literal);
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        at + 1
    }

    fn stray(&mut self, literal: &Literal) {
        if let Some(text) = value(literal).filter(|text| looks_read(text)) {
            let place = self.place(literal);
            self.found.strays.push((place, text));
        }
    }

    fn say(&mut self, stream: TokenStream) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let comma =
            |tree: &TokenTree| matches!(tree, TokenTree::Punct(sign) if sign.as_char() == ',');
        let gaps = trees.windows(2).filter_map(|pair| match &pair[1] {
            TokenTree::Ident(name) if comma(&pair[0]) => Some(name.to_string()),
            _ => None,
        });
        let gaps = gaps.collect();
        if let Some(TokenTree::Literal(words)) = trees.first() {
            self.says(words, Some(gaps));
        }
        self.read(trees.into_iter().skip(1).collect());
    }

    fn after_commas(&mut self, stream: TokenStream) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        for (at, tree) in trees.iter().enumerate() {
            let comma =
                at > 0 && matches!(&trees[at - 1], TokenTree::Punct(sign) if sign.as_char() == ',');
            match tree {
                TokenTree::Literal(words) if comma => self.says(words, None),
                TokenTree::Group(inside) if inside.delimiter() == Delimiter::Brace => {
                    self.after_commas(inside.stream());
                }
                _ => {}
            }
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name().into_string().unwrap();
        if path.is_dir() {
            if !["tests", "bin"].contains(&&*name) {
                files(&path, found);
            }
        } else if path.extension().is_some_and(|end| end == "rs")
            && !["tests.rs", "cases.rs", "properties.rs"].contains(&&*name)
        {
            found.push(path);
        }
    }
}

fn read() -> Found {
    let mut found = Found::default();
    let mut sources = Vec::new();
    for folder in ["app/portfolio/src", "app/src"] {
        files(&root().join(folder), &mut sources);
    }
    // The pages of last resort.
    sources.push(root().join("server/src/guard.rs"));
    sources.sort();
    for path in sources {
        let stream: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
        let file = path.strip_prefix(root()).unwrap().display().to_string();
        Reader {
            file: &file,
            found: &mut found,
        }
        .read(stream);
    }
    found
}

fn tables() -> Vec<HashMap<String, String>> {
    portfolio::language::ENGLISH
        .iter()
        .map(|table| serde_json::from_str(table).unwrap())
        .collect()
}

fn gaps(words: &str) -> BTreeSet<String> {
    words
        .split('{')
        .skip(1)
        .filter_map(|from| from.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Fear: somebody who reads English meets a French sentence, one with its gaps left open, or words that nobody says any more are kept.
#[test]
fn every_word_has_its_english() {
    let found = read();
    let mut wrong = Vec::new();
    let mut english = HashMap::new();
    for (key, words) in tables().into_iter().flatten() {
        if !found.words.contains_key(&key) {
            wrong.push(format!("nobody says {key:?}"));
        }
        if english.insert(key.clone(), words).is_some() {
            wrong.push(format!("twice in the tables: {key:?}"));
        }
    }
    for (words, places) in &found.words {
        for (place, filled) in places {
            let wanted = gaps(words);
            if filled.clone().unwrap_or_default() != wanted {
                wrong.push(format!(
                    "{place}: {words:?} is not filled with what it has gaps for"
                ));
            }
        }
        match english.get(words).filter(|said| !said.trim().is_empty()) {
            None => wrong.push(format!("{}: no English for {words:?}", places[0].0)),
            Some(said) if gaps(said) != gaps(words) => {
                wrong.push(format!("other gaps: {words:?} and {said:?}"));
            }
            Some(said) if said.contains(['«', '»', '\u{202f}']) => {
                wrong.push(format!("French typography: {said:?}"));
            }
            Some(_) => {}
        }
    }
    assert!(found.words.len() > 2_000, "the sources were not read");
    assert!(
        wrong.is_empty(),
        "{} of them:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Files whose texts are read by nobody, or stay French in every language: names of columns in files, of regions, and of programs.
const FRENCH: [&str; 6] = [
    "app/portfolio/src/import/column.rs",
    "app/portfolio/src/organism.rs",
    "app/portfolio/src/sheet.rs",
    "app/portfolio/src/device.rs",
    "app/portfolio/src/language.rs",
    // English short months are the beginnings of the long ones.
    "app/portfolio/src/time/month.rs",
];

/// What the classes of elements begin with that are chosen by code.
const CLASSES: [&str; 6] = ["tag ", "notice ", "outcome ", "button ", "choice ", "page "];

/// Other texts that look like words and are none, or that are said in French alone on purpose.
const APART: [&str; 23] = [
    " de bord",
    "#{table} > tbody",
    "#{table} > tbody > tr[id]",
    "{}px",
    "Siret",
    "; Secure",
    "AbortError",
    "ArrowDown",
    "ArrowUp",
    "Enter",
    "Eur",
    "InvalidStateError",
    "NotAllowedError",
    "Portefeuille",
    "PublicKeyCredential",
    "SecurityError",
    "TimeoutError",
    "no such country",
    "no such rule",
    "no such service",
    "{days}j",
    "{line}V{}H{first}Z",
    "chart small",
];

/// Whether a text is what logs say of a value: its name, and nothing or little of what it holds.
fn is_debug(text: &str) -> bool {
    let name = text.split('(').next().unwrap_or_default();
    text.ends_with(')') && name.len() < text.len() && name.chars().all(char::is_alphabetic)
}

/// Fear: a page that is written tomorrow says its words in French alone, because nobody thought of `t`.
#[test]
fn no_word_is_left_unsaid() {
    let apart = |place: &str, text: &str| {
        FRENCH.iter().any(|file| place.starts_with(file))
            || CLASSES.iter().any(|class| text.starts_with(class))
            || APART.contains(&text)
            || is_debug(text)
    };
    let strays: Vec<String> = read()
        .strays
        .into_iter()
        .filter(|(place, text)| !apart(place, text))
        .map(|(place, text)| format!("{place}: {text:?}"))
        .collect();
    assert!(
        strays.is_empty(),
        "{} of them:\n{}",
        strays.len(),
        strays.join("\n")
    );
}

/// Fear: the reader above passes over words.
#[test]
fn the_reader_sees() {
    let mut found = Found::default();
    let source = r#"
        /// A page.
        fn page() {
            view! { <p class="note big">{t("Un mot")} "Un autre" <Field label="Nom" /></p> }
            let told = say!("{count} lignes de {name}", count = count(2, "ligne", "lignes"), name);
            format!("{a} et {b}");
            assert_eq!(x, "Non dit");
        }
        #[cfg(test)]
        mod tests { fn x() { "Dans un test"; } }
        const PAGES: [&str; 1] = [n("Aide")];
    "#;
    Reader {
        file: "x",
        found: &mut found,
    }
    .read(source.parse().unwrap());
    let words: Vec<_> = found.words.keys().map(String::as_str).collect();
    assert_eq!(
        words,
        [
            "Aide",
            "Un mot",
            "ligne",
            "lignes",
            "{count} lignes de {name}"
        ]
    );
    assert_eq!(found.strays.len(), 3, "{:?}", found.strays);
}
