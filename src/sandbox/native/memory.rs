//! How much of its heap the engine uses, for the performance suite.

use rquickjs::{Ctx, Function, Object, qjs};

pub(super) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    let collect = |ctx: Ctx<'js>| ctx.run_gc();
    target.set("collectGarbage", Function::new(ctx.clone(), collect)?)?;
    let used = |ctx: Ctx<'js>| heap_used(&ctx) as f64;
    target.set("heapUsed", Function::new(ctx.clone(), used)?)
}

/// Bytes of all allocations that are in use.
#[allow(unsafe_code)]
fn heap_used(ctx: &Ctx<'_>) -> i64 {
    let mut usage = std::mem::MaybeUninit::<qjs::JSMemoryUsage>::zeroed();
    // SAFETY: the context is alive and its runtime is ours for as long as `ctx` is borrowed; the
    // call only reads the runtime and fills the whole struct, which is plain numbers.
    let usage = unsafe {
        let runtime = qjs::JS_GetRuntime(ctx.as_raw().as_ptr());
        qjs::JS_ComputeMemoryUsage(runtime, usage.as_mut_ptr());
        usage.assume_init()
    };
    usage.memory_used_size
}
