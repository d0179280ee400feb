//! The name of a normalization step, written as text and read as the name that the
//! switch has: a name that no switch has is refused.

use crate::normalize::Switch;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::borrow::Cow;

pub(super) fn serialize<S: Serializer>(name: &str, to: S) -> Result<S::Ok, S::Error> {
    name.serialize(to)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    let name = Cow::<str>::deserialize(from)?;
    name.parse::<Switch>().map(Switch::name).map_err(D::Error::custom)
}
