export default function Payments({ rows }) {
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id}>{row.note}</li>
      ))}
    </ul>
  );
}
