//! Programs that run a model on a picture, made of the parts beside this file and of what the model's card says.

use std::path::Path;

use edgeconv_files::name::escaped;
use edgeconv_vision::preprocessing::{ChannelOrder, Resize};
use edgeconv_vision::{Decoding, ModelCard};

/// What a program is written in, and with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    CppEdgeconv,
    CppMnn,
    Python,
}

/// What a program does with the outputs: a part that depends on what they are.
macro_rules! result_part {
    ($card:expr, $folder:literal, $ending:literal) => {
        match &$card.decoding {
            Some(Decoding::Classification { .. }) => include_str!(concat!($folder, "/classification", $ending)),
            Some(Decoding::Segmentation { .. }) => include_str!(concat!($folder, "/segmentation", $ending)),
            Some(Decoding::Detection(_)) => include_str!(concat!($folder, "/detection", $ending)),
            None => include_str!(concat!($folder, "/raw", $ending)),
        }
    };
}

const EDGECONV: &str = "c++ -std=c++14 -O2 PROGRAM.cpp -I R/include R/lib/libedgeconv.a -lpthread -ldl -lm -Wl,-z,noexecstack -o PROGRAM\n\
                        // R is target/runtime/host, rk3288 or aarch64 of a checkout of edgeconv, which `make runtime` makes.";
const MNN: &str = "c++ -std=c++14 -O2 PROGRAM.cpp -I MNN/include -L MNN/build -lMNN -o PROGRAM";

/// The text of a program for a model file.
pub(super) fn text(language: Language, model: &Path, card: &ModelCard) -> String {
    let text = match language {
        Language::CppEdgeconv => cpp("#include <edgeconv.hpp>\n", include_str!("cpp/edgeconv.cpp"), card),
        Language::CppMnn => {
            cpp("#include <MNN/Interpreter.hpp>\n#include <MNN/Tensor.hpp>\n", include_str!("cpp/mnn.cpp"), card)
        }
        Language::Python => {
            [include_str!("python/head.py"), result_part!(card, "python", ".py"), include_str!("python/main.py")]
                .concat()
        }
    };
    let values = values(language, model, card);
    values.iter().fold(text, |text, (key, value)| text.replace(&format!("@{key}@"), value))
}

/// The parts of a program in C++ that runs models by a library.
fn cpp(include: &str, run: &str, card: &ModelCard) -> String {
    let (find, softmax) = (include_str!("cpp/find.cpp"), include_str!("cpp/softmax.cpp"));
    // Compilers warn of functions that nothing calls.
    let tools = match &card.decoding {
        Some(Decoding::Classification { .. } | Decoding::Detection(_)) => [find, softmax],
        Some(Decoding::Segmentation { .. }) => [find, ""],
        None => ["", ""],
    };
    let (head, picture) = (include_str!("cpp/head.cpp"), include_str!("cpp/picture.cpp"));
    let [find, softmax] = tools;
    let (result, main) = (result_part!(card, "cpp", ".cpp"), include_str!("cpp/main.cpp"));
    [head, include, picture, find, softmax, result, run, main].concat()
}

/// What stands in the parts for what the card says.
fn values(language: Language, model: &Path, card: &ModelCard) -> Vec<(&'static str, String)> {
    let preprocessing = &card.preprocessing;
    let (height, width) = preprocessing.size();
    let cover = match preprocessing.resize {
        Resize::Exact { .. } => (0, 0),
        Resize::CoverThenCrop { cover, .. } => cover,
    };
    let channels = match preprocessing.channels {
        ChannelOrder::Rgb => "0, 1, 2",
        ChannelOrder::Bgr => "2, 1, 0",
    };
    let literal = |text: &str| literal(language, text);
    // What is printed must not act on the terminal.
    let names: Vec<_> = card.class_names.iter().map(|name| literal(&escaped(name))).collect();
    let name = model.file_name().unwrap_or_default().to_string_lossy();
    let mut values = vec![
        ("MODEL", name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect()),
        ("CARD", card.to_string()),
        ("BUILD", if language == Language::CppMnn { MNN } else { EDGECONV }.to_owned()),
        ("INPUT", literal(&card.input)),
        ("HEIGHT", height.to_string()),
        ("WIDTH", width.to_string()),
        ("COVER", format!("{}, {}", cover.0, cover.1)),
        ("CHANNELS", channels.to_owned()),
        ("DIVISOR", format!("{:?}", preprocessing.divisor)),
        ("MEAN", numbers(&preprocessing.mean)),
        ("STD", numbers(&preprocessing.std)),
        ("CLASS_NAMES", names.join(", ")),
    ];
    match &card.decoding {
        Some(Decoding::Classification { output } | Decoding::Segmentation { output }) => {
            values.push(("OUTPUT", literal(output)));
        }
        Some(Decoding::Detection(coder)) => {
            let [open, close] = if language == Language::Python { ["[", "]"] } else { ["{", "}"] };
            let anchors: Vec<_> =
                coder.anchors.iter().map(|anchor| format!("{open}{}{close}", numbers(anchor))).collect();
            values.extend([
                ("CENTER_VARIANCE", format!("{:?}", coder.center_variance)),
                ("SIZE_VARIANCE", format!("{:?}", coder.size_variance)),
                ("IOU_THRESHOLD", format!("{:?}", coder.iou_threshold)),
                ("SCORE_THRESHOLD", format!("{:?}", coder.score_threshold)),
                ("BOXES_PER_CLASS", coder.boxes_per_class.to_string()),
                ("ANCHORS", anchors.join(",\n    ")),
            ]);
        }
        None => {}
    }
    values
}

fn numbers(numbers: &[f32]) -> String {
    numbers.iter().map(|number| format!("{number:?}")).collect::<Vec<_>>().join(", ")
}

/// A text in quotes that means itself in that language, and nothing else, whatever it holds.
fn literal(language: Language, text: &str) -> String {
    // What would begin a value of the template again is escaped, too.
    let is_plain = |c: char| (' '..='~').contains(&c) && !"\"\\?@".contains(c);
    let escape = |c: char| match language {
        _ if is_plain(c) => c.to_string(),
        Language::Python => format!("\\U{:08x}", u32::from(c)),
        // Bytes of three octal digits, which end by themselves.
        _ => c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("\\{byte:03o}")).collect(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use edgeconv_vision::{BoxCoder, Preprocessing};

    use super::*;

    fn card(decoding: Option<Decoding>) -> ModelCard {
        let preprocessing = Preprocessing::imagenet((64, 96));
        ModelCard { input: "in/put".into(), preprocessing, decoding, class_names: vec!["a \"b\"".into(), "é".into()] }
    }

    #[test]
    fn nothing_of_the_template_is_left() {
        let coder = BoxCoder {
            center_variance: 0.1,
            size_variance: 0.2,
            iou_threshold: 0.5,
            score_threshold: 0.05,
            boxes_per_class: 200,
            anchors: vec![[0.5, 0.5, 1.0, 1.0], [0.25, 0.5, 0.125, 1e-7]],
        };
        let decodings =
            [None, Some(Decoding::classification()), Some(Decoding::segmentation()), Some(Decoding::Detection(coder))];
        for language in [Language::CppEdgeconv, Language::CppMnn, Language::Python] {
            for decoding in decodings.clone() {
                let text = text(language, Path::new("a\"\"\"b.mnn"), &card(decoding));
                assert!(!text.contains('@'), "{text}");
                assert!(text.contains("Runs a___b.mnn on a picture"), "{text}");
                assert!(text.contains("\"in/put\"") && text.contains("0.485, 0.456, 0.406"), "{text}");
            }
        }
    }

    #[test]
    fn texts_mean_themselves() {
        assert_eq!(literal(Language::CppMnn, "a?\"é"), "\"a\\077\\042\\303\\251\"");
        assert_eq!(literal(Language::Python, "a\\\n@"), "\"a\\U0000005c\\U0000000a\\U00000040\"");
    }
}
