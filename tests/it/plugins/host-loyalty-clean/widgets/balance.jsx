function Balance({ config, slotData }) {
  const [points, setPoints] = useState(null);
  const account = slotData.account || config.account;
  useEffect(() => {
    const headers = { 'x-store-id': config.storeId };
    fetch(`/api/plugins/points-club/exec/balance/${encodeURIComponent(account)}`, { headers })
      .then((r) => {
        if (!r.ok) throw new Error(`status ${r.status}`);
        return r.json();
      })
      .then((d) => setPoints(d.points))
      .catch(() => setPoints(null));
  }, [account, config.storeId]);
  if (points === null) return null;
  return (
    <Card>
      <CardContent>
        <Gift /> {config.title}: {points}
      </CardContent>
    </Card>
  );
}
