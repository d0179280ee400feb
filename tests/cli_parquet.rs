//! The CLI on columns of Parquet files, where that is built in.
#![cfg(feature = "parquet")]

mod cli_support;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{DictionaryArray, Int64Array, RecordBatch, StringArray};
use cli_support::{Folder, ungarble};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

const DAMAGED: &str = "FÃ¼r Menschen ist das gefÃ¤hrlich";
const RIGHT: &str = "Für Menschen ist das gefährlich";

fn table(path: &Path) {
    let ids: Int64Array = (0..20_000).collect();
    let texts = |n: i64| match n % 3 {
        0 => Some(DAMAGED),
        1 => Some("plain"),
        _ => None,
    };
    let notes: StringArray = (0..20_000).map(texts).collect();
    let batch = RecordBatch::try_from_iter([
        ("id", Arc::new(ids) as _),
        ("note", Arc::new(notes.clone()) as _),
        ("body", Arc::new(notes) as _),
    ]);
    let batch = batch.unwrap();
    write(path, &batch, None);
}

fn write(path: &Path, batch: &RecordBatch, properties: Option<WriterProperties>) {
    let file = File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), properties).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn a_column_is_repaired_and_the_others_stay() {
    let folder = Folder::new("parquet");
    let path = folder.path().join("table.parquet");
    table(&path);
    let name = path.to_str().unwrap();
    let ran = ungarble(["repair", "--in-place", "--column", "body", name], b"");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap();
    let mut rows = 0;
    for batch in reader.build().unwrap() {
        let batch = batch.unwrap();
        let ids = batch.column(0).as_primitive::<Int64Type>();
        let notes = batch.column(1).as_string::<i32>();
        let bodies = batch.column(2).as_string::<i32>();
        for ((id, note), body) in ids.iter().zip(notes).zip(bodies) {
            assert_eq!(id, Some(rows));
            let wanted = if note == Some(DAMAGED) { Some(RIGHT) } else { note };
            assert_eq!(body, wanted);
            rows += 1;
        }
    }
    assert_eq!(rows, 20_000);
}

/// What data frames call a category: each string is there once, rows are numbers.
#[test]
fn strings_of_a_dictionary_are_repaired_and_columns_keep_their_compression() {
    let folder = Folder::new("parquet-dictionary");
    let path = folder.path().join("table.parquet");
    let texts = [DAMAGED, "plain"].map(Some).into_iter().chain([None]).cycle().take(3000);
    let kinds: DictionaryArray<Int32Type> = texts.clone().collect();
    let plain: StringArray = texts.collect();
    let batch = RecordBatch::try_from_iter([
        ("kind", Arc::new(kinds) as _),
        ("plain", Arc::new(plain) as _),
    ]);
    let batch = batch.unwrap();
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let properties = WriterProperties::builder()
        .set_column_compression(ColumnPath::from("kind"), Compression::SNAPPY)
        .set_column_compression(ColumnPath::from("plain"), zstd)
        .build();
    write(&path, &batch, Some(properties));

    let (name, report) = (path.to_str().unwrap(), folder.path().join("report.json"));
    let flags = ["repair", "--in-place", "--column", "kind", "--report"];
    let ran = ungarble(flags.into_iter().chain([report.to_str().unwrap(), name]), b"");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let report = std::fs::read_to_string(report).unwrap();
    assert!(report.contains("\"changed_values\":1000"), "{report}");

    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap();
    let columns = reader.metadata().row_group(0).columns();
    assert_eq!(columns[0].compression(), Compression::SNAPPY);
    assert!(matches!(columns[1].compression(), Compression::ZSTD(_)));
    let mut rows = 0;
    for batch in reader.build().unwrap() {
        let batch = batch.unwrap();
        let kinds = batch.column(0).as_dictionary::<Int32Type>();
        let texts = kinds.downcast_dict::<StringArray>().unwrap();
        for (kind, plain) in texts.into_iter().zip(batch.column(1).as_string::<i32>()) {
            assert_eq!(kind, if plain == Some(DAMAGED) { Some(RIGHT) } else { plain });
        }
        rows += kinds.len();
    }
    assert_eq!(rows, 3000);
}

#[test]
fn a_table_is_known_by_its_content() {
    let folder = Folder::new("parquet-unnamed");
    let path = folder.path().join("table");
    table(&path);
    let name = path.to_str().unwrap();
    let ran = ungarble(["repair", "--dry-run", "--column", "body", name], b"");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.starts_with(&format!("{name}: 6667 values, ")), "{}", ran.out);
    let ran = ungarble(["repair", "--column", "body"], &std::fs::read(&path).unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("ungarble: standard input: Parquet is read from files alone"));
}

/// Wherever bytes are damaged: an end, and a message where the file stays as it is.
#[test]
fn a_damaged_table_is_left_alone() {
    let folder = Folder::new("parquet-damaged");
    let path = folder.path().join("table.parquet");
    table(&path);
    let whole = std::fs::read(&path).unwrap();
    let name = path.to_str().unwrap();
    let mut refused = 0;
    for place in 1..40 {
        let mut bytes = whole.clone();
        let start = bytes.len() * place / 40;
        bytes.iter_mut().skip(start).take(99).step_by(7).for_each(|byte| *byte ^= 0x55);
        std::fs::write(&path, &bytes).unwrap();
        let ran = ungarble(["repair", "--in-place", "--column", "body", name], b"");
        let message = format!("ungarble: {name}: ");
        match ran.code {
            Some(0) => {}
            Some(2) => {
                assert!(ran.err.lines().any(|line| line.starts_with(&message)), "{}", ran.err);
                assert_eq!(std::fs::read(&path).unwrap(), bytes);
                refused += 1;
            }
            code => panic!("{code:?} at {place}: {}", ran.err),
        }
    }
    assert!(refused > 4, "{refused} of 39 were refused");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_column_of_numbers_is_refused() {
    let folder = Folder::new("parquet-refused");
    let path = folder.path().join("table.parquet");
    table(&path);
    let name = path.to_str().unwrap();
    for (column, why) in [("id", "holds Int64, no strings"), ("nope", "no column `nope`")] {
        let ran = ungarble(["repair", "--check", "--column", column, name], b"");
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(why), "{}", ran.err);
    }
}
