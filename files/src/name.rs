//! Names that come from files, of values, nodes, keys: how they are shown, and how files are named after them.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// Whether a terminal or a page would do something else than to show this character, or show it in another order.
fn acts(c: char) -> bool {
    let turns_or_breaks = matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns_or_breaks
}

/// A name as people can be shown it: characters that act on the terminal are escapes, such as `\u{1b}` and `\n`.
pub fn escaped(name: &str) -> Cow<'_, str> {
    escape(name, acts, |c| c.escape_default().to_string())
}

/// A text of several lines, in which the same characters are escapes, but for the ends of its lines.
pub fn escaped_lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| acts(c) && c != '\n', |c| c.escape_default().to_string())
}

/// The same of a JSON document, which stays one.
pub fn escaped_json(json: &str) -> Cow<'_, str> {
    escape(json, |c| acts(c) && c != '\n', |c| format!("\\u{:04x}", u32::from(c)))
}

fn escape(text: &str, is_escaped: fn(char) -> bool, write: fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(is_escaped) {
        return text.into();
    }
    let written = |c: char| if is_escaped(c) { write(c) } else { c.to_string() };
    text.chars().map(written).collect::<String>().into()
}

/// What names of files can't have on one of the systems, and the sign that says so.
const NOT_IN_FILES: &AsciiSet =
    &CONTROLS.add(b'%').add(b'/').add(b'\\').add(b':').add(b'*').add(b'?').add(b'"').add(b'<').add(b'>').add(b'|');

/// The name of a file that holds what has this name, without folder and ending: `a/b` becomes `a%2Fb`. Different names give different
/// files.
pub fn file_stem(name: &str) -> String {
    utf8_percent_encode(name, NOT_IN_FILES).collect()
}

/// The name that [`file_stem`] made this of; what it can't have made, a file of others, is its own name.
pub fn of_file_stem(stem: &str) -> String {
    let name = percent_decode_str(stem).decode_utf8_lossy();
    if file_stem(&name) == stem { name.into_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_shown() {
        assert_eq!(escaped("stem/conv.1 größe 卷积"), "stem/conv.1 größe 卷积");
        assert_eq!(escaped("a\u{1b}[2Jb\r\n\u{9b}c\0\u{7}"), r"a\u{1b}[2Jb\r\n\u{9b}c\u{0}\u{7}");
        assert_eq!(escaped("\u{202e}txt\u{2066}"), r"\u{202e}txt\u{2066}");
        assert_eq!(escaped_lines("a\nb\u{1b}"), "a\nb\\u{1b}");
        assert_eq!(escaped_json("{\n\"a\u{9b}\u{202e}\": 1}"), "{\n\"a\\u009b\\u202e\": 1}");
    }

    #[test]
    fn different_names_have_different_files() {
        let names = ["a/b", "a_b", r"a\b", "a%2Fb", "a%b", "..", "", "a\nb", "a\0b", "größe", "A:0", "50%", "卷/积"];
        let mut stems: Vec<_> = names.iter().map(|name| file_stem(name)).collect();
        for (name, stem) in names.iter().zip(&stems) {
            assert!(!stem.contains(['/', '\\', '\0', '\n', ':']), "{stem}");
            assert_eq!(of_file_stem(stem), *name);
        }
        stems.sort();
        stems.dedup();
        assert_eq!(stems.len(), names.len());
        assert_eq!(file_stem("a/b"), "a%2Fb");
    }

    #[test]
    fn files_of_others_keep_their_names() {
        for stem in ["logits", "größe", "50%", "a%2fb", "a%20b", "%ff"] {
            assert_eq!(of_file_stem(stem), stem);
        }
    }
}
