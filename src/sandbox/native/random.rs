//! Random bytes from the kernel.

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
