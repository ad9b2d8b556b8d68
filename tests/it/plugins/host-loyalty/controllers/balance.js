async function balance(req, res, { supabase }) {
  const { data, error } = await supabase.from('points_club_accounts').select('points, level').eq('id', req.params.id).single(); // !unknown-column
  if (error) {
    return res.status(404).send('unknown'); // !package-context
  }
  res.json({ points: data.points });
}
