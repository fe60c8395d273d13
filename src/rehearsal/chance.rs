//! Chance that can be repeated: a small generator, seeded from the rehearsal's seed and a name.

use sha2::{Digest, Sha256};

/// A repeatable source of chance. Every unit, task and period has its own, so that adding a unit or a task
/// changes nothing for the others.
#[derive(Clone, Debug)]
pub(super) struct Chance {
    state: u64,
}

impl Chance {
    /// The source for `seed` and the names that tell this draw from others.
    pub(super) fn new(seed: u64, names: &[&str]) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_le_bytes());
        for name in names {
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
        }
        let digest = hash.finalize();
        let mut first = [0u8; 8];
        first.copy_from_slice(&digest[..8]);
        Self { state: u64::from_le_bytes(first) }
    }

    /// The next 64 bits (the splitmix64 step: Steele, Lea, Flood 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in 0–1, 1 excluded.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number between two bounds.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Whether something of that probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number below `bound`; 0 for a bound of 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { usize::try_from(self.next() % (bound as u64)).unwrap_or(0) }
    }

    /// One of the choices.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_names_give_the_same_draws() {
        let draw = |seed, names: &[&str]| Chance::new(seed, names).unit();
        assert!((draw(1, &["a", "b"]) - draw(1, &["a", "b"])).abs() < f64::EPSILON);
        assert!((draw(1, &["a", "b"]) - draw(1, &["ab"])).abs() > f64::EPSILON);
        assert!((draw(1, &["a"]) - draw(2, &["a"])).abs() > f64::EPSILON);
    }

    #[test]
    fn draws_are_spread_over_the_unit_interval() {
        let mut chance = Chance::new(7, &["spread"]);
        let mean = (0..4000).map(|_| chance.unit()).sum::<f64>() / 4000.0;
        assert!((mean - 0.5).abs() < 0.03, "{mean}");
    }
}
