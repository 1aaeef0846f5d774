use super::{Attribute, OpError, Operator, Reshape, Work, expect_inputs, op_error};
use edgeconv_tensor::{Tensor, TensorType};

/// Which of the channels of [`DepthToSpace`] become a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DepthOrder {
    /// Channels are `[block row, block column, C]`: ONNX `DCR`.
    BlocksFirst,
    /// Channels are `[C, block row, block column]`: ONNX `CRD`, PyTorch's `PixelShuffle`.
    ChannelsFirst,
}

/// ONNX `DepthToSpace`: `[N, C · block², H, W]` becomes `[N, C, H · block, W · block]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepthToSpace {
    /// Height and width of a block.
    pub block: usize,
    /// The order of the channels.
    pub order: DepthOrder,
}

impl Operator for DepthToSpace {
    fn name(&self) -> &'static str {
        "DepthToSpace"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        let mode = match self.order {
            DepthOrder::BlocksFirst => "DCR",
            DepthOrder::ChannelsFirst => "CRD",
        };
        vec![("blocksize", self.block.into()), ("mode", mode.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        let block = self.block;
        match *inputs[0].shape {
            [n, c, h, w] if is_block(block) && c % (block * block) == 0 => {
                let shape = vec![n, c / (block * block), h * block, w * block];
                Ok(vec![TensorType { dtype: inputs[0].dtype, shape }])
            }
            _ => Err(op_error!("{} has no blocks of {block} × {block} channels", inputs[0])),
        }
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let (&[n, c, h, w], b) = (inputs[0].shape(), self.block) else { return None };
        let c = c / (b * b);
        let (split, perm) = match self.order {
            DepthOrder::BlocksFirst => ([n, b, b, c, h, w], [0, 3, 4, 1, 5, 2]),
            DepthOrder::ChannelsFirst => ([n, c, b, b, h, w], [0, 1, 4, 2, 5, 3]),
        };
        regroup(inputs[0], split, perm, [n, c, h * b, w * b])
    }
}

/// ONNX `SpaceToDepth`: `[N, C, H · block, W · block]` becomes `[N, block² · C, H, W]`, the order of [`DepthOrder::BlocksFirst`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpaceToDepth {
    /// Height and width of a block.
    pub block: usize,
}

impl Operator for SpaceToDepth {
    fn name(&self) -> &'static str {
        "SpaceToDepth"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("blocksize", self.block.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        let block = self.block;
        match *inputs[0].shape {
            [n, c, h, w] if is_block(block) && h % block == 0 && w % block == 0 => {
                let shape = vec![n, c * block * block, h / block, w / block];
                Ok(vec![TensorType { dtype: inputs[0].dtype, shape }])
            }
            _ => Err(op_error!("{} can't be cut into blocks of {block} × {block}", inputs[0])),
        }
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let (&[n, c, h, w], b) = (inputs[0].shape(), self.block) else { return None };
        let (h, w) = (h / b, w / b);
        regroup(inputs[0], [n, c, h, b, w, b], [0, 3, 5, 1, 2, 4], [n, c * b * b, h, w])
    }
}

/// Whether blocks can have this size; larger ones would have more pixels than can be counted.
fn is_block(size: usize) -> bool {
    (1..1 << 15).contains(&size)
}

/// Splits the axes, orders them anew, and joins them.
fn regroup(tensor: &Tensor, split: [usize; 6], perm: [usize; 6], joined: [usize; 4]) -> Option<Vec<Tensor>> {
    let split = tensor.reshape(split).ok()?;
    let moved = split.transposed(&perm)?;
    Reshape { shape: joined.to_vec() }.evaluate(&[&moved])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_to_space_and_back() {
        let x = Tensor::f32([1, 8, 1, 1], (0..8).map(|i| i as f32).collect()).unwrap();
        let apply = |order| {
            let op = DepthToSpace { block: 2, order };
            let y = op.evaluate(&[&x]).unwrap().remove(0);
            assert_eq!([y.ty()], *op.infer(&[&x.ty()]).unwrap());
            y
        };
        let blocks = apply(DepthOrder::BlocksFirst);
        assert_eq!(blocks.as_f32().unwrap(), [0.0, 2.0, 4.0, 6.0, 1.0, 3.0, 5.0, 7.0]);
        let channels = apply(DepthOrder::ChannelsFirst);
        assert_eq!(channels.as_f32().unwrap(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        assert_eq!(SpaceToDepth { block: 2 }.evaluate(&[&blocks]).unwrap(), std::slice::from_ref(&x));
        assert!(SpaceToDepth { block: 2 }.infer(&[&x.ty()]).is_err());
    }
}
