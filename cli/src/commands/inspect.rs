use std::path::{Path, PathBuf};

use clap::Args;
use edgeconv_agent::open::{OPEN_KEY, OpenShapes};
use edgeconv_converter::source::Interface;
use edgeconv_converter::target::mnn::COMPUTES;
use edgeconv_converter::target::{self, Format, Listing, Numbers, Operator, Port, Stored};
use edgeconv_converter::{Conversion, ConversionError};
use edgeconv_files::name::{escaped, escaped_path};
use edgeconv_terminal::page;
use edgeconv_vision::{CARD_KEY, ModelCard};
use maud::{Markup, html};
use serde::Serialize;

use super::hints::{conversion_failure, file_failure};
use super::shapes::parse_input;
use super::writing::{expect_results, write_text};
use crate::failure::Failure;
use crate::output::{Output, table};

/// Show what is in a model file or a checkpoint
///
/// Inputs, outputs, operators, stored tensors; of an ONNX file, and of a program that PyTorch exported, also multiply-accumulate operations and
/// the memory that values need at least, if all of its operators are known. A program is listed as the ONNX model that it becomes, by the names of PyTorch's modules.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv inspect model.mnn
  edgeconv inspect model.onnx --graph --input image=1x3x224x224
  edgeconv inspect model.onnx --html model.html
  edgeconv inspect model.pt2
  edgeconv inspect checkpoint.pt --json")]
pub struct Inspect {
    /// .onnx, .mnn, .pt2, .pt, .pth or .safetensors
    file: PathBuf,

    /// List all operators and stored tensors
    #[arg(long)]
    graph: bool,

    /// Fix the shape of an input with open dimensions
    #[arg(long = "input", value_name = "NAME=1x3x224x224", value_parser = parse_input)]
    inputs: Vec<(String, Vec<usize>)>,

    /// Read the ONNX file as one of this operator set, if what it says itself is wrong
    #[arg(long, value_name = "SET")]
    opset_is: Option<i64>,

    /// Also write everything as a page that needs no other file
    #[arg(long, value_name = "FILE.html")]
    html: Option<PathBuf>,
}

#[derive(Serialize)]
struct Report {
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    file: PathBuf,
    #[serde(flatten)]
    listing: Listing,
    weight_bytes: u64,
    /// What is open in the inputs of an MNN file or a program; `None` if nothing is, or nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<OpenShapes>,
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
        expect_results([("--html", self.html.as_deref())], [self.file.as_path()])?;
        let (listing, mut notes) = read(&self.file)?;
        let is_source = Format::of(&self.file) == Some(Format::Onnx) || is_program(&self.file);
        let costs = is_source.then(|| self.costs().map_err(conversion_failure)).and_then(|costs| {
            let note = |error| notes.push(format!("no MACs and no memory: {error}"));
            costs.map_err(note).ok()
        });
        let weight_bytes = listing.weight_bytes();
        let open = OpenShapes::noted(&listing.metadata);
        let report = Report { file: self.file.clone(), listing, weight_bytes, open, costs, notes };
        if let Some(path) = &self.html {
            write_text(path, &page_of(&report))?;
        }
        output.result(&report, || text(&report, self.graph))
    }

    fn costs(&self) -> Result<Costs, ConversionError> {
        let shapes = self.inputs.iter().cloned().collect();
        let interface = Interface { shapes, opset: self.opset_is, ..Interface::default() };
        let conversion = Conversion::open(&self.file)?.fix(&interface)?;
        let graph = conversion.graph();
        Ok(Costs { macs: graph.macs(), parameters: graph.constant_count(), peak_value_bytes: graph.peak_bytes() })
    }
}

/// Lists a file by its ending; with what its reader has to say.
pub fn read(path: &Path) -> Result<(Listing, Vec<String>), Failure> {
    if Format::of(path).is_some() {
        return Ok((target::list(path).map_err(Failure::misuse)?, vec![]));
    }
    match path.extension().and_then(|ending| ending.to_str()) {
        _ if is_program(path) => {
            let listing = Conversion::open(path).and_then(|opened| opened.list());
            Ok((listing.map_err(|error| file_failure(path, error))?, vec![]))
        }
        Some("pt" | "pth" | "safetensors") => checkpoint(path),
        _ => {
            let shown = path.display();
            Err(Failure::Misuse(format!(
                "`{shown}`: expected a name that ends in .onnx, .mnn, .pt2, .pt, .pth or .safetensors"
            )))
        }
    }
}

/// Whether a file is a program of PyTorch, by its ending.
fn is_program(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "pt2")
}

fn checkpoint(path: &Path) -> Result<(Listing, Vec<String>), Failure> {
    let checkpoint = edgeconv_zoo::weights::read(path).map_err(Failure::misuse)?;
    let stored = checkpoint.tensors.iter().map(|(name, tensor)| {
        let ty = tensor.ty();
        Stored { name: name.clone(), ty: ty.to_string(), bytes: ty.bytes() as u64 }
    });
    let format = "checkpoint (element types and sizes as read: floats of all widths are f32)".to_owned();
    let tensors = stored.collect();
    Ok((
        Listing {
            format,
            metadata: Default::default(),
            inputs: vec![],
            outputs: vec![],
            operators: vec![],
            tensors,
            weights: Numbers::Float,
            marks: Default::default(),
        },
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
    let mut lines = vec![format!("{}: {}", escaped_path(&report.file), listing.format)];
    let metadata = listing.metadata.iter().filter(|(key, _)| ![OPEN_KEY, CARD_KEY].contains(&key.as_str()));
    lines.extend(metadata.map(|(key, value)| format!("  {key}: {value}")));
    let as_integers = |port: &Port| {
        listing.integers(&port.name).map_or(String::new(), |integers| format!(", as integers {integers}"))
    };
    lines.extend(listing.inputs.iter().map(|port| format!("  input   {}{}", port_text(port), as_integers(port))));
    lines.extend(report.open.iter().map(|open| format!("  open    {open}")));
    let card = listing.metadata.get(CARD_KEY).and_then(|json| serde_json::from_str::<ModelCard>(json).ok());
    lines.extend(card.map(|card| format!("  card    {card}; see `edgeconv card`")));
    lines.extend(listing.outputs.iter().map(|port| format!("  output  {}", port_text(port))));
    let megabytes = |bytes: u64| format!("{:.2} MB", bytes as f64 / 1e6);
    let (operators, tensors) = (listing.operators.len(), listing.tensors.len());
    let weights = match listing.weights {
        Numbers::Float => String::new(),
        Numbers::Int8Values => ", stored as int8 or finer".to_owned(),
        numbers => format!(", stored as {numbers} or finer"),
    };
    lines.push(format!(
        "  {operators} operators, {tensors} stored tensors, {} of weights{weights}",
        megabytes(report.weight_bytes)
    ));
    lines.extend(integers(listing));
    if let Some(costs) = &report.costs {
        let millions = |count: u64| format!("{:.2} M", count as f64 / 1e6);
        let (macs, parameters) = (millions(costs.macs), millions(costs.parameters));
        let memory = megabytes(costs.peak_value_bytes);
        lines.push(format!("  {macs} MACs, {parameters} constant numbers, at least {memory} for values"));
    }
    lines.extend(report.notes.iter().map(|note| format!("  note: {note}")));
    lines.iter().map(|line| escaped(line).into_owned()).collect()
}

/// How much is computed in integers, if anything is.
fn integers(listing: &Listing) -> Option<String> {
    let values = listing.marks.values().flatten().count();
    let layers = || {
        listing.operators.iter().filter(|operator| operator.op.starts_with("Conv") && operator.op != "ConvertTensor")
    };
    let in_integers = layers().filter(|operator| operator.attributes.contains_key(COMPUTES)).count();
    let all = layers().count();
    (values > 0)
        .then(|| format!("  {values} values are 8-bit integers; {in_integers} of {all} convolutions compute in them"))
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
    let line = format!(
        "  {} = {}({}){}",
        results.collect::<Vec<_>>().join(", "),
        operator.op,
        operator.inputs.join(", "),
        attributes.collect::<String>()
    );
    escaped(&line).into_owned()
}

fn page_of(report: &Report) -> String {
    let listing = &report.listing;
    let operators = listing.operators.iter().map(|operator| operator_row("", operator));
    let stored = |tensor: &Stored| {
        html! { tr id=(tensor.name) { td { (tensor.name) } td { "stored" } td {} td { (tensor.ty) } } }
    };
    let rows: Vec<_> = operators.chain(listing.tensors.iter().map(stored)).collect();
    let content = html! {
        @for line in summary(report) { p { (line) } }
        (page::histogram(listing.histogram().into_iter()))
        (page::filtered_table(&OPERATOR_HEADER, &rows))
    };
    page::page(&report.file.display().to_string(), &content)
}

/// Header of [`operator_row`].
pub const OPERATOR_HEADER: [&str; 4] = ["result", "operator", "operands", "attributes"];

/// A row whose operands lead to the rows that compute them.
pub fn operator_row(class: &str, operator: &Operator) -> Markup {
    let first = operator.outputs.first().map_or("", |port| port.name.as_str());
    html! {
        tr class=(class) id=(first) {
            td { @for port in &operator.outputs { (port_text(port)) br; } }
            td { (operator.op) }
            td { @for name in &operator.inputs { a href=(format!("#{name}")) { (name) } br; } }
            td { @for (name, value) in &operator.attributes { (name) "=" (value) br; } }
        }
    }
}
