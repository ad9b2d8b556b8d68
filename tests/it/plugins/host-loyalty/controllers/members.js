async function members(req, res, { supabase }) {
  const { data, error } = await supabase.from('customers').select('id, email, first_name').or(`email.ilike.%${req.query.q}%`); // !undeclared-table, sql-injection, query-without-limit
  if (error) {
    return res.status(500).json({ error: 'failed' });
  }
  console.log('first member', data[0].email); // !personal-data-logged
  res.json(data);
}
