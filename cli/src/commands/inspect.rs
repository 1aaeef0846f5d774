use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use edgeconv_converter::source;
use edgeconv_converter::source::onnx::Interface;
use edgeconv_converter::target::{self, Listing, Operator, Port, Stored};
use serde::Serialize;

use super::shapes::parse_input;
use super::writing::write_text;
use crate::failure::Failure;
use crate::output::{Output, table};
use crate::page;

/// Show what is in a model file or a checkpoint
///
/// Inputs, outputs, operators, stored tensors; of an ONNX file also multiply-accumulate operations and the memory that values need
/// at least, if all of its operators are known.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv inspect model.mnn
  edgeconv inspect model.onnx --graph --input image=1x3x224x224
  edgeconv inspect model.onnx --html model.html
  edgeconv inspect checkpoint.pt --json")]
pub struct Inspect {
    /// .onnx, .mnn, .pt, .pth or .safetensors
    file: PathBuf,

    /// List all operators and stored tensors
    #[arg(long)]
    graph: bool,

    /// Fix the shape of an input with open dimensions
    #[arg(long = "input", value_name = "NAME=1x3x224x224", value_parser = parse_input)]
    inputs: Vec<(String, Vec<usize>)>,

    /// Also write everything as a page that needs no other file
    #[arg(long, value_name = "FILE.html")]
    html: Option<PathBuf>,
}

#[derive(Serialize)]
struct Report {
    file: PathBuf,
    #[serde(flatten)]
    listing: Listing,
    weight_bytes: u64,
    /// What a run costs; `None` if the format does not tell.
    costs: Option<Costs>,
    /// Why there are no costs, and what a checkpoint's reader says.
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Costs {
    macs: u64,
    parameters: u64,
    peak_value_bytes: u64,
}

impl Inspect {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let (listing, mut notes) = read(&self.file)?;
        let costs = match ending(&self.file) {
            "onnx" => match self.costs() {
                Ok(costs) => Some(costs),
                Err(error) => {
                    notes.push(format!("no MACs and no memory: {error}"));
                    None
                }
            },
            _ => None,
        };
        let weight_bytes = listing.weight_bytes();
        let report = Report { file: self.file.clone(), listing, weight_bytes, costs, notes };
        if let Some(path) = &self.html {
            write_text(path, &html(&report))?;
        }
        output.result(&report, || text(&report, self.graph))
    }

    fn costs(&self) -> Result<Costs, source::onnx::ImportError> {
        let shapes = self.inputs.iter().cloned().collect();
        let graph = source::onnx::read(&self.file, &Interface { shapes, ..Interface::default() })?;
        Ok(Costs { macs: graph.macs(), parameters: graph.constant_count(), peak_value_bytes: graph.peak_bytes() })
    }
}

/// Lists a file by its ending; with what its reader has to say.
pub fn read(path: &Path) -> Result<(Listing, Vec<String>), Failure> {
    match ending(path) {
        "onnx" => Ok((target::onnx::list(path).map_err(Failure::misuse)?, vec![])),
        "mnn" => {
            let shown = path.display();
            let bytes = fs::read(path).map_err(|error| Failure::Misuse(format!("can't read `{shown}`: {error}")))?;
            let no_model = |error| Failure::Misuse(format!("`{shown}` is no MNN model: {error}"));
            Ok((target::mnn::list(&bytes).map_err(no_model)?, vec![]))
        }
        "pt" | "pth" | "safetensors" => checkpoint(path),
        _ => {
            let shown = path.display();
            Err(Failure::Misuse(format!(
                "`{shown}`: expected a name that ends in .onnx, .mnn, .pt, .pth or .safetensors"
            )))
        }
    }
}

fn ending(path: &Path) -> &str {
    path.extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}

fn checkpoint(path: &Path) -> Result<(Listing, Vec<String>), Failure> {
    let checkpoint = edgeconv_zoo::weights::read(path).map_err(Failure::misuse)?;
    let stored = checkpoint.tensors.iter().map(|(name, tensor)| {
        let ty = tensor.ty();
        let width = if ty.dtype == edgeconv_graph::DType::I64 { 8 } else { 4 };
        Stored { name: name.clone(), ty: ty.to_string(), bytes: width * ty.len() as u64 }
    });
    let format = "checkpoint (element types and sizes as read: floats of all widths are f32)".to_owned();
    let tensors = stored.collect();
    Ok((
        Listing { format, metadata: Default::default(), inputs: vec![], outputs: vec![], operators: vec![], tensors },
        checkpoint.notes,
    ))
}

fn text(report: &Report, graph: bool) -> String {
    let listing = &report.listing;
    let mut lines = summary(report);
    if !listing.operators.is_empty() {
        let rows = listing.histogram().into_iter().map(|(op, count)| vec![op.to_owned(), count.to_string()]);
        lines.push(table(&["operator", "count"], rows).to_string());
    }
    if graph || listing.operators.is_empty() {
        lines.extend(listing.operators.iter().map(operator_line));
        let rows = listing.tensors.iter().map(|tensor| vec![tensor.name.clone(), tensor.ty.clone()]);
        lines.push(table(&["stored tensor", "type"], rows).to_string());
    }
    lines.join("\n")
}

fn summary(report: &Report) -> Vec<String> {
    let listing = &report.listing;
    let mut lines = vec![format!("{}: {}", report.file.display(), listing.format)];
    lines.extend(listing.metadata.iter().map(|(key, value)| format!("  {key}: {value}")));
    lines.extend(listing.inputs.iter().map(|port| format!("  input   {}", port_text(port))));
    lines.extend(listing.outputs.iter().map(|port| format!("  output  {}", port_text(port))));
    let megabytes = |bytes: u64| format!("{:.2} MB", bytes as f64 / 1e6);
    let (operators, tensors) = (listing.operators.len(), listing.tensors.len());
    lines.push(format!(
        "  {operators} operators, {tensors} stored tensors, {} of weights",
        megabytes(report.weight_bytes)
    ));
    if let Some(costs) = &report.costs {
        let millions = |count: u64| format!("{:.2} M", count as f64 / 1e6);
        let (macs, parameters) = (millions(costs.macs), millions(costs.parameters));
        let memory = megabytes(costs.peak_value_bytes);
        lines.push(format!("  {macs} MACs, {parameters} constant numbers, at least {memory} for values"));
    }
    lines.extend(report.notes.iter().map(|note| format!("  note: {note}")));
    lines
}

fn port_text(port: &Port) -> String {
    format!("{} {}", port.name, port.ty).trim_end().to_owned()
}

/// `result: type = Operator(operands) attribute=value`.
pub fn operator_line(operator: &Operator) -> String {
    let results = operator.outputs.iter().map(|port| match port.ty.as_str() {
        "" => port.name.clone(),
        ty => format!("{}: {ty}", port.name),
    });
    let attributes = operator.attributes.iter().map(|(name, value)| format!(" {name}={value}"));
    format!(
        "  {} = {}({}){}",
        results.collect::<Vec<_>>().join(", "),
        operator.op,
        operator.inputs.join(", "),
        attributes.collect::<String>()
    )
}

fn html(report: &Report) -> String {
    let listing = &report.listing;
    let mut parts: Vec<_> = summary(report).into_iter().map(page::paragraph).collect();
    parts.push(page::histogram(listing.histogram().into_iter()));
    let operators = listing.operators.iter().map(|operator| operator_row("", operator));
    let tensors = listing.tensors.iter().map(|tensor| {
        let target = format!("id=\"{}\"", page::escape(&tensor.name));
        page::row(&target, &[page::escape(&tensor.name), "stored".into(), String::new(), page::escape(&tensor.ty)])
    });
    let rows: Vec<_> = operators.chain(tensors).collect();
    parts.push(page::filtered_table(&["result", "operator", "operands", "attributes"], &rows));
    page::page(&report.file.display().to_string(), &parts)
}

/// A row whose operands lead to the rows that compute them.
pub fn operator_row(class: &str, operator: &Operator) -> String {
    let first = operator.outputs.first().map_or("", |port| port.name.as_str());
    let link = |name: &String| format!("<a href=\"#{0}\">{0}</a>", page::escape(name));
    let attributes = operator.attributes.iter().map(|(name, value)| page::escape(format!("{name}={value}")));
    page::row(
        &format!("class=\"{class}\" id=\"{}\"", page::escape(first)),
        &[
            operator.outputs.iter().map(|port| page::escape(port_text(port))).collect::<Vec<_>>().join("<br>"),
            page::escape(&operator.op),
            operator.inputs.iter().map(link).collect::<Vec<_>>().join("<br>"),
            attributes.collect::<Vec<_>>().join("<br>"),
        ],
    )
}
