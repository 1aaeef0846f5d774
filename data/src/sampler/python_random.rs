//! The random numbers of Python.

use rand_mt::Mt;

use crate::random::Random;

/// The generator of CPython's module `random` (Mersenne Twister), as of version 3.11.
#[derive(Debug, Clone)]
pub struct PythonRandom(Mt);

impl PythonRandom {
    /// The same as `random.seed(seed)`.
    pub fn new(seed: u64) -> Self {
        let words = [seed as u32, (seed >> 32) as u32];
        let used = if words[1] == 0 { &words[..1] } else { &words[..] };
        Self(Mt::new_with_key(used.iter().copied()))
    }
}

impl Random for PythonRandom {
    /// The same as `random.random()`.
    fn unit(&mut self) -> f64 {
        let (high, low) = (self.0.next_u32() >> 5, self.0.next_u32() >> 6);
        (f64::from(high) * f64::from(1 << 26) + f64::from(low)) / (1u64 << 53) as f64
    }

    /// The same as `random.randrange(n)`, for n of at most 32 bits: as many bits as n has, until they are below it.
    fn below(&mut self, n: usize) -> usize {
        let bits = usize::BITS - n.leading_zeros();
        if n == 0 || bits > u32::BITS {
            return 0;
        }
        loop {
            let number = (self.0.next_u32() >> (u32::BITS - bits)) as usize;
            if number < n {
                return number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::shuffle;

    #[test]
    fn numbers_are_those_of_cpython_3_11() {
        let mut random = PythonRandom::new(0);
        assert_eq!([random.unit(), random.unit()], [0.8444218515250481, 0.7579544029403025]);
        assert_eq!([1, 2, 7, 1000, u32::MAX as usize].map(|n| random.below(n)), [0, 0, 2, 988, 2195908194]);
        let mut items: Vec<_> = (0..10).collect();
        shuffle(&mut items, &mut random);
        assert_eq!(items, [8, 0, 5, 1, 9, 2, 3, 4, 6, 7]);
        assert_eq!(PythonRandom::new((1 << 40) + 3).unit(), 0.21978710637116716);

        // As many as ImageNet has, in its last epoch.
        let mut random = PythonRandom::new(299);
        let mut items: Vec<_> = (0..1_281_167).collect();
        shuffle(&mut items, &mut random);
        assert_eq!(items[..4], [922234, 286055, 290308, 378835]);
        assert_eq!(items[1_281_163..], [26708, 393323, 1240161, 763530]);
        assert_eq!(random.uniform(-0.2, 0.3), 0.08319812701617962);
        assert_eq!((random.between(5, 9), random.below(5)), (7, 0));
    }
}
