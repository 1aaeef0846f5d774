//! The order of the pictures.

use super::{PythonRandom, Share};
use crate::random::shuffle;

/// The indices of all pictures, the first once more until each process gets as many. Each epoch shuffles them in place.
pub struct Order {
    len: usize,
    indices: Vec<usize>,
    /// Epochs that have shuffled them.
    pub epochs: usize,
    share: Share,
}

impl Order {
    pub fn new(len: usize, share: Share) -> Self {
        let indices = (0..len.next_multiple_of(share.world_size)).map(|index| index % len).collect();
        Self { len, indices, epochs: 0, share }
    }

    /// Back to the order before the first epoch.
    pub fn reset(&mut self) {
        *self = Self::new(self.len, self.share);
    }

    /// Shuffles them for the next epoch; gives the numbers that follow.
    pub fn shuffle(&mut self) -> PythonRandom {
        let mut random = PythonRandom::new(self.epochs as u64);
        shuffle(&mut self.indices, &mut random);
        self.epochs += 1;
        random
    }

    /// The indices of this process.
    pub fn share(&self) -> Vec<usize> {
        self.indices.iter().skip(self.share.rank).step_by(self.share.world_size).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_process_gets_as_many() {
        let share = |rank, len| Order::new(len, Share { rank, world_size: 3 }).share();
        assert_eq!([0, 1, 2].map(|rank| share(rank, 4)), [[0, 3], [1, 0], [2, 1]]);
        assert_eq!([0, 1, 2].map(|rank| share(rank, 1)), [[0], [0], [0]]);
    }
}
