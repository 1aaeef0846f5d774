//! Changes to numbers, words and lines of text.

use std::ops::Range;

use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::{change_bytes, extreme};

/// Words that mean something else than a number or a name.
const WORDS: [&str; 12] = ["", "null", "~", "true", "[]", "{}", "NaN", "1e999", "-0.5", "..", "\u{1b}[31m", "\u{202e}"];

/// Text with one change; of what is no text, the bytes.
pub fn change(bytes: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return change_bytes(bytes.to_vec(), random) };
    let words = parts(text, |c| c.is_alphanumeric() || "._-+".contains(c));
    let numbers: Vec<_> = words.iter().filter(|word| text[(*word).clone()].parse::<f64>().is_ok()).cloned().collect();
    let lines = parts(text, |c| c != '\n');
    let mut changed = text.to_owned();
    match random.random_range(0..7) {
        0 | 1 => replace(&mut changed, &numbers, &extreme(random).to_string(), random),
        2 => replace(&mut changed, &words, WORDS.choose(random).unwrap_or(&""), random),
        3 => replace(&mut changed, &words, pick(text, &words, random), random),
        4 => replace(&mut changed, &lines, "", random),
        5 => replace(&mut changed, &lines, &pick(text, &lines, random).repeat(2), random),
        _ => {
            let depth = 1 << random.random_range(0..12);
            replace(&mut changed, &words, &format!("{}{}", "[".repeat(depth), "]".repeat(depth)), random);
        }
    }
    if changed == text { change_bytes(bytes.to_vec(), random) } else { changed.into_bytes() }
}

/// Where the longest runs of such characters are.
fn parts(text: &str, belongs: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let words = text.split(|c| !belongs(c)).filter(|word| !word.is_empty());
    let place = |word: &str| {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        start..start + word.len()
    };
    words.map(place).collect()
}

fn pick<'a>(text: &'a str, parts: &[Range<usize>], random: &mut ChaCha8Rng) -> &'a str {
    parts.choose(random).map_or("", |part| &text[part.clone()])
}

fn replace(text: &mut String, parts: &[Range<usize>], new: &str, random: &mut ChaCha8Rng) {
    if let Some(part) = parts.choose(random) {
        text.replace_range(part.clone(), new);
    }
}
