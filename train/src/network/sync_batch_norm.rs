//! BatchNorm by the statistics of the batches of all processes (PyTorch's `SyncBatchNorm`).

use std::collections::HashMap;

use edgeconv_graph::{Node, Op, ValueId};
use tch::{Kind, TchError, Tensor, no_grad};

use super::NetworkError;
use super::operator::{Context, count_batch, failed, single_value};
use super::program::Program;
use crate::distributed::World;

/// What the way back needs.
#[derive(Debug)]
pub(super) struct SyncBatchNorm {
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    /// Of all processes, `[1, C, 1, 1]`.
    mean: Tensor,
    /// 1/√(variance + ε), of the same shape.
    inverse_deviation: Tensor,
    /// Values of a channel in all processes.
    count: f64,
}

impl SyncBatchNorm {
    /// The normalised map, without a way back, and what goes the way back.
    pub(super) fn forward(
        program: &Program,
        node: &Node,
        input: &Tensor,
        context: &Context,
        computed: &HashMap<ValueId, Tensor>,
        world: &World,
    ) -> Result<(Tensor, Self), NetworkError> {
        let operand = |index: usize| program.value(node.inputs[index], input, context.parameters, computed);
        let operands = [operand(0)?, operand(1)?, operand(2)?, operand(3)?, operand(4)?];
        count_batch(program.graph(), node, context).map_err(|error| failed(node, &error))?;
        let Op::BatchNormalization(op) = &node.op else {
            return Err(failed(node, &TchError::Shape("it is not a BatchNorm".into())));
        };
        let (epsilon, momentum) = (f64::from(op.epsilon), context.batch_norm.momentum);
        no_grad(|| Self::normalise(operands, epsilon, momentum, world)).map_err(|error| failed(node, &error))
    }

    fn normalise(
        [x, weight, bias, running_mean, running_var]: [&Tensor; 5],
        epsilon: f64,
        momentum: f64,
        world: &World,
    ) -> Result<(Tensor, Self), TchError> {
        // That of parameters, also where values are half precision.
        let values = x.f_to_kind(weight.kind())?;
        let own = (x.numel() / weight.numel()) as f64;
        // Two messages rather than one with sums and sums of squares: those cancel out where means are large.
        let mut sums = channel_means(&values)?.iter().map(|mean| mean * own).collect::<Vec<_>>();
        sums.push(own);
        world.all_reduce_sum(&mut sums);
        let count = sums.pop().unwrap_or(own);
        if count == 1.0 {
            return Err(single_value());
        }
        let means: Vec<_> = sums.iter().map(|sum| sum / count).collect();
        let mean = channels(&means, &values)?;
        let mut squares = channel_means(&values.f_sub(&mean)?.f_square()?)?;
        squares.iter_mut().for_each(|square| *square *= own);
        world.all_reduce_sum(&mut squares);
        let scaled = |divisor: f64| squares.iter().map(|square| square / divisor).collect::<Vec<_>>();
        let (variance, unbiased) = (channels(&scaled(count), &values)?, channels(&scaled(count - 1.0), &values)?);

        let flat = |statistic: &Tensor| statistic.f_reshape(-1);
        let _ = running_mean.shallow_clone().f_lerp_(&flat(&mean)?, momentum)?;
        let _ = running_var.shallow_clone().f_lerp_(&flat(&unbiased)?, momentum)?;
        let (flat_mean, flat_variance) = (flat(&mean)?, flat(&variance)?);
        let statistics = (Some(&flat_mean), Some(&flat_variance));
        let y = x.f_batch_norm(Some(weight), Some(bias), statistics.0, statistics.1, false, momentum, epsilon, true)?;
        let inverse_deviation = variance.f_add_scalar(epsilon)?.f_rsqrt()?;
        let [x, weight, bias] = [x, weight, bias].map(Tensor::shallow_clone);
        Ok((y, Self { x, weight, bias, mean, inverse_deviation, count }))
    }

    /// The gradients of operands for that of the result. The statistics depend on the maps of all processes, so each of them tells
    /// the others what its own gradient comes to.
    pub(super) fn backward(&self, gradient: &Tensor, world: &World) -> Result<Vec<(Tensor, Tensor)>, TchError> {
        no_grad(|| {
            let own = (self.x.numel() / self.weight.numel()) as f64;
            let gradient = gradient.f_to_kind(self.weight.kind())?;
            let normalised = self.x.f_to_kind(self.weight.kind())?.f_sub(&self.mean)?.f_mul(&self.inverse_deviation)?;
            let of_bias = channel_means(&gradient)?;
            let of_weight = channel_means(&gradient.f_mul(&normalised)?)?;
            let sums: Vec<_> = [of_weight, of_bias].concat().iter().map(|mean| mean * own).collect();
            let mut means = sums.clone();
            world.all_reduce_sum(&mut means);
            means.iter_mut().for_each(|sum| *sum /= self.count);
            let (along, constant) = means.split_at(means.len() / 2);
            let scale = self.weight.f_view_as(&self.mean)?.f_mul(&self.inverse_deviation)?;
            let along = normalised.f_mul(&channels(along, &gradient)?)?;
            let of_x = gradient.f_sub(&channels(constant, &gradient)?)?.f_sub(&along)?.f_mul(&scale)?;
            let (of_weight, of_bias) = sums.split_at(sums.len() / 2);
            let learned = |sums: &[f64]| channels(sums, &gradient)?.f_reshape(-1);
            let all = [
                (&self.x, of_x.f_to_kind(self.x.kind())?),
                (&self.weight, learned(of_weight)?),
                (&self.bias, learned(of_bias)?),
            ];
            let needed = all.into_iter().filter(|(tensor, _)| tensor.requires_grad());
            Ok(needed.map(|(tensor, gradient)| (tensor.shallow_clone(), gradient)).collect())
        })
    }
}

/// The mean of each channel of `[N, C, H, W]`.
fn channel_means(x: &Tensor) -> Result<Vec<f64>, TchError> {
    Vec::try_from(x.f_mean_dim([0i64, 2, 3].as_slice(), false, Kind::Double)?)
}

/// A number for each channel, as a map `[1, C, 1, 1]` of the type of `like`, and where that is.
fn channels(numbers: &[f64], like: &Tensor) -> Result<Tensor, TchError> {
    Tensor::f_from_slice(numbers)?.f_reshape([1, -1, 1, 1])?.f_to_kind(like.kind())?.f_to_device(like.device())
}
