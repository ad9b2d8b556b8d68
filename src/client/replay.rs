//! A whole log, entry by entry, held against its checkpoint: for those who check the registry itself.

use super::registry::Registry;
use super::{ClientError, SeenLog};
use crate::model::Digest;
use crate::trust::tlog::{LogKey, Tile, TileKind, WIDTH, entries_of, hash_leaf, root_of_leaves};

/// Most bytes of a bundle: 256 entries of the largest size.
const MAX_BUNDLE: u64 = WIDTH * (2 + u16::MAX as u64);

impl Registry {
    /// Gives every entry of the log to `hear`, in order, and then proves that they are the log of the
    /// checkpoint. What was heard before an error is not to be believed.
    pub(crate) async fn replay(
        &self,
        hear: &mut (dyn FnMut(&[u8]) -> Result<(), ClientError> + Send),
    ) -> Result<SeenLog, ClientError> {
        let key = self.log_key().await?.ok_or_else(|| self.refuse("it has no log".to_owned()))?;
        let key: LogKey = key.parse()?;
        let (checkpoint, _) = self.head(&key).await?;
        let mut leaves: Vec<Digest> = Vec::new();
        for number in 0..checkpoint.size.div_ceil(WIDTH) {
            let missing = || self.refuse("a part of its log cannot be read".to_owned());
            let tile = Tile::of_tree(TileKind::Entries, number, checkpoint.size);
            let tile = tile.ok_or_else(missing)?;
            let mut bytes = self.log_file(&tile.path(), MAX_BUNDLE).await?;
            if bytes.is_none() && tile.width < WIDTH {
                let whole = Tile { width: WIDTH, ..tile };
                bytes = self.log_file(&whole.path(), MAX_BUNDLE).await?;
            }
            let bytes = bytes.ok_or_else(missing)?;
            let entries = entries_of(&bytes).ok_or_else(missing)?;
            let entries = entries.get(..tile.width as usize).ok_or_else(missing)?;
            for entry in entries {
                leaves.push(hash_leaf(entry));
                hear(entry)?;
            }
        }
        if root_of_leaves(&leaves) != checkpoint.root {
            return Err(self.refuse("its entries are not those of its checkpoint".to_owned()));
        }
        Ok(SeenLog { key: key.to_string(), size: checkpoint.size, root: checkpoint.root })
    }
}
