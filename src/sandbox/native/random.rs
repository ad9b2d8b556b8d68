//! Random bytes from the kernel, and the numbers of `Math.random`.

use std::cell::Cell;

use rquickjs::{Ctx, Exception, Function, Object};

use super::bytes;

/// Most bytes one call gives; Web Crypto's own limit.
const MOST: usize = 65_536;

pub(super) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    let random = |ctx: Ctx<'js>, count: usize| {
        if count > MOST {
            return Err(Exception::throw_range(&ctx, "at most 65,536 random bytes at a time"));
        }
        let mut data = vec![0; count];
        getrandom::fill(&mut data)
            .map_err(|_| Exception::throw_internal(&ctx, "the random source does not answer"))?;
        bytes::made(&ctx, data)
    };
    target.set("randomBytes", Function::new(ctx.clone(), random)?)
}

/// The generator behind `Math.random` (xorshift128+). Its state comes from the kernel at the first
/// use: the engine's own is seeded by the clock when the engine is made, and copies of an engine
/// would share it.
#[derive(Debug, Default)]
pub(crate) struct Dice(Cell<Option<[u64; 2]>>);

impl Dice {
    /// Forgets the state: the next number begins anew.
    pub(crate) fn forget(&self) {
        self.0.set(None);
    }

    /// A number from 0 up to 1.
    pub(crate) fn number(&self) -> f64 {
        let [mut mixed, kept] = self.0.get().unwrap_or_else(seed);
        mixed ^= mixed << 23;
        mixed ^= (mixed >> 17) ^ kept ^ (kept >> 26);
        self.0.set(Some([kept, mixed]));
        let bits = mixed.wrapping_add(kept) >> 11;
        bits as f64 / (1_u64 << 53) as f64
    }
}

/// Sixteen bytes of the kernel, never all zero.
fn seed() -> [u64; 2] {
    let mut bytes = [0; 16];
    // Numbers of `Math.random` are no secrets: the clock does where the kernel gives nothing.
    if getrandom::fill(&mut bytes).is_err() {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        bytes = now.unwrap_or_default().as_nanos().to_le_bytes();
    }
    let number = u128::from_le_bytes(bytes);
    [number as u64 | 1, (number >> 64) as u64]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spread_over_zero_to_one_and_begin_anew() {
        let dice = Dice::default();
        let numbers: Vec<f64> = (0..10_000).map(|_| dice.number()).collect();
        assert!(numbers.iter().all(|n| (0.0..1.0).contains(n)));
        let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
        assert!((0.45..0.55).contains(&mean), "{mean}");
        let other = Dice(Cell::new(dice.0.get()));
        assert_eq!(dice.number(), other.number());
        other.forget();
        assert_ne!(dice.number(), other.number());
    }
}
