//! Single keys and Ctrl-C, for a run that goes on until one of them ends it.

use std::future::Future;

use crate::ui::{Keys, Ui};

/// What a person pressed.
pub(super) enum Pressed {
    /// A key.
    Key(char),
    /// Ctrl-C.
    Interrupt,
}

/// How a person ended a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With a key.
    Asked,
    /// With Ctrl-C.
    Interrupted,
}

/// The keyboard; without a terminal only Ctrl-C comes from it.
pub(super) struct Keyboard(Option<Keys>);

impl Keyboard {
    /// The keyboard of this terminal.
    pub(super) fn of(ui: &Ui) -> Self {
        Self(ui.keys())
    }

    /// The next thing that is pressed.
    pub(super) async fn next(&mut self) -> Pressed {
        let key = async {
            match &mut self.0 {
                Some(keys) => keys.next().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            key = key => Pressed::Key(key),
            _ = tokio::signal::ctrl_c() => Pressed::Interrupt,
        }
    }
}

/// Runs the work while `desk` listens. When a person ends it, the work is still awaited: it was told.
/// `None` when it ended by itself.
pub(super) async fn until_ended<T>(
    work: impl Future<Output = T>,
    desk: impl Future<Output = End>,
) -> (T, Option<End>) {
    tokio::pin!(work);
    tokio::select! {
        done = &mut work => (done, None),
        end = desk => (work.await, Some(end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_work_is_awaited_when_a_person_ends_it() {
        let (tell, told) = tokio::sync::oneshot::channel();
        let work = async { told.await.unwrap_or(0) };
        let desk = async move {
            let _ = tell.send(7);
            End::Interrupted
        };
        assert_eq!(until_ended(work, desk).await, (7, Some(End::Interrupted)));
        let alone = until_ended(async { 1 }, std::future::pending());
        assert_eq!(alone.await, (1, None));
    }
}
