//! Which picture is loaded next.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::sampler::BatchPlan;

/// Batches that may be in memory while one is used.
const BATCHES_AHEAD: usize = 2;

/// A picture that is to be loaded.
pub struct Job {
    /// Its index in the dataset.
    pub index: usize,
    /// Its place in the epoch of this process.
    pub position: usize,
    /// Height and width of the pictures of its batch.
    pub size: (usize, usize),
}

/// Hands out the pictures of an epoch in order, and not too many more than were used.
pub struct Queue {
    plans: Vec<BatchPlan>,
    /// Position of the first picture of each batch, and their number.
    starts: Vec<usize>,
    /// Pictures ahead of the first of the batch that is used, if batches are small.
    least_ahead: usize,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    batch: usize,
    position: usize,
    /// Pictures from this position on have to wait.
    limit: usize,
    stopped: bool,
}

impl Queue {
    /// Hands out these batches.
    pub fn new(plans: Vec<BatchPlan>, least_ahead: usize) -> Self {
        let mut starts = vec![0];
        starts.extend(plans.iter().scan(0, |end, plan| {
            *end += plan.indices.len();
            Some(*end)
        }));
        let state = Mutex::new(State { batch: 0, position: 0, limit: 0, stopped: false });
        let queue = Self { plans, starts, least_ahead, state, changed: Condvar::new() };
        queue.go_on(0);
        queue
    }

    /// All batches.
    pub fn plans(&self) -> &[BatchPlan] {
        &self.plans
    }

    /// The next picture, as soon as it may be loaded; none at the end.
    pub fn next(&self) -> Option<Job> {
        let mut state = self.state();
        while !state.stopped && state.position >= state.limit && state.position < self.end() {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped {
            return None;
        }
        while self.starts.get(state.batch + 1).is_some_and(|&end| end <= state.position) {
            state.batch += 1;
        }
        let plan = self.plans.get(state.batch)?;
        let position = state.position;
        let index = *plan.indices.get(position - self.starts.get(state.batch)?)?;
        state.position += 1;
        Some(Job { index, position, size: plan.size })
    }

    /// Says that this batch is waited for: more of those behind may be loaded.
    pub fn go_on(&self, batch: usize) {
        let start = |batch: usize| self.starts.get(batch).copied().unwrap_or(self.end());
        self.state().limit = start(batch + BATCHES_AHEAD).max(start(batch) + self.least_ahead);
        self.changed.notify_all();
    }

    /// Hands out no more.
    pub fn stop(&self) {
        self.state().stopped = true;
        self.changed.notify_all();
    }

    fn end(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(lens: &[usize], least_ahead: usize) -> Queue {
        let plan = |&len| BatchPlan { size: (len, 1), indices: (0..len).map(|index| 10 * len + index).collect() };
        Queue::new(lens.iter().map(plan).collect(), least_ahead)
    }

    fn take(queue: &Queue, count: usize) -> Vec<(usize, usize, usize)> {
        let job = |_| queue.next().map(|job| (job.position, job.index, job.size.0));
        (0..count).filter_map(job).collect()
    }

    #[test]
    fn pictures_are_handed_out_in_order() {
        let queue = queue(&[2, 1, 3], 100);
        let expected = [(0, 20, 2), (1, 21, 2), (2, 10, 1), (3, 30, 3), (4, 31, 3), (5, 32, 3)];
        assert_eq!(take(&queue, 8), expected);
        assert!(self::queue(&[], 100).next().is_none());
    }

    #[test]
    fn not_too_many_are_handed_out() {
        let queue = queue(&[2, 1, 3, 4], 0);
        let limit = || queue.state().limit;
        assert_eq!(limit(), 3);
        assert_eq!(take(&queue, 3).len(), 3);
        queue.go_on(1);
        assert_eq!(limit(), 6);
        queue.go_on(4);
        assert_eq!(take(&queue, 9).len(), 7);
        assert_eq!(self::queue(&[1; 9], 5).state().limit, 5);
    }

    #[test]
    fn a_stop_wakes_those_that_wait() {
        let queue = queue(&[1, 1, 1, 1], 0);
        assert_eq!(take(&queue, 2).len(), 2);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.next().is_none());
            queue.stop();
            assert!(waiting.join().unwrap());
        });
    }
}
