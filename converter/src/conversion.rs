//! The flow from a model file, or a graph, to files of targets; and from an MNN file to a smaller one.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use edgeconv_graph::{Graph, GraphError};
use edgeconv_session::open::{OPEN_KEY, OpenShapes};
use edgeconv_session::{Settings, weights_file};
use serde::Serialize;

use crate::open::{BOUNDS, Extreme, Others, STRIDE, Sampling, Shapes, bounded, extremes, farthest, macs_formula};
use crate::passes::PassReport;
use crate::pipeline::{self, Options};
use crate::source::{self, ImportError, Interface, ModelFile, SizedValues, Source};
use crate::target::mnn::{self, StoredTensor};
use crate::target::{ExportError, Files, Listing, Mnn, SharedWeights, Target, Written};

/// Why a conversion is not possible.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConversionError {
    /// The source can't be read.
    #[error(transparent)]
    Source(#[from] ImportError),
    /// A pass is to be left out that there is not.
    #[error("there is no pass `{name}`, there are: {}", .names.join(", "))]
    NoSuchPass {
        /// The name that was given.
        name: String,
        /// The names of all passes that can be left out.
        names: Vec<&'static str>,
    },
    /// A pass built something inconsistent, which is a bug.
    #[error("a pass built an inconsistent graph, please report this: {0}")]
    Pass(#[from] GraphError),
    /// The target can't express the graph.
    #[error(transparent)]
    Target(#[from] ExportError),
    /// A file can't be written.
    #[error("can't write `{}`: {source}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// A graph on its way from a source to targets.
///
/// ```
/// use edgeconv_converter::pipeline::Rewrite;
/// use edgeconv_converter::target::{Mnn, Onnx};
/// use edgeconv_converter::{Conversion, ConversionError};
/// use edgeconv_graph::op::Unary;
/// use edgeconv_graph::{Builder, Graph, GraphError};
///
/// fn network() -> Result<Graph, GraphError> {
///     let mut b = Builder::new("network");
///     let x = b.input("x", [1, 3, 8, 8])?;
///     let y = b.node("act", Unary::Relu, &[x])?;
///     b.output("y", y);
///     Ok(b.finish())
/// }
///
/// let rewritten = Conversion::of(network()?).rewrite(&Rewrite::Fast.into())?;
/// // Both files are made from one rewritten graph; the weights are shared.
/// let (onnx, mnn) = (rewritten.to(&Onnx::default())?, rewritten.to(&Mnn::default())?);
/// assert_eq!(onnx.report().operators["Relu"], 1);
/// assert!(mnn.bytes().len() > 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Conversion {
    graph: Graph,
    others: Others,
}

impl Conversion {
    /// Opens a model file of any of [`source::SOURCES`], which its content tells.
    ///
    /// # Errors
    /// If the file can't be read, or is not a model.
    pub fn open(path: impl AsRef<Path>) -> Result<Opened, ConversionError> {
        Opened::new(ModelFile::read(path.as_ref())?)
    }

    /// The same for the bytes of a model that needs no other files.
    ///
    /// # Errors
    /// If they are not a model.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Opened, ConversionError> {
        Opened::new(ModelFile::from_bytes(bytes))
    }

    /// Converts a graph that a program built, or a network of the zoo.
    pub fn of(mut graph: Graph) -> Self {
        // What it was read from may have been open.
        graph.metadata.remove(OPEN_KEY);
        Self { graph, others: Others::default() }
    }

    /// Converts a network for all sizes of what is open in its inputs; `build` makes its graph for inputs of these shapes.
    ///
    /// # Errors
    /// If it can't be built at sizes that fit any network.
    pub fn for_sizes<E: Display>(open: OpenShapes, build: impl Fn(&Shapes) -> Result<Graph, E>) -> Result<Self, E> {
        if !open.is_open() {
            return build(&Sampling::of(&open).coarse.swap_remove(0)).map(Self::of);
        }
        let Sampling { coarse, finer } = Sampling::of(&open);
        let mut graph = build(&coarse[0])?;
        // Each holds the weights of its own copy of the file, which are the same.
        let build = |shapes: &Shapes| {
            build(shapes).map(|mut other| {
                other.share_constants(&graph);
                other
            })
        };
        let graphs = coarse[1..].iter().map(&build).collect::<Result<Vec<_>, _>>()?;
        // In finer steps the maps of many networks don't fit together.
        let read = |(step, shapes): (usize, Vec<Shapes>)| {
            let graphs: Vec<_> = shapes.iter().map_while(|shapes| build(shapes).ok()).collect();
            (graphs.len() == shapes.len()).then_some((step, graphs))
        };
        let finer = finer.into_iter().find_map(read);
        let beyond = |step: usize| {
            let at = |extreme: Extreme| {
                let graph = build(&extreme.shapes).map_err(|error| error.to_string());
                (extreme, graph)
            };
            extremes(&open, step).into_iter().map(at).collect()
        };
        let extremes = [beyond(STRIDE), finer.as_ref().map_or_else(Vec::new, |(step, _)| beyond(*step))];
        let mut others = Others { open, graphs, finer, extremes, note: None };
        let open = others.open.clone();
        std::iter::once(&mut graph).chain(others.all_mut()).for_each(|graph| open.note(&mut graph.metadata));
        Ok(Self { graph, others })
    }

    /// The graph, as the source has it.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The graph, to note something in its metadata, or to rewrite it by passes of a program's own.
    pub fn graph_mut(&mut self) -> &mut Graph {
        &mut self.graph
    }

    /// Multiply-accumulates by the lengths that are open, such as `N * (6000 * H * W + 1280000)`, for multiples of
    /// [`open::STRIDE`](crate::open::STRIDE); `None` if nothing is open, or there is no such formula.
    pub fn macs_formula(&self) -> Option<String> {
        let at = |graph: &Graph| {
            let input = |&id: &_| (graph.value(id).name.clone(), graph.ty(id).shape.clone());
            (graph.inputs().iter().map(input).collect(), graph.macs())
        };
        let all: Vec<_> = std::iter::once(&self.graph).chain(&self.others.graphs).map(at).collect();
        macs_formula(&self.others.open, &all)
    }

    /// Rewrites the graph by the passes that every target gains from.
    ///
    /// # Errors
    /// If there is no pass of a name in `options.disabled`, or a pass builds something inconsistent, which is a bug.
    pub fn rewrite(self, options: &Options) -> Result<Rewritten, ConversionError> {
        let names = pipeline::pass_names();
        if let Some(name) = options.disabled.iter().find(|name| !names.contains(&name.as_str())) {
            return Err(ConversionError::NoSuchPass { name: name.clone(), names });
        }
        let Self { mut graph, mut others } = self;
        let passes = pipeline::run(&mut graph, options)?;
        others.rewrite(&graph, |other| pipeline::run(other, options))?;
        Ok(Rewritten { graph, others, passes, options: options.clone() })
    }
}

/// A model file whose format is known.
#[derive(Debug)]
pub struct Opened {
    source: &'static dyn Source,
    file: ModelFile,
}

impl Opened {
    /// A file that may have others beside it, wherever those come from.
    ///
    /// # Errors
    /// If it is not a model.
    pub fn new(file: ModelFile) -> Result<Self, ConversionError> {
        Ok(Self { source: source::of(&file)?, file })
    }

    /// The name of the file's format.
    pub fn format(&self) -> &'static str {
        self.source.name()
    }

    /// What is in the file.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn list(&self) -> Result<Listing, ConversionError> {
        Ok(self.source.list(&self.file)?)
    }

    /// Names of the model's inputs, in the file's order.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn input_names(&self) -> Result<Vec<String>, ConversionError> {
        Ok(self.source.input_names(&self.file)?)
    }

    /// Reads the model, with shapes, values and outputs as the user fixes them.
    ///
    /// # Errors
    /// If a shape is open or contradicts the file, or a node can't be read; the error names it.
    pub fn fix(&self, interface: &Interface) -> Result<Conversion, ConversionError> {
        Ok(Conversion::of(self.source.read(&self.file, interface)?))
    }

    /// The shapes of the model's inputs, as the file has them, but for those that the interface gives.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn shapes(&self) -> Result<OpenShapes, ConversionError> {
        Ok(self.source.shapes(&self.file)?)
    }

    /// Reads the model for all sizes of what is open, or for maps up to a length if it can't be read beyond.
    ///
    /// # Errors
    /// If a shape contradicts the file, or a node can't be read; the error names it.
    pub fn open(&self, open: &OpenShapes, interface: &Interface) -> Result<Conversion, ConversionError> {
        let error = match self.at_sizes(open, interface) {
            Ok(conversion) => return Ok(conversion),
            Err(error) => error,
        };
        let bounds = BOUNDS.into_iter().filter_map(|most| bounded(open, most));
        match bounds.into_iter().find_map(|bounded| self.at_sizes(&bounded, interface).ok()) {
            Some(mut conversion) => {
                conversion.others.note = Some(format!("larger ones can't be read: {error}"));
                Ok(conversion)
            }
            None => Err(error),
        }
    }

    /// Reads the model at several sizes of what is open.
    fn at_sizes(&self, open: &OpenShapes, interface: &Interface) -> Result<Conversion, ConversionError> {
        let at = |shapes: &Shapes| {
            let shapes = interface.shapes.clone().into_iter().chain(shapes.clone()).collect();
            Interface { shapes, ..interface.clone() }
        };
        let Sampling { coarse, finer } = Sampling::of(open);
        let interfaces = |sizes: &[Shapes]| sizes.iter().map(at).collect::<Vec<_>>();
        let finer: Vec<_> = finer.iter().map(|(_, sizes)| interfaces(sizes)).collect();
        let far: Vec<_> = farthest(open).iter().map(at).collect();
        let sized = Arc::new(self.sized(&interfaces(&coarse[..2]), &finer, &far)?);
        let read = |shapes: &Shapes| {
            self.source.read(&self.file, &Interface { sized: Some(Arc::clone(&sized)), ..at(shapes) })
        };
        Ok(Conversion::for_sizes(open.clone(), read)?)
    }

    /// The names of values that are known when the model is read, but differ between these sizes, the first of others that it can have, and those
    /// far beyond at which it can be read.
    fn sized(
        &self,
        sizes: &[Interface],
        others: &[Vec<Interface>],
        far: &[Interface],
    ) -> Result<SizedValues, ConversionError> {
        let known = |sizes: &[Interface]| {
            sizes.iter().map(|interface| self.source.known(&self.file, interface)).collect::<Result<Vec<_>, _>>()
        };
        let mut all = known(sizes)?;
        all.extend(others.iter().find_map(|sizes| known(sizes).ok()).into_iter().flatten());
        all.extend(far.iter().filter_map(|interface| self.source.known(&self.file, interface).ok()));
        let sized = Arc::new(SizedValues::of(all.iter().cloned()));
        // Where something stays computed, nodes are expressed with other constants.
        let again = |interface: &Interface| Interface { sized: Some(Arc::clone(&sized)), ..interface.clone() };
        all.extend(known(&sizes.iter().map(again).collect::<Vec<_>>())?);
        Ok(SizedValues::of(all))
    }

    /// The bytes of an ONNX file, with nothing beside it, that computes what the model does with the inputs, outputs and operator set that the
    /// interface says, to compare a converted model with.
    ///
    /// # Errors
    /// If nothing in the model has such a name.
    pub fn fixed(&self, interface: &Interface) -> Result<Vec<u8>, ConversionError> {
        Ok(self.source.fixed(&self.file, interface)?)
    }
}

/// A graph that any number of targets can be made from.
#[derive(Debug, Clone)]
pub struct Rewritten {
    graph: Graph,
    others: Others,
    passes: Vec<PassReport>,
    options: Options,
}

impl Rewritten {
    /// The graph before any target's own passes.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// What each pass did.
    pub fn passes(&self) -> &[PassReport] {
        &self.passes
    }

    /// What the passes were allowed to do.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Runs a target's own passes on a copy of the graph, whose weights are shared, and writes it.
    ///
    /// # Errors
    /// If the target can't express the graph, or a pass builds something inconsistent, which is a bug.
    pub fn to(&self, target: &dyn Target) -> Result<Artefact, ConversionError> {
        self.clone().finish(target)
    }

    /// The same where the graph is not needed any more: weights are released when others have taken their place.
    ///
    /// # Errors
    /// If the target can't express the graph, or a pass builds something inconsistent, which is a bug.
    pub fn finish(self, target: &dyn Target) -> Result<Artefact, ConversionError> {
        let (mut bytes, mut weights) = (vec![], vec![]);
        let report = self.write_to(target, Files { model: &mut bytes, weights: &mut weights })?;
        Ok(Artefact { bytes, weights, report })
    }

    /// The same, written to a file: see [`ForTarget::write`].
    ///
    /// # Errors
    /// If the target can't express the graph, a file can't be written, or a pass builds something inconsistent, which is a bug.
    pub fn write(self, target: &dyn Target, path: impl AsRef<Path>) -> Result<Report, ConversionError> {
        self.prepare(target)?.write(target, path)
    }

    /// Runs a target's own passes.
    ///
    /// # Errors
    /// If a pass builds something inconsistent, which is a bug.
    pub fn prepare(self, target: &dyn Target) -> Result<ForTarget, ConversionError> {
        let Self { mut graph, mut others, options, .. } = self;
        let passes = pipeline::run_for(target, &mut graph, &options)?;
        others.rewrite(&graph, |other| pipeline::run_for(target, other, &options))?;
        Ok(ForTarget { graph, others, passes })
    }

    fn write_to(self, target: &dyn Target, to: Files<'_>) -> Result<Report, ConversionError> {
        self.prepare(target)?.write_to(target, to)
    }
}

/// A graph behind a target's own passes.
#[derive(Debug, Clone)]
pub struct ForTarget {
    graph: Graph,
    others: Others,
    passes: Vec<PassReport>,
}

impl ForTarget {
    /// The graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The graph, to note something of its values.
    pub fn graph_mut(&mut self) -> &mut Graph {
        &mut self.graph
    }

    /// Writes a file, and one beside it ([`weights_file`]) if the target puts weights there. Weights go there straight from
    /// the graph, so that a large model is in memory once. For a folder of unfinished files: what is there already is replaced at once, and
    /// nothing is synced to disk.
    ///
    /// # Errors
    /// If the target can't express the graph, or a file can't be written.
    pub fn write(self, target: &dyn Target, path: impl AsRef<Path>) -> Result<Report, ConversionError> {
        write_files(path.as_ref(), |files| self.write_to(target, files))
    }

    fn write_to(self, target: &dyn Target, to: Files<'_>) -> Result<Report, ConversionError> {
        let Self { graph, others, passes } = self;
        Ok(Report::of(target, target.write(&graph, &others, to)?, passes))
    }
}

/// Stores the weights of an MNN file, whoever wrote it, in fewer bits, as [`Mnn::store`] of `target` says; everything else in the file stays
/// as it is, and so do weights that are as coarse already, those of operators that compute in integers, sparse ones, and those of sub-graphs. The result is
/// written as [`Rewritten::write`] does, with weights beside it as [`Mnn::external_weights`] says.
///
/// # Errors
/// If the file can't be read or is not an MNN model, nothing in it would take less room, or the result can't be written.
pub fn compress(file: &ModelFile, target: &Mnn, path: impl AsRef<Path>) -> Result<Report, ConversionError> {
    write_files(path.as_ref(), |files| Ok(Report::of(target, mnn::compress(file, target, files)?, vec![])))
}

/// Writes a file, and one beside it ([`weights_file`]) if there is something to write there.
fn write_files<T>(
    path: &Path,
    write: impl FnOnce(Files<'_>) -> Result<T, ConversionError>,
) -> Result<T, ConversionError> {
    let failed = |source| ConversionError::Write { path: path.to_owned(), source };
    let mut model = BufWriter::new(File::create(path).map_err(failed)?);
    let mut weights = AtFirstByte::new(weights_file(path));
    let written = write(Files { model: &mut model, weights: &mut weights });
    let written = written.map_err(|error| match error {
        ConversionError::Target(ExportError::Write(source)) => failed(source),
        error => error,
    })?;
    model.flush().and_then(|()| weights.flush()).map_err(failed)?;
    Ok(written)
}

/// A file that is made when something is written to it.
struct AtFirstByte {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

impl AtFirstByte {
    fn new(path: PathBuf) -> Self {
        Self { path, file: None }
    }
}

impl Write for AtFirstByte {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(BufWriter::new(File::create(&self.path)?)),
        };
        file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// What a file of a target is, and how it came about.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Name of the target.
    pub target: &'static str,
    /// Size of the file.
    pub bytes: u64,
    /// Size of the file beside it, with weights; 0 if all are inside.
    pub weight_bytes: u64,
    /// Number of operators of each type, in the target's own vocabulary, without constants.
    pub operators: BTreeMap<String, usize>,
    /// What the file stores once that a session holds several times.
    pub shared: SharedWeights,
    /// How weights are stored that were asked for in fewer bits than floats have.
    pub stored: Vec<StoredTensor>,
    /// What is open in its inputs; none if its shapes are fixed.
    pub open: OpenShapes,
    /// Why that is less than was asked for.
    pub open_note: Option<String>,
    /// What each of the target's own passes did.
    pub passes: Vec<PassReport>,
    /// What the file wants to be run with.
    pub session: Settings,
}

impl Report {
    fn of(target: &dyn Target, written: Written, passes: Vec<PassReport>) -> Self {
        let Written { bytes, weight_bytes, operators, shared, stored, open, open_note } = written;
        let (target, session) = (target.name(), target.session());
        Self { target, bytes, weight_bytes, operators, shared, stored, open, open_note, passes, session }
    }
}

/// A file of a target, in memory; [`Rewritten::write`] is for large ones.
#[derive(Debug, Clone)]
pub struct Artefact {
    bytes: Vec<u8>,
    weights: Vec<u8>,
    report: Report,
}

impl Artefact {
    /// The content of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The content of the file beside it, with weights; empty if all are inside.
    pub fn weights(&self) -> &[u8] {
        &self.weights
    }

    /// What is in it, and what the target's passes did.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Writes the file, and the one with its weights ([`weights_file`]) if there are such: each appears complete or not at all.
    ///
    /// # Errors
    /// If a file can't be written.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), ConversionError> {
        let path = path.as_ref();
        let write = || {
            if !self.weights.is_empty() {
                edgeconv_files::write(&weights_file(path), &self.weights)?;
            }
            edgeconv_files::write(path, &self.bytes)
        };
        write().map_err(|source| ConversionError::Write { path: path.to_owned(), source })
    }
}
