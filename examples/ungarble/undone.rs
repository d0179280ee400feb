//! What was undone, for people: which repair of a plan an edit belongs to, and in plain words
//! what had gone wrong there.

use std::ops::Range;
use ungarble::{Layer, LineRepair, Manner, Plan, Round, Undone};

/// The repairs of a plan, looked up by ascending places of the input.
pub struct Repairs<'p> {
    /// What was done to the input, and to the text that this had made, and so on.
    first: Option<&'p Round>,
    rest: &'p [Round],
    /// Residue that ends before the place last looked up, and its bytes: repairs have their
    /// places in the text without it.
    passed: usize,
    removed: usize,
}

impl<'p> Repairs<'p> {
    pub fn of(plan: &'p Plan) -> Self {
        let (first, rest) = match plan.rounds.split_first() {
            Some((first, rest)) => (Some(first), rest),
            None => (None, &[][..]),
        };
        Repairs { first, rest, passed: 0, removed: 0 }
    }

    /// What was undone at a byte of the input, in words.
    pub fn at(&mut self, at: usize) -> Option<String> {
        let round = self.first?;
        let residue = |number: usize| round.residue.get(number).cloned();
        while let Some(Range { start, end }) = residue(self.passed).filter(|next| next.end <= at) {
            self.passed += 1;
            self.removed += end - start;
        }
        let inside = residue(self.passed).map_or(0, |next| at.saturating_sub(next.start));
        let at = at.saturating_sub(self.removed + inside);
        let until = round.repairs.partition_point(|repair| repair.source.start <= at);
        let repair = round.repairs.get(until.checked_sub(1)?)?;
        (at <= repair.source.end).then(|| words(repair))
    }

    /// What was undone in the text that this had made, each way once.
    pub fn later(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for words in self.rest.iter().flat_map(|round| &round.repairs).map(words) {
            if !all.contains(&words) {
                all.push(words);
            }
        }
        all
    }
}

/// What had gone wrong in a line, the first thing to happen first.
fn words(repair: &LineRepair) -> String {
    let passes = repair.passes.iter().rev();
    passes.map(pass).collect::<Vec<_>>().join(", then ")
}

fn pass(undone: &Undone) -> String {
    match undone {
        Undone::Whole(chain) => chain.steps().iter().map(step).collect::<Vec<_>>().join(", then "),
        Undone::Parts { misreading, .. } => {
            format!("{}, in parts or with bytes lost", step(&Layer::from(*misreading)))
        }
        // A kind of undoing that came later says it as plans do.
        other => other.to_string(),
    }
}

fn step(step: &Layer) -> String {
    let (written, read) = (step.misreading.written, step.misreading.read);
    let how = match step.manner {
        Manner::Plain => "",
        Manner::Html => ", and written in character references",
        Manner::Percent => ", and written in percent escapes",
        Manner::Backslash => ", and written in the escapes of a programming language",
        Manner::Flattened => ", and transliterated to ASCII",
        Manner::LowerCase => ", and put into lower case",
        Manner::LowByte => ", of which the low bytes are left",
        Manner::NoEscape => ", without the first bytes of its escapes",
        Manner::Replaced => ", with U+FFFD for bytes",
        Manner::Dots => ", with dots for bytes",
        Manner::Surrogates => ", with surrogates of three bytes each",
        Manner::Words => ", in some words",
        Manner::Parts => ", in parts",
        // One that came later says its name.
        other => return format!("{written} read as {read}, {other}"),
    };
    match step.misreading.is_out_of_step() {
        true => format!("{written} read out of step{how}"),
        false => format!("{written} read as {read}{how}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Plan {
        ungarble::Options::clean().text(text).plan
    }

    #[test]
    fn a_place_has_what_was_undone_in_its_line() {
        let text = "plain\nDie TÃ¼r ist zu.\nplain\nTon café Ã  lâ€™Ã©tage\n";
        let plan = plan(text);
        let mut repairs = Repairs::of(&plan);
        let at = |part| text.find(part).unwrap();
        assert_eq!(repairs.at(0), None);
        assert_eq!(repairs.at(at("Ã¼")).unwrap(), "UTF-8 read as windows-1252");
        assert_eq!(repairs.at(at("\nplain\nTon") + 1), None);
        let parts = "UTF-8 read as windows-1252, in parts or with bytes lost";
        assert_eq!(repairs.at(at("lâ€™")).unwrap(), parts);
    }

    #[test]
    fn residue_before_it_moves_a_place() {
        let mut plan = plan("Die TÃ¼r ist zu.");
        let round = &mut plan.rounds[0];
        round.residue = vec![2..5, 7..9];
        let [first] = &mut round.repairs[..] else { panic!("one repair") };
        first.source = 3..5;
        let mut repairs = Repairs::of(&plan);
        // Bytes 5, 6 and 9 of the input are bytes 2, 3 and 4 of what is left.
        let found = [0, 3, 5, 6, 7, 8, 9, 10, 11].map(|at| repairs.at(at).is_some());
        assert_eq!(found, [false, false, false, true, true, true, true, true, false]);
    }

    #[test]
    fn what_happened_first_is_said_first() {
        let undone = |text: &str| text.parse::<Undone>().unwrap();
        let mut plan = plan("Die TÃ¼r ist zu.");
        let [repair] = &mut plan.rounds[0].repairs[..] else { panic!("one repair") };
        repair.passes = vec![
            undone("parts GBK>GBK"),
            undone("UTF-8>windows-1252 via html + windows-1251>KOI8-R"),
        ];
        let wanted = "UTF-8 read as windows-1252, and written in character references, \
            then windows-1251 read as KOI8-R, \
            then GBK read out of step, in parts or with bytes lost";
        assert_eq!(words(repair), wanted);
    }
}
