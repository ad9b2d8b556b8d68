async function award(req, res, { sequelize }) { // !package-context
  const { customer_id, points } = req.body;
  await sequelize.query(
    `INSERT INTO points_club_accounts (customer_id, points) VALUES ($1, $2) ON CONFLICT (customer_id, points) DO UPDATE SET points = $2`, // !conflict-without-index
    { bind: [customer_id, points] }, // !client-chosen-value
  );
  res.json({ success: true });
}
