async (req, res, { supabase }) => {
  const SORTS = { price: 'price', newest: 'created_at' };
  const order = SORTS[req.query.sort] || 'created_at';
  const { data: settings, error: missing } = await supabase.from('plugin_data').select('data_value').eq('data_key', 'settings').maybeSingle();
  const { data, error } = await supabase.from('products').select('id, slug, price').eq('status', 'active').order(order, { ascending: false }).limit(20);
  if (error || missing) {
    return res.status(500).json({ error: 'failed' });
  }
  const rate = settings ? settings.data_value.rate : 1;
  res.json(data.map((product) => ({ id: product.id, slug: product.slug, points: Math.round(Number(product.price) * rate) })));
}
