function Offers() {
  const [offers, setOffers] = useState([]);
  useEffect(() => {
    apiClient.get('plugins/points-club/exec/offers').then(setOffers).catch(() => setOffers([]));
  }, []);
  return (
    <ul>
      {offers.map((offer) => (
        <li key={offer.id}>{offer.slug}</li>
      ))}
    </ul>
  );
}
