//! Names that come from files, of values, nodes, keys: how they are shown, and how files are named after them.

use std::borrow::Cow;
use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// Whether a terminal or a page would do something else than to show this character, show it in another order, or show nothing; or
/// whether XML has no place for it.
fn acts(c: char) -> bool {
    match c {
        ' '..='~' => false,
        // The letters and marks among what Unicode calls Default_Ignorable_Code_Point (DerivedCoreProperties.txt): nothing is seen.
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' => true,
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => !is_printable(c),
    }
}

/// Whether the standard library prints it: it escapes Unicode's categories Cc (control), Cf (format, with all that changes the
/// direction of text), Zl, Zp and Zs (separators), Co, Cs and Cn (of no meaning), and marks that stand alone.
fn is_printable(c: char) -> bool {
    let behind_a_letter = String::from_iter(['a', c]);
    behind_a_letter.escape_debug().nth(1) == Some(c)
}

/// Whether a CI system takes what begins here for a command, wherever in a line it stands: `##[error]` of GitHub, `##vso[…]` of Azure.
fn commands(rest: &str) -> bool {
    let name = rest.strip_prefix("##").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
    name.is_some_and(|rest| rest.starts_with('['))
}

/// A name as people can be shown it, or a message of one line: characters that act on the terminal are escapes, such as `\u{1b}` and
/// `\n`. Done twice, it is as done once.
pub fn escaped(name: &str) -> Cow<'_, str> {
    escape(name, |at, c| acts(c) || commands(at.rest), escape_of)
}

/// A path as people are shown it, in a line of its own.
pub fn escaped_path(path: &Path) -> String {
    escaped(&path.display().to_string()).into_owned()
}

/// A text of several lines, in which the same characters are escapes, but for the ends of its lines: those have to be our own.
/// GitHub's commands, which begin a line with `::`, don't.
pub fn escaped_lines(text: &str) -> Cow<'_, str> {
    let is_escaped =
        |at: At, c| c != '\n' && acts(c) || commands(at.rest) || at.begins_line && at.rest.starts_with("::");
    escape(text, is_escaped, escape_of)
}

/// The same of a JSON document, which stays one.
pub fn escaped_json(json: &str) -> Cow<'_, str> {
    let units = |c: char| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
    escape(json, |at, c| c != '\n' && acts(c) || commands(at.rest), units)
}

fn escape_of(c: char) -> String {
    if c.is_ascii_graphic() { c.escape_unicode().to_string() } else { c.escape_default().to_string() }
}

/// Where a character stands.
#[derive(Clone, Copy)]
struct At<'a> {
    /// The text from this character on.
    rest: &'a str,
    /// Whether there is nothing but space in front of it in its line.
    begins_line: bool,
}

fn escape(text: &str, is_escaped: impl Fn(At, char) -> bool, write: fn(char) -> String) -> Cow<'_, str> {
    let (mut written, mut copied, mut begins_line) = (String::new(), 0, true);
    for (index, c) in text.char_indices() {
        if is_escaped(At { rest: &text[index..], begins_line }, c) {
            written += &text[copied..index];
            written += &write(c);
            copied = index + c.len_utf8();
        }
        begins_line = c == '\n' || begins_line && c.is_whitespace();
    }
    if copied == 0 { text.into() } else { (written + &text[copied..]).into() }
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
        assert_eq!(escaped_json("\"\u{200b}\u{feff}\u{e0041}\""), r#""\u200b\ufeff\udb40\udc41""#);
    }

    #[test]
    fn what_is_not_seen_is_shown() {
        // Arabic letter mark, zero width, byte order mark, tag, soft hyphen, Hangul filler, variation selector, no characters.
        for c in "\u{61c}\u{200b}\u{200d}\u{feff}\u{e0041}\u{ad}\u{3164}\u{fe0f}\u{fffe}\u{ffff}\u{2028}\u{85}".chars()
        {
            assert_eq!(escaped(&format!("a{c}b")), format!("a\\u{{{:x}}}b", u32::from(c)));
        }
        for shown in ["e\u{301}", "한국어", "עברית", "हिन्दी", "🦀", "─═", "±³¹·−…", "'\"\\"]
        {
            assert_eq!(escaped(shown), shown);
        }
    }

    #[test]
    fn commands_of_ci_systems_are_shown() {
        assert_eq!(escaped("a ##[error]b ##vso[task.x]"), r"a \u{23}#[error]b \u{23}#vso[task.x]");
        assert_eq!(escaped_lines("::error::a\n  ::b\nc::d ##[e"), "\\u{3a}:error::a\n  \\u{3a}:b\nc::d \\u{23}#[e");
        assert_eq!(escaped_json(r###""##[a]""###), r###""\u0023#[a]""###);
        assert_eq!(escaped_lines("### a ## b [c]"), "### a ## b [c]");
    }

    #[test]
    fn what_is_escaped_is_not_escaped_again() {
        let once = escaped("::a\u{1b}\n##[b").into_owned();
        assert_eq!(escaped(&once), once);
        assert_eq!(once, r"::a\u{1b}\n\u{23}#[b");
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
