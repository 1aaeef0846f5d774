//! Convolutions.

use super::{Added, Call, Entry, Refused, entry};
use crate::attributes::{int, ints, string};

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] dilation=1, SymInt groups=1)",
        conv,
    ),
    entry(
        "conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] dilation=1, SymInt groups=1)",
        conv,
    ),
    entry(
        "conv3d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] dilation=1, SymInt groups=1)",
        conv,
    ),
    entry(
        "conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, str padding=\"valid\", SymInt[1] dilation=1, SymInt groups=1)",
        conv,
    ),
    entry(
        "conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, str padding=\"valid\", SymInt[2] dilation=1, SymInt groups=1)",
        conv,
    ),
    entry(
        "convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups)",
        |c| {
            if c.bool("transposed")? { transposed(c) } else { conv(c) }
        },
    ),
    entry(
        "conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] output_padding=0, SymInt groups=1, SymInt[1] dilation=1)",
        transposed,
    ),
    entry(
        "conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] output_padding=0, SymInt groups=1, SymInt[2] dilation=1)",
        transposed,
    ),
];

/// Kernel, strides and dilations, and the operands.
fn parts(c: &mut Call<'_, '_>) -> Result<(Vec<String>, Vec<crate::proto::AttributeProto>, usize), Refused> {
    let axes = c.shape("weight")?.len().saturating_sub(2);
    if c.shape("input")?.len() != axes + 2 {
        return Err("its input has no batch axis: export it with one".into());
    }
    let mut operands = vec![c.tensor("input")?, c.tensor("weight")?];
    operands.extend(c.optional("bias")?);
    let attributes = vec![
        ints("strides", &c.for_axes("stride", axes)?),
        ints("dilations", &c.for_axes("dilation", axes)?),
        int("group", c.known("groups")?),
    ];
    Ok((operands, attributes, axes))
}

fn conv(c: &mut Call<'_, '_>) -> Added {
    let (operands, mut attributes, axes) = parts(c)?;
    match c.text("padding").as_deref() {
        // As ONNX does it for strides of 1, which PyTorch asks for.
        Some("same") => attributes.push(string("auto_pad", "SAME_UPPER")),
        Some("valid") => {}
        _ => attributes.push(ints("pads", &c.for_axes("padding", axes)?.repeat(2))),
    }
    let operands: Vec<_> = operands.iter().map(String::as_str).collect();
    c.last("Conv", &operands, attributes)
}

fn transposed(c: &mut Call<'_, '_>) -> Added {
    let (operands, mut attributes, axes) = parts(c)?;
    attributes.push(ints("pads", &c.for_axes("padding", axes)?.repeat(2)));
    attributes.push(ints("output_padding", &c.for_axes("output_padding", axes)?));
    let operands: Vec<_> = operands.iter().map(String::as_str).collect();
    c.last("ConvTranspose", &operands, attributes)
}
