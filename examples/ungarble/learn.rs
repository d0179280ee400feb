//! `ungarble learn`: what happened to a text of which both forms are known, as a plan.

use crate::args::LearnArgs;
use crate::failure::{Found, Stop};
use crate::input;
use crate::place::Place;
use std::io::{self, Write};
use std::path::Path;
use ungarble::{Plan, Undone, learn_plan};

pub fn run(args: LearnArgs) -> Result<Found, Stop> {
    let (garbled, right) = (text(&args.garbled)?, text(&args.right)?);
    let plan = learn_plan(&garbled, &right)
        .ok_or_else(|| Stop::Failed("no misreading leads from one text to the other".to_owned()))?;
    let exact = plan.replay(&garbled) == right;
    let told = if args.json { json(&plan)? } else { words(&plan, &garbled, exact) };
    io::stdout().write_all(told.as_bytes()).map_err(Stop::output)?;
    Ok(Found::Nothing)
}

/// A plan that [`run`] wrote, or the plan of a report.
pub fn read_plan(path: &Path) -> Result<Plan, Stop> {
    let bytes = input::read(path)?;
    serde_json::from_slice(&bytes).map_err(|error| Stop::at(path, format!("no plan: {error}")))
}

/// What a file holds, without its last line end; or the argument itself.
fn text(argument: &Path) -> Result<String, Stop> {
    let bytes = match argument.to_str() {
        Some(text) if text != "-" && !argument.exists() => return Ok(text.to_owned()),
        _ => input::read(argument)?,
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| Stop::at(argument, "not UTF-8; `ungarble decode` makes it so"))?;
    Ok(text.strip_suffix('\n').map_or(text.clone(), str::to_owned))
}

fn json(plan: &Plan) -> Result<String, Stop> {
    let json = serde_json::to_string_pretty(plan).map_err(|e| Stop::Failed(e.to_string()))?;
    Ok(json + "\n")
}

/// A line for each line that was garbled: its number, and what to undo.
fn words(plan: &Plan, garbled: &str, exact: bool) -> String {
    let mut place = Place::start();
    let lines = plan.rounds.iter().flat_map(|round| &round.repairs).map(|repair| {
        place.go_to(garbled, repair.source.start);
        let undone: Vec<_> = repair.passes.iter().map(Undone::to_string).collect();
        format!("{}: {}\n", place.line, undone.join(", then "))
    });
    let all: String = lines.collect();
    if exact { all } else { all + "characters were lost, or are still garbled\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_by_their_numbers() {
        const LINES: usize = 20;
        let repairs: Vec<serde_json::Value> = (0..LINES)
            .map(|n| serde_json::json!({"source": [3 * n, 3 * n + 2], "undone": []}))
            .collect();
        let plan =
            serde_json::from_value(serde_json::json!({"rounds": [{"repairs": repairs}]})).unwrap();
        let told = words(&plan, &"é\n".repeat(LINES), true);
        assert!(told.starts_with("1: \n2: \n"));
        assert!(told.ends_with(&format!("\n{LINES}: \n")));
    }
}
