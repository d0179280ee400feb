//! Decodes JSON Lines: takes base64 from field `bytes`, gives `text` and what is known about it.
use base64::Engine;
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stdin = std::io::stdin().lock();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in stdin.lines() {
        let mut record: serde_json::Value = serde_json::from_str(&line?)?;
        let bytes = record["bytes"].as_str().unwrap_or_default();
        let bytes = base64::engine::general_purpose::STANDARD.decode(bytes)?;
        let got = ungarble::decode::decode(&bytes);
        record["ungarble"] = serde_json::json!({
            "confidence": got.confidence,
            "charset": got.charset.name(),
            "language": got.language(),
            "runner_up": got.runner_up.as_ref().map(|(charset, _)| charset.name()),
            "by": format!("{:?}", got.evidence.by),
            "margin": got.evidence.margin,
            "malformed": got.malformed,
            "binary": got.binary,
            "mixed": got.mixed,
        });
        record["text"] = got.text.into_owned().into();
        if let Some(fields) = record.as_object_mut() {
            fields.remove("bytes");
        }
        writeln!(out, "{record}")?;
    }
    Ok(())
}
