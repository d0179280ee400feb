//! Parquet: columns of strings worked on, all others as they came.
//!
//! Batch by batch, so that the file need not fit into memory.

use crate::csv::Csv;
use crate::failure::reason;
use crate::job::Job;
use crate::work::{Means, Outcome, Trouble};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use arrow_schema::{DataType, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Rows that are worked on at once.
const ROWS: usize = 8192;

/// Whether a file is one, by its name.
pub fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("parquet"))
}

/// Works on the columns of one file.
pub fn run(
    columns: &Csv,
    means: Means<'_>,
    path: &Path,
    out: &mut (dyn Write + Send),
) -> Result<Outcome, Trouble> {
    let file = File::open(path).map_err(Trouble::Read)?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(trouble)?;
    let places = places(columns, builder.schema())?;
    let properties = properties(builder.metadata());
    let schema = builder.schema().clone();
    let reader = builder.with_batch_size(ROWS).build().map_err(trouble)?;
    let mut writer = ArrowWriter::try_new(out, schema, Some(properties)).map_err(trouble)?;
    let mut outcome = Outcome::of_parts("values");
    for batch in reader {
        let batch = batch.map_err(|error| Trouble::Data(error.to_string()))?;
        let batch = some_rows(means.job, &batch, &places, &mut outcome)?;
        writer.write(&batch).map_err(trouble)?;
    }
    writer.close().map_err(trouble)?;
    outcome.damaged = outcome.changes > 0;
    outcome.differs = outcome.damaged;
    Ok(outcome)
}

/// Which columns are meant, from 0; they must hold strings.
fn places(columns: &Csv, schema: &Schema) -> Result<Vec<usize>, Trouble> {
    let named = |name: &String| {
        let by_name = schema.index_of(name).ok();
        let by_number = || name.parse::<usize>().ok()?.checked_sub(1);
        let place = by_name.or_else(by_number).filter(|place| *place < schema.fields().len());
        let place = place.ok_or_else(|| Trouble::Data(format!("no column `{name}`")))?;
        match schema.field(place).data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok(place),
            kind => Err(Trouble::Data(format!("column `{name}` holds {kind}, no strings"))),
        }
    };
    columns.columns.iter().map(named).collect()
}

/// Compression and row groups as they were in the file.
fn properties(metadata: &ParquetMetaData) -> WriterProperties {
    let group = metadata.row_groups().first();
    let column = group.and_then(|group| group.columns().first());
    let compression = column.map_or(Compression::SNAPPY, |column| column.compression());
    let rows = group.and_then(|group| usize::try_from(group.num_rows()).ok()).filter(|n| *n > 0);
    let pairs = metadata.file_metadata().key_value_metadata().cloned();
    // The writer adds its own description of the schema.
    let pairs = pairs.map(|pairs| {
        pairs.into_iter().filter(|pair| pair.key != "ARROW:schema").collect::<Vec<_>>()
    });
    WriterProperties::builder()
        .set_compression(compression)
        .set_max_row_group_row_count(rows)
        .set_key_value_metadata(pairs)
        .build()
}

fn some_rows(
    job: &Job,
    batch: &RecordBatch,
    places: &[usize],
    outcome: &mut Outcome,
) -> Result<RecordBatch, Trouble> {
    let mut arrays = batch.columns().to_vec();
    for place in places {
        let Some(array) = arrays.get_mut(*place) else { continue };
        *array = column(job, array, outcome);
    }
    RecordBatch::try_new(batch.schema(), arrays).map_err(|error| Trouble::Data(error.to_string()))
}

/// A column with every string worked on; what is null stays null.
fn column(job: &Job, array: &ArrayRef, outcome: &mut Outcome) -> ArrayRef {
    let mut work = |text: Option<&str>| {
        text.map(|text| {
            let made = job.text(text);
            outcome.confidence = outcome.confidence.min(made.confidence);
            outcome.changes += u64::from(made.text != text);
            made.text.into_owned()
        })
    };
    match array.data_type() {
        DataType::Utf8 => {
            let new: StringArray = array.as_string::<i32>().iter().map(&mut work).collect();
            Arc::new(new)
        }
        DataType::LargeUtf8 => {
            let new: LargeStringArray = array.as_string::<i64>().iter().map(&mut work).collect();
            Arc::new(new)
        }
        _ => {
            let new: StringViewArray = array.as_string_view().iter().map(&mut work).collect();
            Arc::new(new)
        }
    }
}

fn trouble(error: ParquetError) -> Trouble {
    match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Trouble::Write(*error),
            Ok(error) => Trouble::Data(reason(&error)),
            Err(error) => Trouble::Data(error.to_string()),
        },
        error => Trouble::Data(error.to_string()),
    }
}
