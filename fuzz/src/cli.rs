//! Properties of the command line and of its JSON Lines.

use super::{args, line};
use clap::{Command, CommandFactory, FromArgMatches};
use std::cell::RefCell;

thread_local! {
    /// The command line, made once: that takes ten times as long as to read arguments.
    static COMMAND: RefCell<Command> = RefCell::new(args::Cli::command());
}

/// Any arguments are taken or refused in words.
pub fn arguments(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let all = std::iter::once("ungarble").chain(text.split('\n'));
    let read = COMMAND.with_borrow_mut(|command| {
        let matches = command.try_get_matches_from_mut(all)?;
        args::Cli::from_arg_matches(&matches).map_err(|error| error.format(command))
    });
    if let Err(error) = read {
        assert!(!error.to_string().is_empty(), "refused without a word");
    }
}

/// A record that is taken apart and put together is the same record.
pub fn json_line(bytes: &[u8]) {
    let otherwise = |bytes| (String::from_utf8_lossy(bytes), ());
    let read = line::read(bytes, otherwise);
    let Ok(record) = line::Record::parse(&read.text) else { return };
    if let Some(raw) = record.get("text") {
        let _ = line::string(raw);
    }
    let written = record.finish();
    let twice = line::read(written.as_bytes(), otherwise);
    assert!(twice.foreign.is_none(), "what was written is UTF-8");
    let again = line::Record::parse(&twice.text).expect("what was written is a record");
    assert_eq!(again.finish(), written);
}
