#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| daino_pdk::fuzzing::words(bytes));
