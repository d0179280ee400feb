//! Parquet: columns of strings worked on, all others as they came.
//!
//! Batch by batch, so that the file need not fit into memory, and batches on all threads.

use crate::csv::Csv;
use crate::failure::reason;
use crate::job::Job;
use crate::parallel;
use crate::work::{Means, Outcome, Trouble};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use arrow_schema::{ArrowError, DataType, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

/// Rows that are worked on at once.
const ROWS: usize = 8192;

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
    let work = |batch: Result<RecordBatch, ArrowError>| some_rows(means.job, &batch?, &places);
    let emit = |done: Result<Done, ArrowError>| {
        let Done { batch, changed, confidence } =
            done.map_err(|error| Trouble::Data(error.to_string()))?;
        outcome.confidence = outcome.confidence.min(confidence);
        outcome.changes += changed;
        writer.write(&batch).map_err(trouble)
    };
    parallel::in_order(means.threads, means.threads, Batches(Some(reader)), work, emit)?;
    writer.close().map_err(trouble)?;
    outcome.damaged = outcome.changes > 0;
    outcome.differs = outcome.damaged;
    Ok(outcome)
}

/// The batches of a file, up to the first that cannot be read. The reader panics at some
/// files that are not what their headers say.
struct Batches(Option<ParquetRecordBatchReader>);

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut reader = self.0.take()?;
        let batch =
            panic::catch_unwind(AssertUnwindSafe(|| reader.next())).unwrap_or_else(|_| {
                Some(Err(ArrowError::ParquetError("the file is damaged".to_owned())))
            })?;
        if batch.is_ok() {
            self.0 = Some(reader);
        }
        Some(batch)
    }
}

/// Which columns are meant, from 0; they must hold strings.
fn places(columns: &Csv, schema: &Schema) -> Result<Vec<usize>, Trouble> {
    let named = |name: &String| {
        let by_name = schema.index_of(name).ok();
        let by_number = || name.parse::<usize>().ok()?.checked_sub(1);
        let place = by_name.or_else(by_number).filter(|place| *place < schema.fields().len());
        let place = place.ok_or_else(|| Trouble::Data(format!("no column `{name}`")))?;
        match schema.field(place).data_type() {
            kind if is_string(kind) => Ok(place),
            DataType::Dictionary(_, values) if is_string(values) => Ok(place),
            kind => Err(Trouble::Data(format!("column `{name}` holds {kind}, no strings"))),
        }
    };
    columns.columns.iter().map(named).collect()
}

fn is_string(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// Compression and row groups as they were in the file.
fn properties(metadata: &ParquetMetaData) -> WriterProperties {
    let group = metadata.row_groups().first();
    let rows = group.and_then(|group| usize::try_from(group.num_rows()).ok()).filter(|n| *n > 0);
    let pairs = metadata.file_metadata().key_value_metadata().cloned();
    // The writer adds its own description of the schema.
    let pairs = pairs.map(|pairs| {
        pairs.into_iter().filter(|pair| pair.key != "ARROW:schema").collect::<Vec<_>>()
    });
    let mut properties =
        WriterProperties::builder().set_max_row_group_row_count(rows).set_key_value_metadata(pairs);
    for column in group.iter().flat_map(|group| group.columns()) {
        let path = column.column_path().clone();
        properties = properties.set_column_compression(path, column.compression());
    }
    properties.build()
}

/// What came of a batch of rows.
struct Done {
    batch: RecordBatch,
    changed: u64,
    confidence: f32,
}

fn some_rows(job: &Job, batch: &RecordBatch, places: &[usize]) -> Result<Done, ArrowError> {
    let mut arrays = batch.columns().to_vec();
    let (mut changed, mut confidence) = (0, 1.0f32);
    for place in places {
        let Some(array) = arrays.get_mut(*place) else { continue };
        let mut series = job.series();
        let mut work = |text: &str| {
            let made = series.text(text);
            confidence = confidence.min(made.confidence);
            (made.text != text, made.text.into_owned())
        };
        let (new, rows) = column(array, &mut work);
        changed += rows.into_iter().filter(|changed| *changed).count() as u64;
        *array = new;
    }
    let batch = RecordBatch::try_new(batch.schema(), arrays)?;
    Ok(Done { batch, changed, confidence })
}

/// Whether a string changed, and what it is now.
type Work<'w> = dyn FnMut(&str) -> (bool, String) + 'w;

/// A column with every string worked on, and which rows changed. What is null stays null;
/// of a dictionary, each of its strings is worked on once.
fn column(array: &ArrayRef, work: &mut Work<'_>) -> (ArrayRef, Vec<bool>) {
    if let Some(dictionary) = array.as_any_dictionary_opt() {
        let (values, changed) = column(dictionary.values(), work);
        let keys = dictionary.normalized_keys().into_iter().enumerate();
        let changed = |(row, key)| array.is_valid(row) && changed.get(key) == Some(&true);
        return (dictionary.with_values(values), keys.map(changed).collect());
    }
    let mut changed = Vec::with_capacity(array.len());
    let mut row = |text: Option<&str>| {
        let (differs, new) = text.map(&mut *work).unzip();
        changed.push(differs == Some(true));
        new
    };
    let new: ArrayRef = match array.data_type() {
        DataType::Utf8 => {
            let texts = array.as_string::<i32>().iter();
            Arc::new(texts.map(&mut row).collect::<StringArray>())
        }
        DataType::LargeUtf8 => {
            let texts = array.as_string::<i64>().iter();
            Arc::new(texts.map(&mut row).collect::<LargeStringArray>())
        }
        _ => {
            let texts = array.as_string_view().iter();
            Arc::new(texts.map(&mut row).collect::<StringViewArray>())
        }
    };
    (new, changed)
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
