function Balance({ config, customerId }) { // !package-component
  const [points, setPoints] = useState(0);
  useEffect(() => {
    fetch(`/api/plugins/points-club/exec/points/${customerId}`, { headers: { 'x-store-id': config.storeId } }) // !package-call
      .then((r) => r.json())
      .then((d) => setPoints(d.points));
  }, [customerId, config.storeId]);
  return <div dangerouslySetInnerHTML={{ __html: config.title + points }} />; // !raw-html
}
