//! Chance that comes out the same every time: `SplitMix64` (Steele, Lea and Flood, 2014). For made-up data, never for secrets.

/// A sequence of numbers that its seed decides.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The sequence of a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; the slight bias of the remainder matters to nobody here.
    pub(crate) const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// A number from `least` to `most`, both included.
    pub(crate) const fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }

    /// True `parts` times in a hundred.
    pub(crate) const fn percent(&mut self, parts: u64) -> bool {
        self.below(100) < parts
    }

    /// One of several.
    pub(crate) fn pick<T: Copy>(&mut self, several: &[T]) -> T {
        let place = usize::try_from(self.below(several.len() as u64))
            .expect("a place in a slice fits its own index type");
        several[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: another machine or a later version makes other data from the same seed (vectors of the reference implementation).
    #[test]
    fn the_published_sequence() {
        let mut chance = Chance::new(1_234_567);
        assert_eq!(chance.next(), 6_457_827_717_110_365_317);
        assert_eq!(chance.next(), 3_203_168_211_198_807_973);
        assert_eq!(chance.next(), 9_817_491_932_198_370_423);
    }
}
