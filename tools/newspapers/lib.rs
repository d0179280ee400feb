//! Nothing but a list of crates, whose lock file pins what the trainer reads:
//!
//!     cargo vendor --locked --manifest-path tools/newspapers/Cargo.toml target/newspapers
