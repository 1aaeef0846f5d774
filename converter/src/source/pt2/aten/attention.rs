//! Attention.

use edgeconv_graph::DType;

use super::super::program::Int;
use super::{Added, Call, Entry, Refused, entry};
use crate::attributes::{int, ints};

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False)",
        attention,
    ),
    entry(
        "_scaled_dot_product_flash_attention_for_cpu(Tensor query, Tensor key, Tensor value, float dropout_p=0.0, bool is_causal=False, *, Tensor? attn_mask=None, float? scale=None)",
        |c| {
            let attended = attention(c)?;
            c.only_first(attended)
        },
    ),
];

fn attention(c: &mut Call<'_, '_>) -> Added {
    if c.float("dropout_p")? > 0.0 {
        return Err("it drops elements: export the model in eval mode".into());
    }
    let (dtype, rank, is_grouped) = (c.dtype("query")?, c.rank("query")?, c.bool("enable_gqa").unwrap_or(false));
    if rank < 2 {
        return Err(format!("its queries have {rank} axes"));
    }
    let width = c.shape("query")?.last().copied().flatten().ok_or("the width of its heads is open")?;
    let scale = c.optional_float("scale")?.unwrap_or(1.0 / (width as f64).sqrt());
    let query = c.tensor("query")?;
    let (key, value) = (c.shared_heads("key", is_grouped)?, c.shared_heads("value", is_grouped)?);
    let mut perm: Vec<_> = (0..rank).collect();
    perm.swap(rank as usize - 1, rank as usize - 2);
    let turned = c.step("Transpose", &[&key], vec![ints("perm", &perm)]);
    let scale = c.scalar(scale, dtype);
    let query = c.step("Mul", &[&query, &scale], vec![]);
    let mut scores = c.step("MatMul", &[&query, &turned], vec![]);
    if c.bool("is_causal")? {
        let mask = c.causal()?;
        scores = c.masked(&scores, &mask, dtype);
    }
    let mask = c.optional("attn_mask")?;
    let is_choice = mask.is_some() && c.dtype("attn_mask")? == DType::Bool;
    scores = match &mask {
        Some(mask) if is_choice => c.masked(&scores, mask, dtype),
        Some(mask) => c.step("Add", &[&scores, mask], vec![]),
        None => scores,
    };
    let mut weights = c.step("Softmax", &[&scores], vec![int("axis", -1)]);
    if let Some(mask) = mask.filter(|_| is_choice) {
        // A query that may look at no key gets zeros.
        let shares = c.cast(&mask, dtype);
        weights = c.step("Mul", &[&weights, &shares], vec![]);
    }
    c.last("MatMul", &[&weights, &value], vec![])
}

impl Call<'_, '_> {
    /// Scores where the mask is set, and the least number elsewhere.
    fn masked(&mut self, scores: &str, mask: &str, dtype: DType) -> String {
        let least = self.scalar(if dtype == DType::F16 { -65504.0 } else { f64::from(f32::MIN) }, dtype);
        self.step("Where", &[mask, scores, &least], vec![])
    }

    /// Where a query may look: at keys up to its own place.
    fn causal(&mut self) -> Result<String, Refused> {
        let rank = self.rank("query")?;
        let [query, key] = ["query", "key"].map(|name| self.source(name).map(str::to_owned));
        let lengths = [self.length(&query?, rank - 2)?, self.length(&key?, rank - 2)?];
        let (shape, set) = (self.writer.ints(&lengths), self.scalar(1.0, DType::I32));
        let all = self.step("Expand", &[&set, &shape], vec![]);
        let lower = self.step("Trilu", &[&all], vec![int("upper", 0)]);
        Ok(self.cast(&lower, DType::Bool))
    }

    /// Keys or values, whose heads several heads of queries share: each as often as it is used.
    fn shared_heads(&mut self, name: &str, is_grouped: bool) -> Result<String, Refused> {
        let tensor = self.tensor(name)?;
        let heads = |shape: Vec<Option<i64>>| shape.len().checked_sub(3).and_then(|axis| shape[axis]);
        let (own, wanted) = (heads(self.shape(name)?), heads(self.shape("query")?));
        if !is_grouped || own == wanted {
            return Ok(tensor);
        }
        let (Some(own @ 1..), Some(wanted)) = (own, wanted) else { return Err("its number of heads is open".into()) };
        let (rank, source) = (self.rank(name)?, self.source(name)?.to_owned());
        let mut shape = (0..rank).map(|axis| self.length(&source, axis)).collect::<Result<Vec<_>, _>>()?;
        let axes = self.writer.known_ints(&[rank - 2]);
        let apart = self.step("Unsqueeze", &[&tensor, &axes], vec![]);
        let mut times = vec![1; rank as usize + 1];
        times[rank as usize - 2] = wanted / own;
        let times = self.writer.known_ints(&times);
        let several = self.step("Tile", &[&apart, &times], vec![]);
        shape[rank as usize - 3] = Int::Known(wanted);
        Ok(self.reshaped(&several, &shape))
    }
}
