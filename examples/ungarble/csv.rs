//! CSV: named columns worked on, every other field as it came, byte for byte.
//!
//! A CSV library would write its own quotes; here a field that does not change keeps
//! the quotes it had, or had not.

use crate::job::{BOM, Job, Series};
use crate::parallel::{self, AHEAD};
use crate::texts::Texts;
use crate::work::{Means, Outcome, Source, Trouble};
use std::io::{self, Read, Write};
use std::path::Path;

/// Rows of fields in the manner of RFC 4180, with any delimiter.
#[derive(Clone, Debug)]
pub struct Csv {
    /// Names from the first row, or numbers from 1.
    pub columns: Vec<String>,
    /// What parts fields; by the file's name where it is not given.
    pub delimiter: Option<u8>,
}

/// What parts fields, and whether quotes around a field are syntax.
#[derive(Clone, Copy, Debug)]
struct Dialect {
    delimiter: u8,
    quotes: bool,
}

/// Rows go to threads by the batch of about this many bytes.
const BATCH: usize = 1 << 18;

/// What came of a batch of rows.
#[derive(Default)]
struct Done {
    text: String,
    changed: u64,
    confidence: f32,
}

impl Csv {
    pub fn run(
        &self,
        means: Means<'_>,
        path: &Path,
        mut source: Source,
        out: &mut (dyn Write + Send),
    ) -> Result<Outcome, Trouble> {
        let mut head = Vec::new();
        let limit = BOM.len() as u64;
        source.by_ref().take(limit).read_to_end(&mut head).map_err(Trouble::Read)?;
        let tabs = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("tsv"));
        let delimiter = self.delimiter.unwrap_or(if tabs { b'\t' } else { b',' });
        // What is in no column stays, and spreadsheets look for the mark.
        let mark: &[u8] = if head.starts_with(BOM) { BOM } else { b"" };
        let texts = Texts::new(means.job, head, source, means.block.min(1 << 20));
        let found = texts.found();
        let mut rows = Rows::new(texts, delimiter, means.block.max(64 << 20));
        let dialect = rows.dialect().map_err(Trouble::Read)?;

        let mut outcome = Outcome::of_parts("rows");
        let Some(header) = rows.header().map_err(Trouble::Read)? else { return Ok(outcome) };
        let (columns, named) = self.places(&header, dialect)?;
        let first = self.first_row(means.job, &header, dialect, &columns, named);
        out.write_all(mark).map_err(Trouble::Write)?;
        let work = |batch: io::Result<String>| {
            let batch = batch?;
            let mut done = Done { confidence: 1.0, ..Done::default() };
            let mut places = places(means.job, &columns);
            for row in split_rows(&batch, dialect) {
                work_on_row(&mut places, row, dialect, &mut done);
            }
            Ok(done)
        };
        let mut emit = |done: io::Result<Done>| {
            let done = done.map_err(Trouble::Read)?;
            out.write_all(done.text.as_bytes()).map_err(Trouble::Write)?;
            outcome.confidence = outcome.confidence.min(done.confidence);
            outcome.changes += done.changed;
            outcome.differs |= done.changed > 0;
            Ok(())
        };
        emit(Ok(first))?;
        parallel::in_order(means.threads, AHEAD * means.threads, rows, work, emit)?;
        outcome.read_as(found.finding(means.job)?);
        outcome.damaged = outcome.differs;
        Ok(outcome)
    }

    /// Which columns are meant, from 0, and whether the first row gives names.
    fn places(&self, header: &str, dialect: Dialect) -> Result<(Vec<usize>, bool), Trouble> {
        let header = header.trim_end_matches(['\r', '\n']);
        let names: Vec<String> =
            fields(header, dialect).map(|raw| Field::parse(raw, dialect).text).collect();
        let mut named = false;
        let mut places = Vec::new();
        for column in &self.columns {
            if let Some(place) = names.iter().position(|name| name == column) {
                named = true;
                places.push(place);
            } else if let Ok(number @ 1..) = column.parse::<usize>()
                && number <= names.len()
            {
                places.push(number - 1);
            } else {
                let why = format!("no column `{column}` among {}", listed(&names));
                return Err(Trouble::Data(why));
            }
        }
        Ok((places, named))
    }

    /// The first row is worked on like any other unless it holds the names.
    fn first_row(
        &self,
        job: &Job,
        header: &str,
        dialect: Dialect,
        columns: &[usize],
        named: bool,
    ) -> Done {
        let mut done = Done { confidence: 1.0, ..Done::default() };
        if named {
            done.text.push_str(header);
        } else {
            work_on_row(&mut places(job, columns), header, dialect, &mut done);
        }
        done
    }
}

/// The first names, in quotes: what is no CSV may have names of any length.
fn listed(names: &[String]) -> String {
    const NAMES: usize = 20;
    let start = |name: &String| name.chars().take(40).collect::<String>();
    let quoted = |name: &String| format!("`{}`", start(name).escape_debug());
    let mut all: Vec<String> = names.iter().take(NAMES).map(quoted).collect();
    if names.len() > NAMES {
        all.push(format!("{} more", names.len() - NAMES));
    }
    all.join(", ")
}

/// The columns that are worked on, and what their values have shown. Of each batch anew,
/// so that the answer is the same on any number of threads.
fn places<'j>(job: &'j Job, columns: &[usize]) -> Vec<(usize, Series<'j>)> {
    columns.iter().map(|&column| (column, job.series())).collect()
}

fn work_on_row(places: &mut [(usize, Series<'_>)], row: &str, dialect: Dialect, done: &mut Done) {
    let content = row.trim_end_matches(['\r', '\n']);
    let mut changed = false;
    for (index, raw) in fields(content, dialect).enumerate() {
        if index > 0 {
            done.text.push(char::from(dialect.delimiter));
        }
        let Some((_, series)) = places.iter_mut().find(|(column, _)| *column == index) else {
            done.text.push_str(raw);
            continue;
        };
        let field = Field::parse(raw, dialect);
        let answer = series.text(&field.text);
        done.confidence = done.confidence.min(answer.confidence);
        if answer.text == field.text {
            done.text.push_str(raw);
        } else {
            changed = true;
            field.write(&answer.text, dialect, &mut done.text);
        }
    }
    done.changed += u64::from(changed);
    done.text.push_str(&row[content.len()..]);
}

/// A field without its quotes.
struct Field {
    text: String,
    quoted: bool,
}

impl Field {
    fn parse(raw: &str, dialect: Dialect) -> Field {
        match raw.strip_prefix('"').filter(|_| dialect.quotes) {
            Some(inner) => {
                let inner = inner.strip_suffix('"').unwrap_or(inner);
                Field { text: inner.replace("\"\"", "\""), quoted: true }
            }
            None => Field { text: raw.to_owned(), quoted: false },
        }
    }

    /// Writes a new text, quoted if the old one was or where it must be. Between tabs a quote
    /// inside a field is a character, and stays one.
    fn write(&self, text: &str, dialect: Dialect, out: &mut String) {
        let Dialect { delimiter, .. } = dialect;
        let is_new = |part: &char| text.contains(*part) && !self.text.contains(*part);
        let parts = [char::from(delimiter), '\n', '\r'].iter().any(is_new);
        if self.quoted || parts || delimiter != b'\t' && text.contains('"') {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(text);
        }
    }
}

/// Where a byte stands, as RFC 4180 has it: a quote counts where a field begins, and in a field
/// that began with one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Quoting {
    #[default]
    Start,
    Plain,
    Quoted,
    /// Behind a quote in a quoted field: the one that ends it, or the first of two.
    Closing,
}

impl Quoting {
    /// Where the next byte stands.
    fn behind(self, byte: u8, dialect: Dialect) -> Quoting {
        match (self, byte) {
            (_, b'"') if !dialect.quotes => Quoting::Plain,
            (Quoting::Quoted, b'"') => Quoting::Closing,
            (Quoting::Quoted, _) => Quoting::Quoted,
            (_, byte) if byte == b'\n' || byte == dialect.delimiter => Quoting::Start,
            (Quoting::Start | Quoting::Closing, b'"') => Quoting::Quoted,
            _ => Quoting::Plain,
        }
    }

    /// The first place in a text where a byte ends a field or row, which begins there.
    fn end(text: &str, ending: u8, dialect: Dialect) -> Option<usize> {
        let mut quoting = Quoting::Start;
        text.bytes().position(|byte| {
            quoting = quoting.behind(byte, dialect);
            byte == ending && quoting == Quoting::Start
        })
    }
}

/// The raw fields of a row, quotes included.
fn fields(row: &str, dialect: Dialect) -> impl Iterator<Item = &str> {
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let row = rest?;
        match Quoting::end(row, dialect.delimiter, dialect) {
            Some(end) => {
                rest = Some(&row[end + 1..]);
                Some(&row[..end])
            }
            None => rest.take(),
        }
    })
}

/// The rows of a text, each with its line end. A line end in quotes ends no row.
fn split_rows(text: &str, dialect: Dialect) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = Quoting::end(rest, b'\n', dialect).map_or(rest.len(), |end| end + 1);
        let (row, after) = rest.split_at(end);
        rest = after;
        Some(row)
    })
}

/// Whether the quotes that begin fields are such as a program writes that quotes fields: each is
/// closed where its field ends. The last may be closed in what was not read yet.
fn are_quotes(text: &str, dialect: Dialect, ended: bool) -> bool {
    let mut quoting = Quoting::Start;
    let is_stray = |byte| {
        let next = quoting.behind(byte, dialect);
        let before = std::mem::replace(&mut quoting, next);
        before == Quoting::Closing && next == Quoting::Plain && byte != b'\r'
    };
    let strays = text.bytes().any(is_stray);
    !strays && (!ended || quoting != Quoting::Quoted)
}

/// Batches of whole rows.
struct Rows {
    texts: Texts,
    dialect: Dialect,
    rest: String,
    ended: bool,
    /// Why no more rows come.
    failed: Option<io::Error>,
    /// How far `rest` was looked at, what place in a field that is, and how many bytes
    /// before it are whole rows.
    seen: usize,
    quoting: Quoting,
    whole: usize,
    /// The longest row that is taken for one.
    longest: usize,
}

impl Rows {
    fn new(texts: Texts, delimiter: u8, longest: usize) -> Rows {
        let (rest, quoting) = (String::new(), Quoting::Start);
        let (ended, failed) = (false, None);
        let dialect = Dialect { delimiter, quotes: true };
        Rows { texts, dialect, rest, ended, failed, seen: 0, quoting, whole: 0, longest }
    }

    /// The dialect, by the first text: between tabs, quotes need be no syntax.
    fn dialect(&mut self) -> io::Result<Dialect> {
        if self.dialect.delimiter == b'\t'
            && let Some(text) = self.texts.next().transpose()?
        {
            self.dialect.quotes = are_quotes(&text, self.dialect, self.texts.has_ended());
            self.push(&text)?;
        }
        Ok(self.dialect)
    }

    /// The first row.
    fn header(&mut self) -> io::Result<Option<String>> {
        while !self.ended && self.whole == 0 {
            self.more()?;
        }
        let Some(length) = split_rows(&self.rest, self.dialect).next().map(str::len) else {
            return Ok(None);
        };
        Ok(Some(self.take(length)))
    }

    /// The first bytes of what is there.
    fn take(&mut self, length: usize) -> String {
        let after = self.rest.split_off(length);
        self.seen = self.seen.saturating_sub(length);
        self.whole = self.whole.saturating_sub(length);
        std::mem::replace(&mut self.rest, after)
    }

    /// Reads on, and looks where rows end.
    fn more(&mut self) -> io::Result<()> {
        let Some(text) = self.texts.next() else {
            self.ended = true;
            return match self.quoting {
                Quoting::Quoted => Err(self.bad("a quote is left open")),
                _ => Ok(()),
            };
        };
        self.push(&text?)
    }

    fn push(&mut self, text: &str) -> io::Result<()> {
        self.rest.push_str(text);
        for (at, byte) in self.rest.bytes().enumerate().skip(self.seen) {
            self.quoting = self.quoting.behind(byte, self.dialect);
            if byte == b'\n' && self.quoting == Quoting::Start {
                self.whole = at + 1;
            }
        }
        self.seen = self.rest.len();
        if self.seen - self.whole > self.longest {
            let why = format!("longer than {} bytes: is a quote left open?", self.longest);
            return Err(self.bad(&why));
        }
        Ok(())
    }

    /// What is wrong with the row that is not whole.
    fn bad(&self, why: &str) -> io::Error {
        let start: String = self.rest[self.whole..].chars().take(40).collect();
        let why = format!("in the row that begins `{}`: {why}", start.escape_debug());
        io::Error::new(io::ErrorKind::InvalidData, why)
    }
}

impl Iterator for Rows {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let cut = if self.ended { self.rest.len() } else { self.whole };
            if cut >= BATCH || (self.ended && cut > 0) {
                return Some(Ok(self.take(cut)));
            }
            if self.ended {
                return self.failed.take().map(Err);
            }
            if let Err(error) = self.more() {
                // Rows before it are worked on.
                self.rest.truncate(self.whole);
                (self.ended, self.failed) = (true, Some(error));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Dialect = Dialect { delimiter: b',', quotes: true };
    const TAB: Dialect = Dialect { delimiter: b'\t', quotes: true };
    const BARE: Dialect = Dialect { delimiter: b'\t', quotes: false };

    #[test]
    fn rows_and_fields_heed_quotes() {
        let text = "a,\"b\nc\",d\r\ne,,\"\"\"\"\nlast";
        let rows: Vec<&str> = split_rows(text, COMMA).collect();
        assert_eq!(rows, ["a,\"b\nc\",d\r\n", "e,,\"\"\"\"\n", "last"]);
        assert_eq!(fields(rows[0], COMMA).collect::<Vec<_>>(), ["a", "\"b\nc\"", "d\r\n"]);
        assert_eq!(fields("e,,", COMMA).collect::<Vec<_>>(), ["e", "", ""]);
        // Inches are no quotes.
        let inches = "1,5\" disk\n2, \"a\"\n";
        assert_eq!(split_rows(inches, COMMA).count(), 2);
        assert_eq!(fields("5\" disk,\"6\"\" disk, x\",7\"", COMMA).count(), 3);
        assert_eq!(Field::parse("\"a \"\"b\"\"\"", COMMA).text, "a \"b\"");
    }

    #[test]
    fn a_new_text_is_quoted_only_where_it_must_be() {
        let mut out = String::new();
        Field::parse("x", COMMA).write("a,b", COMMA, &mut out);
        Field::parse("x", COMMA).write("ab", COMMA, &mut out);
        Field::parse("\"x\"", COMMA).write("a\"b", COMMA, &mut out);
        assert_eq!(out, "\"a,b\"ab\"a\"\"b\"");
        out.clear();
        Field::parse("\"x\r\" y", BARE).write("\"z\r\" y", BARE, &mut out);
        assert_eq!(out, "\"z\r\" y");
    }

    #[test]
    fn between_tabs_quotes_are_syntax_if_all_are_closed() {
        for (text, ended, are) in [
            ("a\tb\n", true, true),
            ("a\t\"b \"\"c\"\"\nd\"\r\n\"e\"", true, true),
            ("a\t5\" disk\n", true, true),
            ("a\t\"b\" c\nd\te\n", true, false),
            ("a\t\"b\nd\te\n", true, false),
            ("a\t\"b\nd\te\n", false, true),
        ] {
            assert_eq!(are_quotes(text, TAB, ended), are, "{text}");
        }
    }
}
