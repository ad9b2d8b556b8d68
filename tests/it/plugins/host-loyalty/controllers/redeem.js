async function redeem(req, res, { supabase }) { // !balance-race
  const { data, error } = await supabase.from('points_club_accounts').select('points').eq('id', req.body.id).single();
  if (error || data.points < 100) {
    return res.status(400).json({ error: 'not enough' });
  }
  const code = 'CLUB-' + Math.random().toString(36).slice(2);
  const { error: failed } = await supabase.from('points_club_accounts').update({ points: data.points - 100 }).eq('id', req.body.id);
  setTimeout(() => console.log('done'), 1000); // !package-wrong-side
  res.json({ code, failed });
}
