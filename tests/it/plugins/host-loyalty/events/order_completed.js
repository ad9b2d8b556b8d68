(data) => {
  fetch('/api/plugins/points-club/exec/award', { method: 'POST', body: JSON.stringify(data) }); // !package-call
}
