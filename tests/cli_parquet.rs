//! The CLI on columns of Parquet files, where that is built in.
#![cfg(feature = "parquet")]

mod cli_support;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Int64Array, RecordBatch, StringArray};
use cli_support::{Folder, ungarble};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
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
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
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
