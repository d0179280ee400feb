//! The few colours that are used, or none.

use crate::args::When;
use anstyle::{AnsiColor, Style};
use std::io::{self, IsTerminal};
use std::path::Path;
use ungarble::normalize::is_hidden;

/// How the parts of an output look.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paint {
    pub name: Style,
    pub old: Style,
    pub new: Style,
    pub dim: Style,
    pub place: Style,
    /// Whether it is a person who looks: then what is not seen is spelled out, and nothing in a
    /// text is obeyed by the terminal.
    pub spells: bool,
}

impl Paint {
    /// Colours for standard output: `auto` heeds `NO_COLOR` and dumb terminals.
    pub fn on_stdout(when: When) -> Paint {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colours = match when {
            When::Always => true,
            When::Never => false,
            When::Auto => io::stdout().is_terminal() && !set("NO_COLOR") && !dumb,
        };
        if !colours {
            return Paint { spells: io::stdout().is_terminal(), ..Paint::default() };
        }
        Paint {
            name: Style::new().bold(),
            old: AnsiColor::Red.on_default(),
            new: AnsiColor::Green.on_default(),
            dim: Style::new().dimmed(),
            place: AnsiColor::Cyan.on_default(),
            spells: true,
        }
    }
}

/// The name of a file, in one line and without what a terminal would obey.
pub fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy())
}

/// Text with controls and invisible characters spelled out, so that a terminal
/// shows them and obeys none.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Of these only the library's other steps speak: line breaks, deprecated controls.
            '\u{2028}' | '\u{2029}' | '\u{2065}'..='\u{206F}' => out.extend(c.escape_unicode()),
            c if is_hidden(c) => out.extend(c.escape_unicode()),
            '\t' => out.push(c),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}
