//! The smallest program that cleans a text, to see what features add to it.
//!
//! ```text
//! for f in "" chinese; do
//!     cargo build --release --manifest-path benches/size/Cargo.toml --features "$f"
//!     stat -c %s benches/size/target/release/size
//! done
//! ```

use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    std::io::stdout().write_all(ungarble::clean(&text).text.as_bytes())
}
