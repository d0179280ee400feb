//! OpenCC's text dictionaries, and the stages of a configuration made of them.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Longest match over one map: what a stage does.
#[derive(Clone, Debug, Default)]
pub struct Dict {
    pub entries: BTreeMap<String, String>,
}

impl Dict {
    /// Reads `key TAB value[ value…]` lines; the first value is the one OpenCC uses.
    pub fn read(folder: &Path, name: &str) -> Result<Dict> {
        let path = folder.join(format!("{name}.txt"));
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let mut entries = BTreeMap::new();
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let Some((key, values)) = line.split_once('\t') else { bail!("{name}: {line}") };
            let value = values.split(' ').next().unwrap_or_default();
            if key.is_empty() || value.is_empty() {
                bail!("{name}: empty key or value in {line}");
            }
            entries.entry(key.to_owned()).or_insert_with(|| value.to_owned());
        }
        Ok(Dict { entries })
    }

    /// OpenCC's `union`: the longest match of both, the first where equal.
    pub fn union(mut self, later: &Dict) -> Dict {
        for (key, value) in &later.entries {
            self.entries.entry(key.clone()).or_insert_with(|| value.clone());
        }
        self
    }

    /// OpenCC's `short_circuit`: where the earlier dictionary matches at all, the
    /// later is not asked. As one longest-match map: a later key is unreachable if
    /// any prefix of it is a key of the earlier.
    pub fn before(self, later: &Dict) -> Dict {
        let reachable: Vec<_> = later
            .entries
            .iter()
            .filter(|(key, _)| !prefixes(key).any(|p| self.entries.contains_key(p)))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let mut entries = self.entries;
        entries.extend(reachable);
        Dict { entries }
    }

    /// The value of an entry.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.entries.get(key).map(String::as_str)
    }

    /// What the stage makes of one character that stands alone.
    pub fn alone(&self, c: char) -> String {
        let key = c.to_string();
        self.entries.get(&key).cloned().unwrap_or(key)
    }

    /// Entries with keys of two or more characters.
    pub fn phrases(&self) -> impl Iterator<Item = (&String, &String)> {
        self.entries.iter().filter(|(key, _)| key.chars().count() > 1)
    }

    /// Character by character, as if there were no phrases.
    pub fn charwise(&self, text: &str) -> String {
        text.chars().map(|c| self.alone(c)).collect()
    }

    /// Phrases that say something else than their characters do.
    pub fn differing(&self) -> impl Iterator<Item = (&String, &String)> {
        self.phrases().filter(|(key, value)| self.charwise(key) != **value)
    }
}

/// All prefixes of a text that end at a character, itself included.
pub fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(move |(at, c)| &text[..at + c.len_utf8()])
}

/// One of OpenCC's configurations.
pub struct Plan<'d> {
    /// Compatibility ideographs to unified ones, before all else.
    pub norm: &'d Dict,
    /// Phrases that later stages must not look across.
    pub segmentation: Option<&'d Dict>,
    /// The stages in order.
    pub stages: Vec<&'d Dict>,
}

/// Whether the reader can stop at the character: UTF-8 writes it in three bytes or four.
fn can_trigger(c: char) -> bool {
    u32::from(c) >= 0x800
}

/// Adjacent pairs of characters.
pub fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

impl Plan<'_> {
    /// Every character that any part of the plan can be asked about.
    pub fn alphabet(&self) -> BTreeSet<char> {
        let dicts = [Some(self.norm), self.segmentation];
        dicts
            .into_iter()
            .flatten()
            .chain(self.stages.iter().copied())
            .flat_map(|dict| &dict.entries)
            .flat_map(|(key, value)| key.chars().chain(value.chars()))
            .collect()
    }

    /// For each character of the text that stage `stage` sees, the characters of
    /// the source it may stem from: from one character (`phrases` false), or also
    /// through the phrases of the stage before.
    fn origins(&self, stage: usize, phrases: bool) -> BTreeMap<char, BTreeSet<char>> {
        let mut origins: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
        let mut normal: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
        for source in self.alphabet() {
            for n in self.norm.alone(source).chars() {
                normal.entry(n).or_default().insert(source);
            }
        }
        if stage == 0 {
            return normal;
        }
        let first = self.stages[0];
        for (n, sources) in &normal {
            for image in first.alone(*n).chars() {
                origins.entry(image).or_default().extend(sources);
            }
        }
        if phrases {
            for (key, value) in first.differing() {
                let same = key.chars().count() == value.chars().count();
                for (i, k) in key.chars().enumerate() {
                    for (j, v) in value.chars().enumerate() {
                        if let (true, Some(sources)) = (!same || i == j, normal.get(&k)) {
                            origins.entry(v).or_default().extend(sources);
                        }
                    }
                }
            }
        }
        origins
    }

    /// Pairs of source characters that may stand inside one phrase of any part.
    pub fn sticky(&self) -> BTreeSet<(char, char)> {
        let mut sticky = BTreeSet::new();
        let mut add = |dict: &Dict, origins: &BTreeMap<char, BTreeSet<char>>| {
            for (a, b) in dict.phrases().flat_map(|(key, _)| pairs(key)) {
                for x in origins.get(&a).into_iter().flatten() {
                    sticky.extend(origins.get(&b).into_iter().flatten().map(|y| (*x, *y)));
                }
            }
        };
        if let Some(dict) = self.segmentation {
            add(dict, &self.origins(0, false));
        }
        for (stage, dict) in self.stages.iter().enumerate() {
            add(dict, &self.origins(stage, true));
        }
        sticky
    }

    /// Source characters one of which stands in every occurrence of every differing
    /// phrase: those that the phrase changes, or, where it changes their number or
    /// a Latin letter, one, the least frequent by `weight`. (A minimal hitting set
    /// was tried; it does not lower the share of text that is a trigger.) With them,
    /// the pairs of source characters that hold a trigger inside such a phrase.
    pub fn triggers(
        &self,
        weight: &BTreeMap<char, usize>,
    ) -> (BTreeSet<char>, BTreeSet<(char, char)>) {
        let mut triggers = BTreeSet::new();
        let mut hot = BTreeSet::new();
        for (stage, dict) in self.stages.iter().enumerate() {
            let origins = self.origins(stage, false);
            let sources = |c: char| origins.get(&c).into_iter().flatten().copied();
            let mut longer: Vec<&String> = Vec::new();
            for (key, value) in dict.differing() {
                let same = key.chars().count() == value.chars().count();
                let changed: Vec<char> = (key.chars().zip(value.chars()))
                    .filter(|(k, v)| same && can_trigger(*k) && dict.alone(*k) != v.to_string())
                    .map(|(k, _)| k)
                    .collect();
                if changed.is_empty() {
                    longer.push(key);
                }
                triggers.extend(changed.into_iter().flat_map(sources));
            }
            for key in longer {
                let choices = || key.chars().filter(|c| can_trigger(*c));
                let known = |c: char| {
                    sources(c).next().is_some() && sources(c).all(|s| triggers.contains(&s))
                };
                if choices().any(known) {
                    continue;
                }
                let cost =
                    |c: &char| sources(*c).map(|s| weight.get(&s).unwrap_or(&0)).sum::<usize>();
                if let Some(choice) = choices().min_by_key(|c| (cost(c), *c)) {
                    triggers.extend(sources(choice));
                }
            }
        }
        for (stage, dict) in self.stages.iter().enumerate() {
            let origins = self.origins(stage, true);
            let sources = |c: char| origins.get(&c).into_iter().flatten().copied();
            for (a, b) in dict.differing().flat_map(|(key, _)| pairs(key)) {
                let all = sources(a).flat_map(|x| sources(b).map(move |y| (x, y)));
                hot.extend(all.filter(|(x, y)| triggers.contains(x) || triggers.contains(y)));
            }
        }
        (triggers, hot)
    }
}
