//! One line of JSON Lines, taken apart and put together without touching what is
//! not ours.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The fields of a JSON object in the order in which they came, values as they came.
pub struct Record<'l> {
    fields: Vec<(String, Cow<'l, str>)>,
}

impl<'l> Record<'l> {
    /// Takes a line apart.
    pub fn parse(line: &'l str) -> Result<Self, String> {
        let Fields(fields) =
            serde_json::from_str(line).map_err(|error| match error.classify() {
                serde_json::error::Category::Data => "no JSON object".to_owned(),
                _ => format!("no JSON object: {}", at_column(&error)),
            })?;
        let fields = fields.into_iter().map(|(k, v)| (k, Cow::Borrowed(v.get()))).collect();
        Ok(Record { fields })
    }

    /// The raw value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().rfind(|(key, _)| key == name).map(|(_, raw)| raw.as_ref())
    }

    /// Puts a value into the field `name`, or, where there is none, into the place
    /// of the field `instead`; a field `instead` does not stay in any case.
    pub fn set(&mut self, name: &str, instead: &str, raw: &str) {
        let there = self.get(name).is_some();
        if there && name != instead {
            self.fields.retain(|(key, _)| key != instead);
        }
        // Of several fields of one name, the last is the one that is read.
        let place = if there { name } else { instead };
        if let Some((key, value)) = self.fields.iter_mut().rfind(|(key, _)| key == place) {
            name.clone_into(key);
            *value = Cow::Owned(raw.to_owned());
        }
    }

    /// Puts a field at the end; one of the same name from an earlier run goes.
    pub fn append(&mut self, name: &str, raw: &str) {
        self.fields.retain(|(key, _)| key != name);
        self.fields.push((name.to_owned(), Cow::Owned(raw.to_owned())));
    }

    /// The line, with its line feed.
    pub fn finish(self) -> String {
        let mut line = String::from("{");
        for (index, (key, value)) in self.fields.iter().enumerate() {
            if index > 0 {
                line.push(',');
            }
            line.push_str(&Value::from(key.as_str()).to_string());
            line.push(':');
            line.push_str(value);
        }
        line.push_str("}\n");
        line
    }
}

/// serde_json counts lines from 1 in a text of one line; only the column says something.
fn at_column(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    format!("{words} at column {}", error.column())
}

struct Fields<'l>(Vec<(String, &'l RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// A JSON string's text, and whether lone surrogates in escapes became U+FFFD. `None` where
/// the value is no string.
pub fn string(raw: &str) -> Option<(String, bool)> {
    let whole = serde_json::from_str(raw).map(|text| (text, false));
    whole.or_else(|_| serde_json::from_str(&pair_up(raw)).map(|text| (text, true))).ok()
}

/// Replaces the escapes of lone surrogates by that of U+FFFD.
fn pair_up(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let unit = unit(escape);
        let low = escape.get(6..).and_then(self::unit);
        let length = match (unit, low) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str("\\uFFFD");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (Some(_), _) => 6,
            // An escaped backslash must not lend its second half to what follows.
            (None, _) => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (kept, after) = escape.split_at(length.min(escape.len()));
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The UTF-16 unit of an escape `\uXXXX` at the start of a text.
fn unit(escape: &str) -> Option<u16> {
    u16::from_str_radix(escape.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

/// A line as text: without a byte order mark and its line end.
pub struct Read<'l, T> {
    pub text: Cow<'l, str>,
    /// What was told of a line that was not UTF-8, not even with surrogates.
    pub foreign: Option<T>,
    /// Whether lone surrogates became U+FFFD.
    pub lossy: bool,
}

/// Reads a line; if it is not UTF-8, as `otherwise` reads bytes, which tells of them what it may.
pub fn read<'l, T>(
    line: &'l [u8],
    otherwise: impl FnOnce(&'l [u8]) -> (Cow<'l, str>, T),
) -> Read<'l, T> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    if let Ok(text) = std::str::from_utf8(line) {
        return Read { text: Cow::Borrowed(text), foreign: None, lossy: false };
    }
    if let Some((text, lossy)) = paired_up(line) {
        return Read { text: Cow::Owned(text), foreign: None, lossy };
    }
    let (text, told) = otherwise(line);
    Read { text, foreign: Some(told), lossy: false }
}

/// UTF-8 with surrogates in its shape, which are paired up or become U+FFFD, and whether any
/// did; nothing if that is not all that is wrong.
fn paired_up(line: &[u8]) -> Option<(String, bool)> {
    let mut out = String::with_capacity(line.len());
    let mut lossy = false;
    let mut rest = line;
    loop {
        let (valid, bad) = match std::str::from_utf8(rest) {
            Ok(valid) => (valid, &[][..]),
            Err(error) => {
                let (valid, bad) = rest.split_at(error.valid_up_to());
                (std::str::from_utf8(valid).unwrap_or_default(), bad)
            }
        };
        out.push_str(valid);
        if bad.is_empty() {
            return Some((out, lossy));
        }
        let high = surrogate(bad);
        let low = bad.get(3..).and_then(surrogate);
        rest = match (high, low) {
            (Some(high @ 0xD800..=0xDBFF), Some(low @ 0xDC00..=0xDFFF)) => {
                out.extend(char::decode_utf16([high, low]).flatten());
                &bad[6..]
            }
            (Some(_), _) => {
                out.push(char::REPLACEMENT_CHARACTER);
                lossy = true;
                &bad[3..]
            }
            (None, _) => return None,
        };
    }
}

/// The surrogate that three bytes spell in UTF-8's shape.
fn surrogate(bytes: &[u8]) -> Option<u16> {
    match *bytes {
        [0xED, b @ 0xA0..=0xBF, c @ 0x80..=0xBF, ..] => {
            Some(0xD000 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_become_replacement_characters() {
        for (raw, text) in [
            (r#""a\ud83db""#, "a\u{FFFD}b"),
            (r#""\ud83d\ude00\ufffd""#, "😀\u{FFFD}"),
            (r#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
            (r#""\\ud83d\ud83d""#, "\\ud83d\u{FFFD}"),
            (r#""\ud83d\ud83d\ude00\n""#, "\u{FFFD}😀\n"),
        ] {
            let lossy = !raw.contains("fffd");
            assert_eq!(string(raw), Some((text.to_owned(), lossy)), "{raw}");
        }
        assert_eq!(string(r#"["\ud83d"]"#), None);
    }

    #[test]
    fn surrogates_in_the_shape_of_utf8_pair_up() {
        let lone = ("a\u{FFFD}b".to_owned(), true);
        assert_eq!(paired_up(b"a\xED\xA0\xBDb"), Some(lone));
        assert_eq!(paired_up(b"\xED\xA0\xBD\xED\xB8\x80"), Some(("😀".to_owned(), false)));
        assert_eq!(paired_up(b"\xED\xA0\xBDx\xE4\xB8"), None);
    }

    #[test]
    fn fields_keep_order_and_spelling() {
        let mut record =
            Record::parse(r#"{"n": 1.00, "bytes": "QQ==", "b": 12345678901234567890123}"#).unwrap();
        record.set("text", "bytes", "\"A\"");
        record.append("ungarble", "{}");
        assert_eq!(
            record.finish(),
            "{\"n\":1.00,\"text\":\"A\",\"b\":12345678901234567890123,\"ungarble\":{}}\n"
        );
    }
}
