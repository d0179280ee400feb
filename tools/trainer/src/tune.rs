//! Makes weights that were counted tell lines apart.
//!
//! What is commoner in garbled text need not be what tells it from intact text that is
//! near to it. In come weights and lines; out come weights under which as few lines as
//! possible are on the wrong side: a line that is there moves the weights of what it
//! holds, by as much as brings it back but by no more than a little (passive-aggressive
//! learning). An intact line is judged by its worst part, a garbled one by all of it.

/// A place in the table of weights, and whether the sum may begin anew behind it.
#[derive(Clone, Copy)]
pub struct Step(u32);

impl Step {
    pub fn new(place: usize, ends: bool) -> Self {
        Step((place as u32) << 1 | u32::from(ends))
    }

    fn place(self) -> usize {
        (self.0 >> 1) as usize
    }

    fn ends(self) -> bool {
        self.0 & 1 == 1
    }
}

/// A line to learn from.
pub struct Example {
    pub steps: Vec<Step>,
    pub garbled: bool,
    /// How far it may move a weight, [`FINE`] to an eighth of a bit.
    pub most: i32,
}

/// Weights are learned in steps of this part of an eighth of a bit, integers so that every
/// machine learns the same.
pub const FINE: i32 = 256;
/// How often all lines are looked at; the weights after the later half are averaged.
const ROUNDS: usize = 12;
/// Eighths of a bit that lines shall be away from where they are told apart.
const MARGIN: i32 = 32;

/// Weights, signed bytes, that put the sums of garbled lines above `aim` and those of
/// intact ones below.
pub fn tune(weights: &[u8], examples: &[Example], aim: i32) -> Vec<u8> {
    let mut weights: Vec<i32> = weights.iter().map(|&w| i32::from(w as i8) * FINE).collect();
    let mut sums = vec![0; weights.len()];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = 1;
    for round in 0..ROUNDS {
        shuffle(&mut order, &mut random);
        let mut wrong = [0; 2];
        for example in order.iter().map(|&at| &examples[at]) {
            let (sum, worst) = worst(&weights, &example.steps);
            let steps = if example.garbled { &example.steps[..] } else { &example.steps[worst] };
            let above = sum / FINE - aim;
            let short = MARGIN + if example.garbled { -above } else { above };
            if short <= 0 || steps.is_empty() {
                continue;
            }
            wrong[usize::from(example.garbled)] += usize::from(short > MARGIN);
            let by = (short * FINE / steps.len() as i32).min(example.most);
            for step in steps {
                let weight = &mut weights[step.place()];
                *weight = if example.garbled { *weight + by } else { *weight - by };
                *weight = (*weight).clamp(-127 * FINE, 127 * FINE);
            }
        }
        if round * 2 >= ROUNDS {
            sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
        }
        eprintln!("scan: round {round}: {} intact, {} garbled lines wrong", wrong[0], wrong[1]);
    }
    let rounds = (ROUNDS - ROUNDS / 2) as i32 * FINE;
    sums.into_iter().map(|sum| ((sum + rounds / 2).div_euclid(rounds)) as i8 as u8).collect()
}

/// The highest sum that a part of a line has, and where that part is.
fn worst(weights: &[i32], steps: &[Step]) -> (i32, std::ops::Range<usize>) {
    let (mut sum, mut highest, mut start) = (0, 0, 0);
    let mut worst = 0..0;
    for (at, step) in steps.iter().enumerate() {
        sum += weights[step.place()];
        if step.ends() {
            if sum > highest {
                highest = sum;
                worst = start..at + 1;
            }
            if sum <= 0 {
                sum = 0;
                start = at + 1;
            }
        }
    }
    (highest, worst)
}

/// The highest sum that a part of a line has under weights that are signed bytes.
pub fn highest(weights: &[u8], steps: &[Step]) -> i32 {
    let (mut sum, mut highest) = (0, 0);
    for step in steps {
        sum += i32::from(weights[step.place()] as i8);
        if step.ends() {
            highest = highest.max(sum);
            sum = sum.max(0);
        }
    }
    highest
}

/// Puts them in an order that is random but always the same (SplitMix64).
fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random = random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = *random;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        order.swap(at, ((mixed ^ mixed >> 31) % (at as u64 + 1)) as usize);
    }
}
