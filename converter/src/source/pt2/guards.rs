//! What a program says of the lengths that it holds for, besides their ranges: the guards of `torch.export`, conditions in Python on sizes of inputs.
//!
//! A program that was traced at one size may have made constants of it, such as the kernel of a pool. PyTorch refuses other sizes when the program runs;
//! here they are left out of what is open.

use std::collections::{BTreeMap, BTreeSet};

use edgeconv_schema::onnx::{ModelProto, tensor_shape_proto::dimension, type_proto};
use edgeconv_session::open::{Dim, Open, OpenShapes};

use super::program::symbol;
use super::schema::{InputSpec, Program, Size};

/// Lengths up to this one are tried.
const LONGEST: usize = 4096;

/// More characters than the guards of a program have, and deeper brackets.
const MOST_TEXT: usize = 50_000;
const DEEPEST: usize = 64;

/// The length of an input along an axis.
type Place = (String, usize);

/// What stands in a guard.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    Int(i64),
    Size(Place),
    Of(Operation, Vec<Term>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Add,
    Subtract,
    Multiply,
    FloorDivide,
    Modulo,
    Negate,
    Not,
    And,
    Or,
    Equal,
    Differs,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Least,
    Greatest,
}

use Operation::*;

const COMPARISONS: [(&str, Operation); 6] =
    [("==", Equal), ("!=", Differs), ("<=", AtMost), (">=", AtLeast), ("<", Less), (">", Greater)];

const SUMS: [(&str, Operation); 2] = [("+", Add), ("-", Subtract)];

const PRODUCTS: [(&str, Operation); 3] = [("*", Multiply), ("//", FloorDivide), ("%", Modulo)];

const FUNCTIONS: [(&str, Operation); 4] =
    [("torch.sym_max(", Greatest), ("torch.sym_min(", Least), ("max(", Greatest), ("min(", Least)];

/// Leaves open in the inputs of a program, and of the model that it becomes, only what its guards allow.
pub fn honour(program: &Program, proto: &mut ModelProto, shapes: &mut OpenShapes) {
    let (mut places, mut examples) = (BTreeMap::new(), BTreeMap::new());
    let graph = &program.graph_module;
    for spec in &graph.signature.input_specs {
        let InputSpec::UserInput { arg } = spec else { continue };
        let Some((name, meta)) = arg.tensor().and_then(|name| Some((name, graph.graph.tensor_values.get(name)?)))
        else {
            continue;
        };
        for (axis, size) in meta.sizes.iter().enumerate() {
            if let Size::AsExpr(expression) = size {
                let symbol = symbol(&expression.expr_str);
                places.insert((name.to_owned(), axis), symbol.clone());
                examples.extend(expression.example().map(|length| (symbol, length)));
            }
        }
    }
    let open = |dim: &Dim| match dim {
        Dim::Open(open) => Some((open.name.clone()?, open.clone())),
        Dim::Fixed(_) => None,
    };
    let symbols = shapes.0.values().flatten().filter_map(open);
    let symbols =
        symbols.filter_map(|(name, open)| Some((name.clone(), Symbol { open, example: *examples.get(&name)? })));
    let mut symbols: BTreeMap<_, _> = symbols.collect();
    keep(&program.guards_code, &places, &mut symbols);
    for dim in shapes.0.values_mut().flatten() {
        let Dim::Open(open) = dim else { continue };
        let Some(symbol) = open.name.as_ref().and_then(|name| symbols.get(name)) else { continue };
        let Open { least, most, step, .. } = symbol.open;
        if most == Some(least) {
            fix(proto, open.name.as_deref().unwrap_or_default(), least);
            *dim = Dim::Fixed(least);
        } else {
            (open.least, open.most, open.step) = (least, most, step);
        }
    }
}

/// Gives dimensions of inputs that have this name a length.
fn fix(proto: &mut ModelProto, name: &str, length: usize) {
    let inputs = proto.graph.iter_mut().flat_map(|graph| &mut graph.input);
    for ty in inputs.filter_map(|input| input.r#type.as_mut()?.value.as_mut()) {
        let type_proto::Value::TensorType(tensor) = ty else { continue };
        for dim in tensor.shape.iter_mut().flat_map(|shape| &mut shape.dim) {
            if dim.value == Some(dimension::Value::DimParam(name.to_owned())) {
                dim.value = Some(dimension::Value::DimValue(length as i64));
            }
        }
    }
}

/// A symbol of a program.
struct Symbol {
    /// The lengths that its range allows.
    open: Open,
    /// Its length in the example that the program was traced with.
    example: usize,
}

/// Leaves those lengths of symbols, around that of the example, with which all guards hold; `places` says which symbol the length of an input is.
fn keep(guards: &[String], places: &BTreeMap<Place, String>, symbols: &mut BTreeMap<String, Symbol>) {
    let mut conditions = vec![];
    if guards.iter().map(String::len).fold(0, usize::saturating_add) > MOST_TEXT {
        return symbols.values_mut().for_each(Symbol::fix);
    }
    for guard in guards {
        match Parser::parse(guard) {
            Some(term) => conditions.push(Condition::new(term, places)),
            None if guard.contains(".size()") => return symbols.values_mut().for_each(Symbol::fix),
            None => {}
        }
    }
    let names: Vec<_> = symbols.keys().cloned().collect();
    for name in &names {
        let own: Vec<_> = conditions.iter().filter(|condition| condition.symbols.contains(name)).collect();
        let holds = |length: usize| {
            let lengths = |symbol: &str| if symbol == name { Some(length) } else { Some(symbols.get(symbol)?.example) };
            own.iter().all(|condition| condition.holds(places, &lengths))
        };
        let kept = symbols[name].around(holds);
        symbols.entry(name.clone()).and_modify(|symbol| symbol.open = kept);
    }
    // Each was looked at with the others as in the example.
    for condition in conditions.iter().filter(|condition| condition.symbols.len() > 1) {
        if !condition.holds_at_ends(places, symbols) {
            for name in &condition.symbols {
                symbols.entry(name.clone()).and_modify(Symbol::fix);
            }
        }
    }
}

impl Symbol {
    fn fix(&mut self) {
        self.open = self.fixed();
    }

    /// The length of the example alone.
    fn fixed(&self) -> Open {
        Open { least: self.example, most: Some(self.example), step: 1, ..self.open.clone() }
    }

    fn longest(&self) -> usize {
        self.open.most.unwrap_or(LONGEST).min(LONGEST)
    }

    /// The lengths around the example, without gaps or in steps, for which something holds.
    fn around(&self, holds: impl Fn(usize) -> bool) -> Open {
        let Self { open, example } = self;
        let (least, longest) = (open.least, self.longest());
        let run = |step: usize| {
            let down = (least..=*example).rev().step_by(step).take_while(|&length| holds(length)).last();
            let up = (*example..=longest).step_by(step).take_while(|&length| holds(length)).last();
            (down.unwrap_or(*example), up.unwrap_or(*example))
        };
        let bounds = |(down, up): (usize, usize), step: usize| Open {
            least: down,
            most: if up + step > longest { open.most } else { Some(up) },
            step: if step == 1 { open.step } else { step },
            ..open.clone()
        };
        let whole = run(1);
        if whole.0 < whole.1 || least == longest {
            return bounds(whole, 1);
        }
        let next = (example + 1..=longest).find(|&length| holds(length)).map(|next| next - example);
        match next.filter(|step| example % step == 0) {
            Some(step) => bounds(run(step), step),
            None => self.fixed(),
        }
    }
}

/// A guard, and the symbols in it.
struct Condition {
    term: Term,
    symbols: BTreeSet<String>,
}

impl Condition {
    fn new(term: Term, places: &BTreeMap<Place, String>) -> Self {
        let mut symbols = BTreeSet::new();
        term.visit(&mut |place| symbols.extend(places.get(place).cloned()));
        Self { term, symbols }
    }

    fn holds(&self, places: &BTreeMap<Place, String>, lengths: &dyn Fn(&str) -> Option<usize>) -> bool {
        // The length of what is no symbol is the same in every run.
        self.symbols.is_empty() || self.term.value(&|place| lengths(places.get(place)?)).is_none_or(|value| value != 0)
    }

    /// Whether it holds wherever each symbol has its least or its greatest length, or that of the example.
    fn holds_at_ends(&self, places: &BTreeMap<Place, String>, symbols: &BTreeMap<String, Symbol>) -> bool {
        let ends = |symbol: &Symbol| [symbol.open.least, symbol.example, symbol.longest()];
        let all: Vec<_> = self.symbols.iter().filter_map(|name| Some((name, ends(symbols.get(name)?)))).collect();
        (0..3_usize.saturating_pow(all.len().min(6) as u32)).all(|index| {
            let at = |place: usize| index / 3_usize.pow(place.min(6) as u32) % 3;
            let length =
                |name: &str| all.iter().enumerate().find(|(_, (own, _))| *own == name).map(|(i, (_, e))| e[at(i)]);
            self.holds(places, &length)
        })
    }
}

impl Term {
    fn visit(&self, see: &mut impl FnMut(&Place)) {
        match self {
            Term::Int(_) => {}
            Term::Size(place) => see(place),
            Term::Of(_, terms) => terms.iter().for_each(|term| term.visit(see)),
        }
    }

    /// Its value as Python has it, `True` as 1; `None` if a length is not known, or a number is too large.
    fn value(&self, length: &dyn Fn(&Place) -> Option<usize>) -> Option<i64> {
        let (operation, terms) = match self {
            Term::Int(int) => return Some(*int),
            Term::Size(place) => return length(place)?.try_into().ok(),
            Term::Of(operation, terms) => (operation, terms),
        };
        let first = || terms.first()?.value(length);
        let pair = || Some((first()?, terms.get(1)?.value(length)?));
        let joined = |join: fn(i64, i64) -> i64| {
            let mut values = terms.iter().map(|term| term.value(length));
            let start = values.next()??;
            values.try_fold(start, |sum, value| Some(join(sum, value?)))
        };
        Some(match operation {
            Add => pair().and_then(|(a, b)| a.checked_add(b))?,
            Subtract => pair().and_then(|(a, b)| a.checked_sub(b))?,
            Multiply => pair().and_then(|(a, b)| a.checked_mul(b))?,
            FloorDivide => pair().filter(|&(_, b)| b > 0).map(|(a, b)| a.div_euclid(b))?,
            Modulo => pair().filter(|&(_, b)| b > 0).map(|(a, b)| a.rem_euclid(b))?,
            Negate => first()?.checked_neg()?,
            Not => i64::from(first()? == 0),
            And => joined(|a, b| i64::from(a != 0 && b != 0))?,
            Or => joined(|a, b| i64::from(a != 0 || b != 0))?,
            Equal => pair().map(|(a, b)| i64::from(a == b))?,
            Differs => pair().map(|(a, b)| i64::from(a != b))?,
            Less => pair().map(|(a, b)| i64::from(a < b))?,
            AtMost => pair().map(|(a, b)| i64::from(a <= b))?,
            Greater => pair().map(|(a, b)| i64::from(a > b))?,
            AtLeast => pair().map(|(a, b)| i64::from(a >= b))?,
            Least => joined(i64::min)?,
            Greatest => joined(i64::max)?,
        })
    }
}

/// Reads a guard from left to right.
struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// `None` if something is in it that is not known here.
    fn parse(guard: &'a str) -> Option<Term> {
        let mut parser = Self { rest: guard, depth: 0 };
        let term = parser.any()?;
        parser.rest.trim_start().is_empty().then_some(term)
    }

    fn takes(&mut self, token: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn takes_one(&mut self, operations: &[(&str, Operation)]) -> Option<Operation> {
        operations.iter().find(|(token, _)| self.takes(token)).map(|&(_, operation)| operation)
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(word);
        let rest = rest.filter(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn any(&mut self) -> Option<Term> {
        let mut terms = vec![self.all()?];
        while self.takes_word("or") {
            terms.push(self.all()?);
        }
        Some(Self::joined(Or, terms))
    }

    fn all(&mut self) -> Option<Term> {
        let mut terms = vec![self.not()?];
        while self.takes_word("and") {
            terms.push(self.not()?);
        }
        Some(Self::joined(And, terms))
    }

    fn joined(operation: Operation, mut terms: Vec<Term>) -> Term {
        if terms.len() == 1 { terms.remove(0) } else { Term::Of(operation, terms) }
    }

    fn not(&mut self) -> Option<Term> {
        if !self.takes_word("not") {
            return self.comparison();
        }
        self.deeper(|parser| Some(Term::Of(Not, vec![parser.not()?])))
    }

    /// A chain of comparisons holds if each does.
    fn comparison(&mut self) -> Option<Term> {
        let mut left = self.sum()?;
        let mut terms = vec![];
        while let Some(operation) = self.takes_one(&COMPARISONS) {
            let right = self.sum()?;
            terms.push(Term::Of(operation, vec![left, right.clone()]));
            left = right;
        }
        if terms.is_empty() { Some(left) } else { Some(Self::joined(And, terms)) }
    }

    fn sum(&mut self) -> Option<Term> {
        self.chain(&SUMS, Self::product)
    }

    fn product(&mut self) -> Option<Term> {
        self.chain(&PRODUCTS, Self::signed)
    }

    /// Operands with these operations between them, from left to right.
    fn chain(&mut self, operations: &[(&str, Operation)], operand: fn(&mut Self) -> Option<Term>) -> Option<Term> {
        let mut left = operand(self)?;
        while let Some(operation) = self.takes_one(operations) {
            left = Term::Of(operation, vec![left, operand(self)?]);
        }
        Some(left)
    }

    fn signed(&mut self) -> Option<Term> {
        if !self.takes("-") {
            return self.atom();
        }
        self.deeper(|parser| Some(Term::Of(Negate, vec![parser.signed()?])))
    }

    fn atom(&mut self) -> Option<Term> {
        if self.takes("L['") {
            return self.size();
        }
        if let Some(operation) = self.takes_one(&FUNCTIONS) {
            return self.deeper(|parser| Some(Term::Of(operation, parser.arguments()?)));
        }
        if self.takes("(") {
            let term = self.deeper(Self::any)?;
            return self.takes(")").then_some(term);
        }
        self.integer().map(Term::Int)
    }

    fn arguments(&mut self) -> Option<Vec<Term>> {
        let mut terms = vec![self.any()?];
        while self.takes(",") {
            terms.push(self.any()?);
        }
        self.takes(")").then_some(terms)
    }

    /// `L['x'].size()[2]`, of which the beginning is read.
    fn size(&mut self) -> Option<Term> {
        let (name, rest) = self.rest.split_once("'].size()[").filter(|(name, _)| !name.contains('\''))?;
        self.rest = rest;
        let axis = usize::try_from(self.integer()?).ok()?;
        self.takes("]").then(|| Term::Size((name.to_owned(), axis)))
    }

    fn integer(&mut self) -> Option<i64> {
        let rest = self.rest.trim_start();
        let digits = rest.find(|next: char| !next.is_ascii_digit()).unwrap_or(rest.len());
        self.rest = &rest[digits..];
        rest[..digits].parse().ok()
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        let read = if self.depth > DEEPEST { None } else { read(self) };
        self.depth -= 1;
        read
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // tests fail by panicking
mod tests {
    use super::*;

    const H: &str = "L['x'].size()[2]";

    /// What is kept of heights from 2 that a program was traced with at 64; widths are 96.
    fn kept(guards: &[&str]) -> (usize, Option<usize>, usize) {
        let symbol = |example| {
            let open = Open { name: None, least: 2, most: None, step: 1 };
            Symbol { open, example }
        };
        let mut symbols = BTreeMap::from([("h".to_owned(), symbol(64)), ("w".to_owned(), symbol(96))]);
        let places = [(("x".to_owned(), 2), "h".to_owned()), (("x".to_owned(), 3), "w".to_owned())];
        let guards: Vec<_> =
            guards.iter().map(|guard| guard.replace('H', H).replace('W', "L['x'].size()[3]")).collect();
        keep(&guards, &places.into(), &mut symbols);
        let open = &symbols["h"].open;
        (open.least, open.most, open.step)
    }

    #[test]
    fn lengths_are_those_that_guards_allow() {
        assert_eq!(kept(&[]), (2, None, 1));
        assert_eq!(kept(&["(1 + (((-1) + H) // 4)) != 1"]), (5, None, 1));
        assert_eq!(kept(&["(1 + (((-1) + H) // 4)) == 16"]), (61, Some(64), 1));
        assert_eq!(kept(&["H % 32 == 0"]), (32, None, 32));
        assert_eq!(kept(&["H == 64"]), (64, Some(64), 1));
        assert_eq!(kept(&["50 <= H < 100 and not H == 101", "torch.sym_max(1, H) >= 3"]), (50, Some(99), 1));
    }

    #[test]
    fn what_holds_for_some_pairs_only_or_is_not_known_is_the_example() {
        assert_eq!(kept(&["2*W == 3*H"]), (64, Some(64), 1));
        assert_eq!(kept(&["H*W < 100000"]), (64, Some(64), 1));
        assert_eq!(kept(&["H*W >= 100 or H == 64"]), (64, Some(64), 1));
        assert_eq!(kept(&["math.sqrt(H) == 8"]), (64, Some(64), 1));
        assert_eq!(kept(&["L['flag'] is None"]), (2, None, 1));
        assert_eq!(kept(&[&("(".repeat(100_000) + "H" + &")".repeat(100_000))]), (64, Some(64), 1));
    }
}
