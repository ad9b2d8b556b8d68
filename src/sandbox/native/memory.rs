//! What the engine keeps of its own beside JavaScript: its heap, its clock, the processor time it takes.

use rquickjs::{Ctx, Function, Object, qjs};

pub(super) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    let collect = |ctx: Ctx<'js>| ctx.run_gc();
    target.set("collectGarbage", Function::new(ctx.clone(), collect)?)?;
    let used = |ctx: Ctx<'js>| heap_used(&ctx) as f64;
    target.set("heapUsed", Function::new(ctx.clone(), used)?)?;
    let cpu = || crate::sys::clock::thread_cpu().map_or(0.0, |time| time.as_secs_f64() * 1_000.0);
    target.set("cpuMillis", Function::new(ctx.clone(), cpu)?)
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

/// Lets the heap grow to `most` bytes, and looks for garbage first when it has `first`.
#[allow(unsafe_code)]
pub(crate) fn limit_heap(ctx: &Ctx<'_>, most: usize, first: usize) {
    // SAFETY: the context is alive, and both calls only set a number of its runtime.
    unsafe {
        let runtime = qjs::JS_GetRuntime(ctx.as_raw().as_ptr());
        qjs::JS_SetMemoryLimit(runtime, most as _);
        qjs::JS_SetGCThreshold(runtime, first as _);
    }
}

/// Makes `performance` count from now: the engine may have been made long ago, for another process.
#[allow(unsafe_code)]
pub(crate) fn restart_clock(ctx: &Ctx<'_>) {
    // SAFETY: the context is alive; the call sets its time of origin and defines one global.
    unsafe {
        qjs::JS_AddPerformance(ctx.as_raw().as_ptr());
    }
}
