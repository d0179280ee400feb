//! Pairs of numbers, many, told by few.
//!
//! In come pairs; out come 256 of their kind and, for each that came in, which of them is
//! near to it. The pairs are split in two where they differ most, at their mean, until there
//! are so many groups; each stands for its members by their mean.

/// Pairs of the codebook.
pub const SIZE: usize = 256;

/// What stands for the pairs, and which of it for each.
pub struct Codebook {
    pub pairs: Vec<[u32; 2]>,
    pub codes: Vec<u8>,
}

impl Codebook {
    pub fn new(all: &[[u32; 2]]) -> Self {
        let mut groups = vec![Group::new((0..all.len()).collect(), all)];
        while groups.len() < SIZE {
            let worst = (0..groups.len()).max_by_key(|&at| (groups[at].error(), SIZE - at));
            let Some(group) = worst.map(|at| &mut groups[at]).filter(|group| group.error() > 0)
            else {
                break;
            };
            let half = group.split(all);
            groups.push(half);
        }
        let mut codes = vec![0; all.len()];
        for (code, group) in groups.iter().enumerate() {
            group.members.iter().for_each(|&member| codes[member] = code as u8);
        }
        Codebook { pairs: groups.iter().map(Group::mean).collect(), codes }
    }
}

/// Pairs that one stands for.
struct Group {
    members: Vec<usize>,
    /// Of both numbers of the pairs: their sum, and the sum of their squares.
    sums: [[u64; 2]; 2],
}

impl Group {
    fn new(members: Vec<usize>, all: &[[u32; 2]]) -> Self {
        let sums = [0, 1].map(|side| {
            let numbers = || members.iter().map(|&member| u64::from(all[member][side]));
            [numbers().sum(), numbers().map(|number| number * number).sum()]
        });
        Group { members, sums }
    }

    fn count(&self) -> u64 {
        self.members.len().max(1) as u64
    }

    fn mean(&self) -> [u32; 2] {
        self.sums.map(|[sum, _]| ((sum + self.count() / 2) / self.count()) as u32)
    }

    /// The squares of how far the members are from their mean, summed, on both sides.
    fn errors(&self) -> [u64; 2] {
        let of_mean =
            |sum: u64| (u128::from(sum) * u128::from(sum) / u128::from(self.count())) as u64;
        self.sums.map(|[sum, squares]| squares.saturating_sub(of_mean(sum)))
    }

    /// By which the worst group is found. Were it the sum, what is rare would be told badly.
    fn error(&self) -> u64 {
        self.errors().into_iter().max().unwrap_or(0) / self.count().isqrt()
    }

    /// Keeps the members up to the mean, on the side where they differ most; the others go.
    fn split(&mut self, all: &[[u32; 2]]) -> Group {
        let [first, second] = self.errors();
        let side = usize::from(second > first);
        let [sum, _] = self.sums[side];
        let (count, members) = (self.count(), std::mem::take(&mut self.members));
        let (low, high) =
            members.into_iter().partition(|&member| u64::from(all[member][side]) * count <= sum);
        *self = Group::new(low, all);
        Group::new(high, all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_pairs_stand_for_themselves() {
        let all = [[10, 0], [700, 3], [10, 0], [20, 900]];
        let Codebook { pairs, codes } = Codebook::new(&all);
        let told: Vec<[u32; 2]> = codes.iter().map(|&code| pairs[usize::from(code)]).collect();
        assert_eq!(told, all);
        assert_eq!(pairs.len(), 3);
    }

    #[test]
    fn many_pairs_have_one_near_to_them() {
        let all: Vec<[u32; 2]> = (0..10_000).map(|i| [i % 100 * 10, i / 100 * 10]).collect();
        let Codebook { pairs, codes } = Codebook::new(&all);
        assert_eq!(pairs.len(), SIZE);
        let far = |pair: &[u32; 2], code: &u8| {
            let near = pairs[usize::from(*code)];
            pair[0].abs_diff(near[0]).max(pair[1].abs_diff(near[1]))
        };
        assert!(all.iter().zip(&codes).all(|(pair, code)| far(pair, code) <= 50));
    }
}
