//! `ungarble man`: the manual page, one section a subcommand.

use crate::args::Cli;
use crate::failure::{Found, Stop};
use clap::CommandFactory;
use clap_mangen::Man;
use std::io::{self, Write};

pub fn run() -> Result<Found, Stop> {
    let mut page = Vec::new();
    write(&mut page).map_err(Stop::output)?;
    io::stdout().write_all(&page).map_err(Stop::output)?;
    Ok(Found::Nothing)
}

fn write(page: &mut Vec<u8>) -> io::Result<()> {
    let mut command = Cli::command();
    command.build();
    let man = Man::new(command.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    for subcommand in command.get_subcommands() {
        writeln!(page, ".SH \"UNGARBLE {}\"", subcommand.get_name().to_uppercase())?;
        if let Some(about) = subcommand.get_about() {
            writeln!(page, "{about}")?;
        }
        let mut part = Vec::new();
        Man::new(subcommand.clone()).render_options_section(&mut part)?;
        // Groups of its options are parts of this section, not sections beside it.
        for line in String::from_utf8_lossy(&part).lines() {
            match line.strip_prefix(".SH ").and_then(|heading| heading.split_at_checked(1)) {
                Some((first, rest)) => writeln!(page, ".SS {first}{}", rest.to_lowercase())?,
                None => writeln!(page, "{line}")?,
            }
        }
    }
    man.render_extra_section(page)?;
    man.render_version_section(page)
}
