//! Parts of an address, as values. The address is decoded first, so an encoded slash is a slash in
//! a name, which no name may have.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::super::problem::{self, Problem};
use crate::model::PluginSlug;
use crate::model::release::PluginName;

/// Longest version, as in the manifest.
const MAX_VERSION: usize = 50;

/// The decoded parts of an address, in their order.
#[derive(Debug)]
pub(in crate::registry) struct Parameters(Vec<String>);

/// `NS/SLUG`.
#[derive(Debug)]
pub(in crate::registry) struct PluginAddress(pub PluginName);

/// `NS/SLUG/VERSION`.
#[derive(Debug)]
pub(in crate::registry) struct ReleaseAddress {
    pub name: PluginName,
    pub version: semver::Version,
}

impl Parameters {
    pub(super) fn get(&self, index: usize) -> &str {
        self.0.get(index).map_or("", String::as_str)
    }

    fn name(&self) -> Result<PluginName, Problem> {
        let part = |index| {
            PluginSlug::new(self.get(index))
                .map_err(|error| Problem::new(&problem::NAME, error.to_string()))
        };
        Ok(PluginName { namespace: part(0)?, slug: part(1)? })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let raw = RawPathParams::from_request_parts(parts, state).await;
        let raw = raw.map_err(|_| Problem::new(&problem::NAME, "the address is not UTF-8"))?;
        Ok(Self(raw.iter().map(|(_, value)| value.to_owned()).collect()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PluginAddress {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Parameters::from_request_parts(parts, state).await?.name().map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ReleaseAddress {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let parameters = Parameters::from_request_parts(parts, state).await?;
        let text = parameters.get(2);
        let refuse = |detail: String| Problem::new(&problem::NAME, detail);
        if text.len() > MAX_VERSION {
            return Err(refuse(format!("a version has at most {MAX_VERSION} characters")));
        }
        let version: semver::Version =
            text.parse().map_err(|error| refuse(format!("not a SemVer version: {error}")))?;
        if version.to_string() != text {
            return Err(refuse("the version is spelt in a second way".to_owned()));
        }
        Ok(Self { name: parameters.name()?, version })
    }
}
