//! Tensors with their axes in another order.

use crate::Tensor;

/// Length of the sides of what is moved together: a line of most caches, of 32-bit elements.
const TILE: usize = 16;

/// An axis of the result.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Axis {
    length: usize,
    /// From one element to the next before.
    from: usize,
    /// From one element to the next in the result.
    to: usize,
}

impl Tensor {
    /// The tensor with its axes in the order `perm`, as `Transpose` has it; `None` if those are not its axes.
    pub fn transposed(&self, perm: &[usize]) -> Option<Self> {
        let mut sorted = perm.to_vec();
        sorted.sort_unstable();
        if !sorted.into_iter().eq(0..self.shape().len()) {
            return None;
        }
        let shape: Vec<_> = perm.iter().map(|&axis| self.shape()[axis]).collect();
        let axes = axes(self.shape(), perm);
        let dtype = self.ty().dtype;
        let moved = match dtype.bits() {
            64 => Self::new(shape, moved(self.view::<u64>()?, &axes)),
            32 => Self::new(shape, moved(self.view::<u32>()?, &axes)),
            16 => Self::new(shape, moved(self.view::<u16>()?, &axes)),
            8 => Self::new(shape, moved(self.view::<u8>()?, &axes)),
            _ => Self::from_patterns(dtype, shape, &moved(&self.patterns().collect::<Vec<_>>(), &axes)),
        };
        moved.ok().map(|moved| moved.with_dtype(dtype))
    }
}

/// The axes of the result, those that stay neighbours as one.
fn axes(shape: &[usize], perm: &[usize]) -> Vec<Axis> {
    let stride = |axis: usize| shape[axis + 1..].iter().product::<usize>();
    let mut axes: Vec<Axis> = vec![];
    let mut to = 1;
    for &axis in perm.iter().rev().filter(|&&axis| shape[axis] != 1) {
        let (length, from) = (shape[axis], stride(axis));
        match axes.last_mut() {
            Some(inner) if inner.from * inner.length == from => inner.length *= length,
            _ => axes.push(Axis { length, from, to }),
        }
        to *= length;
    }
    axes.reverse();
    axes
}

fn moved<T: Copy + Default>(data: &[T], axes: &[Axis]) -> Vec<T> {
    let mut result = vec![T::default(); data.len()];
    let Some((&last, outer)) = axes.split_last().filter(|_| !data.is_empty()) else {
        result.copy_from_slice(data);
        return result;
    };
    // The axis that is contiguous before; the last one where nothing moves inside of rows.
    let lines = outer.iter().copied().find(|axis| axis.from == 1);
    let rest: Vec<_> = outer.iter().copied().filter(|axis| Some(*axis) != lines).collect();
    for index in 0..rest.iter().map(|axis| axis.length).product() {
        let [from, to] = place(index, &rest);
        match lines {
            None => result[to..to + last.length].copy_from_slice(&data[from..from + last.length]),
            Some(lines) => turn(&data[from..], &mut result[to..], lines, last),
        }
    }
    result
}

/// Where an element stands before and in the result, by its index along some axes.
fn place(mut index: usize, axes: &[Axis]) -> [usize; 2] {
    let mut place = [0; 2];
    for axis in axes.iter().rev() {
        let along = index % axis.length;
        index /= axis.length;
        place[0] += along * axis.from;
        place[1] += along * axis.to;
    }
    place
}

/// Moves a plane in which `lines` is contiguous before, and `rows` in the result, tile by tile: each line of the cache is read once and
/// written once, also where all lines of a tile are in the same place of the cache.
fn turn<T: Copy + Default>(data: &[T], result: &mut [T], lines: Axis, rows: Axis) {
    let mut tile = [[T::default(); TILE]; TILE];
    for first in (0..lines.length).step_by(TILE) {
        let width = TILE.min(lines.length - first);
        for top in (0..rows.length).step_by(TILE) {
            let height = TILE.min(rows.length - top);
            for row in 0..height {
                let line = &data[(top + row) * rows.from + first..][..width];
                line.iter().zip(&mut tile).for_each(|(&element, column)| column[row] = element);
            }
            for (column, elements) in tile[..width].iter().enumerate() {
                result[(first + column) * lines.to + top..][..height].copy_from_slice(&elements[..height]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;

    /// Each element by its indices.
    fn slowly(tensor: &Tensor, perm: &[usize]) -> Vec<i128> {
        let old: Vec<_> = tensor.integers().unwrap().collect();
        let shape = tensor.shape();
        let new: Vec<_> = perm.iter().map(|&axis| shape[axis]).collect();
        let element = |index: usize| {
            let (mut index, mut indices) = (index, vec![0; shape.len()]);
            for (&axis, length) in perm.iter().zip(&new).rev() {
                indices[axis] = index % length;
                index /= length;
            }
            old[shape.iter().zip(indices).fold(0, |at, (length, index)| at * length + index)]
        };
        (0..old.len()).map(element).collect()
    }

    #[test]
    fn axes_take_each_others_places() {
        let cases: [(&[usize], &[usize]); 9] = [
            (&[], &[]),
            (&[5], &[0]),
            (&[37, 41], &[1, 0]),
            (&[3, 35, 18], &[2, 1, 0]),
            (&[3, 4, 5, 6], &[0, 2, 3, 1]),
            (&[3, 4, 5, 6], &[2, 3, 0, 1]),
            (&[3, 1, 5, 2], &[3, 0, 1, 2]),
            (&[3, 4, 1, 6], &[1, 0, 2, 3]),
            (&[2, 0, 3], &[2, 0, 1]),
        ];
        for dtype in [DType::I64, DType::U32, DType::I16, DType::U8, DType::I4, DType::U2] {
            for (shape, perm) in cases {
                let count = shape.iter().product::<usize>();
                let modulus = if dtype.bits() < 8 { 3 } else { 100 };
                let tensor = Tensor::from_integers(dtype, shape, (0..count).map(|index| (index % modulus) as i128));
                let tensor = tensor.unwrap();
                let moved = tensor.transposed(perm).unwrap();
                assert_eq!(moved.ty().dtype, dtype);
                assert!(moved.integers().unwrap().eq(slowly(&tensor, perm)), "{shape:?} {perm:?} {dtype}");
            }
        }
    }

    #[test]
    fn other_axes_are_none() {
        let tensor = Tensor::f32([2, 3], vec![0.0; 6]).unwrap();
        assert!([&[0][..], &[0, 0], &[0, 2], &[1, 0, 2]].iter().all(|perm| tensor.transposed(perm).is_none()));
    }
}
