//! The same program for UTF-8 alone: see `with_decode`.
use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    std::io::stdout().write_all(String::from_utf8_lossy(&bytes).as_bytes())
}
