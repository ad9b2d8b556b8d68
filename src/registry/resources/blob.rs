//! `/blobs/sha256/XX/HEX`: an archive. Sent piece by piece, so that many slow readers cost little
//! memory.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use super::super::app::App;
use super::super::problem::{self, Problem};
use super::parameters::Parameters;
use crate::model::Digest;

/// Bytes of a piece.
const PIECE: usize = 128 * 1024;

pub(in crate::registry) async fn show(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    asked: HeaderMap,
) -> Result<Response<Body>, Problem> {
    let nothing = || Problem::new(&problem::NOT_FOUND, "there is no archive of this digest");
    let hex = parameters.get(1);
    let digest: Digest = format!("sha256:{hex}").parse().map_err(|_| nothing())?;
    if parameters.get(0) != &hex[..2] {
        return Err(nothing());
    }
    let path = app.blobs.path(&digest);
    let file = match File::open(&path).await {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(nothing()),
        Err(error) => return Err(Problem::internal(format!("{}: {error}", path.display()))),
    };
    let size = file.metadata().await.map_err(|e| Problem::internal(e.to_string()))?.len();
    let etag = format!("\"{hex}\"");
    let is_known = asked
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == etag.as_bytes() || value == "*");
    let mut response = if is_known {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        let mut response = Response::new(pieces(file));
        response.headers_mut().insert(header::CONTENT_LENGTH, size.into());
        response
    };
    let headers = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, forever);
    let bytes = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, bytes);
    Ok(response)
}

fn pieces(file: File) -> Body {
    Body::from_stream(stream::unfold(Some(file), |file| async move {
        let mut file = file?;
        let mut piece = BytesMut::with_capacity(PIECE);
        match file.read_buf(&mut piece).await {
            Ok(0) => None,
            Ok(_) => Some((Ok::<Bytes, std::io::Error>(piece.freeze()), Some(file))),
            Err(error) => Some((Err(error), None)),
        }
    }))
}
