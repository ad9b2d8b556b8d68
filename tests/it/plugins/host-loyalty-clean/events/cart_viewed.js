(data) => {
  const shown = sessionStorage.getItem('points-club-shown');
  if (!shown && data.items.length > 0) {
    sessionStorage.setItem('points-club-shown', '1');
    window.dispatchEvent(new CustomEvent('points-club:hint', { detail: { count: data.items.length } }));
  }
}
