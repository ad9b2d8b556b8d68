//! What happens, as a stream of server-sent events.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;

use super::super::Dev;
use super::super::journal::Spread;

/// Where to begin.
#[derive(Debug, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: u64,
}

/// Everything after a number, then everything that happens. A browser that comes back names the
/// last number it saw.
pub(super) async fn events(
    State(dev): State<Arc<Dev>>,
    Query(after): Query<After>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let (before, receiver) = dev.journal.listen(last.unwrap_or(after.after));
    let waiting: VecDeque<Arc<Spread>> = before.into();
    let events = stream::unfold((waiting, receiver), |(mut waiting, mut receiver)| async {
        let spread = match waiting.pop_front() {
            Some(spread) => spread,
            None => match receiver.recv().await {
                Ok(spread) => spread,
                Err(RecvError::Lagged(count)) => {
                    let event = Event::default().event("lost").data(count.to_string());
                    return Some((Ok(event), (waiting, receiver)));
                }
                Err(RecvError::Closed) => return None,
            },
        };
        let event = Event::default().id(spread.entry.seq.to_string()).data(spread.json.as_str());
        Some((Ok(event), (waiting, receiver)))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(10)))
}
