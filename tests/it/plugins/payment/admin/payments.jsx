export default function Payments({ rows }) {
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id} dangerouslySetInnerHTML={{ __html: row.note }} /> // !raw-html
      ))}
    </ul>
  );
}
