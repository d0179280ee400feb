#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ungarble_fuzz::run("stream", bytes));
