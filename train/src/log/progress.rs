//! How far an epoch is.

use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on the terminal, with speed and time left. Where standard error is not a terminal, a line of the log every so many
/// batches says the same.
#[derive(Debug)]
pub struct BatchProgress {
    bar: ProgressBar,
    title: String,
    batches: u64,
    log_every: u64,
    start: Instant,
    done: u64,
    pictures: u64,
}

impl BatchProgress {
    /// Of `batches`, of which the first one began at `start`. `title` is such as `epoch 3`; a line is logged every `log_every` batches.
    pub fn new(title: impl Into<String>, batches: u64, log_every: u64, start: Instant) -> Self {
        let title = title.into();
        let bar = ProgressBar::with_draw_target(Some(batches), ProgressDrawTarget::stderr());
        // The template is fixed, so that it is right or the bar has no style.
        if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len}, {msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(title.clone());
        Self { bar, title, batches, log_every: log_every.max(1), start, done: 0, pictures: 0 }
    }

    /// Counts a batch. `numbers` says what else to show, such as `loss 2.3012`; it is called only for what is shown.
    pub fn step(&mut self, pictures: usize, numbers: impl FnOnce() -> String) {
        self.done += 1;
        self.pictures += pictures as u64;
        let is_logged =
            self.bar.is_hidden() && (self.done % self.log_every == 1 % self.log_every || self.done == self.batches);
        let is_shown = !self.bar.is_hidden();
        if is_logged || is_shown {
            let message = message(&self.speed(self.start.elapsed()), &numbers());
            if is_logged {
                tracing::info!("{} {}/{}, {message}", self.title, self.done, self.batches);
            }
            self.bar.set_message(message);
        }
        self.bar.inc(1);
    }

    /// Pictures per second so far.
    pub fn pictures_per_second(&self) -> f64 {
        self.speed(self.start.elapsed()).pictures_per_second
    }

    /// Takes the bar off the terminal.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }

    fn speed(&self, elapsed: Duration) -> Speed {
        let seconds = elapsed.as_secs_f64().max(1e-9);
        let left = self.batches.saturating_sub(self.done) as f64;
        Speed {
            pictures_per_second: self.pictures as f64 / seconds,
            left: Duration::from_secs_f64(seconds * left / self.done.max(1) as f64),
        }
    }
}

#[derive(Debug, PartialEq)]
struct Speed {
    pictures_per_second: f64,
    left: Duration,
}

fn message(speed: &Speed, numbers: &str) -> String {
    let separator = if numbers.is_empty() { "" } else { ", " };
    format!("{numbers}{separator}{:.1} pictures/s, {} left", speed.pictures_per_second, HumanDuration(speed.left))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn speed_and_time_left_are_those_of_the_batches_so_far() {
        let mut progress = BatchProgress::new("epoch 3", 10, 4, Instant::now());
        progress.bar.set_draw_target(ProgressDrawTarget::hidden());
        let shown = Cell::new(0);
        for _ in 0..5 {
            progress.step(32, || {
                shown.set(shown.get() + 1);
                "loss 2.3".into()
            });
        }
        let speed = progress.speed(Duration::from_secs(80));
        assert_eq!(speed, Speed { pictures_per_second: 2.0, left: Duration::from_secs(80) });
        assert_eq!(message(&speed, "loss 2.3"), "loss 2.3, 2.0 pictures/s, 80 seconds left");
        // The first and the fifth.
        assert_eq!(shown.get(), 2);
    }
}
