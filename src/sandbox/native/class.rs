//! What an object is by its internal slots, whatever its prototype says.

use rquickjs::{Ctx, Function, Object, Value, qjs};

pub(super) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    let class = |value: Value<'js>| class_of(&value);
    target.set("classOf", Function::new(ctx.clone(), class)?)
}

/// The engine's number of an object's class; zero for what is no object.
#[allow(unsafe_code)]
fn class_of(value: &Value<'_>) -> u32 {
    // SAFETY: the value is alive while it is borrowed; the call only reads its header.
    unsafe { qjs::JS_GetClassID(value.as_raw()) }
}
