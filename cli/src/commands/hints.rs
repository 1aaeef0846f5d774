//! What the library's errors leave to the command line: the argument that helps, and the exit code.

use std::path::Path;

use edgeconv_converter::ConversionError;
use edgeconv_converter::source::{Advice, ImportError};
use edgeconv_converter::target::{ExportError, mnn, onnx};
use edgeconv_files::name::escaped;

use crate::failure::Failure;

/// An error of a conversion with the arguments that help.
pub fn conversion_failure(error: ConversionError) -> Failure {
    let hint = match &error {
        ConversionError::Source(error) => hint(error),
        ConversionError::Target(ExportError::Mnn(mnn::ExportError::Unsupported(refusals))) => {
            let ends = refusals.ends().join(",");
            (!ends.is_empty()).then(|| format!("--end-at {ends}"))
        }
        ConversionError::Target(ExportError::Onnx(onnx::ExportError::NeedsOpset { since, .. })) => {
            Some(format!("--opset {since}"))
        }
        ConversionError::Target(ExportError::Mnn(mnn::ExportError::TooLarge { .. })) => {
            Some("--external-weights large".to_owned())
        }
        _ => None,
    };
    let failure = if is_misuse(&error) { Failure::misuse(error) } else { Failure::failed(error) };
    match (failure, hint) {
        (failure, None) => failure,
        (Failure::Failed(text), Some(hint)) => Failure::Failed(format!("{text}: {}", escaped(&hint))),
        (Failure::Misuse(text), Some(hint)) => Failure::Misuse(format!("{text}: {}", escaped(&hint))),
    }
}

/// The same of a file that is converted, which the text names.
pub fn file_failure(file: &Path, error: ConversionError) -> Failure {
    let is_named = matches!(error, ConversionError::Source(ImportError::Read { .. } | ImportError::NotAModel { .. }));
    let failure = conversion_failure(error);
    if is_named { failure } else { failure.about(file) }
}

/// The arguments of `edgeconv convert` that help.
fn hint(error: &ImportError) -> Option<String> {
    match error {
        ImportError::Unknown { inputs, open, .. } => {
            let values = inputs.iter().map(|input| format!("--value {input}=FILE.npy")).collect::<Vec<_>>().join(" ");
            let ends = (!open.is_empty()).then(|| format!("--end-at {}", open.join(",")));
            let ways: Vec<_> = [Some(values), ends].into_iter().flatten().filter(|way| !way.is_empty()).collect();
            (!ways.is_empty()).then(|| ways.join(", or "))
        }
        ImportError::Unsupported { advice, .. } => Some(match advice.as_deref()? {
            Advice::EndAt(ends) => format!("--end-at {}", ends.join(",")),
            Advice::MakeInput { value, shape } => {
                let shape: Vec<_> = shape.iter().map(usize::to_string).collect();
                format!("--input {value}={}", shape.join("x"))
            }
            Advice::ReadAs(opset) => format!("--opset-is {opset}"),
            _ => return None,
        }),
        ImportError::Memory { .. } => Some("--max-memory 4G, for instance".to_owned()),
        ImportError::OpenShape { name, .. } => Some(format!("--input {name}=1x3x224x224, for instance")),
        ImportError::NoSuchValue { .. } => Some("`edgeconv inspect --graph` lists what there is".to_owned()),
        _ => None,
    }
}

/// What the user can correct is misuse; what has no counterpart here is an impossible conversion.
fn is_misuse(error: &ConversionError) -> bool {
    match error {
        ConversionError::Source(error) => {
            !matches!(error, ImportError::Unsupported { .. } | ImportError::Unknown { .. } | ImportError::Graph(_))
        }
        ConversionError::Target(ExportError::Mnn(
            mnn::ExportError::NothingToStore { .. } | mnn::ExportError::InIntegers,
        )) => true,
        _ => false,
    }
}
