//! The program of `with_decode` for UTF-8 alone: by how much the other is larger is what
//! decoding adds.
use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    std::io::stdout().write_all(String::from_utf8_lossy(&bytes).as_bytes())
}
