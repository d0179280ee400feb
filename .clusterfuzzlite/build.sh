#!/bin/bash -eu
# Builds every fuzz target with its seeds and the dictionary into $OUT.
cd "$SRC/ungarble"
cargo fuzz build -O
for target in $(cargo fuzz list); do
    cp "fuzz/target/x86_64-unknown-linux-gnu/release/$target" "$OUT/"
    cp fuzz/ungarble.dict "$OUT/$target.dict"
    folders=()
    for folder in "fuzz/seeds/$target" "fuzz/regressions/$target"; do
        if [ -d "$folder" ]; then folders+=("$folder"); fi
    done
    if [ "${#folders[@]}" -gt 0 ]; then zip -qr "$OUT/${target}_seed_corpus.zip" "${folders[@]}"; fi
done
