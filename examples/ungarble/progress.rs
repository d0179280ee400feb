//! A progress bar, where someone watches a long run, and messages that do not tear it.

use crate::failure;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Read};

/// Below this many bytes a run is over before a bar could be read.
const WORTH_A_BAR: u64 = 8 << 20;

/// How far a run has come, in bytes read.
#[derive(Clone, Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// No bar.
    pub fn none() -> Progress {
        Progress { bar: ProgressBar::hidden() }
    }

    /// A bar over so many bytes, if standard error is a terminal and standard output,
    /// where it would get in the way of the text, is not.
    pub fn over(bytes: u64, writes_to_stdout: bool) -> Progress {
        let in_the_way = writes_to_stdout && io::stdout().is_terminal();
        if bytes < WORTH_A_BAR || in_the_way || !io::stderr().is_terminal() {
            return Progress::none();
        }
        let bar = ProgressBar::new(bytes);
        let shape = "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
        if let Ok(style) = ProgressStyle::with_template(shape) {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// A reader that moves the bar.
    pub fn watch(&self, reader: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        if self.bar.is_hidden() { reader } else { Box::new(self.bar.wrap_read(reader)) }
    }

    /// One line on standard error.
    pub fn tell(&self, message: &str) {
        self.bar.suspend(|| failure::tell(message));
    }

    /// Removes the bar.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
