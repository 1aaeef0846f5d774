//! `edgeconv card`.

mod program;

use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;
use edgeconv_converter::target;
use edgeconv_files::name::escaped;
use edgeconv_vision::preprocessing::{ChannelOrder, Resize};
use edgeconv_vision::{Decoding, ModelCard};
use serde::Serialize;

use self::program::Language;
use super::pictures;
use super::writing::{expect_results, write_text};
use crate::failure::Failure;
use crate::output::{Output, table};

/// Show how a model is used on pictures, or make a program that does so
///
/// What has to be known is in files of `edgeconv export`, in those of `edgeconv convert` that were told (--mean, --std, --channels, --resize, --labels), or in the
/// report beside a file, which counts first. A program has it inside, with the names and sizes of this file: picture in, result out.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv card out/edgeformer-s.mnn
  edgeconv card out/edgeformer-s.mnn --cpp -o classify.cpp
  edgeconv card out/ssd-edgeformer-s.mnn --cpp=mnn -o detect.cpp
  edgeconv card model.mnn --python -o run.py")]
pub struct Card {
    /// Model file, .mnn or .onnx
    file: PathBuf,

    /// What `edgeconv export` or `convert` reported about the model [default: FILE with the ending .report.json, else what is in the file]
    #[arg(long, value_name = "FILE.report.json")]
    report: Option<PathBuf>,

    /// Make a program in C++14, that links libedgeconv (`make runtime`) or MNN alone
    #[arg(long, value_name = "LIBRARY", num_args = 0..=1, require_equals = true, default_missing_value = "edgeconv", group = "program")]
    cpp: Option<LibraryArg>,

    /// Make a program in Python, with MNN's package
    #[arg(long, group = "program")]
    python: bool,

    /// File of the program [default: standard output]
    #[arg(short, long, value_name = "FILE", requires = "program")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LibraryArg {
    /// Our kernels and MNN
    Edgeconv,
    /// MNN alone
    Mnn,
}

#[derive(Serialize)]
struct Report {
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    file: PathBuf,
    card: ModelCard,
    /// The program, where it was written to.
    #[serde(skip_serializing_if = "Option::is_none")]
    program: Option<PathBuf>,
}

impl Card {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let inputs = std::iter::once(&self.file).chain(&self.report).map(PathBuf::as_path);
        expect_results([("-o", self.output.as_deref())], inputs)?;
        let listing = target::list(&self.file).map_err(Failure::misuse)?;
        let card = pictures::card(&self.file, &listing.metadata, self.report.as_deref()).map_err(Failure::misuse)?;
        let language = match (self.cpp, self.python) {
            (Some(LibraryArg::Edgeconv), _) => Some(Language::CppEdgeconv),
            (Some(LibraryArg::Mnn), _) => Some(Language::CppMnn),
            (None, true) => Some(Language::Python),
            (None, false) => None,
        };
        let text = language.map(|language| program::text(language, &self.file, &card));
        if let (Some(path), Some(text)) = (&self.output, &text) {
            write_text(path, text)?;
        }
        let report = Report { file: self.file, card, program: self.output };
        output.result(&report, || match (text, &report.program) {
            (Some(text), None) => text.trim_end().to_owned(),
            (Some(_), Some(path)) => format!("{}: {}", path.display(), report.card),
            (None, _) => summary(&report.card),
        })
    }
}

fn summary(card: &ModelCard) -> String {
    let preprocessing = &card.preprocessing;
    let (height, width) = preprocessing.size();
    let resize = match preprocessing.resize {
        Resize::Exact { .. } => "to exactly that size".to_owned(),
        Resize::CoverThenCrop { cover: (rows, columns), .. } => {
            format!("as small as it covers {rows} x {columns}, then the centre")
        }
    };
    let channels = match preprocessing.channels {
        ChannelOrder::Bgr => "blue, green, red",
        ChannelOrder::Rgb => "red, green, blue",
    };
    let three = |numbers: [f32; 3]| numbers.map(|number| number.to_string()).join(", ");
    let decoding = match &card.decoding {
        Some(Decoding::Classification { output }) => format!("classification: softmax of `{}`", escaped(output)),
        Some(Decoding::Segmentation { output }) => {
            format!("segmentation: the largest of `{}` for each pixel", escaped(output))
        }
        Some(Decoding::Detection(coder)) => format!("detection: {} anchors", coder.anchors.len()),
        None => "not said".to_owned(),
    };
    let names = match card.class_names.as_slice() {
        [] => "none".to_owned(),
        names => format!(
            "{}: {}",
            names.len(),
            escaped(&names.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", "))
        ),
    };
    let rows = [
        ("input", format!("`{}`, [1, 3, {height}, {width}]", escaped(&card.input))),
        ("resized", format!("{resize}; bilinear, as OpenCV does")),
        ("channels", channels.to_owned()),
        (
            "level",
            format!(
                "(level / {} - [{}]) / [{}]",
                preprocessing.divisor,
                three(preprocessing.mean),
                three(preprocessing.std)
            ),
        ),
        ("outputs", decoding),
        ("class names", names),
    ];
    table(&["of the card", ""], rows.into_iter().map(|(key, value)| vec![key.to_owned(), value])).to_string()
}
