function Members() {
  const [members, setMembers] = useState([]);
  useEffect(() => {
    apiClient.get('/api/plugins/points-club/exec/members').then(setMembers); // !package-call
  }, []);
  return <p>{members.length}</p>;
}
