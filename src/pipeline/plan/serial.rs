//! Places in serialized plans: `[start, end]`, as in the reports of the command line; and
//! passes over a line, no more than are run.

use crate::search::Undone;
use crate::search::replay::MOST_PASSES;
use serde::{Deserialize, Deserializer, de::Error};

/// What was undone in a line. Who wrote more than is ever run shall hear of it.
pub fn passes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Undone>, D::Error> {
    let passes: Vec<Undone> = Deserialize::deserialize(from)?;
    match passes.len() {
        ..=MOST_PASSES => Ok(passes),
        many => {
            let most = format!("at most {MOST_PASSES} passes over a line");
            Err(D::Error::invalid_length(many, &most.as_str()))
        }
    }
}

/// One place.
pub mod range {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::ops::Range;

    pub fn serialize<S: Serializer>(range: &Range<usize>, to: S) -> Result<S::Ok, S::Error> {
        [range.start, range.end].serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Range<usize>, D::Error> {
        let [start, end] = Deserialize::deserialize(from)?;
        Ok(start..end)
    }
}

/// A list of places.
pub mod ranges {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::ops::Range;

    pub fn serialize<S: Serializer>(ranges: &[Range<usize>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(ranges.iter().map(|range| [range.start, range.end]))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Range<usize>>, D::Error> {
        let pairs: Vec<[usize; 2]> = Deserialize::deserialize(from)?;
        Ok(pairs.into_iter().map(|[start, end]| start..end).collect())
    }
}
