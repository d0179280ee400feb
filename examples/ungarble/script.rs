//! `ungarble script`: which script a text is in.

use crate::args::ScriptArgs;
use crate::failure::{Found, Stop};
use crate::paint::shown;
use crate::place::Place;
use crate::{failure, input, job, told};
use std::io::{self, Write};
use ungarble::chinese::{script, scripts};

pub fn run(args: ScriptArgs) -> Result<Found, Stop> {
    let mut out = io::stdout().lock();
    let mut failed = false;
    for path in input::or_stdin(args.files) {
        let bytes = match input::read(&path) {
            Ok(bytes) => bytes,
            Err(stop) => {
                failure::pass_over(stop)?;
                failed = true;
                continue;
            }
        };
        let options = job::decoding();
        let text = options.bytes(&bytes).text;
        let name = shown(input::name(&path));
        let mut lines = String::new();
        if args.spans {
            let mut place = Place::start();
            for span in scripts(&text) {
                place.go_to(&text, span.range.start);
                let sure = told::percent(span.confidence);
                let at = format!("{name}:{}:{}", place.line, place.column);
                lines.push_str(&format!("{at}: {:?}, {sure} sure\n", span.script));
            }
        } else {
            let (script, confidence) = script(&text);
            lines = format!("{name}: {script:?}, {} sure\n", told::percent(confidence));
        }
        out.write_all(lines.as_bytes()).map_err(Stop::output)?;
    }
    if failed { Err(Stop::Told) } else { Ok(Found::Nothing) }
}
