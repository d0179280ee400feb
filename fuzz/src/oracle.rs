//! Chinese conversion as it would be written without a thought of speed: the generated
//! tables read into maps, and OpenCC's algorithm over them, longest match from left to
//! right. Text in, converted text out; what the engine of the crate must give too.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The files of a stage: its name, characters, phrases, and characters that become several.
type Files = (&'static str, &'static [u8], &'static str, &'static str);

macro_rules! stage {
    ($name:literal, $longer:expr) => {
        (
            $name,
            include_bytes!(concat!("../../src/chinese/data/", $name, ".chars.bin")),
            include_str!(concat!("../../src/chinese/data/", $name, ".phrases.txt")),
            $longer,
        )
    };
}

const STAGES: [Files; 12] = [
    stage!("ts", ""),
    stage!("st", ""),
    stage!("tw", ""),
    stage!("twp", ""),
    stage!("hk", ""),
    stage!("hkp", ""),
    stage!("tw-rev", ""),
    stage!("twp-rev", include_str!("../../src/chinese/data/twp-rev.longer.txt")),
    stage!("hk-rev", ""),
    stage!("hkp-rev", ""),
    stage!("jp", ""),
    stage!("jp-rev", ""),
];

/// OpenCC's configurations: the stages, after what cuts the text into segments.
const CONFIGS: [(&str, Option<&str>, &[&str]); 16] = [
    ("t2s", None, &["ts"]),
    ("s2t", None, &["st"]),
    ("s2tw", Some("st"), &["st", "tw"]),
    ("s2hk", Some("st"), &["st", "hk"]),
    ("s2twp", Some("st"), &["st", "twp"]),
    ("s2hkp", Some("st"), &["st", "hkp"]),
    ("tw2s", Some("ts"), &["tw-rev", "ts"]),
    ("hk2s", Some("ts"), &["hk-rev", "ts"]),
    ("tw2sp", Some("ts"), &["twp-rev", "ts"]),
    ("hk2sp", Some("ts"), &["hkp-rev", "ts"]),
    ("t2tw", None, &["tw"]),
    ("t2hk", None, &["hk"]),
    ("tw2t", None, &["tw-rev"]),
    ("hk2t", None, &["hk-rev"]),
    ("t2jp", None, &["jp"]),
    ("jp2t", None, &["jp-rev"]),
];

/// Entries of one stage.
#[derive(Default)]
struct Dict {
    entries: HashMap<String, String>,
    /// Characters of the longest key.
    longest: usize,
}

static DICTS: LazyLock<HashMap<&str, Dict>> =
    LazyLock::new(|| STAGES.iter().map(|files| (files.0, Dict::new(files))).collect());

impl Dict {
    fn new(&(_, chars, phrases, longer): &Files) -> Self {
        let mut dict = Dict::default();
        dict.read_chars(chars);
        for line in longer.lines() {
            let (key, value) = line.split_at(line.chars().next().map_or(0, char::len_utf8));
            dict.put(key.to_owned(), value.to_owned());
        }
        dict.read_phrases(phrases);
        dict
    }

    fn put(&mut self, key: String, value: String) {
        self.longest = self.longest.max(key.chars().count());
        assert_eq!(self.entries.insert(key, value), None, "an entry twice");
    }

    /// The form is told in `tools/opencc/src/binary.rs`.
    fn read_chars(&mut self, bytes: &[u8]) {
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, b| n << 8 | u32::from(*b));
        let text = |code: u32| char::from_u32(code).expect("a character").to_string();
        let starts: Vec<usize> = bytes[..218].chunks(2).map(|two| number(two) as usize).collect();
        let (lows, rest) = bytes[218..].split_at(starts[108]);
        let (values, far) = rest.split_at(2 * lows.len());
        for (block, ends) in (0x34u32..).zip(starts.windows(2)) {
            for at in ends[0]..ends[1] {
                let key = block << 8 | u32::from(lows[at]);
                let value = number(&values[2 * at..2 * at + 2]);
                // 0 stands for one in the second part.
                if value != 0 {
                    self.put(text(key), text(value));
                }
            }
        }
        for pair in far.chunks(6) {
            self.put(text(number(&pair[..3])), text(number(&pair[3..])));
        }
    }

    /// Groups, one after the other, behind a byte that is skipped.
    fn read_phrases(&mut self, text: &str) {
        let take = |rest: &mut &str, length: usize| -> String {
            let (taken, after) = rest.split_at(length);
            *rest = after;
            taken.to_owned()
        };
        let byte = |rest: &mut &str| usize::from(take(rest, 1).as_bytes()[0]);
        let mut rest = text.get(1..).unwrap_or_default();
        while !rest.is_empty() {
            let count = byte(&mut rest);
            let head: usize = rest.chars().take(2).map(char::len_utf8).sum();
            let head = take(&mut rest, head);
            for _ in 0..count {
                let lengths = (byte(&mut rest), byte(&mut rest));
                let key = head.clone() + &take(&mut rest, lengths.0);
                let mut value = take(&mut rest, lengths.1);
                if value.is_empty() {
                    let each = key.chars().map(String::from);
                    value = each.map(|c| self.entries.get(&c).unwrap_or(&c).clone()).collect();
                }
                self.put(key, value);
            }
        }
    }

    /// The longest entry of at least `least` characters that the text begins with.
    fn longest(&self, text: &str, least: usize) -> Option<(usize, &str)> {
        let ends: Vec<usize> = (text.char_indices().skip(1).map(|(at, _)| at))
            .chain([text.len()])
            .take(self.longest)
            .collect();
        let keys = ends.into_iter().skip(least - 1).rev();
        keys.into_iter().find_map(|end| Some((end, self.entries.get(&text[..end])?.as_str())))
    }

    fn convert(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let mut length = c.len_utf8();
            match self.longest(rest, 1) {
                Some((end, value)) => {
                    length = end;
                    out.push_str(value);
                }
                None => out.push(c),
            }
            rest = &rest[length..];
        }
        out
    }

    /// The text cut before and behind each phrase.
    fn segments<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut segments = Vec::new();
        let (mut start, mut at) = (0, 0);
        while let Some(c) = text[at..].chars().next() {
            let Some((length, _)) = self.longest(&text[at..], 2) else {
                at += c.len_utf8();
                continue;
            };
            segments.extend([&text[start..at], &text[at..at + length]]);
            at += length;
            start = at;
        }
        segments.push(&text[start..]);
        segments
    }
}

/// What a configuration makes of a text; nothing for one that is not OpenCC's.
pub fn convert(config: &str, text: &str) -> Option<String> {
    let (_, cut, stages) = CONFIGS.iter().find(|(name, _, _)| *name == config)?;
    let text: String = text
        .chars()
        .flat_map(|c| match c {
            '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => c.nfd().collect::<Vec<_>>(),
            _ => vec![c],
        })
        .collect();
    let segments = cut.map_or(vec![&*text], |cut| DICTS[cut].segments(&text));
    let converted = segments.into_iter().map(|segment| {
        stages.iter().fold(segment.to_owned(), |text, stage| DICTS[stage].convert(&text))
    });
    Some(converted.collect())
}
