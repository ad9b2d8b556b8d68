const o = { a: { b: () => 1, c: null }, list: [1] };
export function run() {
  return [o?.a?.b?.(), o.x?.y.z, o.a.c?.d ?? 'none', o.list?.[0], o.no?.(run()), delete o?.a?.c, o?.a || 1];
}
