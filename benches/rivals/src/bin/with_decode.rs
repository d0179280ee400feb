//! A program that decodes its input, to be weighed against `without_decode`.
use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    std::io::stdout().write_all(ungarble::decode(&bytes).text.as_bytes())
}
