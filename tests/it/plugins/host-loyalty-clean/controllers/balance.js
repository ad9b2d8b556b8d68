async function balance(req, res, { supabase }) {
  const { data, error } = await supabase.from('points_club_accounts').select('points').eq('id', req.params.id).maybeSingle();
  if (error) {
    return res.status(500).json({ error: 'failed' });
  }
  if (!data) {
    return res.status(404).json({ error: 'unknown' });
  }
  res.json({ points: data.points });
}
